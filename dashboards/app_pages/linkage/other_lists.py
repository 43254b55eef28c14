"""The linkage page's other blocks: matters entrusted by other courts, auctions, meetings and other activities.
Requests to assisting units are in linkage_blocks."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.app_pages.linkage import queries
from dashboards.charts import bands
from dashboards.charts.bands import Band
from dashboards.components import subject
from dashboards.markup import blocks
from dashboards.queries import subjects
from dashboards.rows import records
from dashboards.shell import elements
from dashboards.shell.court_scope import Group
from dashboards.shell.view import View

WAITING = {
    "overdue_over_30": ("below", "x"),
    "overdue_to_30": ("below", "/"),
    "overdue_to_7": ("near", ""),
    "not_yet_due": ("met", ""),
    "undated": ("unjudged", "."),
}
OUTCOMES = {
    "sold": ("met", ""),
    "unsold": ("below", "/"),
    "withdrawn": ("near", "x"),
    "stayed": ("unjudged", ""),
    "pending": ("muted", "."),
}
AUCTIONS = ("QX23", "SX07", "SX08", "SX27", "SX06")


def entrustments(view: View, group: Group) -> None:
    """Matters due and done on time, and the open ones in bands."""
    t = view.t
    subject.cards(view, group, ("QX25",), "linkage.entrustments_indicators")
    found = view.data.ask(queries.entrustments, group.members, *view.data.bounds[:2])
    names = ("accepted_count", "due_count", "on_time_count", "completed_count", "open_count")
    facts = [(t(f"linkage.matters_{name}"), formats.number(found[name].sum()), "") for name in names]
    st.html(blocks.facts([*facts, (t("linkage.refused"), formats.ABSENT, t("linkage.refused_why"))]))
    elements.section(t("linkage.matters_waiting"), t("linkage.waiting_measure", month=view.names.month()))
    labels = subject.children(view, group)
    sums = found.assign(label=found["court_code"].map(labels)).groupby("label")[[f"{b}_count" for b in WAITING]].sum()
    late = sums[[f"{band}_count" for band in WAITING if band.startswith("overdue")]].sum(axis=1)
    shown = [Band(code, t(f"linkage.{code}"), tone, pattern) for code, (tone, pattern) in WAITING.items()]
    drawn = [
        {
            "label": label,
            "band": band.code,
            "shown": int(sums.loc[label, f"{band.code}_count"]),
            "hover": t(
                "linkage.hover_band", label=label, band=band.label, count=int(sums.loc[label, f"{band.code}_count"])
            ),
        }
        for label in subject.in_order(view, late, labels)
        if label in sums.index and int(sums.loc[label].sum())
        for band in shown
    ]
    if drawn:
        ends = {str(label): t("linkage.bar_end", count=int(count)) for label, count in late.items() if count}
        figure = bands.rows(pd.DataFrame(drawn), shown, view.colours, "", ends)
        elements.picture(figure, "matters_waiting", t("linkage.matters_reading"))
    else:
        st.html(blocks.reading(t("linkage.no_matters")))
    elements.section(t("linkage.courts"), t("linkage.matters_courts_measure"))
    columns = (
        "due_count",
        "on_time_count",
        "on_time_ratio",
        "overdue_over_30_count",
        "overdue_to_30_count",
        "overdue_to_7_count",
        "open_count",
        "accepted_count",
        "completed_count",
    )
    subject.court_table(view, found, "matters", columns, "entrustments_courts", "entrustments", group)


def auctions(view: View, group: Group) -> None:
    """Rounds and how they ended, the indicators of auctions, and the courts."""
    t = view.t
    subject.cards(view, group, AUCTIONS, "linkage.auctions_indicators")
    elements.section(t("linkage.rounds"), t("linkage.rounds_measure", window=view.names.window()))
    rounds(view, group)
    elements.section(t("linkage.courts"), t("linkage.auction_courts_measure", window=view.names.window()))
    found = view.data.ask(subjects.by_court, AUCTIONS[:4], group.members, view.choice.month, view.choice.window)
    wide = found.pivot(index="court_code", columns="indicator_code", values=["numerator", "denominator", "value"])
    table = pd.DataFrame(index=list(group.members))
    for name, (side, code) in {
        "ended_count": ("denominator", "QX23"),
        "sold_count": ("numerator", "QX23"),
        "sold_ratio": ("value", "QX23"),
        "first_ratio": ("value", "SX07"),
        "premium_ratio": ("value", "SX08"),
        "days": ("value", "SX27"),
    }.items():
        table[name] = wide[side][code] if (side, code) in wide.columns else None
    table = table.sort_values("ended_count", ascending=False, kind="stable")
    table = table.rename_axis("court_code").reset_index()
    table["days"] = table["days"].astype(float).round(1)
    columns = tuple(name for name in table.columns if name != "court_code")
    subject.court_table(view, table, "auctions", columns, "auction_courts", "auctions", group)
    st.html(blocks.reading(t("linkage.auctions_reading")))


def rounds(view: View, group: Group) -> None:
    t = view.t
    found = view.data.ask(queries.rounds, group.members, *view.data.bounds[:2])
    if found.empty:
        st.html(blocks.reading(t("empty.table")))
        return
    found["label"] = [subject.word(view, "auction_round", code) for code in found["round"]]
    found["sold_ratio"] = subject.ratio(found["sold_count"], found["sold_count"] + found["unsold_count"])
    found["premium_ratio"] = subject.ratio(found["deal_amount"] - found["starting_amount"], found["starting_amount"])
    shown = [Band(code, t(f"auctions.{code}"), tone, pattern) for code, (tone, pattern) in OUTCOMES.items()]
    drawn = [
        {
            "label": row["label"],
            "band": band.code,
            "shown": row[f"{band.code}_count"],
            "hover": t("linkage.hover_band", label=row["label"], band=band.label, count=row[f"{band.code}_count"]),
        }
        for row in records(found)
        for band in shown
    ]
    ends = {
        row["label"]: t(
            "auctions.bar_end",
            held=row["held_count"],
            sold=formats.percent(row["sold_ratio"], 1),
            premium=formats.percent(row["premium_ratio"], 1),
        )
        for row in records(found)
    }
    figure = bands.rows(pd.DataFrame(drawn), shown, view.colours, "", ends)
    elements.picture(figure, "auction_rounds", t("linkage.rounds_reading"))


def activities(view: View, group: Group) -> None:
    """Meetings, agreements, witnessed enforcement and the other kinds, all together and court by court."""
    t = view.t
    found = view.data.ask(queries.activities, group.members, *view.data.bounds[:2])
    if found.empty:
        st.html(blocks.reading(t("empty.table")))
        return
    sums = found.groupby("activity")[["times", "persons", "amount"]].sum(min_count=1)
    sums["courts"] = found.groupby("activity")["court_code"].nunique()
    sums = sums.sort_values("times", ascending=False) if view.choice.is_ranked else sums
    shown = sums.reset_index()
    shown["activity"] = [subject.word(view, "activity", code) for code in shown["activity"]]
    labels = {name: t(f"activities.{name}") for name in ("activity", "times", "persons", "amount", "courts")}
    columns: dict[str, Any] = {
        name: elements.text(label, width=180) if name == "activity" else elements.figure(label)
        for name, label in labels.items()
    }
    elements.table(view, shown, columns, "activities", rows=16)
    elements.download(view, shown.rename(columns=labels), "activities", [group.name, view.names.where()])
    st.html(blocks.reading(t("linkage.activities_reading")))
    elements.section(t("linkage.courts"), t("linkage.activities_courts_measure"))
    wide = found.pivot(index="court_code", columns="activity", values="times").reindex(list(group.members))
    wide = subject.filled(view, wide, "linkage_activities")
    wide.columns = [subject.word(view, "activity", code) for code in wide.columns]
    wide.insert(0, t("column.court"), subject.court_names(view, wide.index, "linkage_activities"))
    config = {
        name: elements.text(name, pinned=True) if place == 0 else elements.figure(name)
        for place, name in enumerate(wide)
    }
    elements.table(view, wide.reset_index(drop=True), config, "activities_courts", rows=14)
    elements.download(view, wide.reset_index(drop=True), "activities_courts", [group.name, view.names.where()])

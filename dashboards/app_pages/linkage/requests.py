"""The linkage page's blocks on requests: sentence, answers by unit, channel or matter, and what to ask which unit.
Entrusted matters, auctions and activities have their own blocks."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.app_pages.linkage import chart_shares, queries
from dashboards.charts import bands
from dashboards.charts.bands import Band
from dashboards.components import subject
from dashboards.markup import blocks
from dashboards.rows import records
from dashboards.shell import elements, url_state
from dashboards.shell.court_scope import Group
from dashboards.shell.view import View

INDICATORS = ("SX21", "SX22", "SX23")
BY = ("unit_type", "channel", "matter")
BANDS = {
    "overdue_over_90": ("below", "x"),
    "overdue_to_90": ("below", "/"),
    "overdue_to_30": ("below", ""),
    "overdue_to_7": ("near", ""),
    "not_yet_due": ("met", ""),
}
SMALL = 10  # the smallest n of SX21: below it a share is shown but not judged
SYMBOLS = {"behind": "triangle-down", "ahead": "circle", "alike": "circle", "small": "circle"}
TONES = {"behind": "below", "ahead": "met", "alike": "subject", "small": "unjudged"}
MARKS = {"behind": "▼", "ahead": "●", "alike": "○", "small": "◌"}
MOST_ASKED = 5
RESULTS = ("sent_done_count", "sent_partly_done_count", "sent_nothing_found_count", "sent_refused_count")


def responses(view: View, group: Group, by: str) -> pd.DataFrame:
    """Answers by part in the window, in the order of the mode: most overdue first, or by name."""
    found = view.data.ask(queries.responses, by, group.members, *view.data.bounds[:2])
    return found if view.choice.is_ranked else found.sort_values("part").reset_index(drop=True)


def sentence(view: View, group: Group) -> str:
    rows = responses(view, group, "unit_type")
    due, on_time = int(rows["due_count"].sum()), int(rows["on_time_count"].sum())
    if not int(rows["sent_count"].sum()):
        return view.t("linkage.headline_none", place=group.name, window=view.names.window())
    return view.t(
        "linkage.headline",
        place=group.name,
        window=view.names.window(),
        sent=formats.number(rows["sent_count"].sum()),
        due=formats.number(due),
        ratio=formats.percent(on_time / due if due else None),
        month=view.names.month(),
        overdue=formats.number(rows["overdue_count"].sum()),
    )


def requests(view: View, group: Group) -> None:
    """Cards, then answers by the chosen part: shares with intervals, the unanswered in bands, and both in a table."""
    subject.cards(view, group, INDICATORS, "linkage.indicators_reading")
    by = url_state.choose("by", view.t("linkage.by"), BY, BY[0], lambda code: view.t(f"linkage.{code}"))
    found = responses(view, group, by)
    section = {"unit_type": "assisting_unit"}.get(by, by)
    found["label"] = [subject.word(view, section, part) for part in found["part"]]
    left, right = st.columns(2, gap="medium")
    with left:
        elements.section(view.t("linkage.answers"), view.t("linkage.answers_measure", window=view.names.window()))
        answers(view, found)
    with right:
        elements.section(view.t("linkage.waiting"), view.t("linkage.waiting_measure", month=view.names.month()))
        waiting(view, found)
    elements.section(view.t("linkage.table"), view.t("linkage.table_measure", window=view.names.window()))
    table(view, found, f"linkage_{by}")
    elements.section(view.t("linkage.months"), view.t("linkage.months_measure"))
    months(view, group)
    elements.section(view.t("linkage.courts"), view.t("linkage.courts_measure", window=view.names.window()))
    courts(view, group)


def overall(found: pd.DataFrame) -> float | None:
    due = float(found["due_count"].sum())
    return float(found["on_time_count"].sum()) / due if due else None


def verdict(row: dict[str, Any], share: float | None) -> str:
    """Whether a part's interval lies below or above the share of all; small samples are not judged."""
    if row["due_count"] < SMALL or share is None:
        return "small"
    if row["on_time_high"] < share:
        return "behind"
    return "ahead" if row["on_time_low"] > share else "alike"


def answers(view: View, found: pd.DataFrame) -> None:
    rows = records(found[found["due_count"] > 0])
    if not rows:
        st.html(blocks.reading(view.t("linkage.no_due")))
        return
    share = overall(found)
    judged = [verdict(row, share) for row in rows]
    frame = pd.DataFrame(
        {
            "label": [row["label"] for row in rows],
            "shown": [100 * row["on_time_ratio"] for row in rows],
            "low": [100 * row["on_time_low"] for row in rows],
            "high": [100 * row["on_time_high"] for row in rows],
            "is_small": [code == "small" for code in judged],
            "tone": [TONES[code] for code in judged],
            "symbol": [SYMBOLS[code] for code in judged],
            "hover": [_hover(view, row, code) for row, code in zip(rows, judged, strict=True)],
        }
    )
    line = (100 * float(share or 0), view.t("linkage.overall", value=formats.percent(share)))
    elements.picture(
        chart_shares.whiskers(frame, view.colours, line), "linkage_answers", view.t("linkage.answers_reading")
    )


def _hover(view: View, row: dict[str, Any], code: str) -> str:
    return view.t(
        "linkage.hover",
        label=row["label"],
        value=formats.percent(row["on_time_ratio"]),
        low=formats.percent(row["on_time_low"], 1),
        high=formats.percent(row["on_time_high"], 1),
        n=formats.number(row["due_count"]),
        verdict=view.t(f"linkage.{code}"),
    )


def _bands(view: View) -> list[Band]:
    return [Band(code, view.t(f"linkage.{code}"), tone, pattern) for code, (tone, pattern) in BANDS.items()]


def waiting(view: View, found: pd.DataFrame) -> None:
    """Unanswered requests in fixed bands; those without a due time are in the table only."""
    names = {band.code: band.label for band in _bands(view)}
    dated = found[(found["open_count"] - found["undated_count"]) > 0]
    if dated.empty:
        st.html(blocks.reading(view.t("linkage.no_waiting")))
        return
    drawn = pd.DataFrame(
        [
            {
                "label": row["label"],
                "band": code,
                "shown": row[f"{code}_count"],
                "hover": view.t("linkage.hover_band", label=row["label"], band=name, count=row[f"{code}_count"]),
            }
            for row in records(dated)
            for code, name in names.items()
        ]
    )
    ends = {row["label"]: view.t("linkage.bar_end", count=row["overdue_count"]) for row in records(dated)}
    figure = bands.rows(drawn, _bands(view), view.colours, "", ends)
    elements.picture(figure, "linkage_waiting", view.t("linkage.waiting_reading"))


def months(view: View, group: Group) -> None:
    frame = view.data.ask(queries.unanswered, group.members, subject.first_shown(view), view.choice.month)
    drawn = frame.melt("period_month", list(BANDS), "band", "shown")
    names = {band.code: band.label for band in _bands(view)}
    drawn["hover"] = [
        view.t("linkage.hover_band", label=f"{month:%Y-%m}", band=names[band], count=formats.number(count))
        for month, band, count in zip(drawn["period_month"], drawn["band"], drawn["shown"], strict=True)
    ]
    figure = bands.months(drawn, _bands(view), view.colours, "", 280)
    elements.picture(figure, "linkage_months", view.t("linkage.months_reading"))


def table(view: View, found: pd.DataFrame, name: str) -> None:
    """Everything about the parts in one table with a workbook of it."""
    t, share = view.t, overall(found)
    shown = found.copy()
    shown["verdict"] = [
        f"{MARKS[code]} {t(f'linkage.{code}')}" if row["due_count"] else formats.ABSENT
        for row, code in ((row, verdict(row, share)) for row in records(found))
    ]
    shown["interval"] = [
        formats.ABSENT if pd.isna(low) else f"{formats.percent(low, 1)}–{formats.percent(high, 1)}"
        for low, high in zip(found["on_time_low"], found["on_time_high"], strict=True)
    ]
    columns: dict[str, Any] = {"label": elements.text(t("linkage.part"), width=150, pinned=True)}
    for column in ("sent_count", *RESULTS, "due_count", "on_time_count"):
        columns[column] = elements.figure(t(f"linkage.{column}"))
    columns["on_time_ratio"] = elements.share(t("linkage.on_time_ratio"))
    columns["interval"] = elements.text(t("linkage.interval"))
    columns["verdict"] = elements.text(t("linkage.verdict"))
    for column in ("overdue_count", *(f"{code}_count" for code in BANDS), "undated_count"):
        columns[column] = elements.figure(t(f"linkage.{column}"))
    elements.table(view, shown, columns, name, rows=20)
    heads = {"label": "part"}
    labels = {column: t(f"linkage.{heads.get(column, column)}") for column in columns}
    elements.download(view, shown[list(labels)].rename(columns=labels), name, [t("linkage.table"), view.names.where()])
    st.html(blocks.reading(t("linkage.table_reading", small=SMALL)))


def courts(view: View, group: Group) -> None:
    found = responses(view, group, "court_code").rename(columns={"part": "court_code"})
    columns = (
        "sent_count",
        "due_count",
        "on_time_count",
        "on_time_ratio",
        "overdue_count",
        *(f"{code}_count" for code in BANDS),
        "undated_count",
    )
    subject.court_table(view, found, "linkage", columns, "linkage_courts", "linkage", group)
    st.html(blocks.reading(view.t("linkage.courts_reading")))


def asks(view: View, group: Group) -> None:
    """What to ask which unit about: unit and matter by overdue requests, with the share on time and its interval."""
    found = responses(view, group, "unit_matter")
    found = found[(found["due_count"] > 0) | (found["overdue_count"] > 0)].copy()
    if found.empty:
        st.html(blocks.reading(view.t("linkage.no_due")))
        return
    pairs = [part.split("|", 1) for part in found["part"]]
    words = [
        (subject.word(view, "assisting_unit", unit), subject.word(view, "matter", matter)) for unit, matter in pairs
    ]
    found["label"] = [f"{unit} · {matter}" for unit, matter in words]
    share = overall(found)
    said = [(row["label"], _ask(view, row)) for row in records(found) if verdict(row, share) == "behind"]
    st.html(blocks.definition(said[:MOST_ASKED]) if said else blocks.reading(view.t("linkage.nothing_to_ask")))
    st.html(blocks.reading(view.t("linkage.asks_reading", share=formats.percent(share))))
    table(view, found, "linkage_asks")


def _ask(view: View, row: dict[str, Any]) -> str:
    return view.t(
        "linkage.ask",
        due=formats.number(row["due_count"]),
        late=formats.number(row["due_count"] - row["on_time_count"]),
        value=formats.percent(row["on_time_ratio"]),
        low=formats.percent(row["on_time_low"], 1),
        high=formats.percent(row["on_time_high"], 1),
        overdue=formats.number(row["overdue_count"]),
        oldest=formats.number(row["overdue_over_90_count"]),
        refused=formats.number(row["sent_refused_count"]),
    )

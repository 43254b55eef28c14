"""The defaulters page's blocks: sentence, persons and listings, terms ahead, delistings, restrictions, courts.
Persons are counted and never shown; what looks wrong is a reason to look, with its innocent explanation."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.app_pages.defaulters import queries
from dashboards.charts import bands
from dashboards.charts.bands import Band
from dashboards.components import subject
from dashboards.markup import blocks
from dashboards.shell import elements
from dashboards.shell.court_scope import Group
from dashboards.shell.view import View

INDICATORS = ("QX26", "SX18", "SX19", "SX20", "SX37", "SX38", "SX39")
AHEAD = {"expiring_first": ("near", ""), "expiring_second": ("subject", ""), "expiring_third": ("subject", "/")}
OVERDUE = {"overdue_over_30": ("below", "x"), "overdue_to_30": ("below", "/"), "overdue_to_7": ("near", "")}
UNSTATED = "未注明"


def listings(view: View, group: Group, by: str = "court_code") -> pd.DataFrame:
    """Listings by part over the window and at its end, in the order of the mode."""
    found = view.data.ask(queries.listings, by, group.members, *view.data.bounds[:2])
    return found if view.choice.is_ranked else found.sort_values("part").reset_index(drop=True)


def persons(view: View, group: Group) -> int | None:
    found = view.data.ask(queries.persons, group.court, group.scope, view.choice.month, view.choice.window)
    return int(found.iloc[0]["person_count"]) if len(found) else None


def sentence(view: View, group: Group, found: pd.DataFrame) -> str:
    if found.empty:
        return view.t("defaulters.headline_none", place=group.name, month=view.names.month())
    due, on_time = int(found["due_count"].sum()), int(found["on_time_count"].sum())
    return view.t(
        "defaulters.headline",
        place=group.name,
        month=view.names.month(),
        window=view.names.window(),
        stock=formats.number(found["listed_stock_count"].sum()),
        undated=formats.number(found["undated_stock_count"].sum()),
        listed=formats.number(found["listed_count"].sum()),
        persons=formats.number(persons(view, group)),
        due=formats.number(due),
        ratio=formats.percent(on_time / due if due else None),
        expired=formats.number(found["expired_stock_count"].sum()),
        ahead=formats.number(found[[f"{name}_count" for name in AHEAD]].sum().sum()),
    )


def counts(view: View, group: Group, found: pd.DataFrame) -> None:
    """Persons beside listings, and what stands at the month's end."""
    t, people = view.t, persons(view, group)
    listed, stock = int(found["listed_count"].sum()), int(found["listed_stock_count"].sum())
    restrictions = view.data.ask(queries.restrictions, group.members, *view.data.bounds[:2])
    grounds = listings(view, group, "ground").set_index("part")
    unstated = int(grounds["listed_count"].get(UNSTATED, 0))
    each = f"{listed / people:.2f}" if people else formats.ABSENT
    items = [
        ("listed", formats.number(listed), t("defaulters.unit_listings")),
        ("persons", formats.number(people), t("defaulters.each", each=each)),
        (
            "stock",
            formats.number(stock),
            t("defaulters.of_undated", count=formats.number(found["undated_stock_count"].sum())),
        ),
        ("restricted", formats.number(restrictions["restricted_stock_count"].sum()), t("defaulters.at_end")),
        ("expired", formats.number(found["expired_stock_count"].sum()), t("defaulters.at_end")),
        ("overdue", formats.number(found["overdue_count"].sum()), t("defaulters.at_end")),
        (
            "corrected",
            formats.number(found["corrected_count"].sum()),
            _share(view, found["corrected_count"].sum(), listed),
        ),
        ("unstated", formats.number(unstated), _share(view, unstated, listed)),
    ]
    st.html(blocks.facts((t(f"defaulters.{name}"), figure, note) for name, figure, note in items))
    st.html(blocks.reading(t("defaulters.counts_reading", window=view.names.window())))


def _share(view: View, part: Any, whole: int) -> str:
    return view.t("defaulters.of_listed", share=formats.percent(float(part) / whole if whole else None))


def months(view: View, group: Group) -> None:
    """Listed and delisted month by month."""
    t = view.t
    found = view.data.ask(queries.months, group.members, subject.first_shown(view), view.choice.month)
    if found.empty:
        st.html(blocks.reading(t("empty.table")))
        return
    drawn = found.melt("period_month", ["listed", "delisted"], "band", "shown")
    drawn["hover"] = [
        t("defaulters.hover", label=f"{month:%Y-%m}", band=t(f"defaulters.month_{band}"), count=formats.number(count))
        for month, band, count in zip(drawn["period_month"], drawn["band"], drawn["shown"], strict=True)
    ]
    shown = [
        Band("listed", t("defaulters.month_listed"), "subject"),
        Band("delisted", t("defaulters.month_delisted"), "met", "/"),
    ]
    figure = bands.months(drawn, shown, view.colours, "", 300, is_grouped=True)
    elements.picture(figure, "defaulters_months", t("defaulters.months_reading"))


def ahead(view: View, group: Group, found: pd.DataFrame) -> None:
    """Terms that end in the next three months, by part of the group."""
    _bars(view, group, found, AHEAD, "ahead", _month_words(view))


def delistings(view: View, group: Group, found: pd.DataFrame) -> None:
    """Delistings due and not done at the month's end, by days overdue."""
    words = {name: view.t(f"defaulters.{name}") for name in OVERDUE}
    _bars(view, group, found, OVERDUE, "delistings", words)


def _month_words(view: View) -> dict[str, str]:
    return {name: view.names.month(view.choice.month.shifted(place)) for place, name in enumerate(AHEAD, start=1)}


def _bars(
    view: View, group: Group, found: pd.DataFrame, chosen: dict[str, tuple[str, str]], name: str, words: dict[str, str]
) -> None:
    t, labels = view.t, subject.children(view, group)
    columns = [f"{code}_count" for code in chosen]
    sums = found.assign(label=found["part"].map(labels)).groupby("label")[columns].sum()
    totals = sums.sum(axis=1)
    kept = [label for label in subject.in_order(view, totals, labels) if totals.get(label, 0) > 0]
    if not kept:
        st.html(blocks.reading(t(f"defaulters.{name}_none")))
        return
    drawn = pd.DataFrame(
        [
            {
                "label": label,
                "band": code,
                "shown": int(sums.loc[label, f"{code}_count"]),
                "hover": t(
                    "defaulters.hover",
                    label=label,
                    band=words[code],
                    count=formats.number(sums.loc[label, f"{code}_count"]),
                ),
            }
            for label in kept
            for code in chosen
        ]
    )
    shown = [Band(code, words[code], tone, pattern) for code, (tone, pattern) in chosen.items()]
    ends = {label: t("defaulters.bar_end", count=formats.number(totals[label])) for label in kept}
    figure = bands.rows(drawn, shown, view.colours, "", ends)
    elements.picture(figure, f"defaulters_{name}", t(f"defaulters.{name}_reading"))


def grounds(view: View, group: Group) -> None:
    """Listings by statutory ground and by kind of party."""
    t = view.t
    columns = ("listed_count", "listed_stock_count", "delisted_count", "corrected_count")
    for by, place in zip(("ground", "party_kind"), st.columns([7, 5], gap="medium"), strict=True):
        found = listings(view, group, by)
        found["label"] = [subject.word(view, by, part) for part in found["part"]]
        found = found.sort_values("listed_count", ascending=False, kind="stable") if view.choice.is_ranked else found
        config: dict[str, Any] = {"label": elements.text(t(f"defaulters.{by}"), width=300 if by == "ground" else 160)}
        config |= {name: elements.figure(t(f"defaulters.{name}")) for name in columns}
        with place:
            elements.table(view, found, config, f"defaulters_{by}", rows=9)


def courts(view: View, group: Group, found: pd.DataFrame) -> None:
    """The group's courts: delisting on time, terms, and listings against restrictions."""
    restrictions = view.data.ask(queries.restrictions, group.members, *view.data.bounds[:2])
    table = found.rename(columns={"part": "court_code"}).merge(restrictions, on="court_code", how="outer")
    table["unrestricted_ratio"] = subject.ratio(table["unrestricted_count"], table["listed_stock_count"])
    table["ahead_count"] = table[[f"{name}_count" for name in AHEAD]].sum(axis=1, min_count=1)
    table = table.sort_values(["overdue_count", "expired_stock_count"], ascending=False, kind="stable")
    columns = (
        "due_count",
        "on_time_ratio",
        "overdue_count",
        "expired_stock_count",
        "ahead_count",
        "listed_count",
        "listed_stock_count",
        "undated_stock_count",
        "issued_count",
        "restricted_stock_count",
        "unrestricted_count",
        "unrestricted_ratio",
        "corrected_count",
    )
    subject.court_table(view, table, "defaulters", columns, "defaulters_courts", "defaulters", group)
    st.html(blocks.reading(view.t("defaulters.courts_reading", window=view.names.window())))


def consistency(view: View, group: Group, found: pd.DataFrame) -> None:
    """Listings against restrictions: whoever is listed should be restricted; the other way round is no rule."""
    restrictions = view.data.ask(queries.restrictions, group.members, *view.data.bounds[:2])
    stock, bare = int(found["listed_stock_count"].sum()), int(found["unrestricted_count"].sum())
    st.html(
        blocks.notice(
            view.t(
                "defaulters.consistency_says",
                stock=formats.number(stock),
                restricted=formats.number(restrictions["restricted_stock_count"].sum()),
                bare=formats.number(bare),
                share=formats.percent(bare / stock if stock else None),
            )
        )
    )
    st.html(blocks.reading(view.t("defaulters.consistency_reading")))

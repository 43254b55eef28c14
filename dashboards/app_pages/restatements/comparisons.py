"""Reported against recomputed: the courts' own returns, and figures that were published elsewhere.
A figure that does not follow from its own counts is shown as it is, with the reason."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.app_pages.restatements import chart_gaps, queries
from dashboards.charts import stacks
from dashboards.markup import blocks
from dashboards.rows import records
from dashboards.shell import elements
from dashboards.shell import record_table as tables
from dashboards.shell.court_scope import Group
from dashboards.shell.view import View

PUBLISHED = (
    "figure_code",
    "scope",
    "name",
    "span",
    "published_words",
    "recalculated_words",
    "difference_words",
    "allowed_words",
    "is_within",
    "implied_words",
    "implied_difference_words",
    "is_consistent",
    "reason",
    "note",
    "source",
)


def returns(view: View, group: Group) -> None:
    """Items of the returns by whether they agree with the cases, and those that do not with the reason."""
    t, (first, last, _) = view.t, view.data.bounds
    frame = view.data.ask(queries.returns, group.members, first, last)
    if frame.empty:
        st.html(blocks.reading(t("empty.table")))
        return
    shown = frame.assign(
        label=[view.t.known("return_item", str(code)) for code in frame["item_code"]],
        end=[_end(view, row) for row in records(frame)],
    )
    stack = [
        stacks.Part("within_count", t("restatements.within"), "met"),
        stacks.Part("differing_count", t("restatements.differing"), "below"),
        stacks.Part("not_comparable_count", t("restatements.not_comparable"), "unjudged"),
    ]
    elements.picture(
        stacks.rows(shown, stack, view.colours, is_share=True), "returns", t("restatements.returns_reading")
    )
    columns = (
        "month",
        "court",
        "item",
        "reported_value",
        "recomputed_value",
        "difference",
        "tolerance",
        "reason",
    )

    def words(rows: pd.DataFrame) -> pd.DataFrame:
        return rows.assign(item=[view.t.known("return_item", str(code)) for code in rows["item_code"]])

    wanted = tables.List("differing_returns", "restatements_column", columns)
    tables.paged(view, queries.differing_returns, (group.members, first, last), wanted, words)
    st.html(blocks.reading(t("restatements.differing_reading")))


def _end(view: View, row: dict[Any, Any]) -> str:
    if row["not_comparable_count"] == row["return_count"]:
        return view.t("restatements.not_comparable")
    if not row["differing_count"]:
        return view.t("restatements.none_differ")
    return view.t("restatements.differ", n=formats.number(row["differing_count"]))


def published(view: View, _group: Group) -> None:
    """Figures that contradict their own counts in words and in a picture, then every published figure."""
    t = view.t
    frame = view.data.ask(queries.published)
    if frame.empty:
        st.html(blocks.reading(t("empty.table")))
        return
    contradicting = frame[frame["is_consistent"].eq(other=False).fillna(value=False)]
    if len(contradicting):
        st.html(blocks.definition(contradiction(view, row) for row in records(contradicting)))
        rates = contradicting[contradicting["unit"] == "ratio"]
        picture = chart_gaps.lollipops(
            pd.DataFrame(
                {
                    "label": [f"{t.name(row, 'scope')} {t.name(row)}" for row in records(rates)],
                    "gap": rates["implied_difference"].astype(float) * 100,
                    "words": [_both(view, row) for row in records(rates)],
                }
            ),
            view.colours,
            t("restatements.gap_axis"),
        )
        elements.picture(picture, "published", t("restatements.published_reading"))
    tables.show(view, _words(view, frame), tables.List("published", "restatements_column", PUBLISHED))
    st.html(blocks.reading(t("restatements.published_table_reading")))


def _both(view: View, row: dict[Any, Any]) -> str:
    return view.t(
        "restatements.both",
        published=view.names.value(row["published_value"], "ratio"),
        implied=view.names.value(row["implied_value"], "ratio"),
        difference=view.names.change(row["implied_difference"], "ratio"),
    )


def contradiction(view: View, row: dict[Any, Any]) -> tuple[str, str]:
    """What was published, what its own counts give, and the note that goes with it."""
    unit = str(row["unit"])
    line = view.t(
        "restatements.contradiction",
        published=view.names.value(row["published_value"], unit),
        implied=view.names.value(row["implied_value"], unit),
        difference=view.names.change(row["implied_difference"], unit),
        note=view.t.name(row, "note"),
    )
    return f"{view.t.name(row, 'scope')} {view.t.name(row)}", line


def _words(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    shown = frame.copy()
    units = shown["unit"].tolist()
    for name in ("published", "recalculated", "implied"):
        shown[f"{name}_words"] = [view.names.value(v, u) for v, u in zip(shown[f"{name}_value"], units, strict=True)]
    for name, column in (("difference", "value_difference"), ("implied_difference", "implied_difference")):
        shown[f"{name}_words"] = [view.names.change(v, u) for v, u in zip(shown[column], units, strict=True)]
    shown["allowed_words"] = [view.names.value(v, u) for v, u in zip(shown["allowed_difference"], units, strict=True)]
    shown["span"] = [f"{first} – {last}" for first, last in zip(shown["first_month"], shown["last_month"], strict=True)]
    shown["source"] = [view.t.half(source) for source in shown["source"]]
    return shown

"""The list of what a ratio does not count: records of its denominator that its numerator has not.
Beside it stand the lists of what it counts, and of all, which are the evidence of its two sides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboards import formats
from dashboards.components import narrowed_list
from dashboards.components.narrowed_list import Drawing, Listed
from dashboards.markup import blocks
from dashboards.queries import uncounted
from dashboards.queries.evidence import Part
from dashboards.shell.view import View

SIDE = "uncounted"  # as the address says it, beside numerator and denominator
OTHERS = ("total_count", "counted")  # what the denominator counts of a record is no part of this list


def is_told(view: View, court: str, scope: str, row: Mapping[str, Any]) -> bool:
    """Whether there is something that a ratio does not count, and it is a part of its denominator."""
    sides = [row[f"{side}_measure"] for side in ("numerator", "denominator")]
    if row["unit"] != "ratio" or not all(isinstance(measure, str) for measure in sides):
        return False
    return bool(view.data.ask(uncounted.is_told, *_parts(view, court, scope, row)).iloc[0]["told"])


def _parts(view: View, court: str, scope: str, row: Mapping[str, Any]) -> tuple[Part, Part]:
    first, last, _ = view.data.bounds
    counted, whole = (
        Part(str(row[f"{side}_measure"]), str(row[f"{side}_scope"]), court, scope, first, last)
        for side in ("numerator", "denominator")
    )
    return counted, whole


def show(view: View, court: str, scope: str, row: Mapping[str, Any], drawing: Drawing) -> None:
    """The list page by page, drawn and narrowed as the others are, and its workbook."""
    t, indicator = view.t, str(row["indicator_code"])
    counted, whole = _parts(view, court, scope, row)
    everything = view.data.ask(uncounted.records, counted, whole, 1, 1)
    total = int(everything.iloc[0]["total_count"]) if len(everything) else 0
    st.html(blocks.reading(t("uncounted.reading", n=formats.number(total))))
    if not total:
        return
    title = f"{indicator} {view.names.indicator(indicator, short=False)} · {t('uncounted.side')}"
    name = f"records_{indicator}_{SIDE}_{court}"
    values = (counted, whole)
    narrowed_list.show(
        view, Listed(uncounted.records, values, whole.measure, total, title, name, left_out=OTHERS), drawing
    )

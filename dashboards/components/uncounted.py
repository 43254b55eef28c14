"""The list of what a ratio does not count: records of its denominator that its numerator has not.
Beside it stand the lists of what it counts, and of all, which are the evidence of its two sides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.markup import blocks
from dashboards.queries import uncounted
from dashboards.queries.evidence import Part
from dashboards.shell import elements, url_state
from dashboards.shell.view import View

SIDE = "uncounted"  # as the address says it, beside numerator and denominator
Drawn = Callable[[pd.DataFrame, str], None]


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


def show(view: View, court: str, scope: str, row: Mapping[str, Any], drawn: Drawn) -> None:
    """The list page by page, drawn as the others are, and its workbook."""
    t, indicator = view.t, str(row["indicator_code"])
    counted, whole = _parts(view, court, scope, row)
    start = view.data.ask(uncounted.records, counted, whole, elements.PAGE_SIZE, 1)
    count = int(start.iloc[0]["total_count"]) if len(start) else 0
    st.html(blocks.reading(t("uncounted.reading", n=formats.number(count))))
    if not count:
        return
    pages = max(1, -(-count // elements.PAGE_SIZE))
    page = url_state.page_number("records_page", pages)
    shown = start if page == 1 else view.data.ask(uncounted.records, counted, whole, elements.PAGE_SIZE, page)
    drawn(shown.drop(columns="total_count"), f"records_{SIDE}_{page}")
    st.html(blocks.reading(t("evidence.page", page=page, pages=pages, count=formats.number(count))))

    def made() -> pd.DataFrame:
        frame = view.data.ask_once(uncounted.records, counted, whole, elements.EXPORT_ROWS, 1).drop(
            columns="total_count"
        )
        return frame.rename(columns={name: t(f"record.{name}") for name in frame.columns})

    heading = [
        f"{indicator} {view.names.indicator(indicator, short=False)} · {t('uncounted.side')}",
        view.names.where(),
    ]
    elements.download_made(view, made, f"records_{indicator}_{SIDE}_{court}", heading)

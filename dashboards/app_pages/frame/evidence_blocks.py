"""About this number: its definition, and the records behind numerator and denominator, page by page.
Which records count is read from the snapshot's measures; the sum of the list is shown beside the number."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.app_pages.frame import parts, state
from dashboards.app_pages.frame.view import View
from dashboards.markup import blocks
from dashboards.queries import definitions, evidence

EXPORT_ROWS = 100_000
SIDES = ("numerator", "denominator")


def show(view: View, court: str, scope: str, indicators: pd.DataFrame, indicator: str) -> None:
    """Numerator or denominator of one indicator: what it is, whether the list adds up, and the list."""
    t, row = view.t, indicators.set_index("indicator_code").loc[indicator]
    sides = [side for side in SIDES if isinstance(row[f"{side}_measure"], str)]
    if not sides:
        st.html(blocks.reading(t("evidence.none")))
        return
    side = state.choose("side", t("bar.side"), sides, sides[0], lambda code: _side_name(view, row, code))
    measure, shown = str(row[f"{side}_measure"]), row[side]
    known = view.ask(definitions.measures).set_index("measure_code").loc[measure]
    st.html(blocks.definition(_about(view, indicator, row, known, measure)))
    first, last, _ = view.bounds
    part = evidence.Part(measure, str(row[f"{side}_scope"]), court, scope, first, last)
    sums = view.ask(evidence.totals, part)
    if sums.empty:
        st.html(blocks.reading(t("evidence.none")))
        return
    count, total = int(sums.iloc[0]["record_count"]), float(sums.iloc[0]["total"])
    st.html(_check(view, count, total, shown, str(known["unit"])))
    pages = max(1, -(-count // parts.PAGE_SIZE))
    page = state.page_number("records_page", pages)
    frame = view.ask(evidence.records, part, parts.PAGE_SIZE, page)
    _table(view, frame)
    st.html(blocks.reading(t("evidence.page", page=page, pages=pages, count=formats.number(count))))
    _export(view, part, indicator, side, count)


def _side_name(view: View, row: pd.Series, side: str) -> str:
    known = view.ask(definitions.measures).set_index("measure_code")
    measure = str(row[f"{side}_measure"])
    name = view.t.name(known.loc[measure]) if measure in known.index else measure
    return f"{view.t(f'column.{side}')}: {name}"


def _about(view: View, indicator: str, row: pd.Series, known: pd.Series, measure: str) -> list[tuple[str, str]]:
    t = view.t
    numerator, denominator = formats.number(row["numerator"], 2), formats.number(row["denominator"], 2)
    value = view.value(row["value"], row["unit"])
    is_count = formats.is_absent(row["denominator"])
    quotient = value if is_count else f"{numerator} ÷ {denominator} = {value}"
    return [
        (t("evidence.number"), f"{indicator} {view.indicator_name(indicator, short=False)}: {quotient}"),
        (t("evidence.measure"), f"{t.name(known)} ({measure}): {t.name(known, 'definition')}"),
        (
            t("evidence.source"),
            t(
                "evidence.source_line",
                table=str(known["record_table"]),
                version=row["definition_version"],
                snapshot=view.source.snapshot_id,
            ),
        ),
    ]


def _check(view: View, count: int, total: float, shown: Any, unit: str) -> str:
    """Whether the listed records add up to the number on the page."""
    digits = 2 if unit == "yuan" else 0
    same = not formats.is_absent(shown) and abs(total - float(shown)) < 0.005
    text = view.t(
        "evidence.equal" if same else "evidence.unequal",
        count=formats.number(count),
        total=formats.number(total, digits),
        shown=formats.number(shown, digits),
    )
    return f'<p class="g-check g-{"met" if same else "below"}">{blocks.MARKS["met" if same else "below"]} {text}</p>'


def _worded(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    shown = frame.copy()
    if "court_code" in shown:
        shown["court_code"] = [view.court_name(code) for code in shown["court_code"]]
    for name in shown.columns:
        known = shown[name].dropna()
        if len(known) and all(pd.api.types.is_bool(cell) for cell in known):
            words = {True: view.t("word.yes"), False: view.t("word.no")}
            shown[name] = [None if formats.is_absent(cell) else words[bool(cell)] for cell in shown[name]]
    return shown


def _table(view: View, frame: pd.DataFrame) -> None:
    shown = _worded(view, frame)
    columns: dict[str, Any] = {}
    for name in shown.columns:
        label = view.t(f"record.{name}")
        if name == "period_month":
            columns[name] = st.column_config.DateColumn(label, format="YYYY-MM")
        elif name.endswith("_date"):
            columns[name] = st.column_config.DateColumn(label, format="YYYY-MM-DD")
        elif pd.api.types.is_numeric_dtype(shown[name]):
            columns[name] = parts.figure(label)
        elif pd.api.types.is_datetime64_any_dtype(shown[name]):
            columns[name] = st.column_config.DatetimeColumn(label, format="YYYY-MM-DD HH:mm")
        else:
            columns[name] = parts.text(label)
    parts.table(view, shown, columns, "records", rows=12)


def _export(view: View, part: evidence.Part, indicator: str, side: str, count: int) -> None:
    if count == 0:
        return
    t = view.t

    def made() -> pd.DataFrame:
        frame = _worded(view, view.ask(evidence.records, part, EXPORT_ROWS, 1))
        return frame.rename(columns={name: t(f"record.{name}") for name in frame.columns})

    heading = [f"{indicator} {view.indicator_name(indicator, short=False)} · {t(f'column.{side}')}", view.where()]
    parts.download_made(view, made, f"records_{indicator}_{side}_{part.court}", heading)
    if count > EXPORT_ROWS:
        st.html(blocks.reading(t("evidence.export_limit", rows=formats.number(EXPORT_ROWS))))

"""Lists of records in words: codes as names, one language of each pair, pages cut in SQL, the whole as a workbook.
Which records they are is asked by queries; charts and sums do not belong here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.markup import blocks
from dashboards.rows import records
from dashboards.shell import elements, url_state
from dashboards.shell.cached_queries import Query
from dashboards.shell.view import View

Words = Callable[[pd.DataFrame], pd.DataFrame]
PAIRS = ("name", "reason", "detail", "cause", "scope", "note", "condition", "carried", "not_checkable")


@dataclass(frozen=True)
class List:
    """`section` holds the labels `<section>.<column>`; `codes` says in which section a column's codes have words."""

    name: str
    section: str
    columns: tuple[str, ...]
    codes: Mapping[str, str] = field(default_factory=dict)
    ratios: tuple[str, ...] = ()


def show(view: View, frame: pd.DataFrame, wanted: List, rows: int = 15) -> None:
    """The frame as a table with a workbook of it below."""
    shown = worded(view, frame, wanted)
    elements.table(view, shown, _columns(view, shown, wanted), f"list_{wanted.name}", rows)
    if len(shown):
        elements.download(view, _labelled(view, shown, wanted), wanted.name, [_title(view, wanted), view.names.where()])


def paged(view: View, query: Query, values: tuple[Any, ...], wanted: List, first_words: Words | None = None) -> int:
    """One page of `query(*values, size, page)`, whose rows carry total_count; returns that count.

    `first_words` puts a page's own words into the frame before the common ones.
    """
    size = elements.PAGE_SIZE
    first = view.data.ask(query, *values, size, 1)
    count = int(first.iloc[0]["total_count"]) if len(first) else 0
    pages = max(1, -(-count // size))
    page = url_state.page_number(f"{wanted.name}_page", pages)

    def said(frame: pd.DataFrame) -> pd.DataFrame:
        return worded(view, first_words(frame) if first_words and len(frame) else frame, wanted)

    shown = said(first if page == 1 else view.data.ask(query, *values, size, page))
    elements.table(view, shown, _columns(view, shown, wanted), f"list_{wanted.name}", rows=12)
    if count == 0:
        return 0
    st.html(blocks.reading(view.t("evidence.page", page=page, pages=pages, count=formats.number(count))))

    def made() -> pd.DataFrame:
        return _labelled(view, said(view.data.ask_once(query, *values, elements.EXPORT_ROWS, 1)), wanted)

    elements.download_made(view, made, wanted.name, [_title(view, wanted), view.names.where()])
    if count > elements.EXPORT_ROWS:
        st.html(blocks.reading(view.t("evidence.export_limit", rows=formats.number(elements.EXPORT_ROWS))))
    return count


def worded(view: View, frame: pd.DataFrame, wanted: List) -> pd.DataFrame:
    """Courts and indicators by name, codes as words, flags as yes or no, the language's own half of each pair."""
    t, shown = view.t, frame.copy()
    if "court_code" in shown:
        shown["court"] = [view.names.court(code) for code in shown["court_code"]]
    if "indicator_code" in shown:
        shown["indicator"] = [_indicator(view, code) for code in shown["indicator_code"]]
    for stem in PAIRS:
        if f"{stem}_zh" in shown:
            pair = records(shown[[f"{stem}_zh", f"{stem}_en"]])
            shown[stem] = [t.name(row, stem) or formats.ABSENT for row in pair]
    for column, section in wanted.codes.items():
        if column in shown:
            shown[column] = [formats.ABSENT if pd.isna(code) else t(f"{section}.{code}") for code in shown[column]]
    for column in shown.columns:
        known = shown[column].dropna()
        if len(known) and all(pd.api.types.is_bool(cell) for cell in known):
            words = {True: t("word.yes"), False: t("word.no")}
            shown[column] = [formats.ABSENT if pd.isna(cell) else words[bool(cell)] for cell in shown[column]]
    return shown


def _indicator(view: View, code: Any) -> str:
    return view.names.indicator_or_code(code) if isinstance(code, str) else formats.ABSENT


def _columns(view: View, shown: pd.DataFrame, wanted: List) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for column in wanted.columns:
        label = view.t(f"{wanted.section}.{column}")
        if column in wanted.ratios:
            columns[column] = elements.share(label)
        elif column.endswith("_at"):
            columns[column] = st.column_config.DatetimeColumn(label, format="YYYY-MM-DD HH:mm")
        elif column.endswith("_date"):
            columns[column] = st.column_config.DateColumn(label, format="YYYY-MM-DD")
        elif column in shown and pd.api.types.is_numeric_dtype(shown[column]):
            columns[column] = elements.figure(label)
        else:
            columns[column] = elements.text(label)
    return columns


def _labelled(view: View, shown: pd.DataFrame, wanted: List) -> pd.DataFrame:
    names = {column: view.t(f"{wanted.section}.{column}") for column in wanted.columns if column in shown}
    return shown[list(names)].rename(columns=names)


def _title(view: View, wanted: List) -> str:
    return view.t(f"{wanted.section}.{wanted.name}")

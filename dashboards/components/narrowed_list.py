"""A list of records page by page, narrowed as the reader chooses, with its count and a workbook of the same rows.
Which list it is, and how its rows are drawn and worded, is said by whoever shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.components import narrowing
from dashboards.markup import blocks
from dashboards.queries.narrowing import Narrowing
from dashboards.shell import elements, url_state
from dashboards.shell.cached_queries import Query
from dashboards.shell.view import View


@dataclass(frozen=True)
class Listed:
    """`query(*values, size, page, narrowed)` gives a page of the list, each row with its `total_count`.

    `measure` says by what it may be narrowed, `whole` how many records it has; `title` and `name` are the workbook's.
    `left_out` are columns that are not shown.
    """

    query: Query
    values: tuple[Any, ...]
    measure: str
    whole: int
    title: str
    name: str
    left_out: tuple[str, ...] = ("total_count",)


@dataclass(frozen=True)
class Drawing:
    """How a page of the list is put on the screen, by a key of its own, and how its cells are worded."""

    table: Callable[[View, pd.DataFrame, str], None]
    worded: Callable[[View, pd.DataFrame], pd.DataFrame]


def show(view: View, listed: Listed, drawing: Drawing) -> None:
    """The boxes, one page of what is kept, how many rows that are, and the workbook."""
    narrowed = narrowing.choose(view, listed.measure)

    def asked(page: int) -> pd.DataFrame:
        return view.data.ask(listed.query, *listed.values, elements.PAGE_SIZE, page, narrowed)

    start = asked(1)
    count = int(start.iloc[0]["total_count"]) if len(start) else 0
    if listed.whole and not count:
        st.html(blocks.reading(view.t("narrowing.nothing", whole=formats.number(listed.whole))))
        return
    pages = max(1, -(-count // elements.PAGE_SIZE))
    page = url_state.page_number("records_page", pages)
    shown = (start if page == 1 else asked(page)).drop(columns=list(listed.left_out), errors="ignore")
    # Ticks are kept by the key, and mean its rows.
    drawing.table(view, shown, f"records_{listed.measure}_{page}_{narrowing.told(view, narrowed)}")
    st.html(blocks.reading(view.t("evidence.page", page=page, pages=pages, count=formats.number(count))))
    st.html(blocks.reading(narrowing.count(view, narrowed, count, listed.whole)))
    if count:
        _export(view, listed, drawing, narrowed, count)


def _export(view: View, listed: Listed, drawing: Drawing, narrowed: Narrowing, count: int) -> None:
    t = view.t

    def made() -> pd.DataFrame:
        found = view.data.ask_once(listed.query, *listed.values, elements.EXPORT_ROWS, 1, narrowed)
        frame = drawing.worded(view, found.drop(columns=list(listed.left_out)))
        return frame.rename(columns={name: t(f"record.{name}") for name in frame.columns})

    heading = [listed.title, narrowing.heading(view, narrowed, count), view.names.where()]
    elements.download_made(view, made, listed.name, heading)
    if count > elements.EXPORT_ROWS:
        st.html(blocks.reading(t("evidence.export_limit", rows=formats.number(elements.EXPORT_ROWS))))

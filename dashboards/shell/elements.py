"""Putting blocks, pictures, tables and downloads on a page, in the one way all pages use.
What is in them is made by markup, charts and the pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboards import findings, formats, sheets
from dashboards.access.audit import AuditError
from dashboards.markup import blocks
from dashboards.shell import audit_trail, links
from dashboards.shell.view import View
from dashboards.texts import LANGUAGES, texts

CHART_CONFIG = {"displayModeBar": False, "displaylogo": False}
OFFICE = "application/vnd.openxmlformats-officedocument"
SHEET, WORD = f"{OFFICE}.spreadsheetml.sheet", f"{OFFICE}.wordprocessingml.document"
SLIDES = f"{OFFICE}.presentationml.presentation"
KINDS = {"xlsx": SHEET, "docx": WORD, "pptx": SLIDES, "svg": "image/svg+xml", "png": "image/png", "csv": "text/csv"}
SHARE, MONEY = "%.2f%%", "%,.2f"  # patterns of columns
ROW_PIXELS, MOST_ROWS = 33, 16
PAGE_SIZE = 50
EXPORT_ROWS = 100_000  # of a list of records in a workbook


def headline(view: View, sentence: str) -> None:
    st.html(blocks.headline(sentence, view.names.where()))


def mode_notice(view: View) -> None:
    """What the mode means and since when; for pages that judge courts, under their headline."""
    if view.names.notice:
        st.html(blocks.mode_notice(view.names.notice))


def section(title: str, measure: str = "") -> None:
    st.html(blocks.section(title, measure))


def glossary() -> dict[str, str]:
    """Short form → explanation, in the reader's language; said on hover."""
    lang = st.query_params.get("lang", "zh")
    return texts(lang if lang in LANGUAGES else "zh").glossary("abbr")


def reading(line: str) -> None:
    """A line on how to read what stands above it, its short forms explained on hover."""
    st.html(blocks.reading(line, glossary()))


def picture(figure: go.Figure, key: str, how_to_read: str) -> None:
    """A chart with its line of reading under it."""
    st.plotly_chart(figure, theme=None, key=key, config=CHART_CONFIG)
    reading(how_to_read)


def table(
    view: View,
    frame: pd.DataFrame,
    columns: Mapping[str, Any],
    key: str,
    rows: int | None = None,
    ticked: Callable[[], None] | None = None,
) -> None:
    """The frame's columns in the order of `columns`, each with its configuration; empty says why.

    With `ticked`, rows can be ticked, and it is called when they are. A row that names a case leads to its page.
    """
    if frame.empty:
        st.html(blocks.reading(view.t("empty.table" if view.data.reader.courts is None else "door.empty_table")))
        return
    audit_trail.seen(view, key, frame)
    shown = links.with_cases(view, frame)
    columns = _with_case(view, columns)
    shown = _in_percent(shown[[name for name in columns if name in shown.columns]], columns)
    height: int | Literal["content"] = (
        "content" if len(shown) <= (rows or MOST_ROWS) else ROW_PIXELS * ((rows or MOST_ROWS) + 1)
    )
    common: dict[str, Any] = {"hide_index": True, "key": key, "height": height, "placeholder": formats.ABSENT}
    if ticked:
        common |= {"on_select": ticked, "selection_mode": "multi-row"}
    st.dataframe(shown, column_config=dict(columns), **common)
    if height != "content":
        st.html(blocks.paper(view.t("word.on_paper", shown=rows or MOST_ROWS, rows=len(shown))))
    if view.data.reader.courts is not None and audit_trail.holds_records(frame):
        st.html(blocks.reading(view.t("door.own_only")))


def _with_case(view: View, columns: Mapping[str, Any]) -> dict[str, Any]:
    """The columns with the way to a row's case behind the first one."""
    named = list(columns.items())
    return dict([*named[:1], (links.CASE, links.case_column(view)), *named[1:]])


def _in_percent(shown: pd.DataFrame, columns: Mapping[str, Any]) -> pd.DataFrame:
    """Columns of shares as percentages: their pattern has two decimals, where Streamlit's own drops zeros."""
    shares = [name for name in shown.columns if columns[name].get("type_config", {}).get("format") == SHARE]
    return shown.assign(**{name: shown[name].astype(float) * 100 for name in shares})


def download(
    view: View, frame: pd.DataFrame, name: str, heading: list[str], patterns: Mapping[str, str] | None = None
) -> None:
    """A workbook of a frame that is there already."""
    download_made(view, lambda: frame, name, heading, patterns)


def download_made(
    view: View,
    made: Callable[[], pd.DataFrame],
    name: str,
    heading: list[str],
    patterns: Mapping[str, str] | None = None,
) -> None:
    """A workbook made when it is asked for, not on every run of the page."""

    def workbook() -> bytes:
        return sheets.workbook(made(), heading, dict(patterns or {}))

    download_file(view, view.t("word.download"), workbook, name, f"{name}_{view.choice.month}.xlsx")


def download_file(view: View, label: str, made: Callable[[], bytes], name: str, file_name: str) -> None:
    """A file made when it is asked for; recorded under `name` before it is handed out, and told of where it was not."""
    ending = file_name.rpartition(".")[2]
    what = f"{audit_trail.address()} · {name}.{ending}"

    refused: set[str] = st.session_state.setdefault(audit_trail.NOT_RECORDED, set())
    if name in refused:
        refused.discard(name)
        st.html(blocks.notice(view.t("trouble.unrecorded")))

    def handed_out() -> bytes:
        try:
            audit_trail.record(view, "export", what)
        except AuditError:
            refused.add(name)  # the browser says that there is no file; the page says why when it is drawn again
            raise
        return made()

    st.download_button(
        label,
        handed_out,
        file_name=file_name,
        mime=KINDS[ending],
        key=f"download_{name}",
        on_click="ignore",
    )


def text(label: str, width: Any = None, pinned: bool = False) -> Any:
    return st.column_config.TextColumn(label, width=width, pinned=pinned)


def figure(label: str, pattern: str = "localized", width: Any = None) -> Any:
    return st.column_config.NumberColumn(label, format=pattern, width=width)


def share(label: str) -> Any:
    """A column of shares between 0 and 1, shown as percentages with two decimals."""
    return st.column_config.NumberColumn(label, format=SHARE)


def rank_step(view: View, row: Mapping[str, Any]) -> str:
    """Places gained or lost in words, with an arrow where there is evidence and ≈ where it may be chance."""
    change = row["rank_change"]
    if formats.is_absent(change):
        return formats.ABSENT
    code = "up" if change > 0 else "down" if change < 0 else "same"
    sign = code if not change or findings.is_beyond_chance(row) else "noise"
    return f"{blocks.ARROWS[sign]} {view.t(f'rank.{code}', places=abs(int(change)))}"

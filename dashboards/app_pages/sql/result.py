"""The rows of an answer on the SQL page: how many of how many, the table, the quick chart, the files.
Reading and writing the files is in workbench.results; asking is in sql_blocks."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from dashboards import formats
from dashboards.access.readers import NotAllowedError
from dashboards.app_pages.sql import chart_quick
from dashboards.app_pages.sql.editor import Asked, is_theirs, reader
from dashboards.markup import blocks
from dashboards.shell import audit_trail, elements, url_state
from dashboards.shell.view import View
from dashboards.workbench import export, results
from dashboards.workbench.worker import Answer

KINDS = {
    "xlsx": elements.SHEET,
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
}
PLAN = "explain_value"


def show(view: View, asked: Asked) -> None:
    """The rows, or for EXPLAIN the plan."""
    t, answer = view.t, asked.ticket.answer
    if answer is None or not is_theirs(view.data.reader, asked.ticket):
        return
    try:
        table = results.read(asked.ticket.result, results.SHOWN_ROWS)
    except (OSError, pa.ArrowException):
        st.html(blocks.notice(t("sql.result_gone")))
        return
    if PLAN in table.column_names and asked.ticket.statement.lower().startswith("explain"):
        elements.section(t("sql.plan"), t("sql.of", snapshot=asked.snapshot_id, seconds=answer.seconds))
        st.code("\n".join(table.column(PLAN).to_pylist()), language=None)
        return
    elements.section(t("sql.result"), t("sql.of", snapshot=asked.snapshot_id, seconds=answer.seconds))
    st.html(blocks.reading(count(view, answer, table.num_rows)))
    if not table.num_rows:
        return
    frame = results.frame(table)
    st.dataframe(frame, hide_index=True, key="sql_rows", height=_height(frame), placeholder=formats.ABSENT)
    _downloads(view, asked)
    _chart(view, frame, results.numbers(table))


def count(view: View, answer: Answer, shown: int) -> str:
    """How many rows there are, how many of them are shown, how many are in the files, and whether cells were cut."""
    t, rows = view.t, formats.number(answer.rows)
    if not answer.rows:
        return t("sql.no_rows")
    cut = f" {t('sql.cut')}" if answer.is_cut else ""
    if shown == answer.rows and answer.is_whole:
        return t("sql.all_rows", rows=rows) + cut
    said = t("sql.first_of" if answer.is_whole else "sql.first_of_more", shown=formats.number(shown), rows=rows)
    kept = formats.number(answer.kept)
    is_all_kept = answer.kept == answer.rows and answer.is_whole
    return f"{said} {t('sql.files_all' if is_all_kept else 'sql.files_first', kept=kept)}{cut}"


def _height(frame: pd.DataFrame) -> Any:
    return "content" if len(frame) <= elements.MOST_ROWS else elements.ROW_PIXELS * (elements.MOST_ROWS + 1)


def _downloads(view: View, asked: Asked) -> None:
    t, ticket = view.t, asked.ticket
    heading = [
        " ".join(ticket.statement.split()),
        t("sql.heading", snapshot=asked.snapshot_id, reader=reader(view).name),
    ]
    if ticket.answer is not None:
        heading.append(count(view, ticket.answer, ticket.answer.kept))
    with st.container(horizontal=True, vertical_alignment="center"):
        for kind, mime in KINDS.items():
            st.download_button(
                t(f"sql.download_{kind}"),
                partial(taken, view, asked, kind, heading),
                file_name=f"sql_{asked.snapshot_id}.{kind}",
                mime=mime,
                key=f"sql_download_{kind}",
                on_click="ignore",
            )


def taken(view: View, asked: Asked, kind: str, heading: list[str]) -> bytes:
    """The file, once the log says who took it. AuditError when the log cannot be written, NotMadeError.

    NotAllowedError for whoever did not ask for it themselves.
    """
    if not is_theirs(view.data.reader, asked.ticket):
        raise NotAllowedError(f"{view.data.reader.name}: {asked.ticket.reader}")
    audit_trail.record(view, "export", f"{kind}: {asked.ticket.statement}", asked.snapshot_id)
    return export.made(asked.ticket.result, kind, heading)


def _chart(view: View, frame: pd.DataFrame, numbers: list[str]) -> None:
    t = view.t
    if not numbers or len(frame) < 2:
        return
    names = [str(name) for name in frame.columns]
    elements.section(t("sql.chart"), t("sql.chart_measure"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        first = next((name for name in names if name not in numbers), names[0])
        x = url_state.choose("sql_x", t("sql.x"), names, first, str, 220, is_silent=True)
        last = next((name for name in numbers[::-1] if name != x), numbers[0])
        y = url_state.choose("sql_y", t("sql.y"), numbers, last, str, 220, is_silent=True)
        kind = url_state.choose(
            "sql_kind", t("sql.kind"), chart_quick.KINDS, "bar", lambda code: t(f"sql.kind_{code}"), is_silent=True
        )
    if x == y:
        st.html(blocks.reading(t("sql.chart_same")))
        return
    drawn = chart_quick.drawn(frame, x, y, kind)
    said = t("sql.chart_reading", x=x, y=y, n=formats.number(len(drawn)), rows=formats.number(len(frame)))
    elements.picture(chart_quick.chart(drawn, x, y, kind, view.colours), "sql_chart", said)

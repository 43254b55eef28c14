"""What stands beside the SQL editor: tables and columns, macros, example questions, saved statements, the history.
A click puts words or a whole statement into the editor; the editor itself is in sql_blocks."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from datetime import datetime

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.app_pages.sql import queries
from dashboards.app_pages.sql.editor import LOADED, append, reader, replace
from dashboards.components.sql_handover import put
from dashboards.markup import blocks
from dashboards.plain import plain
from dashboards.rows import records
from dashboards.shell import elements, url_state
from dashboards.shell.view import View
from dashboards.workbench import saved_queries
from dashboards.workbench.examples import examples

ROWS = 14
CLICKS = "sql_clicks"  # a list that was clicked is drawn anew, so that the same row can be clicked again
USAGE = re.compile(r"from \w+\([^)]*\)")
GRAIN = re.compile(r"^([ -~]+\.)\s+(?=[^ -~])")  # a table's comment begins with its grain in English
MOST_SAVED = 60


def show(view: View) -> None:
    """One of five lists."""
    lists = {"tables": _tables, "macros": _macros, "examples": _examples, "saved": _saved, "history": _history}
    names = tuple(lists)
    chosen = url_state.choose("beside", view.t("bar.list"), names, names[0], lambda name: view.t(f"sql.{name}"))
    lists[chosen](view)


def _tables(view: View) -> None:
    """Schemas, tables, columns; with words sought, every column and table in which all of them occur."""
    t, tables, columns = view.t, view.data.ask(queries.tables), view.data.ask(queries.columns)
    if tables.empty:
        st.html(blocks.reading(t("empty.table")))
        return
    sought = url_state.sought("q", t("sql.search"), 300)
    if sought:
        _found(view, tables, columns, sought)
        return
    schemas = tables["schema_name"].drop_duplicates().tolist()
    schema = url_state.choose("schema", t("sql.schema"), schemas, schemas[0], str, is_silent=True)
    own = tables[tables["schema_name"] == schema].set_index("table_name")
    names = own.index.tolist()
    table = url_state.choose("table", t("sql.table"), names, names[0], str, 430, is_silent=True)
    row, full = own.loc[table], f"{schema}.{table}"
    st.html(
        blocks.reading(f"{_meaning(view, row['comment'])} · {t('sql.rows', rows=formats.number(row['row_count']))}")
    )
    st.button(t("sql.insert_table", table=full), key="sql_insert_table", on_click=append, args=(full,))
    part = columns[(columns["schema_name"] == schema) & (columns["table_name"] == table)]
    words = part["column_name"].tolist()
    shown = pd.DataFrame(
        {"column": words, "type": part["data_type"].tolist(), "meaning": [_meaning(view, c) for c in part["comment"]]}
    )
    _clickable(view, shown, words, f"columns_{full}", append)
    st.html(blocks.reading(t("sql.click_column")))


def _found(view: View, tables: pd.DataFrame, columns: pd.DataFrame, sought: str) -> None:
    t, wanted = view.t, sought.lower().split()
    every = pd.concat([tables.assign(column_name="", data_type=""), columns])
    names = every["schema_name"] + "." + every["table_name"]
    text = (names + " " + every["column_name"] + " " + every["comment"].fillna("")).str.lower()
    is_found = [all(word in said for word in wanted) for said in text]
    found, full = every[is_found], names[is_found].tolist()
    if found.empty:
        st.html(blocks.reading(t("sql.nothing_found")))
        return
    words = [column or table for column, table in zip(found["column_name"], full, strict=True)]
    shown = pd.DataFrame(
        {
            "table": full,
            "column": found["column_name"].tolist(),
            "type": found["data_type"].tolist(),
            "meaning": [_meaning(view, comment) for comment in found["comment"]],
        }
    )
    _clickable(view, shown, words, f"found_{sought}", append)
    st.html(blocks.reading(t("sql.found", n=len(found))))


def _meaning(view: View, comment: object) -> str:
    """The reader's half of a comment; the grain, which is in English, stays with the English half."""
    grain = GRAIN.match(str(comment))
    said = view.t.half(comment)
    if view.lang == "en":
        return f"{grain.group(1)} {said}" if grain else said
    return said.removeprefix(grain.group(0)) if grain else said


def _macros(view: View) -> None:
    """The analysts' macros with an example of each."""
    t, macros = view.t, view.data.ask(queries.macros)
    if macros.empty:
        st.html(blocks.reading(t("sql.no_macros")))
        return
    for row in records(macros):
        usage = USAGE.search(str(row["comment"]))
        words = usage.group(0) if usage else f"from {row['macro_name']}({row['parameters']})"
        meaning = _meaning(view, row["comment"]).replace(f"：{words}", "")
        st.button(
            row["macro_name"], key=f"sql_macro_{row['macro_name']}", type="tertiary", on_click=append, args=(words,)
        )
        st.html(blocks.reading(meaning))
        st.code(words, language="sql", wrap_lines=True)


def _examples(view: View) -> None:
    """Questions with the month of the bar and a court chosen here."""
    t = view.t
    codes = view.data.courts.index.tolist()
    basic = view.data.courts[view.data.courts["level"] == "basic"].index.tolist()
    court = url_state.choose("court", t("bar.court"), codes, (basic or codes)[0], view.names.court, 220)
    st.html(blocks.reading(t("sql.examples_reading", month=view.names.month(), court=view.names.court(court))))
    for example in examples():
        label = example.zh if view.lang == "zh" else example.en
        filled = example.filled(view.choice.month, court)
        st.button(label, key=f"sql_example_{example.code}", type="tertiary", on_click=replace, args=(filled,))


def _saved(view: View) -> None:
    """The reader's own statements, then what others share, each with its author and address."""
    t, who = view.t, reader(view)
    try:
        found = saved_queries.saved(who.name)
    except sqlite3.Error as failed:
        st.html(blocks.notice(t("sql.not_kept", reason=str(failed))))
        return
    if not found:
        st.html(blocks.reading(t("sql.no_saved")))
    for entry in found[:MOST_SAVED]:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                plain(entry.name),
                key=f"sql_saved_{entry.query_id}",
                type="tertiary",
                on_click=_open,
                args=(view, entry.query_id),
            )
            kept = t(
                "sql.shared" if entry.is_shared else "sql.private",
                author=entry.author,
                at=formats.moment(datetime.fromisoformat(entry.saved_at))[:10],
            )
            address = view.address("sql", query=str(entry.query_id))
            st.markdown(f"[{t('sql.address', query=entry.query_id)}]({address})", width="content")
            st.caption(plain(kept), width="content")
            if entry.author == who.name:
                st.button(
                    t("sql.remove"), key=f"sql_remove_{entry.query_id}", on_click=_remove,
                    args=(view, entry.query_id),
                )  # fmt: skip


def _remove(view: View, query_id: int) -> None:
    saved_queries.remove(query_id, reader(view).name)


def _open(view: View, query_id: int) -> None:
    """Its statement into the editor, its number into the address."""
    entry = saved_queries.find(query_id, reader(view).name)
    if entry is not None:
        put(entry.statement)
        st.query_params["query"] = st.session_state[LOADED] = str(query_id)


def _history(view: View) -> None:
    """What the reader asked before, the last first."""
    t = view.t
    try:
        asked = saved_queries.history(reader(view).name)
    except sqlite3.Error as failed:
        st.html(blocks.notice(t("sql.not_kept", reason=str(failed))))
        return
    if not asked:
        st.html(blocks.reading(t("sql.no_history")))
        return
    shown = pd.DataFrame(
        {
            "asked_at": [formats.moment(datetime.fromisoformat(entry.asked_at), seconds=True) for entry in asked],
            "ended": [
                t(f"sql_fault.{entry.fault}") if entry.fault else t("sql.rows", rows=formats.number(entry.row_count))
                for entry in asked
            ],
            "said": [" ".join(entry.statement.split()) for entry in asked],
        }
    )
    _clickable(view, shown, [entry.statement for entry in asked], "history", replace)
    st.html(blocks.reading(t("sql.click_history")))


def _clickable(view: View, shown: pd.DataFrame, words: list[str], name: str, then: Callable[[str], None]) -> None:
    """A table; a click anywhere in a row hands that row's words to `then`."""
    key = f"sql_{name}_{st.session_state.get(CLICKS, 0)}"
    columns = {column: elements.text(view.t(f"sql.{column}")) for column in shown.columns}
    st.dataframe(
        shown,
        hide_index=True,
        column_config=columns,
        key=key,
        height="content" if len(shown) <= ROWS else elements.ROW_PIXELS * (ROWS + 1),
        selection_mode="single-cell",
        on_select=lambda: _clicked(key, words, then),
    )


def _clicked(key: str, words: list[str], then: Callable[[str], None]) -> None:
    cells = st.session_state[key]["selection"]["cells"]
    if cells and 0 <= int(cells[0][0]) < len(words):
        then(words[int(cells[0][0])])
        st.session_state[CLICKS] = st.session_state.get(CLICKS, 0) + 1

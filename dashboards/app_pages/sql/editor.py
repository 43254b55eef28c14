"""The SQL page's editor, its buttons, the place in the queue, and what is said when a statement cannot be answered.
The catalogue and the lists beside the editor are in sql_side, the rows in sql_result."""

from __future__ import annotations

import logging
import sqlite3
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from dashboards import formats
from dashboards.access import audit
from dashboards.access.readers import NotAllowedError, Reader
from dashboards.app_pages.sql import queries
from dashboards.components.sql_handover import KEPT, TEXT, put
from dashboards.markup import blocks
from dashboards.seal import BrokenSealError
from dashboards.shell import audit_trail, elements
from dashboards.shell.view import View
from dashboards.snapshot import verify
from dashboards.workbench import saved_queries
from dashboards.workbench.examples import examples
from dashboards.workbench.queue import KEPT_ROWS, MEMORY_MB, MILLISECONDS, QueueFullError, Ticket, common

# Under these names the session keeps the editor's text, the last statement asked, and what is said above the result.
LOADED, ASKED, SAID, SEAT = "sql_loaded", "sql_asked", "sql_said", "sql_seat"
HEIGHT = 330  # pixels
LONGEST_NAME = 80
LONGEST_STATEMENT = 100_000  # characters; each is kept in the log, in the history and in whatever is taken along
logger = logging.getLogger(__name__)


@dataclass
class Asked:
    """A statement that was put into the queue, of which snapshot, and whether the history has it."""

    ticket: Ticket
    snapshot_id: str


def reader(view: View) -> Reader:
    """Whoever is asking."""
    return view.data.reader


def seat(who: Reader) -> str:
    """Whose turn it is in the queue: a reader's; where nobody signs in, a browser's."""
    own: str = st.session_state.setdefault(SEAT, uuid.uuid4().hex)
    return f"local {own}" if who.role == "local" else who.name


def is_theirs(who: Reader, ticket: Ticket) -> bool:
    """Whether it was this reader who asked; where nobody signs in, somebody at this machine."""
    return ticket.reader.startswith("local ") if who.role == "local" else ticket.reader == who.name


def sentence(view: View) -> str:
    tables, macros = view.data.ask(queries.tables), view.data.ask(queries.macros)
    return view.t(
        "sql.headline", tables=len(tables), macros=len(macros), seconds=MILLISECONDS // 1000, memory=MEMORY_MB
    )


def load_named(view: View) -> None:
    """Puts the statement that the address names into the editor, once; a first visit begins with an example."""
    said = st.query_params.get("query", "")
    if said and st.session_state.get(LOADED) != said:
        st.session_state[LOADED] = said
        found = saved_queries.find(int(said), reader(view).name) if said.isdecimal() and len(said) < 12 else None
        if found is None:
            st.html(blocks.notice(view.t("sql.query_gone", query=said[:12])))
        else:
            put(found.statement)
    if TEXT not in st.session_state:
        first = examples()[0].filled(view.choice.month, view.data.root)
        st.session_state[TEXT] = st.session_state.get(KEPT, first)


def replace(statement: str) -> None:
    """In place of what is in the editor, whose address is then no longer this page's."""
    if "query" in st.query_params:
        del st.query_params["query"]
    st.session_state.pop(LOADED, None)
    put(statement)


def append(words: str) -> None:
    """At the end of what is in the editor."""
    before = str(st.session_state.get(TEXT, "")).rstrip()
    put(f"{before} {words}" if before else words)


def editor(view: View) -> None:
    """The statement, and what can be done with it."""
    t = view.t
    with st.container(key="sql_editor"):
        st.session_state[KEPT] = st.text_area(t("sql.statement"), key=TEXT, height=HEIGHT)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(t("sql.run"), type="primary", key="sql_run", shortcut="Ctrl+Enter", on_click=_ask, args=(view, ""))
        st.button(t("sql.explain"), key="sql_explain", on_click=_ask, args=(view, "explain "))
        with st.popover(t("sql.save"), key="sql_save_open"):
            _saving(view)
        st.html(blocks.reading(t("sql.limits", seconds=MILLISECONDS // 1000, rows=formats.number(KEPT_ROWS))))
    if said := st.session_state.pop(SAID, None):
        st.html(blocks.notice(said))


def _saving(view: View) -> None:
    t = view.t
    name = st.text_input(t("sql.name"), key="sql_name", max_chars=LONGEST_NAME)
    is_shared = st.checkbox(t("sql.share"), key="sql_share", help=t("sql.share_help"))
    st.button(t("sql.save_now"), key="sql_save", disabled=not name.strip(), on_click=_save, args=(view, is_shared))


def _save(view: View, is_shared: bool) -> None:
    name, statement = str(st.session_state["sql_name"]).strip()[:LONGEST_NAME], _statement(view)
    if not name or not statement:
        st.session_state.setdefault(SAID, view.t("sql.nothing"))
        return
    try:
        number = saved_queries.save(name, reader(view).name, statement, is_shared)
    except sqlite3.Error as failed:
        st.session_state[SAID] = view.t("sql.not_kept", reason=str(failed))
        return
    st.query_params["query"] = st.session_state[LOADED] = str(number)
    st.session_state[SAID] = view.t("sql.saved_as", name=name, query=number)


def _statement(view: View) -> str:
    """What is in the editor; empty when it is too long, which is said. A browser may send what its field forbids."""
    statement = str(st.session_state.get(TEXT, "")).strip()
    if len(statement) <= LONGEST_STATEMENT:
        return statement
    size, most = formats.number(len(statement)), formats.number(LONGEST_STATEMENT)
    st.session_state[SAID] = view.t("sql.too_long", size=size, most=most)
    return ""


def _ask(view: View, before: str) -> None:
    """Into the log first; a statement that cannot be logged is not asked."""
    who, statement = reader(view), _statement(view)
    if not statement:
        st.session_state.setdefault(SAID, view.t("sql.nothing"))
        return
    earlier: Asked | None = st.session_state.get(ASKED)
    if earlier is not None and earlier.ticket.ended_at is None:
        common().cancel(earlier.ticket)
    try:
        audit_trail.record(view, "sql", before + statement)
        entry = _begun(view, before + statement)
        source = view.data.source
        verify(source)
        ticket = common().ask(seat(who), before + statement, source.database, source.province, partial(_ended, entry))
    except audit.AuditError as failed:
        st.session_state[SAID] = view.t.half(str(failed))
    except NotAllowedError:
        st.session_state[SAID] = view.t("trouble.not_allowed")
    except BrokenSealError as broken:
        st.session_state[SAID] = view.t.half(str(broken))
        _kept(entry, None, None, "failed")
    except QueueFullError:
        st.session_state[SAID] = view.t("sql.queue_full")
        _kept(entry, None, None, "queue_full")
    else:
        st.session_state[ASKED] = Asked(ticket, view.data.source.snapshot_id)


def _begun(view: View, statement: str) -> int | None:
    """The entry of the reader's history. A history that cannot be written keeps nobody from the answer."""
    try:
        return saved_queries.ask(reader(view).name, statement)
    except sqlite3.Error as failed:
        st.session_state[SAID] = view.t("sql.not_kept", reason=str(failed))
        return None


def _ended(entry: int | None, ticket: Ticket) -> None:
    """Into the history, whether or not the reader's browser is still there; the queue's thread calls it."""
    answer = ticket.answer
    fault = "cancelled" if ticket.state == "cancelled" or answer is None else answer.fault
    rows, seconds = (answer.rows, answer.seconds) if answer and not fault else (None, None)
    _kept(entry, rows, seconds, fault)


def _kept(entry: int | None, rows: int | None, seconds: float | None, fault: str) -> None:
    if entry is None:
        return
    try:
        saved_queries.answer(entry, rows, seconds, fault)
    except sqlite3.Error:
        logger.exception("the history of statements cannot be written")


def outcome(view: View, show: Callable[[View, Asked], None]) -> None:
    """Nothing yet, the place in the queue, the fault, or the rows, which `show` puts on the page."""
    asked: Asked | None = st.session_state.get(ASKED)
    if asked is None or asked.ticket.reader != seat(reader(view)):
        return
    ticket = asked.ticket
    if ticket.ended_at is None:
        _progress(view, ticket)
        return
    if ticket.state == "cancelled" or ticket.answer is None:
        st.html(blocks.notice(view.t("sql.cancelled")))
    elif ticket.answer.fault:
        _fault(view, ticket.answer.fault, ticket.answer.message)
    else:
        show(view, asked)


@st.fragment(run_every="1s")
def _progress(view: View, ticket: Ticket) -> None:
    """Looks again every second, and draws the page anew when there is an answer."""
    if ticket.ended_at is not None:
        st.rerun()
    t, seconds = view.t, int(time.monotonic() - ticket.asked_at)
    with st.container(horizontal=True, vertical_alignment="center", key="sql_progress"):
        ahead = common().ahead(ticket)
        said = (
            t("sql.waiting", ahead=ahead, seconds=seconds)
            if ticket.state == "waiting"
            else t("sql.running", seconds=seconds, most=MILLISECONDS // 1000)
        )
        st.html(blocks.notice(said), width="content")
        st.button(t("sql.cancel"), key="sql_cancel", on_click=common().cancel, args=(ticket,))


def _fault(view: View, fault: str, message: str) -> None:
    """What happened, what to do about it, and DuckDB's own words."""
    t = view.t
    elements.section(t(f"sql_fault.{fault}"))
    st.html(blocks.notice(t(f"sql_fault.{fault}_remedy", seconds=MILLISECONDS // 1000, memory=MEMORY_MB)))
    if message:
        st.code(message, language=None, wrap_lines=True)

"""Objections to the number on the page: those there are, and the form by which its court files one.
They are handled on the objections' page; which cases are ticked comes from the list of records above."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.components import under_objection, writing
from dashboards.markup import blocks
from dashboards.plain import plain
from dashboards.proceedings import corrections, objections
from dashboards.proceedings.numbers import Number
from dashboards.proceedings.objections import Filing
from dashboards.proceedings.store import LONGEST, StoreError
from dashboards.rows import records
from dashboards.shell.view import View
from grammar import case_numbers
from grammar.numbers import without_numbers

CASES, MISSING, WRONG, EVIDENCE = ("objection_cases", "objection_missing", "objection_wrong", "objection_evidence")
TICKED = "objection_ticked"  # under this name the session keeps what is ticked, by list and page
LONGEST_IDENTIFIER = 50
IDENTIFIERS = (
    "fund_id", "request_id", "listing_id", "petition_id", "item_id", "entrustment_id", "restriction_id", "lot_id"
)  # fmt: skip


def may_object(view: View, court: str) -> bool:
    return view.data.reader.may("object") and view.data.sees((court,))


def ticking(view: View, court: str) -> Callable[[pd.DataFrame, str], Callable[[], None]] | None:
    """What the list of records calls when rows are ticked; None for whoever may not object to the number."""
    return _ticking if may_object(view, court) else None


def _ticking(frame: pd.DataFrame, key: str) -> Callable[[], None]:
    column = next((name for name in ("case_number", *IDENTIFIERS) if name in frame.columns), "")
    named = frame[column].astype(str).tolist() if column else []

    def taken_over() -> None:
        ticked: dict[str, list[str]] = st.session_state.setdefault(TICKED, {})
        rows = [row for row in st.session_state[key]["selection"]["rows"] if row < len(named)]
        before, ticked[key] = ticked.get(key, []), [named[row] for row in rows]
        kept = [line for line in _lines(st.session_state.get(CASES, "")) if line not in before]
        st.session_state[CASES] = "\n".join(dict.fromkeys([*kept, *ticked[key]]))

    return taken_over


def show(view: View, number: Number, row: Mapping[str, Any]) -> None:
    """The objections to the number, then the form for its court."""
    t = view.t
    try:
        mine = [one for one in under_objection.found(view) if one.about.key == number.key]
    except StoreError:  # the header says why
        return
    if mine:
        st.html(blocks.concerns(_line(view, one) for one in reversed(mine)))
    else:
        st.html(blocks.reading(t("objection.none")))
    if may_object(view, number.court):
        _form(view, number, row)


def _line(view: View, one: objections.Objection) -> tuple[str, str, list[str]]:
    title = view.t("objection.title", number=one.thread, state=view.t(f"objection_state.{one.state}"))
    said = [view.t("objection.filed_line", at=formats.moment(one.filed_at), cases=len(one.named)), one.wrong]
    return title, view.address("objections", objection=str(one.thread)), said


def _form(view: View, number: Number, row: Mapping[str, Any]) -> None:
    t = view.t
    with st.expander(t("objection.form"), expanded=bool(st.session_state.get(CASES))), st.form("objection"):
        st.caption(t("objection.form_reading"))
        left, right = st.columns(2)
        cases = left.text_area(t("objection.cases"), key=CASES, height=120, placeholder=t("objection.one_a_line"))
        missing = right.text_area(
            t("objection.missing"), key=MISSING, height=120, placeholder=t("objection.one_a_line")
        )
        wrong = left.text_area(t("objection.wrong"), key=WRONG, max_chars=LONGEST, height=120)
        evidence = right.text_area(t("objection.evidence"), key=EVIDENCE, max_chars=LONGEST, height=120)
        if not st.form_submit_button(t("objection.file"), type="primary"):
            return
    unread = [line for line in (*_lines(cases), *_lines(missing)) if _named(line) is None]
    if unread:
        st.warning(t("objection.unread", lines=plain(t("word.comma").join(unread[:5]))))
        return
    value = None if formats.is_absent(row["value"]) else float(row["value"])
    filing = Filing(number, _read(cases), _read(missing), {}, wrong, evidence, value)
    filing = replace(filing, keys=_keys(view, number, (*filing.cases, *filing.missing)))
    if writing.done(view, lambda: objections.file(writing.writer(view), view.data.own_courts, filing)):
        for name in (CASES, MISSING, WRONG, EVIDENCE, TICKED):
            st.session_state.pop(name, None)
        st.toast(t("objection.was_filed"))
        st.rerun()


def _keys(view: View, number: Number, named: tuple[str, ...]) -> dict[str, str]:
    """The record key of every named case that the snapshot knows."""
    known = view.data.ask(corrections.known_cases, number.court, number.scope, named)
    found = {str(row["case_number"]): str(row["case_id"]) for row in records(known)}
    return found | {one: one for one in named if one not in found and case_numbers.parse(one).status == "unparsed"}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _read(text: str) -> list[str]:
    return [named for line in _lines(text) if (named := _named(line))]


def _named(line: str) -> str | None:
    """A case number in normal form, however it was written, or a record's identifier; None for anything else."""
    number = case_numbers.parse(line)
    if number.status != "unparsed":
        return number.text
    is_identifier = line.isascii() and line.isprintable() and len(line) <= LONGEST_IDENTIFIER and " " not in line
    return line if is_identifier and without_numbers(line) == line else None

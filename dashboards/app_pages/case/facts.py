"""Which case is shown, and what it is: by its number in any way of writing, chosen where several have it.
What happened in it is in life; the numbers that it counts in, in counting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboards import formats
from dashboards.app_pages.case import queries
from dashboards.components import narrowing
from dashboards.markup import blocks
from dashboards.rows import records
from dashboards.shell import audit_trail, url_state
from dashboards.shell.view import View
from grammar import case_numbers

MOST = 20  # of one number: courts that were merged, and numbers that were given twice


@dataclass(frozen=True)
class Case:
    """`row` is the case's row of the reader's own file."""

    case_id: str
    number: str
    court: str
    row: dict[str, Any]


def read(words: str) -> str:
    """The case number in normal form; empty for what is none."""
    found = case_numbers.parse(words)
    return "" if found.status == "unparsed" else found.text


def find(view: View, number: str) -> list[Case]:
    """The cases of the number that the reader may see."""
    if not number:
        return []
    found = records(view.data.ask(queries.cases, number, MOST, 1))
    return [Case(str(row["case_id"]), number, str(row["court_code"]), row) for row in found]


def choose(view: View, cases: list[Case]) -> Case | None:
    """The one that the address names, the first one otherwise; looking at it is recorded."""
    if not cases:
        return None
    by_place = {str(place): case for place, case in enumerate(cases, start=1)}
    place = "1"
    if len(cases) > 1:
        with view.more:
            place = url_state.choose(
                "which", view.t("case.which"), list(by_place), "1", lambda n: _named(view, by_place[n]), 260
            )
    audit_trail.record(view, "cases", f"{audit_trail.address()} · case · 1")
    return by_place[place]


def _named(view: View, case: Case) -> str:
    return f"{view.names.court(case.court)} · {day(case.row['filed_date'])}"


def day(value: Any) -> str:
    return formats.ABSENT if formats.is_absent(value) else f"{value:%Y-%m-%d}"


def sentence(view: View, words: str, number: str, case: Case | None) -> str:
    if case is None and not words:
        return view.t("case.headline_empty")
    if case is None:
        return view.t("case.headline_none" if number else "case.headline_unread", words=number or words)
    row, mode = case.row, closing(view, case.row)
    said = {"number": case.number, "court": view.names.court(case.court, short=False), "filed": day(row["filed_date"])}
    if formats.is_absent(row["closed_date"]):
        return view.t("case.headline_open", **said)
    return view.t("case.headline_closed", closed=day(row["closed_date"]), mode=mode, **said)


def closing(view: View, row: dict[str, Any]) -> str:
    """The closing mode in the reader's language."""
    mode = row["closing_mode"]
    return narrowing.closing_names(view).get(mode, mode) if isinstance(mode, str) else formats.ABSENT


def show(view: View, case: Case) -> None:
    row, t = case.row, view.t
    days = None if formats.is_absent(row["closed_date"]) else float((row["closed_date"] - row["filed_date"]).days)
    items = [
        (t("record.filed_date"), day(row["filed_date"]), ""),
        (t("record.closed_date"), day(row["closed_date"]), closing(view, row)),
        (t("case.days"), formats.ABSENT if days is None else formats.number(days), t("case.days_note")),
        (t("record.claim_amount"), formats.amount(row["claim_amount"]), ""),
        (t("record.recovered_amount"), formats.amount(row["recovered_amount"]), ""),
        (t("record.cause"), str(row["cause"] or formats.ABSENT), str(row["case_type"] or "")),
    ]
    st.html(blocks.facts(items))
    original = row["original_case_number"]
    if isinstance(original, str) and read(original):
        address = view.address("case", number=original)
        st.html(blocks.concerns([(original, address, [t("case.original")])]))

"""What words find: courts and indicators by name or code, cases by the whole of their number.
Persons are looked for nowhere: what is neither finds nothing, and the page says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboards import formats
from dashboards.app_pages.search import queries
from dashboards.markup import blocks
from dashboards.rows import records
from dashboards.shell import audit_trail, elements, links
from dashboards.shell.view import View
from grammar import case_numbers

MOST = 20
NAMES = ("name_zh", "name_en", "short_name_zh", "short_name_en")


@dataclass(frozen=True)
class Hits:
    """Codes of courts and indicators, and rows of cases; `number` is the case number that was read, if one was."""

    courts: list[str]
    indicators: list[str]
    cases: list[dict[str, Any]]
    number: str = ""

    @property
    def count(self) -> int:
        return len(self.courts) + len(self.indicators) + len(self.cases)


def find(view: View, words: str) -> Hits:
    """Nothing for no words. A case number finds cases alone."""
    if not words:
        return Hits([], [], [])
    number = case_numbers.parse(words)
    if number.status != "unparsed":
        return Hits([], [], records(view.data.ask(queries.cases, number.text, MOST, 1)), number.text)
    return Hits(
        _named(words, view.data.courts, "court_code"), _named(words, view.data.indicators, "indicator_code"), []
    )


def _named(words: str, frame: Any, code: str) -> list[str]:
    """Those whose code is the words, or whose name has them in it, in the official order."""
    sought = words.casefold()

    def is_meant(row: Mapping[str, Any]) -> bool:
        names = [str(row[name]).casefold() for name in NAMES if isinstance(row.get(name), str)]
        return str(row[code]).casefold() == sought or any(sought in name for name in names)

    return [str(row[code]) for row in records(frame) if is_meant(row)][:MOST]


def sentence(view: View, words: str, found: Hits) -> str:
    if not words:
        return view.t("search.headline_empty")
    if found.count:
        return view.t("search.headline", words=found.number or words, n=found.count)
    return view.t("search.headline_no_case" if found.number else "search.headline_none", words=found.number or words)


def show(view: View, found: Hits) -> None:
    """Each hit with the page it leads to."""
    _listed(
        view, "courts", [(view.names.court(c, short=False), view.address("court", court=c), c) for c in found.courts]
    )
    _listed(
        view,
        "indicators",
        [(view.names.indicator(i, short=False), links.about(view, i), i) for i in found.indicators],
    )
    if found.cases:
        audit_trail.record(view, "cases", f"{audit_trail.address()} · search · {len(found.cases)}")
        _listed(view, "cases", [_case(view, row) for row in found.cases])
    elements.reading(view.t("search.reading"))


def _case(view: View, row: dict[str, Any]) -> tuple[str, str, str]:
    closed = str(row["closed_date"])[:10] if not formats.is_absent(row["closed_date"]) else view.t("search.pending")
    mode = row["closing_mode"] if isinstance(row["closing_mode"], str) else ""
    said = view.t(
        "search.case",
        court=view.names.court(row["court_code"]),
        cause=row["cause"] if isinstance(row["cause"], str) else formats.ABSENT,
        filed=str(row["filed_date"])[:10],
        closed=f"{closed} {mode}".strip(),
    )
    return str(row["case_number"]), view.address("case", number=str(row["case_number"])), said


def _listed(view: View, kind: str, lines: list[tuple[str, str, str]]) -> None:
    if not lines:
        return
    elements.section(view.t(f"search.{kind}"), view.t("search.count", n=len(lines)))
    st.html(blocks.concerns((title, address, [said]) for title, address, said in lines))

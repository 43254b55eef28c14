"""The boxes by which a list of records is narrowed, in the address as everything is, and what was chosen in words.
Which boxes a list has is told by its table, in queries; what is kept is cut in SQL."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboards import formats
from dashboards.queries import evidence
from dashboards.queries.narrowing import DAYS, OPEN, YUAN, Narrowing
from dashboards.rows import records
from dashboards.shell import url_state
from dashboards.shell.view import View

ANY, BOX, NARROW = "any", 190, 150
DAYS_KEYS, YUAN_KEYS = ("days_from", "days_to"), ("yuan_from", "yuan_to")  # as the address says them


def choose(view: View, measure: str) -> Narrowing:
    """What the reader keeps of the measure's list; of a list that cannot be narrowed so, everything."""
    t, found = view.t, records(view.data.ask(evidence.narrowable, measure))[0]
    chosen: dict[str, Any] = {}
    said = []
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if found["has_closing"]:
            chosen["closing"] = _closing(view)
        if found["begin"]:
            days = [url_state.figure(key, t(f"narrowing.{key}"), NARROW, is_whole=True) for key in DAYS_KEYS]
            chosen |= zip(DAYS, [None if each is None else int(each) for each in days], strict=True)
            said.append(t("narrowing.days", **{end: t(f"record.{found[end]}") for end in ("begin", "end")}))
        if found["amount"]:
            amounts = [url_state.figure(key, t(f"narrowing.{key}"), NARROW) for key in YUAN_KEYS]
            chosen |= zip(YUAN, amounts, strict=True)
            said.append(t("narrowing.amount", name=t(f"record.{found['amount']}")))
    if said:
        st.caption(" ".join(said))
    return Narrowing(**chosen)


def _closing(view: View) -> str:
    modes = closing_names(view)
    options = [ANY, *modes, OPEN]
    words = {ANY: view.t("narrowing.any"), OPEN: view.t("narrowing.open"), **modes}
    label = view.t("record.closing_mode")
    said = url_state.choose("closing", label, options, ANY, lambda code: words[code], BOX, is_silent=True)
    return "" if said == ANY else said


def closing_names(view: View) -> dict[str, str]:
    """Closing mode → what it is called in the reader's language."""
    found = records(view.data.ask(evidence.closing_modes))
    return {str(row["closing_mode"]): str(row["closing_mode" if view.lang == "zh" else "name_en"]) for row in found}


def told(view: View, narrowed: Narrowing) -> str:
    """What was chosen, in words, for the list and for the workbook; empty for everything."""
    t, said = view.t, []
    if narrowed.closing:
        mode = t("narrowing.open") if narrowed.closing == OPEN else closing_names(view)[narrowed.closing]
        said.append(f"{t('record.closing_mode')} {mode}")
    for name, least, most, digits in (
        ("record.age_days", narrowed.least_days, narrowed.most_days, 0),
        ("narrowing.yuan", narrowed.least_amount, narrowed.most_amount, 2),
    ):
        if least is not None or most is not None:
            ends = ["" if end is None else formats.number(end, digits) for end in (least, most)]
            said.append(f"{t(name)} {ends[0]}–{ends[1]}")
    return t("word.semicolon").join(said)


def heading(view: View, narrowed: Narrowing, count: int) -> str:
    """What a workbook of the list says above it: by what it was narrowed, and how many rows it has."""
    rows = view.t("narrowing.rows", n=formats.number(count))
    return view.t("word.semicolon").join(part for part in (told(view, narrowed), rows) if part)


def count(view: View, narrowed: Narrowing, kept: int, whole: int) -> str:
    """How many rows are kept, of how many, and by what."""
    said = {"kept": formats.number(kept), "whole": formats.number(whole)}
    by = told(view, narrowed)
    return view.t("narrowing.count", by=by, **said) if by else view.t("narrowing.all", **said)

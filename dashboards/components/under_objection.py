"""The mark of a number that is under objection (核查中), for whoever may know of it.
How objections are handled belongs to proceedings; where the mark stands, to the pages."""

from __future__ import annotations

import streamlit as st

from dashboards.markup import blocks
from dashboards.proceedings import objections
from dashboards.proceedings.numbers import is_of
from dashboards.proceedings.objections import Objection
from dashboards.proceedings.store import StoreError
from dashboards.shell.view import View


def found(view: View) -> list[Objection]:
    """The objections that the reader may see: a court its own only. StoreError when they cannot be read."""
    return objections.seen_by(objections.objections(view.choice.province), view.data.own_courts)


def numbers(view: View) -> list[tuple[str, str, str]]:
    """(court, scope, indicator) of the month's numbers under objection. The objections' page says if it fails."""
    try:
        marked = objections.marked(found(view))
    except StoreError:
        return []
    return [key[:3] for key in marked if key[3] == view.choice.month]


def unread(view: View) -> str:
    """That the marks cannot be read now, where they cannot: for a screen without a header."""
    try:
        found(view)
    except StoreError:
        return view.t("objections.unread")
    return ""


def mark(view: View, court: str, scope: str, indicator: str) -> str:
    """The mark of one number, or nothing."""
    return view.t("objection.mark") if (court, scope, indicator) in numbers(view) else ""


def line(view: View, court: str = "", scope: str = "", indicator: str = "") -> str:
    """Which of the month's numbers are under objection: all, or those of a court, a scope, an indicator."""
    chosen = [n for n in numbers(view) if is_of(n, court, scope, indicator)]
    said = [f"{view.names.court(code)} {view.names.indicator_or_code(name)}" for code, _, name in chosen]
    return view.t("objection.line", numbers=view.t("word.comma").join(dict.fromkeys(said))) if said else ""


def show(view: View, court: str = "", scope: str = "", indicator: str = "") -> None:
    """The line, where there is one."""
    if said := line(view, court, scope, indicator):
        st.html(blocks.notice(said))

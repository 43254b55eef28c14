"""Noting a decision: court, number, template, owner and due date; the meeting's own decisions; its minutes in Word.
What became of earlier ones is in followed."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import streamlit as st

from dashboards import formats
from dashboards.app_pages.meeting import followed, markup, minutes, minutes_paper
from dashboards.components import writing
from dashboards.markup import blocks
from dashboards.proceedings import decisions
from dashboards.proceedings.decisions import LONGEST_OWNER, Decision
from dashboards.proceedings.numbers import Number
from dashboards.proceedings.store import LONGEST
from dashboards.shell import elements
from dashboards.shell.view import View

TEMPLATES = ("explain", "clear", "correct", "visit", "free")
USUAL_TERM = timedelta(days=30)


def screen(view: View, found: list[Decision], notes: list[minutes.Note]) -> None:
    """What this meeting decided, the form, and the minutes."""
    t = view.t
    now = decisions.of_meeting(found, view.choice.month)
    st.html(blocks.section(t("decision.now"), t("decision.now_measure", n=len(now))))
    if now:
        st.html(markup.lines(followed.line(view, decision) for decision in now))
    else:
        st.html(blocks.reading(t("decision.now_none")))
    if view.data.reader.may("notes"):
        _form(view)
    _minutes(view, found, notes)


def _form(view: View) -> None:
    t = view.t
    with st.expander(t("decision.form"), expanded=False), st.form("decision", clear_on_submit=True):
        left, middle, right = st.columns(3)
        court = left.selectbox(
            t("bar.court"), list(view.data.courts.index), format_func=view.names.court, key="decision_court"
        )
        codes = ["", *view.data.choices]
        indicator = middle.selectbox(
            t("bar.indicator"),
            codes,
            format_func=lambda code: view.names.indicator(code) if code else t("decision.no_indicator"),
            key="decision_indicator",
        )
        template = right.selectbox(
            t("decision.template"),
            TEMPLATES,
            format_func=lambda code: t(f"decision_template.{code}"),
            key="decision_template",
        )
        owner = left.text_input(t("decision.owner"), max_chars=LONGEST_OWNER, key="decision_owner")
        due = middle.date_input(t("decision.due"), formats.today() + USUAL_TERM, key="decision_due")
        more = st.text_area(t("decision.more"), max_chars=LONGEST // 2, key="decision_said", height=80)
        st.caption(t("decision.form_reading"))
        if not st.form_submit_button(t("decision.save"), type="primary"):
            return
    said = _said(view, str(template), str(court), str(indicator), more)
    about = Number(str(court), "own", str(indicator), "month", view.choice.month)
    day = due if isinstance(due, date) else formats.today() + USUAL_TERM
    if writing.done(view, lambda: decisions.decide(writing.writer(view), about, said, owner, day)):
        st.rerun()


def _said(view: View, template: str, court: str, indicator: str, more: str) -> str:
    """The template's sentence with the court and the number, and what was written behind it."""
    if template == "free":
        return more
    name = view.names.indicator(indicator) if indicator else view.t("decision.its_work")
    sentence = view.t(f"decision_sentence.{template}", court=view.names.court(court), indicator=name)
    return f"{sentence}{more.strip()}"


def _minutes(view: View, found: list[Decision], notes: list[minutes.Note]) -> None:
    """The minutes of this meeting as a Word file."""
    name = f"minutes_{view.choice.month}"
    made = partial(minutes_paper.docx, view, found, notes)
    elements.download_file(view, view.t("decision.minutes"), made, name, f"{name}.docx")

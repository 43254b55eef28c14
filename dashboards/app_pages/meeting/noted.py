"""Noting what a court answered, and showing what was noted before; decisions are in decided and followed.
Where notes are kept, and how, is in dashboards.app_pages.meeting.minutes."""

from __future__ import annotations

import sqlite3

import streamlit as st

from dashboards import formats
from dashboards.app_pages.meeting import markup, minutes
from dashboards.app_pages.meeting.agenda import COURTS, Agenda
from dashboards.markup import blocks
from dashboards.plain import plain
from dashboards.shell import audit_trail
from dashboards.shell.view import View

SHOWN = 8


def earlier(view: View) -> list[minutes.Note]:
    """Everything noted up to the meeting on this month, the latest first; none when the file cannot be read."""
    try:
        return minutes.notes(view.choice.province, view.choice.month)
    except sqlite3.Error:
        return []


def form(view: View, agenda: Agenda, step: str) -> None:
    """A small form behind a button, so that it is at hand on every step."""
    t = view.t
    if not view.data.reader.may("notes"):
        return
    with st.popover(t("meeting.note"), key="note_open"):
        on_screen = agenda.of_step(step) if step.startswith(f"{COURTS}-") else []
        courts = [*on_screen, *[code for code in view.data.courts.index if code not in on_screen]]
        with st.form("note", clear_on_submit=True, border=False):
            court = st.selectbox(t("bar.court"), courts, format_func=view.names.court, key="note_court")
            said = st.text_area(t("meeting.said"), max_chars=minutes.LONGEST, key="note_said", height=120)
            st.caption(t("meeting.note_where", month=view.names.month()))
            if st.form_submit_button(t("meeting.save"), type="primary"):
                _save(view, str(court), said)


def _save(view: View, court: str, said: str) -> None:
    audit_trail.record(view, "note", f"{view.choice.month} {court} {minutes.ANSWER}")
    try:
        minutes.note(view.choice.province, view.choice.month, court, minutes.ANSWER, said, view.data.source.snapshot_id)
    except minutes.EmptyNoteError:
        st.warning(view.t("meeting.note_empty"))
    except (OSError, sqlite3.Error) as problem:
        st.error(view.t("meeting.note_failed", why=problem))
    else:
        st.toast(view.t("meeting.note_saved", court=plain(view.names.court(court))))
        st.rerun()


def decided(view: View, notes: list[minutes.Note]) -> None:
    """This meeting's notes, each of which can be taken back, beside decisions that earlier versions noted here."""
    now = [note for note in notes if note.period_month == view.choice.month]
    before = [note for note in notes if note.period_month < view.choice.month and note.kind == minutes.DECISION]
    left, right = st.columns(2, gap="large")
    with left:
        st.html(blocks.section(view.t("meeting.now"), view.t("meeting.now_measure", n=len(now))))
        if not now:
            st.html(blocks.reading(view.t("meeting.now_none")))
        for note in now[:SHOWN]:
            _withdrawable(view, note)
        if len(now) > SHOWN:
            with st.expander(view.t("meeting.others", n=len(now) - SHOWN)):
                for note in now[SHOWN:]:
                    _withdrawable(view, note)
    if before:
        with right:
            st.html(blocks.section(view.t("meeting.before"), view.t("meeting.before_measure", n=len(before))))
            st.html(markup.notes(_line(view, note) for note in before[:SHOWN]))
            if len(before) > SHOWN:
                with st.expander(view.t("meeting.others", n=len(before) - SHOWN)):
                    st.html(markup.notes(_line(view, note) for note in before[SHOWN:]))


def _withdrawable(view: View, note: minutes.Note) -> None:
    """A note of this meeting, and how to take it back."""
    row, button = st.columns([8, 1], vertical_alignment="center")
    row.html(markup.notes([_line(view, note)]))
    if view.data.reader.may("notes") and button.button(
        view.t("meeting.withdraw"), key=f"withdraw_{note.note_id}", type="tertiary"
    ):
        audit_trail.record(view, "note", f"{view.choice.month} {note.court_code} withdrawn {note.note_id}")
        minutes.withdraw(note, view.data.source.snapshot_id)
        st.rerun()


def _line(view: View, note: minutes.Note) -> tuple[str, str, str]:
    kind, month = view.t(f"meeting_kind.{note.kind}"), view.names.month(note.period_month)
    return view.names.court(note.court_code), f"{kind} · {month} · {formats.moment(note.noted_at)}", note.said

"""Notes on courts and months beside the events, for everybody, and the form for whoever may write them.
Who may write and withdraw is decided in proceedings."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.components import writing
from dashboards.plain import plain
from dashboards.proceedings import trend_notes
from dashboards.proceedings.store import StoreError
from dashboards.proceedings.trend_notes import LONGEST, Annotation
from dashboards.shell.view import View

COLUMNS = ("event_date", "indicator_code", "kind", "title_zh", "title_en")


def known(view: View, courts: tuple[str, ...]) -> list[Annotation]:
    """The notes on the courts; none where they cannot be read, which the form then says."""
    try:
        return [one for one in trend_notes.in_force(view.choice.province) if one.court in courts]
    except StoreError:
        return []


def added(view: View, events: pd.DataFrame, found: list[Annotation]) -> pd.DataFrame:
    """The events and the notes, by date: a note is an event of kind `note`, whose text names its court."""
    if not found:
        return events
    rows = [(pd.Timestamp(one.month), None, "note", *[_said(view, one)] * 2) for one in found]
    notes = pd.DataFrame(rows, columns=list(COLUMNS))
    every = pd.concat([events.assign(event_date=pd.to_datetime(events["event_date"])), notes])
    return every.sort_values("event_date", kind="stable")


def _said(view: View, one: Annotation) -> str:
    return view.t("trends.noted", court=view.names.court(one.court), said=one.said)


def form(view: View, courts: tuple[str, ...], found: list[Annotation]) -> None:
    """A note on one of the courts shown, and the way to take one back."""
    if not view.data.reader.may("notes"):
        return
    t = view.t
    with st.expander(t("trends.note")), st.form("annotation", clear_on_submit=True):
        court = st.selectbox(t("bar.court"), courts, format_func=view.names.court, key="annotation_court")
        said = st.text_input(t("trends.note_said"), max_chars=LONGEST, key="annotation_said")
        st.caption(t("trends.note_reading", month=view.names.month()))
        is_noted = st.form_submit_button(t("trends.note_save"), type="primary")
    if is_noted and writing.done(
        view, lambda: trend_notes.note(writing.writer(view), str(court), view.choice.month, said)
    ):
        st.rerun()
    for one in found:
        label = plain(f"{t('trends.note_withdraw')} {formats.month(one.month, view.lang)} {one.said}")
        st.button(label, key=f"annotation_{one.thread}", type="tertiary", on_click=_withdraw, args=(view, one))


def _withdraw(view: View, one: Annotation) -> None:
    writing.done(view, lambda: trend_notes.withdraw(writing.writer(view), one))

"""The form by which a changed sheet is sent: it is written aside and checked at once.
What is allowed in a sheet is the pipeline's answer; nothing in force changes here."""

from __future__ import annotations

import streamlit as st

from dashboards.app_pages.settings.in_force import Known
from dashboards.components import writing
from dashboards.markup import blocks
from dashboards.proceedings import handover
from dashboards.shell import elements
from dashboards.shell.view import View

ROUND = "settings_round"  # the session's number of the form: a new one is empty
CHOSEN = "sent"  # in the address: the sheet that was sent last, or is looked at


def form(view: View, known: Known, name: str) -> None:
    """One file, then one button."""
    t = view.t
    elements.section(t("settings.send"), t("settings.send_measure", sheet=known.title(name, view.lang)))
    words = "".join(f"--g-{part}:'{t(f'settings.{part}')}';" for part in ("browse", "limit"))
    st.html(f"<style>:root{{{words}}}</style>")
    place = st.session_state.setdefault(ROUND, 0)
    file = st.file_uploader(t("settings.file"), key=f"settings_file_{place}", label_visibility="collapsed")
    is_asked = st.button(t("settings.check"), key="settings_check", type="primary", disabled=file is None)
    st.html(blocks.reading(t("settings.send_reading")))
    if not is_asked or file is None:
        return
    numbers: list[str] = []
    if not writing.done(
        view, lambda: numbers.append(handover.send(writing.writer(view), name, file.name, file.getvalue()))
    ):
        return
    with st.spinner(t("settings.checking")):
        is_checked = writing.done(view, lambda: handover.check(writing.writer(view), numbers[0]))
    if is_checked:
        st.session_state[ROUND] = place + 1
        st.query_params[CHOSEN] = numbers[0]
        st.rerun()

"""Turning the wall's screens: by key, by clock, and on to newer figures when the round begins again.
What is on the screens belongs to wall_blocks."""

from __future__ import annotations

import time

import streamlit as st

from dashboards import snapshot
from dashboards.queries import dimensions
from dashboards.shell import url_state
from dashboards.shell.navigation import PAGES, script
from dashboards.shell.view import View

SHORTEST, LONGEST = 5, 3600  # seconds a screen stays
TURNED = "wall_turned"  # under this name the session keeps when the screen was turned


def step(count: int) -> int:
    """The screen the URL names, from 0; the first if it names none."""
    said = st.query_params.get("step", "1")
    return (int(said) - 1) % count if said.isdecimal() and int(said) > 0 else 0


def seconds() -> int:
    """How long a screen stays, as the URL says; 0 when it does not turn by itself."""
    said = st.query_params.get("rotate", "0")
    return min(LONGEST, max(SHORTEST, int(said))) if said.isdecimal() and int(said) > 0 else 0


def keys(view: View, now: int, count: int) -> None:
    """Three small buttons in the corner that answer to ←, → and Esc."""
    with st.container(horizontal=True, key="wall_keys", gap="small"):
        st.button("‹", key="wall_back", shortcut="left", on_click=_turn, args=(view, now - 1, count))
        st.button("›", key="wall_on", shortcut="right", on_click=_turn, args=(view, now + 1, count))
        if st.button(view.t("wall.leave"), key="wall_leave", shortcut="escape"):
            st.switch_page(script(PAGES[0]), query_params=url_state.carried())


def clock(view: View, now: int, count: int) -> None:
    """Turns to the next screen after the seconds that the URL names."""
    pause = seconds()
    st.session_state[TURNED] = time.monotonic()
    if not pause:
        return

    @st.fragment(run_every=pause)
    def tick() -> None:
        # The first run belongs to the page itself; only later ones come from the clock.
        if time.monotonic() - st.session_state[TURNED] >= 0.8 * pause:
            _turn(view, now + 1, count)
            st.rerun()

    tick()


def _turn(view: View, to: int, count: int) -> None:
    if to >= count:
        _renew(view)
    st.query_params["step"] = str(to % count + 1)


def _renew(view: View) -> None:
    """A new round shows the newest figures: nobody stands at a wall to press a button."""
    newest = snapshot.find(snapshot.current_id())
    if newest is None or newest.snapshot_id == view.data.source.snapshot_id:
        return
    known = view.data.ask(dimensions.months, view.choice.province)["month"].tolist()
    if known[:1] == [view.choice.month] and "month" in st.query_params:
        del st.query_params["month"]
    st.query_params["snapshot"] = newest.snapshot_id

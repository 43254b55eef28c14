"""The wall screen: the month's facts on screens of 1920×1080, one after the other, without controls.
Esc leads back to the pages; the arrow keys turn; with `rotate` in the address it turns by itself."""

import streamlit as st

from dashboards.app_pages.wall import showing, turning
from dashboards.shell import header

view = header.open_wall()
screens = showing.screens(view)
step = turning.step(len(screens))
st.html(showing.screen(view, screens[step], step, len(screens)))
turning.keys(view, step, len(screens))
turning.clock(view, step, len(screens))

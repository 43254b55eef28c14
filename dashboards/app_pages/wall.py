"""The wall screen: the month's facts on screens of 1920×1080, one after the other, without controls.
Esc leads back to the pages; the arrow keys turn; with `rotate` in the address it turns by itself."""

import streamlit as st

from dashboards.app_pages.frame import bar, wall_blocks, wall_turning

view = bar.open_wall()
screens = wall_blocks.SCREENS
step = wall_turning.step(len(screens))
st.html(wall_blocks.screen(view, screens[step], step))
wall_turning.keys(view, step, len(screens))
wall_turning.clock(view, step, len(screens))

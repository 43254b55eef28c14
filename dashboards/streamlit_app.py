"""Assembles the gallery: page settings, the list of pages, and the one that was asked for.
Whatever a page shows is in app_pages."""

from __future__ import annotations

import streamlit as st
from streamlit import net_util

from dashboards.app_pages.frame import bar, door, settling, sitemap, trouble

# Streamlit 1.67 asks a host on the internet for this machine's address whenever a browser with a foreign origin
# connects, and again at every such connection while there is no answer; all readers wait for it.
net_util._external_ip = "127.0.0.1"
words = bar.language()
st.set_page_config(page_title=words("app.title"), layout="wide", initial_sidebar_state="collapsed")
reader = door.enter(words)
pages = [st.Page(f"app_pages/{name}.py", title=words(f"page.{name}"), url_path=name) for name in sitemap.PAGES]
# The first page once more, at the bare address: as the default alone it would have no address of its own.
front = st.Page(f"app_pages/{sitemap.PAGES[0]}.py", title=words("app.title"), url_path="", default=True)
wall = st.Page(f"app_pages/{sitemap.WALL}.py", title=words("wall.title"), url_path=sitemap.WALL)
chosen = st.navigation([*pages, wall, front], position="hidden")
if st.query_params.get("wall") == "1" and chosen is not wall:
    st.switch_page(wall, query_params=st.query_params.to_dict())
here = st.session_state[sitemap.HERE] = chosen.url_path or sitemap.PAGES[0]
if not sitemap.is_open(here, reader):
    door.turned_away(words, here)
trouble.run(chosen, words)
settling.settle()

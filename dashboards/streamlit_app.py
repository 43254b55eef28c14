"""Assembles the gallery: page settings, the list of pages, and the one that was asked for.
Whatever a page shows is in app_pages."""

from __future__ import annotations

import streamlit as st
from streamlit import net_util

from dashboards.shell import error_page, garbage_collection, header, navigation, sign_in

# Streamlit 1.67 asks a host on the internet for this machine's address whenever a browser with a foreign origin
# connects, and again at every such connection while there is no answer; all readers wait for it.
net_util._external_ip = "127.0.0.1"
words = header.language()
st.set_page_config(page_title=words("app.title"), layout="wide", initial_sidebar_state="collapsed")
reader = sign_in.enter(words)
pages = [st.Page(navigation.script(name), title=words(f"page.{name}"), url_path=name) for name in navigation.PAGES]
# The first page once more, at the bare address: as the default alone it would have no address of its own.
front = st.Page(navigation.script(navigation.PAGES[0]), title=words("app.title"), url_path="", default=True)
wall = st.Page(navigation.script(navigation.WALL), title=words("wall.title"), url_path=navigation.WALL)
chosen = st.navigation([*pages, wall, front], position="hidden")
if st.query_params.get("wall") == "1" and chosen is not wall:
    st.switch_page(wall, query_params=st.query_params.to_dict())
here = st.session_state[navigation.HERE] = chosen.url_path or navigation.PAGES[0]
if not navigation.is_open(here, reader):
    sign_in.turned_away(words, here)
error_page.run(chosen, words)
garbage_collection.settle()

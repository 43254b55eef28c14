"""Assembles the gallery: the application with its guard, page settings, the list of pages, and the one asked for.
Whatever a page shows is in app_pages; who is let in is decided in access."""

from __future__ import annotations

import streamlit as st
from starlette.middleware import Middleware

from dashboards.access.guard import Guard
from dashboards.shell import error_page, garbage_collection, header, navigation, sign_in, streamlit_server


def gallery() -> None:
    """One run of a page for one reader."""
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


# `streamlit run` reads from the text of this file that it holds an application, imports that from it, and then runs the
# same file as the script: so there is no way to start the pages without the guard.
if __name__ == "__main__":
    gallery()
else:
    app = st.App(__file__, middleware=[Middleware(Guard, server=streamlit_server.StreamlitServer())])
    streamlit_server.allow_hosts()

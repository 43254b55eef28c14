"""Assembles the gallery: the application with its guard, page settings, the list of pages, and the one asked for.
Whatever a page shows is in app_pages; who is let in is decided in access."""

from __future__ import annotations

import streamlit as st
from starlette.middleware import Middleware

from dashboards.access.guard import Guard
from dashboards.app_pages.frame import bar, door, settling, sitemap, streamlit_server, trouble


def gallery() -> None:
    """One run of a page for one reader."""
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


# `streamlit run` reads from the text of this file that it holds an application, imports that from it, and then runs the
# same file as the script: so there is no way to start the pages without the guard.
if __name__ == "__main__":
    gallery()
else:
    app = st.App(__file__, middleware=[Middleware(Guard, server=streamlit_server.StreamlitServer())])
    streamlit_server.allow_hosts()

"""SQL (SQL 查询): a statement against the snapshot, the catalogue beside it, its rows, a quick chart, files.
The statement runs in a process of its own, in a fair queue; who asked what is in the audit log before it runs."""

import streamlit as st

from dashboards.app_pages.sql import editor, result, sidebar
from dashboards.shell import elements, header

view = header.open_page()
elements.headline(view, editor.sentence(view))
editor.load_named(view)
left, right = st.columns([8, 5], gap="medium")
with right:
    sidebar.show(view)
with left:
    editor.editor(view)
    editor.outcome(view, result.show)

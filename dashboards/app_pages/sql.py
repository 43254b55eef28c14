"""SQL (SQL 查询): a statement against the snapshot, the catalogue beside it, its rows, a quick chart, files.
The statement runs in a process of its own, in a fair queue; who asked what is in the audit log before it runs."""

import streamlit as st

from dashboards.app_pages.frame import bar, parts, sql_blocks, sql_result, sql_side

view = bar.open_page()
parts.headline(view, sql_blocks.sentence(view))
sql_blocks.load_named(view)
left, right = st.columns([8, 5], gap="medium")
with right:
    sql_side.show(view)
with left:
    sql_blocks.editor(view)
    sql_blocks.outcome(view, sql_result.show)

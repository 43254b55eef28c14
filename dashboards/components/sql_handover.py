"""A statement put into the editor of the SQL page, from that page or from another that offers its own.
Asking it belongs to the SQL page."""

from __future__ import annotations

import streamlit as st

TEXT, KEPT = "sql_text", "sql_kept"  # under these names the session keeps the editor's text while a page is left


def put(statement: str) -> None:
    """In place of what is in the editor."""
    st.session_state[TEXT] = st.session_state[KEPT] = statement

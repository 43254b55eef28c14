"""Addresses that pages give to each other's readers: from a number to its grounds, from a court to its page.
The parameters that go along with every link are kept by state."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboards.shell.view import View


def about(view: View, indicator: str, court: str = "", scope: str = "", **changes: str) -> str:
    """The address of `About this number`; the province when no court is named. Other choices stay as they are."""
    chosen = {
        "court": court or view.data.root,
        "scope": scope or ("own" if court else "province"),
        "indicator": indicator,
    }
    return view.address("about", **(chosen | changes))


def column(view: View) -> Any:
    """The configuration of a table's column that holds such addresses."""
    return st.column_config.LinkColumn(view.t("column.about"), display_text=view.t("word.about"), width=64)

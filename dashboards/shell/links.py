"""Addresses that pages give to each other's readers: from a number to its grounds, from a court to its page.
The parameters that go along with every link are kept by state."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboards.shell.view import View
from grammar import case_numbers


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


CASE = "case_page"  # the column of a table that leads to the page of a row's case
NUMBERS = ("case_number", "related_case_number", "case")


def with_cases(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with the addresses of its cases' pages; itself where no row names a case."""
    name = next((name for name in NUMBERS if name in frame), "")
    if not name:
        return frame
    numbers = [str(cell) if case_numbers.parse(str(cell)).status != "unparsed" else "" for cell in frame[name]]
    if not any(numbers):
        return frame
    return frame.assign(**{CASE: [view.address("case", number=number) if number else None for number in numbers]})


def case_column(view: View) -> Any:
    """The configuration of the column that holds them."""
    return st.column_config.LinkColumn(view.t("column.case_page"), display_text=view.t("word.case_page"), width=64)

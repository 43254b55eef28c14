"""Ticking rows of the list of records: which cases stand in the objection's form, page by page, and what stays.
Filing is tested with the circle."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
import streamlit as st

from dashboards.app_pages.about import objecting
from dashboards.app_pages.about.objecting import CASES


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the session keeps, as a plain mapping."""
    kept: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", kept)
    return kept


def tick(session: dict[str, Any], frame: pd.DataFrame, key: str, rows: list[int]) -> list[str]:
    """The form's lines after these rows of a page of the list are ticked."""
    session[key] = {"selection": {"rows": rows}}
    objecting._ticking(frame, key)()
    return str(session[CASES]).splitlines()


FIRST, SECOND = pd.DataFrame({"case_number": ["甲1", "甲2", "甲3"]}), pd.DataFrame({"case_number": ["乙1", "乙2"]})


def test_ticked_rows_stand_in_the_form_and_leave_it_when_they_are_not_ticked(session: dict[str, Any]) -> None:
    assert tick(session, FIRST, "records_a_1", [0, 2]) == ["甲1", "甲3"]
    assert tick(session, FIRST, "records_a_1", [2]) == ["甲3"]
    assert tick(session, FIRST, "records_a_1", []) == []


def test_another_page_of_the_list_adds_to_what_is_ticked(session: dict[str, Any]) -> None:
    tick(session, FIRST, "records_a_1", [1])
    assert tick(session, SECOND, "records_a_2", [0]) == ["甲2", "乙1"]
    assert tick(session, FIRST, "records_a_1", []) == ["乙1"]


def test_what_was_written_by_hand_stays_and_nothing_stands_twice(session: dict[str, Any]) -> None:
    session[CASES] = "丙9\n\n甲1"
    assert tick(session, FIRST, "records_a_1", [0]) == ["丙9", "甲1"]
    assert tick(session, FIRST, "records_a_1", [1]) == ["丙9", "甲2"]


def test_a_row_that_is_not_there_any_more_ticks_nothing(session: dict[str, Any]) -> None:
    assert tick(session, SECOND, "records_a_1", [1, 7]) == ["乙2"]


def test_records_without_a_case_number_are_named_by_their_own_key(session: dict[str, Any]) -> None:
    assert tick(session, pd.DataFrame({"fund_id": ["F1", "F2"]}), "records_b_1", [1]) == ["F2"]
    assert tick(session, pd.DataFrame({"amount": [1.0]}), "records_c_1", [0]) == ["F2"]

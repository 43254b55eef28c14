"""Search: what is found and where it leads, for readers of several roles; a person is found by nobody.
The grammar of case numbers is tested with the grammar."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboards.shown import headline, html

OpenPage = Callable[..., AppTest]


@pytest.fixture
def case(truth: duckdb.DuckDBPyConnection) -> str:
    (number,) = truth.execute(
        "select case_number from core.fct_enforcement_cases where court_code = 'T13'"
        " group by 1 having count(*) = 1 limit 1"
    ).fetchone()
    return number


def test_a_case_is_found_in_any_writing(open_page: OpenPage, case: str) -> None:
    for written in (
        case,
        case.replace("（", "(").replace("）", ") "),
        case.removesuffix("号"),
        case.replace("（", "").replace("）", ""),
    ):
        app = open_page("search", q=written)
        assert f"“{case}”：找到1项" in headline(app)
        assert "城西区" in html(app)


@pytest.mark.parametrize(
    "words, address",
    [("城西", "court?"), ("T13", "court?"), ("Chengxi", "court?"), ("QX01", "about?"), ("qx01", "about?")],
)
def test_courts_and_indicators_are_found_by_name_and_code(open_page: OpenPage, words: str, address: str) -> None:
    assert address in html(open_page("search", q=words))


@pytest.mark.parametrize("words", ["张三", "（2019）青0102执999999号", "%", "' or 1=1 --", "<b>x</b>"])
def test_what_is_no_court_indicator_or_case_finds_nothing(open_page: OpenPage, words: str) -> None:
    app = open_page("search", q=words)
    assert "找到" not in headline(app) and "g-concerns" not in html(app)
    assert "<b>x</b>" not in html(app)


def test_the_box_of_the_bar_leads_there(open_page: OpenPage, case: str) -> None:
    app = open_page("overview")
    app.text_input(key="search_box").set_value(case).run()
    assert f"“{case}”：找到1项" in headline(app)


def test_a_case_that_is_found_leads_to_its_page(open_page: OpenPage, case: str) -> None:
    assert 'href="case?' in html(open_page("search", q=case)) and quote(case) in html(open_page("search", q=case))

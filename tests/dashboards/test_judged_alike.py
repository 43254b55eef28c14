"""What is said of a target is one thing on every page: a miss that the interval does not bear out is no miss anywhere.
The small snapshot has one such value, of T13's funds in June 2019."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboards.shown import frame_with, html

OpenPage = Callable[..., AppTest]
DOUBTED = {"court": "T13", "scope": "own", "indicator": "QX24", "month": "2019-06", "lang": "en"}


def test_the_bare_value_misses_its_target(truth: duckdb.DuckDBPyConnection) -> None:
    """Without the judgement beside it every page below would say `below, not met`."""
    question = """
        select f.status, n.judged_status from performance.fct_court_indicators as f
        inner join performance.fct_court_intervals as n
            using (court_code, scope_code, window_code, period_month, indicator_code)
        where f.court_code = 'T13' and f.scope_code = 'own' and f.window_code = 'rolling_12m'
          and f.indicator_code = 'QX24' and f.period_month = date '2019-06-01'
    """
    assert truth.execute(question).fetchall() == [("below", "too_few")]


def test_the_table_of_trends_says_so_and_why(open_page: OpenPage) -> None:
    shown = frame_with(open_page("trends", **DOUBTED), "last_year").set_index("month")["status"]
    assert shown["2019-06"] == "◌ too few data · the 95% interval holds the target: it cannot be said"
    assert shown["2019-05"] == "▼ below, not met"


def test_the_table_of_a_court_says_so(open_page: OpenPage) -> None:
    shown = frame_with(open_page("court", **DOUBTED), "history").set_index("code")["status"]
    assert shown["QX24"].endswith("too few data")


@pytest.mark.parametrize("month, said", [("2019-06", "too few data"), ("2019-05", "below, not met")])
def test_the_card_of_a_subject_says_so(open_page: OpenPage, month: str, said: str) -> None:
    text = html(open_page("funds", **{**DOUBTED, "month": month}))
    assert said in text
    assert ("below, not met" in text) is (said == "below, not met")


def test_about_the_number_says_so_and_why(open_page: OpenPage) -> None:
    app = open_page("about", **DOUBTED)
    assert "too few data · the 95% interval holds the target" in html(app)
    assert "below, not met" not in html(app)

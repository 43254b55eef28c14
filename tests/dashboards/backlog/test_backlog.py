"""The page of the backlog: its stock is the published one, levers are in the address, and what is not known is said.
The arithmetic is tested with the projection."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
from streamlit.testing.v1 import AppTest

from tests.dashboards.shown import frame_with, headline, html

OpenPage = Callable[..., AppTest]


def test_the_stock_it_begins_with_is_the_pending_cases(open_page: OpenPage, truth: duckdb.DuckDBPyConnection) -> None:
    (pending,) = truth.execute(
        "select count(*) from core.fct_enforcement_cases where court_code = 'T13' and closed_month is null"
    ).fetchone()
    app = open_page("backlog", court="T13", scope="own", lang="en")
    assert f"{pending:,} pending" in headline(app) and "80% interval" in headline(app)
    assert len(frame_with(app, "month")) == 12 and {"low", "high"} <= set(frame_with(app, "month").columns)


def test_a_sum_of_courts_has_no_interval_and_says_why(open_page: OpenPage) -> None:
    app = open_page("backlog", lang="en", ahead="6")
    assert "80% interval" not in headline(app) and "did not hold 80%" in html(app)
    assert "low" not in frame_with(app, "month").columns and "low" in frame_with(app, "court").columns


def test_levers_are_arithmetic_and_in_the_address(open_page: OpenPage) -> None:
    plain = frame_with(open_page("backlog", court="T13", scope="own"), "month")
    assert (plain["pulled"] == plain["stock"]).all()
    app = open_page("backlog", court="T13", scope="own", lever_filings="100", lang="en")
    frame = frame_with(app, "month")
    assert (frame["pulled"] > frame["stock"]).all() and (frame["stock"] == plain["stock"]).all()
    assert "no evidence" in html(app)


def test_a_short_history_gives_no_projection(open_page: OpenPage) -> None:
    assert "不能推演" in headline(open_page("backlog", month="2018-06"))

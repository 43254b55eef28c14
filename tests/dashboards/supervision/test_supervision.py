"""The supervision page's figures against queries of their own, and what it shows in each mode.
That the page opens in every state and language is tested with all pages."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import duckdb
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.app_pages.supervision import summary
from tests.dashboards.shown import frame_with, html

OpenPage = Callable[..., AppTest]


@pytest.fixture
def items(truth: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Every item, with what it was at the end of 2019."""
    return truth.execute(
        """
        select *, written_off_date is null as is_open, written_off_date is null and due_date <= date '2019-12-31' as is_late
        from core.fct_rectifications
        """  # noqa: E501 - one line of SQL
    ).df()


@pytest.mark.parametrize("by", ["problem_class", "found_by"])
def test_the_ledger_is_the_items_themselves(open_page: OpenPage, items: pd.DataFrame, by: str) -> None:
    rates = frame_with(open_page("supervision", by=by), "on_time_ratio")
    total = rates.iloc[-1]
    assert total["ledger_count"] == len(items)
    assert total["open_count"] == items["is_open"].sum()
    assert total["overdue_count"] == items["is_late"].sum()
    assert total["ledger_count"] == total["written_off_count"] + total["open_count"]
    due = items[items["due_date"] <= "2019-12-31"]
    assert total["on_time_ratio"] == pytest.approx(100 * (due["written_off_date"] <= due["due_date"]).mean())
    assert set(rates[by][:-1]) == set(items[by])


def test_an_on_time_rate_is_a_ratio_of_sums(open_page: OpenPage) -> None:
    rates = frame_with(open_page("supervision"), "on_time_ratio")
    total, classes = rates.iloc[-1], rates.iloc[:-1]
    assert total["on_time_ratio"] == pytest.approx(100 * classes["on_time_count"].sum() / classes["due_count"].sum())
    assert pd.isna(classes.loc[classes["due_count"] == 0, "on_time_ratio"]).all()


def test_every_court_with_items_is_there_in_the_official_order(open_page: OpenPage, items: pd.DataFrame) -> None:
    app = open_page("supervision", lang="en")
    courts = next(e.value for e in app.dataframe if "on_time_ratio" in e.value.columns and "court" in e.value.columns)
    assert courts["court"].tolist() == ["Chengxi", "Chengbei"]
    assert courts["ledger_count"].tolist() == items.groupby("court_code").size().tolist()
    assert "Courts with nothing on the ledger in this window: 10" in html(app)


def test_ages_are_counted_to_the_end_of_the_month(open_page: OpenPage, items: pd.DataFrame) -> None:
    still = items[items["is_open"]]
    ages = (pd.Timestamp("2019-12-31") - still["found_date"]).dt.days
    text = html(open_page("supervision", lang="en"))
    assert f"{len(still)} open; the oldest for {ages.max()} days" in text
    assert "longest overdue by 24 days" in text


def test_items_stand_with_the_indicator_that_raised_them_overdue_first(
    open_page: OpenPage, items: pd.DataFrame
) -> None:
    listed = frame_with(open_page("supervision", lang="en"), "item_state")
    assert listed["item_state"].tolist() == ["Overdue"] * 2 + ["Open"] * 2 + ["Written off"] * 2
    assert set(listed["item_id"]) == set(items["item_id"])
    assert listed.iloc[0][["found_value", "last_value", "value_change"]].tolist() == ["40.00%", "45.00%", "+5.00 pp"]
    only = frame_with(open_page("supervision", list="overdue"), "item_state")
    assert sorted(only["item_id"]) == sorted(items.loc[items["is_late"], "item_id"])


def test_an_item_is_in_the_state_of_the_chosen_month(open_page: OpenPage) -> None:
    listed = frame_with(open_page("supervision", month="2019-06", lang="en"), "item_state")
    assert listed["item_state"].tolist() == ["Open", "Open"]
    assert listed["written_off_date"].isna().all()


def test_what_was_raised_and_is_answered_is_not_a_candidate(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection, items: pd.DataFrame
) -> None:
    streaks = truth.execute(
        """
        select s.court_code, s.indicator_code, c.short_name_en, s.month_count
        from rankings.rpt_ranking_streaks as s inner join core.dim_courts as c using (court_code)
        where s.window_code = 'rolling_12m' and s.period_month = date '2019-12-01' and s.streak_code = 'bottom'
        order by c.sort_order, s.indicator_code
        """
    ).df()
    still = items[items["is_open"]]
    answered = set(zip(still["court_code"], still["indicator_code"], strict=True))
    expected = [row for row in streaks.itertuples() if (row.court_code, row.indicator_code) not in answered]
    assert ("T13", "QX03") in answered
    assert 0 < len(expected) < len(streaks)
    raised = frame_with(open_page("supervision", lang="en", mode="rank"), "raised_words")
    listed = raised[raised["raised_words"] == "Maybe among the last, not the first, in a row"]
    assert listed["court"].tolist() == [row.short_name_en for row in expected]
    assert listed["month_count"].tolist() == [row.month_count for row in expected]
    assert sorted(raised.loc[raised["raised_words"] == "Check", "court"]) == ["Chengdong", "Chengxi"]


def test_interval_mode_has_neither_ranks_nor_streaks(open_page: OpenPage) -> None:
    app = open_page("supervision", lang="en", mode="interval")
    assert set(frame_with(app, "raised_words")["raised_words"]) == {"Check"}
    assert not {"found_rank", "last_rank"} & set(frame_with(app, "item_state").columns)
    assert "found_rank" in frame_with(open_page("supervision", mode="rank"), "item_state").columns


def test_labels_of_the_flow_keep_their_distance() -> None:
    nodes = summary._column([("a", 75, "met"), ("b", 7, "near"), ("c", 1, "below")], 0.999)
    places = [node.y for node in nodes]
    assert places == sorted(places)
    assert min(b - a for a, b in itertools.pairwise(places)) >= summary.LABEL_GAP - 1e-9
    assert places[-1] <= 0.98

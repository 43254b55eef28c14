"""The defaulters page against queries of its own: persons beside listings, delistings, terms ahead, restrictions.
How listings become stocks is tested with the dbt models."""

from __future__ import annotations

import re
from collections.abc import Callable

import duckdb
from streamlit.testing.v1 import AppTest

from dashboards.app_pages.defaulters import queries
from dashboards.month import Month
from tests.dashboards.shown import html

OpenPage = Callable[..., AppTest]
COURTS, GROUNDS = 11, 2  # courts with listings in the small world, and rows of each


def facts(app: AppTest) -> dict[str, str]:
    return dict(re.findall(r'<div class="g-fact"><span>(.*?)</span><b>(.*?)</b>', html(app)))


def test_persons_are_counted_once_in_the_window(open_page: OpenPage, truth: duckdb.DuckDBPyConnection) -> None:
    persons, entries = truth.execute(
        """
        select count(distinct person_key), count(*) from core.fct_defaulter_listings
        where court_code = 'T13' and published_month between date '2019-01-01' and date '2019-12-01'
        """
    ).fetchall()[0]
    assert 0 < persons < entries
    assert facts(open_page("defaulters", court="T13", lang="en"))["Persons listed"] == str(persons)


def test_flows_are_summed_and_stocks_are_taken_at_the_end(open_page: OpenPage) -> None:
    said = facts(open_page("defaulters", lang="en"))
    assert said["Listings"] == f"{12 * COURTS * GROUNDS * 6:,}"
    assert said["Listings standing"] == str(COURTS * GROUNDS * 30)
    assert said["Restrictions in force"] == str(COURTS * 55)
    assert said["Delisting overdue"] == str(COURTS * GROUNDS * 2)
    assert said["Ground not stated"] == str(12 * COURTS * 6)


def test_the_share_delisted_on_time_is_a_ratio_of_sums(truth: duckdb.DuckDBPyConnection) -> None:
    found = queries.listings(truth, "court_code", ("T13",), Month.parse("2019-01"), Month.parse("2019-12")).iloc[0]
    assert (found["due_count"], found["on_time_count"]) == (12 * 2 * 5, 12 * 2 * 4)
    assert found["on_time_ratio"] == 0.8
    assert (found["expiring_first_count"], found["expiring_third_count"]) == (4, 8)


def test_listings_without_a_restriction_are_a_reason_to_check_and_no_accusation(open_page: OpenPage) -> None:
    text = html(open_page("defaulters", lang="en"))
    stock, bare = COURTS * GROUNDS * 30, COURTS * GROUNDS * 7
    assert f"for {bare} of the listings ({100 * bare / stock:.2f}%)" in text
    assert "A reason to check, not a conclusion" in text


def test_nobody_is_shown(open_page: OpenPage) -> None:
    app = open_page("defaulters", court="T13")
    shown = {column for element in app.dataframe for column in element.value.columns}
    assert {column for column in shown if "person" in column or "name" in column or "listing_id" in column} == set()

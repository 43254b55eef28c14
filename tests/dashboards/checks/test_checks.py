"""The page of checks against queries of its own: flags, their explanation, the cases behind them, and no order.
That the page opens in every state and language is tested with all pages."""

from __future__ import annotations

import re
from collections.abc import Callable

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboards.shown import frame_with, html

OpenPage = Callable[..., AppTest]


def test_the_sentence_counts_the_months_flags(open_page: OpenPage, truth: duckdb.DuckDBPyConnection) -> None:
    alerts, watches, courts, looked = truth.execute(
        """
        select sum((flag = 'alert')::int), sum((flag = 'watch')::int),
               count(distinct court_code) filter (where flag <> 'none'), count(*)
        from rankings.rpt_gaming_checks where period_month = date '2019-12-01'
        """
    ).fetchone()
    text = html(open_page("checks", lang="en"))
    assert f"something to look at: {courts} (alerts {alerts}, watches {watches})" in text
    assert f"on {looked} pairs" in text


def test_a_flag_stands_beside_n_base_peers_and_its_innocent_explanation(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection
) -> None:
    value, hits, n, base, peers = truth.execute(
        """
        select value, hit_count, n, own_base, peer_median from rankings.rpt_gaming_checks
        where check_code = 'GC01' and court_code = 'T13' and period_month = date '2019-12-01'
        """
    ).fetchone()
    app = open_page("checks", lang="en")
    row = frame_with(app, "innocent").iloc[0]
    assert row["flag"] == "▲ Alert"
    assert row["innocent"] == "Applicants asked"
    assert (row["hit_count"], row["n"]) == (hits, n)
    shown = [row["value"], row["own_base"], row["peer_median"]]  # in percent
    assert shown == pytest.approx([100 * value, 100 * base, 100 * peers])
    assert "not a finding" in html(app)


def test_a_chosen_check_shows_threshold_and_every_court_in_the_official_order(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection
) -> None:
    app = open_page("checks", check="GC01", lang="en")
    expected = truth.execute(
        """
        select c.short_name_en from rankings.rpt_gaming_checks as r inner join core.dim_courts as c using (court_code)
        where r.check_code = 'GC01' and r.period_month = date '2019-12-01' order by c.sort_order
        """
    ).fetchall()
    assert frame_with(app, "innocent")["court"].tolist() == [name for (name,) in expected]
    assert "Clearly above peers and own past" in html(app)
    assert "QX04" in html(app)


@pytest.mark.parametrize("mode", ["rank", "interval"])
def test_the_grid_is_no_ranking_in_either_mode(open_page: OpenPage, mode: str) -> None:
    rows = re.findall(r'<th class="g-court"><a[^>]*>(.*?)</a>', html(open_page("checks", mode=mode, lang="en")))
    assert rows.index("Chengdong") < rows.index("Chengxi") < rows.index("Datong")
    assert "rank" not in {
        name for element in open_page("checks", mode=mode).dataframe for name in element.value.columns
    }


def test_the_cases_behind_a_flag_are_all_there(open_page: OpenPage, truth: duckdb.DuckDBPyConnection) -> None:
    (count,) = truth.execute(
        """
        select count(*) from core.fct_enforcement_cases
        where court_code = 'T13' and is_suspension = 1 and closed_month between date '2019-10-01' and date '2019-12-01'
          and date_diff('day', filed_date, closed_date) < 90
        """
    ).fetchone()
    app = open_page("checks", court="T13", check="GC01", lang="en")
    assert count > 0
    assert f"Page 1 of {-(-count // 50)}, {count}" in html(app)
    assert frame_with(app, "event_month")["case_number"].str.contains("执").all()


def test_the_cases_of_one_check_are_of_that_check_only(open_page: OpenPage) -> None:
    assert set(frame_with(open_page("checks", check="GC16"), "event_month")["check_code"]) == {"GC16"}
    assert set(frame_with(open_page("checks", check="GC01"), "event_month")["check_code"]) == {"GC01"}


def test_a_court_without_a_flag_has_no_cases_and_says_so(open_page: OpenPage) -> None:
    assert "hence no cases to list" in html(open_page("checks", court="T12", lang="en"))


def test_checks_that_cannot_be_made_are_listed_with_the_reason(open_page: OpenPage) -> None:
    listed = frame_with(open_page("checks", lang="en"), "not_checkable")
    assert listed["check_code"].tolist() == ["GC27"]
    assert listed["not_checkable"].tolist() == ["Creditors are not delivered"]

"""The suspension page's figures against queries of their own on the same snapshot.
That the page opens in every state and language is tested with all pages."""

from __future__ import annotations

import re
from collections.abc import Callable

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.app_pages.suspension import lenses
from dashboards.charts import stocks
from dashboards.charts.theme import LIGHT
from tests.dashboards.shown import frame_with, html

OpenPage = Callable[..., AppTest]


def test_both_lenses_are_the_cases_themselves(open_page: OpenPage, truth: duckdb.DuckDBPyConnection) -> None:
    suspended, closed, pending = truth.execute(
        """
        select count(*) filter (where is_suspension = 1 and closed_month >= date '2019-01-01'),
               count(*) filter (where closed_month >= date '2019-01-01'),
               count(*) filter (where closed_month is null)
        from core.fct_enforcement_cases
        """
    ).fetchone()
    (inactive,) = truth.execute("select count(*) from core.fct_suspensions where resumed_date is null").fetchone()
    app = open_page("suspension", lang="en")
    stages = dict(zip(*(frame_with(app, "stage")[name] for name in ("stage", "n")), strict=True))
    assert stages["Suspended"] == suspended
    assert stages["Pending"] == pending
    assert stages["Inactive, closing"] == inactive
    assert f"{suspended:,} suspensions, {100 * suspended / closed:.1f}% of closed cases" in html(app)
    assert "Both hold." in html(app)


def test_a_stock_that_does_not_add_up_is_said(open_page: OpenPage) -> None:
    class View:
        @staticmethod
        def t(phrase: str, **values: int) -> str:
            return f"{phrase} {values['active']} {values['inactive']}"

    stages = {"opening": 5, "new": 5, "suspension": 4, "pending": 6, "placed_inactive": 4, "inactive_pending": 4}
    assert lenses.balance(View(), stages) == "suspension.adds_up 0 0"
    assert lenses.balance(View(), {**stages, "pending": 5}) == "suspension.gap 1 0"
    assert lenses.balance(View(), {**stages, "reactivated": 1}) == "suspension.gap 0 -1"


@pytest.mark.parametrize("court, scope", [("T00", "province"), ("T10", "jurisdiction"), ("T13", "own")])
def test_compliance_by_check_counts_the_scopes_courts(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection, court: str, scope: str
) -> None:
    expected = truth.execute(
        """
        select check_id, sum((result = 'pass')::int), sum((result = 'fail')::int), sum((result = 'not_checkable')::int)
        from core.fct_suspension_checks inner join core.dim_courts as c using (court_code)
        where suspended_month between date '2019-01-01' and date '2019-12-01'
          and case $scope when 'own' then court_code = $court
              when 'jurisdiction' then $court in (court_code, c.parent_court_code) else true end
        group by 1 order by 1
        """,
        {"court": court, "scope": scope},
    ).fetchall()
    found = frame_with(open_page("suspension", court=court, scope=scope), "not_checkable_count")
    columns = ["check_id", "passed_count", "failed_count", "not_checkable_count"]
    assert [tuple(row) for row in found[columns].to_numpy().tolist()] == expected


def test_verdicts_are_compared_with_the_source(open_page: OpenPage, truth: duckdb.DuckDBPyConnection) -> None:
    expected = dict(
        truth.execute(
            """
            select difference_code, count(*) from core.fct_suspensions
            where suspended_month between date '2019-01-01' and date '2019-12-01' group by 1
            """
        ).fetchall()
    )
    found = frame_with(open_page("suspension", lang="en"), "comparison").set_index("comparison")["n"].to_dict()
    assert found == {
        "Agree": expected["agree"],
        "Source compliant, checks not": expected["source_compliant_only"],
        "Checks compliant, source not": expected["computed_compliant_only"],
        "Source silent": expected["source_silent"],
        "Not checkable": expected["not_checkable"],
    }


def test_rechecks_are_due_on_time_late_or_missed(open_page: OpenPage, truth: duckdb.DuckDBPyConnection) -> None:
    expected = dict(
        truth.execute(
            """
            select recheck_status, count(*) from core.fct_suspension_rechecks
            where due_month between date '2019-01-01' and date '2019-12-01' group by 1
            """
        ).fetchall()
    )
    facts = dict(
        re.findall(r'<div class="g-fact"><span>(.*?)</span><b>(.*?)</b>', html(open_page("suspension", lang="en")))
    )
    assert facts["On time"] == f"{expected['on_time']:,}"
    assert facts["Late"] == f"{expected['late']:,}"
    assert facts["None on record"] == f"{expected['missed']:,}"
    assert facts["Due"] == f"{expected['on_time'] + expected['late'] + expected['missed']:,}"


def test_cohorts_are_summed_before_they_are_divided(open_page: OpenPage, truth: duckdb.DuckDBPyConnection) -> None:
    suspended, resumed = truth.execute(
        """
        select count(*), count(*) filter (where reactivated_month <= suspended_month + interval 12 month)
        from core.fct_suspensions where case_type = '执' and suspended_month <= date '2018-12-01'
        """
    ).fetchone()
    assert f"{resumed:,} resumed within 12 months ({100 * resumed / suspended:.1f}%)" in html(
        open_page("suspension", lang="en")
    )


@pytest.mark.parametrize("chosen", ["failing", "differences", "missed", "unlinked"])
def test_lists_are_paged_and_complete(open_page: OpenPage, truth: duckdb.DuckDBPyConnection, chosen: str) -> None:
    query = {
        "failing": "select suspended_month as m from core.fct_suspension_checks where result = 'fail'",
        "differences": "select suspended_month as m from rankings.rpt_suspension_differences",
        "missed": "select due_month as m from core.fct_suspension_rechecks where recheck_status = 'missed'",
        "unlinked": "select filed_month as m from core.fct_resumptions where is_linked = 0",
    }[chosen]
    months = truth.execute(query).df()["m"]
    count = int(months.between("2019-01-01", "2019-12-01").sum())
    app = open_page("suspension", list=chosen, lang="en")
    pages = -(-count // 50)
    assert f"Page 1 of {pages}, {count:,}" in html(app)
    assert len(app.dataframe[-1].value) == min(50, count)
    if pages > 1:
        last = open_page("suspension", list=chosen, lang="en", **{f"{chosen}_page": str(pages)})
        assert len(last.dataframe[-1].value) == count - 50 * (pages - 1)


def test_a_list_of_one_check_has_that_check_only(open_page: OpenPage) -> None:
    app = open_page("suspension", list="failing", check="SC07", lang="en")
    assert set(app.dataframe[-1].value["check_id"]) == {"SC07"}


def test_streams_without_cases_are_not_drawn_and_the_ends_keep_their_amounts() -> None:
    nodes = [stocks.Node(name, x, 0.5, "met") for name, x in (("in", 0.0), ("none", 0.5), ("out", 1.0))]
    figure = stocks.sankey(nodes, [stocks.Link(0, 2, 7, "seven"), stocks.Link(0, 1, 0, "nothing")], LIGHT)
    assert list(figure.data[0].node.label) == ["in", "out"]
    assert list(figure.data[0].link.value) == [7]

"""The restatements page's figures against queries of their own: closings, changes, readings, returns, publications.
That the page opens in every state and language is tested with all pages."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboards.shown import frame_with, html

OpenPage = Callable[..., AppTest]


def test_closings_say_why_and_how_many_values_changed(open_page: OpenPage, truth: duckdb.DuckDBPyConnection) -> None:
    expected = truth.execute(
        """
        select strftime(period_month, '%Y-%m'), sum((value_label = 'official')::int), sum((value_label = 'restated')::int)
        from performance.fct_published_values where window_code = 'month' group by 1 order by 1 desc
        """  # noqa: E501 - one line of SQL
    ).fetchall()
    closings = frame_with(open_page("restatements", lang="en"), "closed_because").set_index("month")
    found = closings[["official_count", "restated_count"]].to_records().tolist()
    assert [tuple(row) for row in found] == [(month, official, restated) for month, official, restated in expected]
    assert closings.loc["2019-11", "closed_because"] == "All deliveries in"
    assert closings.loc["2019-12", "is_closed"] == "no"
    assert "23 of 24 months are closed" in html(open_page("restatements", lang="en"))


def test_a_changed_value_shows_old_and_new_the_delivery_and_the_records(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection
) -> None:
    numerator, denominator = truth.execute(
        """
        select numerator, denominator from performance.fct_court_indicators
        where court_code = 'T13' and scope_code = 'own' and indicator_code = 'QX04'
          and period_month = date '2019-06-01' and window_code = 'month'
        """
    ).fetchone()
    app = open_page("restatements", list="restated", window="month", court="T13", lang="en", mode="rank")
    row = frame_with(app, "old_value").iloc[0]
    assert row["old_value"] == f"{100 * (float(numerator) - 2) / float(denominator):.2f}%"
    assert row["new_value"] == f"{100 * float(numerator) / float(denominator):.2f}%"
    assert row["counts"] == f"{numerator - 2:,.0f}/{denominator:,.0f} → {numerator:,.0f}/{denominator:,.0f}"
    assert row["records"] == "+2 −0 ~1"
    assert row["last_file_name"] == "2019-06/cases/T13.csv"
    assert (row["old_rank"], row["new_rank"]) == (3, 4)
    records = frame_with(app, "record_key")
    assert len(records) == 2
    assert records["case_number"].str.contains("执").all()


def test_ranks_of_changed_values_are_not_shown_in_interval_mode(open_page: OpenPage) -> None:
    app = open_page("restatements", list="restated", court="T13", mode="interval")
    assert not {"old_rank", "new_rank"} & set(frame_with(app, "old_value").columns)


def test_a_court_without_changes_says_so(open_page: OpenPage, truth: duckdb.DuckDBPyConnection) -> None:
    (calm,) = truth.execute(
        """
        select min(court_code) from core.dim_courts
        where level = 'basic' and court_code not in (select court_code from rankings.rpt_restatements)
        """
    ).fetchone()
    text = html(open_page("restatements", list="restated", court=calm, lang="en"))
    assert "Nothing here has changed since closing." in text


def test_both_readings_are_there_for_the_same_months(open_page: OpenPage, truth: duckdb.DuckDBPyConnection) -> None:
    expected = truth.execute(
        """
        select strftime(period_month, '%Y-%m'), value from performance.fct_court_indicators
        where court_code = 'T00' and scope_code = 'province' and window_code = 'rolling_12m'
          and indicator_code = 'QX02_ALT1' and period_month >= date '2019-01-01' order by 1
        """
    ).fetchall()
    lines = frame_with(open_page("restatements", list="definitions", lang="en"), "role")
    other = lines[lines["role"] == "Alternative"]
    assert other["month"].tolist() == [month for month, _ in expected]
    assert other["value_words"].tolist() == [f"{100 * value:.2f}%" for _, value in expected]
    assert lines.loc[lines["role"] == "In force", "month"].tolist() == other["month"].tolist()


def test_returns_outside_tolerance_are_listed_with_the_reason(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection
) -> None:
    expected = truth.execute(
        """
        select c.short_name_en, r.difference, r.reason_en
        from rankings.rpt_reported_figures as r inner join core.dim_courts as c using (court_code)
        where not r.is_within and r.period_month between date '2019-01-01' and date '2019-12-01'
        """
    ).fetchall()
    listed = frame_with(open_page("restatements", list="returns", lang="en"), "reported_value")
    rows = listed[["court", "difference", "reason"]].to_numpy().tolist()
    assert [(court, float(difference), reason) for court, difference, reason in rows] == [
        (court, float(difference), reason) for court, difference, reason in expected
    ]


@pytest.mark.parametrize(
    "published, implied, difference", [("94.98%", "95.57%", "−0.59 pp"), ("2.55%", "2.29%", "+0.26 pp")]
)
def test_published_figures_that_contradict_their_own_counts_are_shown_as_they_are(
    open_page: OpenPage, published: str, implied: str, difference: str
) -> None:
    text = html(open_page("restatements", list="published", lang="en"))
    assert f"Published as {published}, while its own counts give {implied}, off by {difference}." in text


def test_a_published_figure_that_holds_is_in_the_table_only(open_page: OpenPage) -> None:
    app = open_page("restatements", list="published", lang="en")
    row = frame_with(app, "figure_code").set_index("figure_code").loc["P040"]
    assert row["published_words"] == "85,673"
    assert row["is_within"] == "yes"
    assert row["is_consistent"] == "—"
    assert "Published as 85,673" not in html(app)

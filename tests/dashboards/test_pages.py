"""Every page on every kind of snapshot in both languages, and its figures against independent queries.
How pages look is tested in the browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.app_pages.court import queries as court_queries
from dashboards.month import Month
from dashboards.plain import plain
from dashboards.queries import evidence, windows
from dashboards.shell.navigation import PAGES
from dashboards.texts import phrases
from tests.dashboards.shown import headline, html

# A phrase's key instead of its words: any section of the catalogue, a dot, a name.
RAW_KEY = re.compile(rf"\b({'|'.join(sorted({key.split('.')[0] for key in phrases('zh')}))})\.[a-z][a-z_]+\b")
# A place of a phrase that nobody filled: {n} or {n:court|courts}.
OPEN_PLACE = re.compile(r"\{[a-z_]+(?::[^{}]*)?\}")
OpenPage = Callable[..., AppTest]


def visible(app: AppTest) -> str:
    """The words of the page, without tags and styles."""
    return re.sub(r"<[^>]*>", " ", html(app))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("state", ["full", "one", "month", "labelled", "empty", "none"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_on_every_snapshot(open_page: OpenPage, page: str, state: str, lang: str) -> None:
    app = open_page(page, state, lang=lang)
    assert [e.message for e in app.exception] == []
    assert headline(app)
    assert RAW_KEY.findall(visible(app)) == []
    assert OPEN_PLACE.findall(visible(app)) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_interval_mode(open_page: OpenPage, page: str, lang: str) -> None:
    app = open_page(page, lang=lang, mode="interval")
    assert [e.message for e in app.exception] == []
    assert headline(app)
    assert OPEN_PLACE.findall(visible(app)) == []


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_snapshot_month_and_window(open_page: OpenPage, page: str) -> None:
    text = html(open_page(page, window="ytd", month="2019-06"))
    assert "20200105-0800-full" in text
    assert "2019年6月" in text
    assert "2019-01 至 2019-06" in text


def test_the_overview_shows_the_province_as_the_indicators_say(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection
) -> None:
    numerator, denominator = truth.execute(
        """
        select sum(is_actual_closure), count(*) from core.fct_enforcement_cases
        where case_type = '执' and closed_month between date '2019-01-01' and date '2019-12-01'
        """
    ).fetchone()
    text = html(open_page("overview", lang="en"))
    card = re.search(r"QX01</span>.*?<b>(.*?)</b>", text)
    assert card and card.group(1) == f"{100 * numerator / denominator:.1f}%"


def test_the_overview_is_about_what_decides_the_composite_or_is_watched(open_page: OpenPage) -> None:
    app = html(open_page("overview"))
    cards = set(re.findall(r"leaderboard\?[^\"]*indicator=([A-Z0-9_]+)", app))
    assert cards == {"QX01", "QX02", "QX04", "QX05", "QX06", "QX08", "QX10", "QX24"}


def test_an_alternative_reading_is_not_among_the_indicators_of_the_leaderboard(open_page: OpenPage) -> None:
    options = open_page("leaderboard").selectbox(key="pick_indicator").options
    assert len(options) == 10
    assert not any("ALT" in option for option in options)


def test_a_count_is_shown_without_a_ratio(open_page: OpenPage) -> None:
    board = open_page("leaderboard", indicator="SX18")
    court = open_page("court", indicator="SX18", court="T13", window="rolling_12m", lang="en")
    assert not board.exception
    assert not court.exception
    assert court.segmented_control(key="pick_side").options == [plain("Numerator: Defaulters listed")]
    about = re.search(r"SX18 Defaulters newly listed: ([^<]*)", html(court))
    assert about
    assert re.fullmatch(r"[\d,]+", about.group(1))


def test_the_overview_totals_equal_the_cases_themselves(open_page: OpenPage, truth: duckdb.DuckDBPyConnection) -> None:
    accepted, closed, persons = truth.execute(
        """
        select
            count(*) filter (where coalesce(closed_month, date '9999-01-01') >= date '2019-01-01'),
            count(*) filter (where closed_month >= date '2019-01-01'),
            (
                select count(distinct person_key) from core.fct_defaulter_listings
                where published_month >= date '2019-01-01'
            )
        from core.fct_enforcement_cases
        """
    ).fetchone()
    facts = dict(
        re.findall(r'<div class="g-fact"><span>(.*?)</span><b>(.*?)</b>', html(open_page("overview", lang="en")))
    )
    assert facts["Cases accepted"] == f"{accepted:,}"
    assert facts["Closed"] == f"{closed:,}"
    assert facts["Defaulters (persons)"] == f"{persons:,}"


def test_a_court_that_did_not_deliver_needs_attention_and_says_what_is_missing(open_page: OpenPage) -> None:
    text = html(open_page("overview"))
    assert re.search(r"民和县</a><span>[^<]*未报送执行案件、案款、协助执行", text)


def test_the_leaderboard_lists_the_courts_in_their_order(open_page: OpenPage, truth: duckdb.DuckDBPyConnection) -> None:
    expected = truth.execute(
        """
        select c.court_code, f.value
        from performance.fct_court_indicators as f
        inner join core.dim_courts as c using (court_code)
        where c.level = 'basic' and f.scope_code = 'own' and f.window_code = 'ytd' and f.indicator_code = 'QX04'
          and f.period_month = date '2019-12-01' and f.status not in ('too_few', 'not_applicable', 'not_delivered')
        order by f.value
        """
    ).fetchall()
    app = open_page("leaderboard", indicator="QX04", window="ytd", lang="en")
    table = next(e.value for e in app.dataframe if "rank" in e.value.columns)
    assert [float(v.rstrip("%")) for v in table["value"]] == [round(100 * value, 2) for _, value in expected]
    assert table["rank"].tolist() == sorted(table["rank"].tolist())
    unranked = next(e.value for e in app.dataframe if "reason" in e.value.columns)
    assert unranked["short_name"].tolist() == ["Minhe"]
    assert "last delivery 2019-11" in unranked["reason"].tolist()[0]


def test_a_court_page_says_rank_and_value_as_published(open_page: OpenPage, truth: duckdb.DuckDBPyConnection) -> None:
    value, rank, count = truth.execute(
        """
        select value, rank, ranked_count from rankings.rpt_court_rankings
        where court_code = 'T13' and peer_group = 'basic' and window_code = 'rolling_12m'
          and period_month = date '2019-12-01' and indicator_code = 'QX02'
        """
    ).fetchone()
    table = next(e.value for e in open_page("court", court="T13").dataframe if "history" in e.value.columns)
    row = table.set_index("code").loc["QX02"]
    assert row["value"] == f"{100 * value:.2f}%"
    assert row["rank"] == f"{rank}/{count}"


@pytest.mark.parametrize("side", ["numerator", "denominator"])
@pytest.mark.parametrize("indicator", ["QX02", "QX24"])
def test_a_court_page_says_that_the_records_add_up(open_page: OpenPage, indicator: str, side: str) -> None:
    app = open_page("court", court="T10", scope="jurisdiction", indicator=indicator, side=side, lang="en")
    said = re.search(r'g-check g-(\w+)">', html(app))
    assert said and said.group(1) == "met"
    listed = next(e.value for e in app.dataframe if "counted" in e.value.columns)
    assert 0 < len(listed) <= 50


@pytest.mark.parametrize("window", ["month", "ytd", "rolling_12m", "rolling_36m", "stat_year"])
def test_the_records_behind_every_number_add_up_to_it(truth: duckdb.DuckDBPyConnection, window: str) -> None:
    """All indicators, both sides, own, jurisdiction and province: what a page lists is what it shows."""
    bounds = windows.bounds(truth, "QH", Month.parse("2019-11"), window).iloc[0]
    wrong, checked = [], 0
    for court, scope in (("T13", "own"), ("T10", "jurisdiction"), ("T00", "province")):
        for row in court_queries.indicators(truth, court, scope, Month.parse("2019-11"), window).to_dict("records"):
            sides = ["numerator"] if row["indicator_code"] == "SX18" else ["numerator", "denominator"]  # a count
            months = (bounds["first_month"], bounds["last_month"])
            for side in sides:
                part = evidence.Part(row[f"{side}_measure"], row[f"{side}_scope"], court, scope, *months)
                total = float(evidence.totals(truth, part).iloc[0]["total"])
                checked += 1
                if abs(total - float(row[side])) > 0.005:
                    wrong.append((court, scope, row["indicator_code"], side, total, row[side]))
    assert checked == 3 * (8 * 2 + 1)
    assert wrong == []


def test_the_waterfall_starts_with_the_opening_stock_and_ends_with_the_pending(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection
) -> None:
    opening, pending = truth.execute(
        """
        select count(*) filter (
                   where filed_month < date '2019-01-01'
                     and coalesce(closed_month, date '9999-01-01') >= date '2019-01-01'),
               count(*) filter (where closed_month is null)
        from core.fct_enforcement_cases where court_code = 'T13'
        """
    ).fetchone()
    text = html(open_page("court", court="T13", lang="en"))
    facts = dict(re.findall(r'<div class="g-fact"><span>(.*?)</span><b>(.*?)</b>', text))
    assert (facts["Opening"], facts["Pending"]) == (f"{opening:,}", f"{pending:,}")
    assert "opening + new − closed = pending holds" in text


def test_quality_says_that_rows_add_up_and_what_was_refused(open_page: OpenPage) -> None:
    app = open_page("quality", lang="en")
    text = html(app)
    assert "rows = accepted + rejected + held holds" in text
    refused = next(e.value for e in app.dataframe if "message" in e.value.columns)
    assert refused["message"].tolist() == ["The file is cut off and cannot be opened"]


def test_definitions_say_not_published_where_there_is_no_target(open_page: OpenPage) -> None:
    assert "未公布" in html(open_page("definitions", indicator="QX02"))
    assert "85.00%" in html(open_page("definitions", indicator="QX24"))

"""The court's page: what it says against independent counts, in rank mode and in interval mode.
Opening on every snapshot and adding up of records are tested with the other pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboards import findings
from dashboards.app_pages.court import queries
from dashboards.month import Month
from tests.dashboards.shown import headline, html

OpenPage = Callable[..., AppTest]
RANKS = re.compile(r"rank|place|名次|排名第", re.IGNORECASE)


def table(app: AppTest, column: str) -> Any:
    return next(e.value for e in app.dataframe if column in e.value.columns)


sides = st.integers(1, 10**9)


@given(sides, sides, sides, sides)
def test_the_two_effects_add_up_to_the_change(n0: int, d0: int, n1: int, d1: int) -> None:
    made = findings.effects((n0, d0), (n1, d1))
    assert made is not None
    assert sum(made) == pytest.approx(n1 / d1 - n0 / d0, rel=1e-6, abs=1e-12 * max(n0, n1) / min(d0, d1))


def test_an_unchanged_side_has_no_effect_and_no_denominator_no_answer() -> None:
    assert findings.effects((3, 10), (5, 10)) == pytest.approx((0.2, 0.0))
    assert findings.effects((3, 10), (3, 12)) == pytest.approx((0.0, -0.05))
    assert findings.effects((3, 0), (5, 10)) is None


def test_the_page_says_why_an_indicator_moved(open_page: OpenPage, truth: duckdb.DuckDBPyConnection) -> None:
    rows = truth.execute(
        """
        with ends as (select unnest([date '2019-11-01', date '2019-12-01']) as last_month)
        select count(*) filter (
                   where c.is_suspension = 1 and c.closed_month between date '2019-01-01' and e.last_month),
               count(*)
        from ends as e
        inner join core.fct_enforcement_cases as c
            on c.court_code = 'T13' and c.case_type = '执' and c.filed_month <= e.last_month
           and coalesce(c.closed_month, date '9999-01-01') >= date '2019-01-01'
        group by e.last_month order by e.last_month
        """
    ).fetchall()
    (n0, d0), (n1, d1) = rows
    change = 100 * (n1 / d1 - n0 / d0)
    app = open_page("court", court="T13", indicator="QX04", window="ytd", mode="rank", lang="en")
    assert not app.exception
    drawn = next(p for p in app.get("plotly_chart") if "Effect of the numerator" in p.proto.spec)
    assert f"{abs(change):.2f} pp" in drawn.proto.spec


def test_strengths_and_weaknesses_are_what_lies_beyond_the_funnel(open_page: OpenPage) -> None:
    text = html(open_page("court", court="T13", lang="en", mode="rank"))
    better, worse = text.split("Worse than its peers")
    assert "Funds paid" in better.split("Better than its peers")[1]
    assert "beyond the 99.8% limit" in better
    assert re.search(r"indicator=QX05[^>]*>Pending</a>", worse)
    assert "New listings</a>" not in text  # a count without a denominator is no strength


def test_open_items_are_those_open_at_the_end_of_the_month(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection
) -> None:
    expected = truth.execute(
        """
        select item_id from core.fct_rectifications
        where court_code = 'T13' and found_date <= date '2019-11-30'
          and (written_off_date is null or written_off_date > date '2019-11-30')
        """
    ).fetchall()
    app = open_page("court", court="T13", month="2019-11", lang="en")
    assert sorted(table(app, "item_id")["item_id"]) == sorted(item for (item,) in expected)
    december = table(open_page("court", court="T13", month="2019-12", lang="en"), "item_id").set_index("item_id")
    assert december["state"].to_dict() == {"Z-T132": "▼ overdue", "Z-T133": "○ within its term"}


def test_open_items_are_cut_in_pages_and_counted_whole(truth: duckdb.DuckDBPyConnection) -> None:
    whole = queries.items(truth, "T00", "province", Month.parse("2019-12"), 100, 1)
    assert whole["is_overdue"].sum() == 2 and len(whole) == 4
    pages = [queries.items(truth, "T00", "province", Month.parse("2019-12"), 3, page) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [3, 1, 0]
    assert [item for page in pages for item in page["item_id"]] == whole["item_id"].tolist()
    assert {(row.total_count, row.overdue_count) for page in pages for row in page.itertuples()} == {(4, 2)}


def test_a_flag_comes_with_its_threshold_and_its_innocent_explanation(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection
) -> None:
    row = truth.execute(
        """
        select g.court_code, strftime(g.period_month, '%Y-%m'), d.name_en, d.innocent_en
        from rankings.rpt_gaming_checks as g inner join core.dim_gaming_checks as d using (check_code)
        where g.flag <> 'none' order by g.period_month desc, g.court_code limit 1
        """
    ).fetchone()
    assert row is not None
    text = html(open_page("court", court=row[0], month=row[1], lang="en"))
    assert row[2] in text and row[3] in text
    assert "A flag is no finding" in text


def test_interval_mode_shows_no_rank_anywhere_on_the_page(open_page: OpenPage) -> None:
    app = open_page("court", court="T13", mode="interval", lang="en")
    assert not app.exception
    indicators = table(app, "history")
    assert not [name for name in indicators.columns if name in ("rank", "rank_interval", "places")]
    assert not RANKS.search(headline(app))
    assert "Streaks" not in html(app)
    ranked = table(open_page("court", court="T13", mode="rank", lang="en"), "history")
    assert {"rank", "rank_interval", "places"} <= set(ranked.columns)


def test_peers_stand_in_the_official_order_in_interval_mode(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection
) -> None:
    app = open_page("court", court="T13", mode="interval", indicator="QX04", lang="en")
    drawn = next(p for p in app.get("plotly_chart") if "Datong" in p.proto.spec).proto.spec
    named = truth.execute("select short_name_en from core.dim_courts where level = 'basic' order by sort_order")
    places = [
        drawn.find(f'"{name}') if f'"{name}' in drawn else drawn.find(f"<b>{name}") for (name,) in named.fetchall()
    ]
    seen = [place for place in places if place >= 0]
    assert len(seen) >= 6
    assert seen == sorted(seen)


def test_every_number_of_the_table_leads_to_its_grounds(open_page: OpenPage) -> None:
    rows = table(open_page("court", court="T13", lang="en"), "history").set_index("code")
    assert rows.loc["QX04", "about"].startswith("about?")
    assert {"court=T13", "scope=own", "indicator=QX04"} <= set(rows.loc["QX04", "about"].split("?")[1].split("&"))

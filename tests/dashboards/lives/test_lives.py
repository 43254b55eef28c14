"""The page of life tables: its shares against the cases themselves, what is said of few, and what is judged.
The arithmetic is tested with the curves."""

from __future__ import annotations

import re
from collections.abc import Callable

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.app_pages.lives import blocks, chart
from tests.dashboards.shown import frame_with, headline, html

OpenPage = Callable[..., AppTest]
# Case by case: the share by ninety days is what is left over by those who were at risk on each day before.
KAPLAN_MEIER = """
with lives as (
  select case when filed_date < date '2019-01-01' then date_diff('day', filed_date, date '2018-12-31') end as late,
         date_diff('day', filed_date, least(coalesce(closed_date, date '2020-01-01'), date '2019-12-31')) as age,
         closed_date is not null as is_closed
  from core.fct_enforcement_cases
  where court_code = 'T13' and coalesce(closed_month, date '2020-01-01') >= date '2019-01-01'
)
select d.day, count(*) filter (where l.age >= d.day and coalesce(l.late, -1) < d.day),
       count(*) filter (where l.age = d.day and l.is_closed)
from range(0, 91) as d(day) cross join lives as l group by 1 order by 1
"""


def test_the_shares_by_ninety_days_are_the_cases_themselves(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection
) -> None:
    still_open = 1.0
    for _, risk, gone in truth.execute(KAPLAN_MEIER).fetchall():
        still_open *= 1 - gone / risk if risk else 1
    frame = frame_with(open_page("lives", court="T13", scope="own", lang="en"), "verdict")
    shares = frame[frame["age"] == "90 days"]["share"].str.rstrip("%").astype(float)
    assert shares.sum() == pytest.approx(100 * (1 - still_open), abs=0.2)


def test_of_few_cases_nothing_is_said(open_page: OpenPage) -> None:
    app = open_page("lives", court="T86", scope="own", lang="en")
    assert "too few" in headline(app) or "nothing can be computed" in headline(app)


def test_a_sum_of_courts_is_compared_with_nobody(open_page: OpenPage) -> None:
    app = open_page("lives", lang="en")
    assert not [e for e in app.dataframe if "verdict" in e.value.columns] and "to compare with." in html(app)


def test_a_short_history_gives_no_curves(open_page: OpenPage) -> None:
    assert "不能计算" in headline(open_page("lives", month="2018-12"))
    assert re.search(r"半年内", headline(open_page("lives", month="2019-12")))


@pytest.mark.parametrize(
    "own, peers, said",
    [
        ((0.5, 0.0001), (0.3, 0.0001), "above"), ((0.3, 0.0001), (0.5, 0.0001), "below"),
        ((0.3, 0.01), (0.32, 0.01), "within"), (None, (0.3, 0.1), "unjudged"), ((0.0, 0.0), (0.3, 0.1), "unjudged"),
    ],
)  # fmt: skip
def test_a_difference_is_judged_beyond_chance_only(
    own: tuple[float, float] | None, peers: tuple[float, float], said: str
) -> None:
    assert blocks.verdict(own, peers) == said


def test_the_words_beside_the_lines_stand_in_their_order_and_none_over_another() -> None:
    beside = chart.apart({"satisfied": 36.2, "suspended": 36.4, "closed": 0.0, "open": 1.1})
    assert list(beside) == ["closed", "open", "satisfied", "suspended"]
    assert list(beside.values()) == pytest.approx([0.0, 4.5, 36.2, 40.7])

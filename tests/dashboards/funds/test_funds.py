"""The funds page against queries of its own: lights, ageing, courts, and the list of overdue receipts.
How fct_funds becomes bands and movements is tested with the dbt models."""

from __future__ import annotations

import re
from collections.abc import Callable

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboards import formats
from dashboards.app_pages.funds import queries
from dashboards.month import Month
from tests.dashboards.shown import html

OpenPage = Callable[..., AppTest]


def lights(app: AppTest) -> dict[str, str]:
    return dict(re.findall(r'class="g-name" style="[^"]*">\S+ ([^<]+)</span>.*?<b title="([^"]*)">', html(app)))


@pytest.mark.parametrize("month", ["2019-12", "2018-06"])
@pytest.mark.parametrize("court, members", [("T13", ["T13"]), ("T10", ["T10", "T11", "T12", "T13", "T14", "T15"])])
def test_the_lights_add_up_what_is_held_at_the_months_end(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection, court: str, members: list[str], month: str
) -> None:
    late, near, new = truth.execute(
        """
        with held as (
            select received_amount, due_date, last_day(cast($month as date)) as last_day
            from core.fct_funds
            where list_contains($members, court_code) and received_date <= last_day(cast($month as date))
              and (paid_on_time_amount = 0 or due_date > last_day(cast($month as date)))
        )
        select coalesce(sum(case when due_date < last_day then received_amount end), 0),
               coalesce(sum(case when due_date between last_day and last_day + 7 then received_amount end), 0),
               coalesce(sum(case when due_date > last_day + 7 then received_amount end), 0)
        from held
        """,
        {"members": members, "month": f"{month}-01"},
    ).fetchall()[0]
    said = lights(open_page("funds", court=court, month=month))
    expected = {"超期": late, "临期": near, "新到账": new, "批准延缓": 0}
    assert said == {name: f"{formats.number(float(amount), 2)} 元" for name, amount in expected.items()}


def test_the_courts_add_up_to_the_headline_and_the_worst_is_first(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection
) -> None:
    app = open_page("funds", lang="en", mode="rank")
    table = next(e.value for e in app.dataframe if "overdue_ratio" in e.value.columns)
    assert table["overdue_amount"].is_monotonic_decreasing
    held, late = truth.execute(
        """
        select sum(held_amount), sum(case when age_band like 'overdue%' then held_amount end)
        from rankings.rpt_fund_ageing where period_month = date '2019-12-01'
        """
    ).fetchall()[0]
    headline = re.search(r'<div class="g-headline"><h1>(.*?)</h1>', html(app))
    assert headline and formats.money(float(late), "en") in headline.group(1)
    assert abs(table["held_amount"].sum() - float(held) / 1000) < 0.01 * len(table)


def test_no_order_of_courts_by_value_in_interval_mode(open_page: OpenPage, truth: duckdb.DuckDBPyConnection) -> None:
    official = [
        name for (name,) in truth.execute("select short_name_en from core.dim_courts order by sort_order").fetchall()
    ]
    app = open_page("funds", lang="en", mode="interval")
    table = next(e.value for e in app.dataframe if "overdue_ratio" in e.value.columns)
    assert [re.sub(" ×$", "", name) for name in table["court"]] == official


def test_the_overdue_receipts_are_cut_in_pages_that_follow_each_other() -> None:
    with duckdb.connect() as own:
        own.execute("create schema rankings")
        own.execute(
            """
            create table rankings.rpt_overdue_funds as
            select 'F' || lpad(i::varchar, 3, '0') as fund_id, if(i = 120, '(2019)X1', null) as case_number,
                   'A' as court_code, date '2019-09-01' as received_date, date '2019-10-08' as due_date,
                   date '2019-10-01' as overdue_from_month, if(i = 9, date '2019-12-01', null) as overdue_until_month,
                   100 * i as received_amount, if(i in (7, 9), date '2019-12-01', null) as paid_month,
                   case i when 7 then 30 when 9 then 0 else 100 * i end as residual_amount
            from range(1, 121) as s(i)
            """
        )
        pages = [queries.overdue(own.cursor(), ("A",), Month.parse("2019-12"), 50, page) for page in (1, 2, 3)]
        before = queries.overdue(own.cursor(), ("A",), Month.parse("2019-09"), 50, 1)
        earlier = queries.overdue(own.cursor(), ("A",), Month.parse("2019-11"), 200, 1)
    assert [len(page) for page in pages] == [50, 50, 19]
    assert before.empty
    assert pages[0]["fund_id"].tolist()[0] == "F120" and pages[0]["case_number"].tolist()[0] == "(2019)X1"
    listed = [fund for page in pages for fund in page["fund_id"]]
    assert len(set(listed)) == 119 and "F009" not in listed
    assert pages[2].set_index("fund_id").loc["F007", "held_amount"] == 30
    assert earlier.set_index("fund_id")["held_amount"].to_dict()["F007"] == 700 and len(earlier) == 120
    assert set(pages[0]["overdue_days"]) == {84}

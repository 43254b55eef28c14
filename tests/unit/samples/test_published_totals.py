"""The published totals hold, exactly, in what was written and is accepted.
Shapes, shares and faults belong to the tests beside this one."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from pipelines.samples import Made
from tests.unit.samples.reading_back import accepted_cases, in_force, latest, read_kind


@pytest.fixture(scope="module")
def cases(qinghai: Made) -> pl.DataFrame:
    return accepted_cases(qinghai.landing)


def test_qinghai_accepted_and_closed_are_the_published_ones(cases: pl.DataFrame) -> None:
    assert cases.height == 85_673
    assert cases["closed_date"].is_not_null().sum() == 81_879
    assert cases["closed_date"].max() <= date(2019, 12, 31)
    assert cases["case_type"].n_unique() == 8
    assert cases["court"].n_unique() == 55


def test_months_run_from_2016_03_to_2019_12(qinghai: Made) -> None:
    months = sorted(p.name for p in qinghai.landing.iterdir())
    assert (months[0], months[-1], len(months)) == ("2016-03", "2019-12", 46)


def test_bans_on_flights_and_trains_are_the_published_ones(qinghai: Made) -> None:
    rows = in_force(read_kind(qinghai.landing, "linkage", ("request_id", "matter", "unit_type"), ("sent_at",)))
    requests = latest(rows.drop_nulls(["court", "sent_at", "unit_type"]), "request_id")
    assert (requests["matter"] == "限制乘机").sum() == 69_219
    assert (requests["matter"] == "限制乘车").sum() == 11_227


def test_distinct_defaulters_are_the_published_ones_even_behind_the_mask(qinghai: Made) -> None:
    rows = read_kind(qinghai.landing, "defaulters", ("listing_id", "person_name", "id_number"), ("published_date",))
    rows = rows.drop_nulls(["court", "published_date"])
    person = pl.concat_str(
        "person_name", pl.lit("|"), pl.col("id_number").str.slice(0, 10), pl.col("id_number").str.slice(-4)
    )
    assert rows.select(person.n_unique()).item() == 22_166
    assert rows["listing_id"].n_unique() > 22_166


def test_exposures_and_judicial_aid_are_the_published_ones(qinghai: Made) -> None:
    columns = ("activity", "count", "person_count", "amount")
    rows = read_kind(qinghai.landing, "linkage_activities", columns, ("occurred_date",))
    rows = rows.with_columns(pl.col(columns[1:]).cast(pl.Float64, strict=False)).drop_nulls("count")
    assert not rows.select("court", "activity", "occurred_date").is_duplicated().any()
    sums = {row[0]: row[1:] for row in rows.group_by("activity").agg(pl.col(columns[1:]).sum()).iter_rows()}
    assert sums["公开曝光"][0] == 8_303
    assert sums["司法救助"] == (573, 800, 12_846_400)


def test_g_region_reproduces_table_1_for_each_year(g_region: Made) -> None:
    cases = accepted_cases(g_region.landing)
    table = {}
    for year in (2019, 2020, 2021, 2022):
        begin = date(year, 1, 1)
        opening = cases.filter(
            (pl.col("filed_date") < begin) & (pl.col("closed_date").is_null() | (pl.col("closed_date") >= begin))
        ).height
        new = (cases["filed_date"].dt.year() == year).sum()
        closed = (cases["closed_date"].dt.year() == year).sum()
        table[year] = (opening + new, closed, new, opening)
    assert table == {
        2019: (2203, 2141, 2149, 54),
        2020: (2876, 2871, 2814, 62),
        2021: (4044, 4021, 4039, 5),
        2022: (4194, 4167, 4171, 23),
    }


def test_g_region_has_the_linkage_figures_of_2022(g_region: Made) -> None:
    landing = g_region.landing
    year = pl.col("published_date").dt.year() == 2022
    listings = read_kind(landing, "defaulters", ("listing_id",), ("published_date",))
    listings = listings.drop_nulls(["court", "published_date"])
    assert listings.filter(year)["listing_id"].n_unique() == 1_308
    orders = read_kind(landing, "restrictions", ("restriction_id", "case_number"), ("issued_date",)).drop_nulls()
    assert orders.filter(pl.col("issued_date").dt.year() == 2022)["restriction_id"].n_unique() == 1_261
    lots = read_kind(landing, "auctions", ("lot_id", "round", "result"), ("auction_date",))
    lots = lots.filter(pl.col("round").is_in(["一拍", "二拍", "变卖"]) & (pl.col("auction_date").dt.year() == 2022))
    ends = lots.sort("auction_date").group_by("lot_id").agg(pl.col("result").last())["result"]
    assert len(ends) == 96
    assert round((ends == "成交").sum() / ends.is_in(["成交", "流拍"]).sum(), 3) == 0.843
    work = read_kind(landing, "linkage_activities", ("activity", "count"), ("occurred_date",))
    work = work.with_columns(pl.col("count").cast(pl.Int64, strict=False))
    work = work.filter(pl.col("occurred_date").dt.year() == 2022)
    sums = dict(work.group_by("activity").agg(pl.col("count").sum()).iter_rows())
    assert [sums[a] for a in ("拘留", "协作协议", "联席会议", "见证执行")] == [44, 72, 18, 15]

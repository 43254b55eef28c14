"""A sample looks like a province: shares and durations within the known ranges, seasons, courts that differ.
Exact totals belong to `test_published_totals`; ranges are those of the domain notes, §10 no. 12."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from pipelines.samples import Made
from tests.unit.samples.reading_back import accepted_cases, in_force, latest, read_kind

SUSPENSION = "终结本次执行程序"


@pytest.fixture(scope="module")
def cases(qinghai: Made) -> pl.DataFrame:
    days = (pl.col("closed_date") - pl.col("filed_date")).dt.total_days()
    return accepted_cases(qinghai.landing).with_columns(days.alias("days"))


@pytest.fixture(scope="module")
def closed(cases: pl.DataFrame) -> pl.DataFrame:
    """Closed first-enforcement cases."""
    return cases.filter((pl.col("case_type") == "执") & pl.col("closed_date").is_not_null())


def test_closing_modes_are_within_the_known_ranges(closed: pl.DataFrame) -> None:
    assert 0.33 <= (closed["closing_mode"] == SUSPENSION).mean() <= 0.37
    assert 0.33 <= (closed["closing_mode"] == "执行完毕").mean() <= 0.44
    suspended = closed.filter(pl.col("closing_mode") == SUSPENSION)
    assert suspended["suspension_compliant"].is_in(["是", "1", "true", "Y"]).mean() > 0.99


def test_about_48_in_100_suspended_cases_are_resumed_under_their_own_number(
    cases: pl.DataFrame, closed: pl.DataFrame
) -> None:
    resumed = cases.filter(pl.col("case_type") == "执恢")
    suspended = closed.filter(pl.col("closing_mode") == SUSPENSION)
    assert resumed["original_case_number"].null_count() == 0
    share = suspended["case_number"].is_in(resumed["original_case_number"].implode()).mean()
    assert 0.46 <= share <= 0.50
    pairs = resumed.join(closed, left_on="original_case_number", right_on="case_number", suffix="_first")
    assert pairs.height > 5_000
    assert (pairs["closing_mode_first"] == SUSPENSION).all()
    assert (pairs["filed_date"] > pairs["closed_date_first"]).all()
    assert (pairs["court"] == pairs["court_first"]).all()


def test_recovery_duration_and_punctuality_are_within_the_known_ranges(closed: pl.DataFrame) -> None:
    money = closed.filter(pl.col("claim_amount") > 0)
    recovered = money.select(pl.min_horizontal("recovered_amount", "claim_amount").sum()).item()
    assert 0.26 <= recovered / money["claim_amount"].sum() <= 0.57
    assert 50 <= closed["days"].mean() <= 75
    assert 0.945 <= (closed["closed_date"] <= closed["term_due_date"]).mean() <= 0.975
    assert (closed["days"] >= 0).all()


def test_preservation_is_found_in_18_to_30_in_100_first_enforcement_cases(cases: pl.DataFrame) -> None:
    first = cases.filter(pl.col("case_type") == "执")
    assert 0.18 <= first["preservation_case_number"].is_not_null().mean() <= 0.30


def test_two_thirds_of_the_money_is_paid_out_within_thirty_days(qinghai: Made) -> None:
    columns = ("fund_id", "received_amount", "deferral_approved")
    rows = read_kind(qinghai.landing, "funds", columns, ("received_date", "paid_date"))
    money = pl.col("received_amount").str.replace_all(",", "").cast(pl.Float64, strict=False)
    rows = rows.with_columns(money.alias("money")).drop_nulls(["court", "received_date", "money"])
    funds = latest(in_force(rows), "fund_id").filter(pl.col("received_date") <= date(2019, 12, 1))
    in_time = (funds["paid_date"] - funds["received_date"]).dt.total_days() <= 30
    assert 0.58 <= funds["money"].filter(in_time.fill_null(value=False)).sum() / funds["money"].sum() <= 0.72


def test_a_suspension_comes_after_three_months_unless_the_applicant_asked(closed: pl.DataFrame) -> None:
    suspended = closed.filter(pl.col("closing_mode") == SUSPENSION)
    early = suspended.filter(pl.col("days") < 92)
    assert 0.05 < early.height / suspended.height < 0.30


def test_decembers_are_busy_and_januaries_quiet(cases: pl.DataFrame) -> None:
    monthly = cases["closed_date"].drop_nulls().dt.truncate("1mo").value_counts().sort("closed_date")
    count = dict(monthly.iter_rows())
    for year in (2016, 2017, 2018):
        usual = sum(count[date(year, month, 1)] for month in range(9, 12)) / 3
        assert count[date(year, 12, 1)] > 1.1 * usual
        assert count[date(year + 1, 1, 1)] < 0.95 * usual


def test_filings_grow_from_year_to_year(cases: pl.DataFrame) -> None:
    filed = [cases.filter(pl.col("filed_date").dt.year() == year).height for year in (2017, 2018, 2019)]
    assert filed[1] > 1.08 * filed[0]
    assert filed[2] > 1.08 * filed[1]


def test_courts_differ_in_size_and_in_success(cases: pl.DataFrame, closed: pl.DataFrame) -> None:
    sizes = cases["court"].value_counts()["count"].sort()
    assert sizes[0] < 120
    assert sizes[-1] > 5_000
    busy = closed.group_by("court").agg(pl.len(), (pl.col("closing_mode") == "执行完毕").mean().alias("full"))
    full = busy.filter(pl.col("len") > 500)["full"]
    assert full.max() - full.min() > 0.12


def test_some_plateau_court_has_months_without_any_new_case(cases: pl.DataFrame) -> None:
    smallest = cases["court"].value_counts().sort("count", "court")["court"][0]
    months = cases.filter((pl.col("court") == smallest) & (pl.col("filed_date") >= date(2016, 3, 1)))
    assert months["filed_date"].dt.truncate("1mo").n_unique() < 46


def test_lots_that_ended_were_mostly_sold(qinghai: Made) -> None:
    lots = read_kind(qinghai.landing, "auctions", ("lot_id", "round", "result"), ("auction_date",))
    lots = lots.filter(pl.col("round").is_in(["一拍", "二拍", "变卖"]))
    ends = lots.sort("auction_date").group_by("lot_id").agg(pl.col("result").last())["result"]
    assert 0.81 <= (ends == "成交").sum() / ends.is_in(["成交", "流拍"]).sum() <= 0.87


def test_every_listed_person_is_restricted_in_the_case(qinghai: Made) -> None:
    listed = read_kind(qinghai.landing, "defaulters", ("case_number",), ("published_date",))
    listed = listed.drop_nulls(["court", "published_date", "case_number"])
    orders = read_kind(qinghai.landing, "restrictions", ("case_number",), ("issued_date",))
    assert listed.join(orders.drop_nulls(), on="case_number", how="anti").height == 0


def test_returns_agree_with_the_cases_but_for_the_planted_handful(qinghai: Made, cases: pl.DataFrame) -> None:
    rows = read_kind(qinghai.landing, "returns", ("item_code", "reported_value"))
    value = pl.col("reported_value").cast(pl.Float64, strict=False)
    reported = rows.with_columns(value.alias("value")).drop_nulls("value")
    planted = {(p.key, p.month, p.column) for p in qinghai.planted if p.oddity == "misreported"}
    assert 3 <= len(planted) <= 40
    for item, day in (("新收", "filed_date"), ("结案", "closed_date")):
        counted = cases.group_by("court", pl.col(day).dt.truncate("1mo").alias("month")).agg(pl.len().alias("true"))
        stated = reported.filter(pl.col("item_code") == item)
        both = stated.join(counted, on=["court", "month"], how="left").with_columns(pl.col("true").fill_null(0))
        assert both.height == 55 * 46
        wrong = both.filter(pl.col("value") != pl.col("true"))
        found = {(row["court"], f"{row['month']:%Y-%m}", item) for row in wrong.iter_rows(named=True)}
        assert found == {place for place in planted if place[2] == item}


def test_no_identity_number_could_be_real(small: Made, courts_file: Path) -> None:
    rows = read_kind(small.landing, "cases", ("respondent_id_number", "respondent_name"), ())
    assert rows["respondent_id_number"].drop_nulls().str.contains(r"^99\d{4}(\d{12}|ZZZZ0000\d{4})$").all()
    firms = rows.filter(pl.col("respondent_id_number").str.contains("ZZZZ"))["respondent_name"]
    assert len(firms) > 100
    assert firms.str.starts_with("虚拟").all()

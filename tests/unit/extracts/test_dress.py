"""Identifiers, numbers and times in the dress that spreadsheets give them: read in a stated way, or not at all.
That a conversion is counted and listed has its own test; the laws of plain values too."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import polars as pl
import pytest

from pipelines.extracts import receipts
from pipelines.extracts.values import UnreadableError, read_amount, read_date, read_integer, read_timestamp
from tests.unit.extracts.conftest import MONTH, Clerk, case, fund

ID = "39001201901000000001"
DRESSES = [
    f"'{ID}", f"‘{ID}", f"’{ID}", f"`{ID}", f'="{ID}"', f'"{ID}"', f"“{ID}”", f"\u200b{ID}", f"{ID[:5]}\u200b{ID[5:]}",
    f"\u202a{ID}\u202c", f"{ID[:3]}\u00ad{ID[3:]}", f"{ID[:4]} {ID[4:]}", f"{ID}.0", f"\ufeff{ID}", f"'{ID}.0",
]  # fmt: skip


def lake(clerk: Clerk, kind: str) -> pl.DataFrame:
    return pl.read_parquet(str(clerk.layout.lake / kind / "**" / "*.parquet"))


@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.parametrize("ending", ["csv", "json", "xlsx"])
def test_an_identifier_is_the_same_in_every_dress_and_format(clerk: Clerk, dress: str, ending: str) -> None:
    clerk.deliver([case(1), case(2, 案件标识=dress)], f"a.{ending}", kind="cases")
    assert clerk.receive("cases").accepted == 2
    assert set(lake(clerk, "cases")["case_id"]) == {"C0001", ID}


@pytest.mark.parametrize("dress", ["'T14", '="T14"', "\u200eT14", "“T14”"])
def test_a_court_and_every_key_come_out_of_their_dress(clerk: Clerk, dress: str) -> None:
    clerk.deliver([fund(1, 法院代码=dress, 案款标识="'F1", 到账日期="'2019-12-03", 到账金额='="1234.50"')], "a.csv")
    assert clerk.receive().accepted == 1
    (row,) = lake(clerk, "funds").to_dicts()
    assert (row["court_code"], row["fund_id"], row["received_date"]) == ("T14", "F1", date(2019, 12, 3))
    assert str(row["received_amount"]) == "1234.50"


def test_a_court_that_is_stated_twice_comes_out_of_its_dress_twice(clerk: Clerk) -> None:
    rows = [fund(number, 法院名称=f"{mark}西宁市城北区人民法院") for number, mark in ((1, ""), (2, "'"), (3, "\u202a"))]
    clerk.deliver(rows, "a.csv")
    assert clerk.receive().accepted == 3


def test_a_person_is_one_key_in_every_dress(clerk: Clerk) -> None:
    number = "990105198001011234"
    dresses = [number, f"'{number}", f"{number[:6]} {number[6:14]} {number[14:]}", f"\u200b{number}", f'="{number}"']
    clerk.deliver([case(place, 证件号码=text) for place, text in enumerate(dresses)], "a.csv", kind="cases")
    assert clerk.receive("cases").accepted == len(dresses)
    keys = [name for name in lake(clerk, "cases").columns if name.endswith(("_hash", "_key")) and name != "_key"]
    assert keys and all(lake(clerk, "cases")[name].n_unique() == 1 for name in keys)


def test_prose_keeps_its_quotes(clerk: Clerk) -> None:
    clerk.deliver([case(1, 案由="“某某牌”商标纠纷")], "a.csv", kind="cases")
    assert clerk.receive("cases").accepted == 1
    assert lake(clerk, "cases")["cause"].to_list() == ["“某某牌”商标纠纷"]


@pytest.mark.parametrize("text", ["1000\n2000", "1000 2000", "1000.00\n2000.00", "12 34", "1\t000", "5\r\n6", "1 .5 2"])
def test_two_numbers_in_a_cell_are_no_number(text: str) -> None:
    for read in (read_amount, read_integer):
        with pytest.raises(UnreadableError) as wrong:
            read(text)
        assert wrong.value.code == "two_numbers"


APART = {"1 234 567.89": "1234567.89", "¥ 1 234": "1234.00", "1,234 元": "1234.00"}


@pytest.mark.parametrize(("text", "value"), list(APART.items()))
def test_white_space_sets_thousands_apart_and_units(text: str, value: str) -> None:
    assert str(read_amount(text)) == value


at = datetime.fromisoformat
MOMENTS: dict[str, Any] = {
    "201912030930": at("2019-12-03 09:30:00"),
    "20191203093000123": at("2019-12-03 09:30:00.123"),
    "2019120309": at("2019-12-03 09:00:00"),
    "20191203093000": at("2019-12-03 09:30:00"),
    "/Date(1575336600000)/": at("2019-12-03 09:30:00"),
    "/Date(1575336600000+0800)/": at("2019-12-03 09:30:00"),
    "1575336600": at("2019-12-03 09:30:00"),
    "1575336600000": at("2019-12-03 09:30:00"),
    "2019/12/3 上午 9:30:00": at("2019-12-03 09:30:00"),
    "2019年12月3日 下午3:05": at("2019-12-03 15:05:00"),
    "2019-12-03 9:30 AM": at("2019-12-03 09:30:00"),
    "2019-12-03 12:30 AM": at("2019-12-03 00:30:00"),
    "2019-12-03 12:30 PM": at("2019-12-03 12:30:00"),
    "2019-12-03 24:00:00": at("2019-12-04 00:00:00"),
    "43802.0": at("2019-12-03 00:00:00"),
    "19-12-3": at("2019-12-03 00:00:00"),
}


@pytest.mark.parametrize("text", MOMENTS)
def test_a_moment_is_read_as_it_was_written(text: str) -> None:
    assert read_timestamp(text) == MOMENTS[text]


@pytest.mark.parametrize(
    "text", ["20191", "99999", "2019年12月", "2019-12", "03-12-19", "191203", "2019-12-03,2019-12-05", "201913010930"]
)
def test_what_may_mean_two_days_or_none_is_not_read(text: str) -> None:
    with pytest.raises(UnreadableError):
        read_timestamp(text)


def test_the_end_of_a_day_belongs_to_it() -> None:
    assert read_date("2019-12-03 24:00:00") == date(2019, 12, 3)


@pytest.mark.parametrize("text", ["0000-00-00", "1900-01-01", "9999-12-31", "暂无", "1900-01-01 00:00:00", "0"])
def test_a_day_that_stands_for_none_costs_no_row_where_none_is_asked(clerk: Clerk, text: str) -> None:
    clerk.deliver([fund(1, 发放日期=text, 发放金额=""), fund(2, 到账日期=text)], "a.csv")
    receipt = clerk.receive()
    assert (receipt.accepted, receipt.rejected) == (1, 1)
    assert lake(clerk, "funds")["paid_date"].to_list() == [None]


def test_a_number_keeps_what_its_law_has_to_say(clerk: Clerk) -> None:
    rows = [fund(1, 到账金额="1000 2000"), fund(2, 到账金额="'1 234"), fund(3, 到账金额="1500.0")]
    clerk.deliver(rows, "a.csv")
    receipt = clerk.receive()
    assert (receipt.accepted, receipt.rejected) == (2, 1), "two numbers in a cell are not ten million and two thousand"
    (row,) = clerk.rejects()
    assert row["reason_code"] == "two_numbers"
    noted = [(row["row_number"], row["conversion"]) for row in clerk.conversions()]
    assert noted == [(3, "spaces_removed"), (3, "stripped_mark")], "a decimal zero is the plain reading"


def test_only_the_texts_that_changed_are_noted(clerk: Clerk) -> None:
    clerk.deliver([fund(1, 案款标识="'F1"), *(fund(number) for number in range(2, 9))], "a.csv")
    clerk.receive()
    (receipt,) = receipts.of_month(clerk.layout, "funds", MONTH)
    assert [count.rows for count in receipt.conversions if count.conversion == "stripped_mark"] == [1]


@pytest.mark.parametrize("text", ["‘关于某某’的通知", "'甲'与'乙'"])
def test_prose_keeps_marks_that_belong_together(clerk: Clerk, text: str) -> None:
    clerk.deliver([case(1, 案由=text)], "a.csv", kind="cases")
    clerk.receive("cases")
    assert lake(clerk, "cases")["cause"].to_list() == [text]

"""Long numbers that a spreadsheet has rounded are rejected as what they are; honest numbers that end in zeros are not.
The digits are gone: two records with one rounded number would be one without a word."""

from __future__ import annotations

import polars as pl
import pytest

from pipelines.extracts.rounded import check_mark, doubtful
from tests.unit.extracts.conftest import Clerk, case, fund


def with_mark(first: str) -> str:
    return first + check_mark(first)


def test_the_check_mark_is_the_standards() -> None:
    assert with_mark("11010519491231002") == "11010519491231002X", "the example of GB 11643-1999"


@pytest.mark.parametrize(
    ("header", "column"), [("案件标识", "case_id"), ("证件号码", "respondent_id_number"), ("首次执行案号", "original")]
)
@pytest.mark.parametrize("text", ["990105198001011000", "390012019010000000000", "1.23456789012346E+17"])
def test_a_rounded_number_costs_its_row_in_every_column_of_identifiers(
    clerk: Clerk, header: str, column: str, text: str
) -> None:
    rows = [case(1), case(2, **{header: text}), case(3)]
    clerk.deliver([{"首次执行案号": ""} | row for row in rows], "a.csv", kind="cases")
    receipt = clerk.receive("cases")
    assert (receipt.accepted, receipt.rejected) == (2, 1)
    (row,) = clerk.rejects("cases")
    assert row["column_name"].startswith(column)
    assert row["reason_code"] == ("scientific_notation" if "E" in text else "rounded_number")
    assert "15" in row["reason_zh"] or "科学计数法" in row["reason_zh"]


def test_an_honest_number_may_end_in_zeros(clerk: Clerk) -> None:
    numbers = [f"3900120190{number:08d}" for number in range(990, 1030)]
    clerk.deliver([fund(place, 案款标识=number) for place, number in enumerate(numbers)], "a.csv")
    assert clerk.receive().accepted == len(numbers)


def test_a_wrong_check_mark_tells_a_rounded_number_among_many_right_ones() -> None:
    honest = [with_mark(f"99010519800101{number:03d}") for number in range(100, 900)]
    chance = [number for number in honest if number.endswith("000")]
    assert chance, "a hundred and nine of a thousand check marks are zero"
    typed = "990105198001014000"
    assert typed not in honest
    texts = pl.Series([*honest, typed])
    assert doubtful(texts) == {typed: "wrong_check_mark"}


@pytest.mark.parametrize(
    ("texts", "wrong"),
    [
        ([f"39001201901{number:04d}0" for number in range(5)], 5),
        ([f"39001201901{number:04d}0" for number in range(4)], 0),
        ([f"39001201901{number:05d}" for number in range(30)], 0),
        ([f"39001201901{number:04d}00" for number in range(2)], 2),
        (["390012019010100"], 0),
    ],
)
def test_sixteen_and_seventeen_digits_need_more_than_chance(texts: list[str], wrong: int) -> None:
    assert len(doubtful(pl.Series(texts))) == wrong


def test_a_number_that_carries_its_right_check_mark_is_kept_however_few_there_are() -> None:
    """630102198001010000 is an identity number as good as any; in a file of one court it is a tenth of the column."""
    right, wrong = "630102198001010000", "630102198001012000"
    assert doubtful(pl.Series([right])) == {}
    assert doubtful(pl.Series([right, "630102197505052661"])) == {}
    two = pl.Series([right, "630102198001010661"])
    assert doubtful(two, pl.Series(["张三", "李四"])) == {}, "another person of the same day is no proof against it"
    assert doubtful(two, pl.Series(["张三", "张三"])) == {right: "rounded_number"}
    assert doubtful(pl.Series([wrong, "630102197505052661"])) == {wrong: "rounded_number"}


def test_a_wrong_check_mark_is_told_as_one(clerk: Clerk) -> None:
    people = [case(place, 证件号码=with_mark(f"99010519800101{place:03d}")) for place in range(100, 140)]
    clerk.deliver([*people, case(1, 证件号码="990105198001014000")], "a.csv", kind="cases")
    receipt = clerk.receive("cases")
    assert (receipt.accepted, receipt.rejected) == (40, 1)
    (row,) = clerk.rejects("cases")
    assert (row["reason_code"], "校验码" in row["reason_zh"]) == ("wrong_check_mark", True)

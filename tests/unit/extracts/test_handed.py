"""The inputs that went wrong and were handed over: what became of each is a claim here, or in a test that names it.
Each stands for a kind of fault, whose siblings are tried in the tests of that kind."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.unit.extracts.conftest import MONTH, Clerk

HANDED = Path(__file__).parent / "handed"
CASE, YEAR = "390012019010000000", "（2019）青0105"


class Outcome(NamedTuple):
    """The values of a column of the rows taken in, and the reasons for others by the clerk's row number."""

    kind: str
    column: str
    taken: list[str]
    rejected: dict[int, str]


TWO = dict.fromkeys((2, 3, 4, 6, 7), "two_numbers")
NO_DAYS = {6: "not_a_date", 7: "not_a_date", 8: "absurd_date", 10: "absurd_date", 11: "not_a_date"}
MOMENTS = ["2019-12-03 09:30:00"] * 2 + ["2019-12-03 09:00:00", "2019-12-03 09:30:00.123000"]
MOMENTS += ["2019-12-03 09:30:00"] * 4 + ["2019-12-04 00:00:00"]
OUTCOMES = {
    "01_apostrophe_cases.csv": Outcome("cases", "case_id", [f"{CASE}0{n}" for n in (1, 2, 3)], {}),
    "07_two_amounts_in_a_cell_funds.csv": Outcome("funds", "received_amount", ["1234567.89"], TWO),
    "07_two_counts_in_a_cell_staffing.csv": Outcome("staffing", "enforcement_staff_count", [], {2: "two_numbers"}),
    "08_twelve_digit_date_funds.csv": Outcome(
        "funds", "received_date", ["2019-12-03"] * 4 + ["2023-07-16"], NO_DAYS),
    "08_twelve_digit_time_linkage.csv": Outcome("linkage", "sent_at", MOMENTS, {11: "not_a_date"}),
}  # fmt: skip


@pytest.mark.parametrize("name", OUTCOMES)
def test_what_was_handed_over_comes_out_as_stated(clerk: Clerk, name: str) -> None:
    kind, column, taken, rejected = OUTCOMES[name]
    clerk.deliver((HANDED / name).read_bytes(), name, kind=kind)
    assert clerk.receive(kind).refused == []
    assert [str(row[column]) for row in clerk.lake(kind).to_dicts()] == taken
    assert {row["row_number"]: row["reason_code"] for row in clerk.rejects(kind)} == rejected


# Row → the number as it was taken in, where it is of the present grammar; of the others, what they are labelled as.
NORMAL = {
    1: "执12号", 2: "执12号之一", 9: "执恢12号", 10: "财保12号", 11: "司惩12号", 12: "执保12号", 13: "民初12号",
    14: "执12号",
    15: "执12号", 17: "执恢12号之二", 22: "执12号", 27: "执12号", 29: "执12号", 33: "执12号",
}  # fmt: skip
OTHER_COURTS = {19: "（2019）青执12号", 20: "（2019）青01执12号", 21: "（2019）青2801执12号"}
LEGACY = (6, 7, 8)


def test_the_case_numbers_that_were_handed_over_are_normal_or_labelled(clerk: Clerk) -> None:
    name = "20_case_numbers_cases.csv"
    clerk.deliver((HANDED / name).read_bytes(), name, kind="cases")
    receipt = clerk.receive("cases")
    assert (receipt.accepted, receipt.rejected, receipt.held) == (33, 0, 0)
    rows = {int(row["case_id"][-2:]): row for row in clerk.lake("cases").to_dicts()}
    parsed = {place: row["case_number"] for place, row in rows.items() if row["case_number_status"] == "parsed"}
    assert parsed == {place: YEAR + number for place, number in NORMAL.items()} | OTHER_COURTS
    assert {place for place, row in rows.items() if row["case_number_status"] == "legacy"} == set(LEGACY)
    others = rows.keys() - parsed.keys() - set(LEGACY)
    assert {rows[place]["case_number_status"] for place in others} == {"unparsed"}
    assert {(place, row["court_code"]) for place, row in rows.items()} == {(place, "T14") for place in range(1, 34)}


def test_the_file_with_a_name_in_gbk_that_was_handed_over_stops_nothing(clerk: Clerk) -> None:
    assert "\\316\\367\\304\\376\\260\\270\\277\\356.csv" in (HANDED / "53_gbk_file_name.sh").read_text()
    folder = clerk.layout.landing / MONTH / "funds"
    folder.mkdir(parents=True)
    shutil.copy(HANDED / "05_unit_row_below_funds.csv", folder / os.fsdecode("西宁案款.csv".encode("gbk")))
    clerk.deliver((HANDED / "06_heading_0_funds.csv").read_bytes(), "T14.csv")
    receipt = clerk.receive()
    assert (receipt.refused, receipt.accepted) == ([], 2)
    told = [notice for delivery in receipt.deliveries for notice in delivery.notices if notice.code == "name_not_utf8"]
    assert [("\\xce\\xf7" in notice.zh, "UTF-8" in notice.remedy_zh) for notice in told] == [(True, True)]


def test_every_input_that_was_handed_over_has_a_stated_outcome() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    handed = sorted(path.name for path in HANDED.iterdir())
    assert len(handed) == 21
    assert [name for name in handed if name not in texts] == []

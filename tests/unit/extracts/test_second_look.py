"""Counts that are none, amounts beyond reason, and references to other cases in whatever form they are written.
A return tells counts and amounts in one column; its items say which is which."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.extracts.conftest import Clerk, case, csv_text


@pytest.mark.parametrize(
    ("item", "value", "reason"),
    [
        ("旧存", "12.5", "not_an_integer"), ("新收", "-3", "negative_count"), ("结案", "-0.5", "negative_count"),
        ("到位金额", "-3", "negative_amount"), ("到位金额", "1000000000000", "absurd_amount"),
        ("旧存", "12.0", None), ("旧存", "0", None), ("到位金额", "12.5", None), ("到位金额", "999999999999.99", None),
    ],
)  # fmt: skip
def test_a_return_holds_whole_counts_and_amounts_within_reason(
    clerk: Clerk, item: str, value: str, reason: str | None
) -> None:
    rows = [{"法院代码": "T14", "报表项目": item, "报表数": value}]
    clerk.deliver(csv_text(rows), "a.csv", kind="returns")
    clerk.receive("returns")
    reasons = [row["reason_code"] for row in clerk.rejects("returns")]
    assert (reason in reasons) if reason else (reasons == [])
    if not reason:
        assert clerk.lake("returns")["reported_value"].to_list() == [Decimal(value)]


@pytest.mark.parametrize(
    "value", ["12.5", "-3", "1/2", "12 15", "十二"]
)  # fmt: skip
def test_a_count_that_is_none_costs_its_row_and_says_why(clerk: Clerk, value: str) -> None:
    clerk.deliver(csv_text([{"法院代码": "T14", "执行干警数": value, "在编干警总数": "100"}]), "a.csv", kind="staffing")
    assert (clerk.receive("staffing").accepted, len(clerk.rejects("staffing"))) == (0, 1)


@pytest.mark.parametrize("heading", ["首次执行案号", "保全案号"])
@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("(2018)青0105执00012号", "(2018)青0105执12号"), ("[2018]青0105执12", "(2018)青0105执12号"),
        ("（2018）青0105执 12 号", "(2018)青0105执12号"), ("（2018）青0105执12号", "(2018)青0105执12号"),
        ("(2013)西执字第00123号", "(2013)西执字第00123号"), ("见卷宗", "见**"),
    ],
)  # fmt: skip
def test_a_reference_to_a_case_goes_through_the_grammar_of_case_numbers(
    clerk: Clerk, heading: str, text: str, right: str
) -> None:
    clerk.deliver(csv_text([case(1, **{heading: text})]), "a.csv", kind="cases")
    clerk.receive("cases")
    name = {"首次执行案号": "original_case_number", "保全案号": "preservation_case_number"}[heading]
    assert clerk.lake("cases")[name].to_list() == [right]
    noted = [note for note in clerk.conversions("cases") if note["column_name"] == name]
    mended = text not in ("（2018）青0105执12号", "(2013)西执字第00123号", "见卷宗")
    assert ("case_number_form" in {note["conversion"] for note in noted}) is mended

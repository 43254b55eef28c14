"""What is noted of accepted values that differ from their text: counted completely, listed by row, never in clear.
Which text is read as what has its own tests; here only that nothing is converted without a word."""

from __future__ import annotations

from typing import Any

import pytest

from pipelines.extracts import receipts
from pipelines.extracts.conversions import conversions
from tests.unit.extracts.conftest import MONTH, Clerk, Row, case, fund


def counts(clerk: Clerk, kind: str = "funds") -> dict[tuple[str, str, str], int]:
    """(court, column, conversion) → values converted, from the receipts of the month."""
    found = receipts.of_month(clerk.layout, kind, MONTH)
    return {(c.court_code, c.column_name, c.conversion): c.rows for receipt in found for c in receipt.conversions}


CONVERTED: dict[str, tuple[str, dict[str, Any], str, str, str]] = {
    "a date with slashes": ("funds", {"到账日期": "2019/12/3"}, "received_date", "date_form", "2019-12-03"),
    "a spreadsheet's serial": ("funds", {"到账日期": "43802"}, "received_date", "date_serial", "2019-12-03"),
    "a moment where a day is asked": ("funds", {"发放日期": "2019-12-03 09:30:00"}, "paid_date", "time_dropped",
                                      "2019-12-03"),
    "separators": ("funds", {"到账金额": "1,234.50"}, "received_amount", "number_form", "1234.50"),
    "a unit of its own": ("funds", {"到账金额": "1.25万元"}, "received_amount", "unit_in_value", "12500.00"),
    "three decimals": ("funds", {"到账金额": "1.255"}, "received_amount", "decimal_rounded", "1.26"),
    "full width": ("funds", {"到账金额": "１２"}, "received_amount", "full_width", "12.00"),
    "a word for yes": ("funds", {"延缓发放审批": "有"}, "deferral_approved", "mapped_flag", "True"),
    "an abbreviation": ("cases", {"结案日期": "2019-12-01", "结案方式": "终本"}, "closing_mode", "mapped_code",
                        "终结本次执行程序"),
    "a case number": ("cases", {"案号": "(2019)青0105执2号"}, "case_number", "case_number_form",
                      "（2019）青0105执2号"),
    "a line break": ("cases", {"案由": "买卖\n合同"}, "cause", "tidied_text", "买卖合同"),
}  # fmt: skip


@pytest.mark.parametrize("ending", ["csv", "json"])
@pytest.mark.parametrize("what", CONVERTED)
def test_every_conversion_is_counted_and_listed_with_its_row(clerk: Clerk, what: str, ending: str) -> None:
    kind, changed, column, code, value = CONVERTED[what]
    make = case if kind == "cases" else fund
    clerk.deliver([make(1), make(2, **changed), make(3)], f"a.{ending}", kind=kind)
    assert clerk.receive(kind).accepted == 3
    assert counts(clerk, kind)["T14", column, code] == 1
    (noted,) = (row for row in clerk.conversions(kind) if (row["column_name"], row["conversion"]) == (column, code))
    header = next(iter(changed)) if len(changed) == 1 else "结案方式"
    row = 3 if ending == "csv" else 2
    assert (noted["row_number"], noted["header"], noted["court_code"]) == (row, header, "T14")
    assert (noted["text"], noted["value"]) == (changed[header], value)


def test_the_usual_forms_are_no_conversion(clerk: Clerk) -> None:
    clerk.deliver(
        [fund(1), fund(2, 到账日期=" 2019-12-03 ", 发放日期="2019-12-20 00:00:00", 延缓发放审批="1")], "a.csv"
    )
    clerk.deliver([case(1, 结案日期="2019-12-01", 结案方式="终结本次执行程序")], "a.csv", kind="cases")
    clerk.receive()
    clerk.receive("cases")
    assert counts(clerk) | counts(clerk, "cases") == {}
    assert clerk.conversions() + clerk.conversions("cases") == []


def test_counts_are_complete_when_rows_are_no_longer_listed(clerk: Clerk) -> None:
    rows: list[Row] = [fund(number, 到账日期="2019/12/3", 到账金额="1.255") for number in range(130)]
    clerk.deliver(rows, "a.csv")
    clerk.receive()
    assert counts(clerk) == {
        ("T14", "received_amount", "decimal_rounded"): 130,
        ("T14", "received_date", "date_form"): 130,
    }
    listed = [row["conversion"] for row in clerk.conversions()]
    for code in ("date_form", "decimal_rounded"):
        assert listed.count(code) == conversions()[code].listed


def test_only_accepted_values_are_noted(clerk: Clerk) -> None:
    clerk.deliver([fund(1, 到账日期="2019/12/3", 到账金额="五千"), fund(2)], "a.csv")
    assert clerk.receive().rejected == 1
    assert counts(clerk) == {}


def test_a_row_converted_in_two_ways_has_two_notes(clerk: Clerk) -> None:
    clerk.deliver([fund(1, 到账金额="１，２３４．５６７")], "a.csv")
    clerk.receive()
    assert {code for _, _, code in counts(clerk)} == {"full_width", "number_form", "decimal_rounded"}


def test_every_conversion_says_what_was_done_and_what_to_do_in_both_languages() -> None:
    for conversion in conversions().values():
        assert all((conversion.zh, conversion.en, conversion.remedy_zh, conversion.remedy_en))
        assert conversion.listed > 0


@pytest.mark.parametrize(
    ("kind", "heading", "word", "column"),
    [
        ("funds", "发放日期", "0", "paid_date"), ("funds", "发放日期", "-", "paid_date"),
        ("funds", "发放日期", "无", "paid_date"),
        ("funds", "发放日期", "1900-01-01", "paid_date"), ("funds", "发放金额", "-", "paid_amount"),
        ("funds", "发放金额", "无", "paid_amount"), ("funds", "延缓发放审批", "/", "deferral_approved"),
        ("cases", "案由", "NULL", "cause"), ("cases", "结案方式", "无", "closing_mode"), ("cases", "证件号码", "-",
                                                                               "respondent_id_number"),
    ],
)  # fmt: skip
def test_a_word_that_stands_for_no_value_is_noted(
    clerk: Clerk, kind: str, heading: str, word: str, column: str
) -> None:
    make = case if kind == "cases" else fund
    clerk.deliver([make(1), make(2, **{heading: word})], "a.csv", kind=kind)
    assert clerk.receive(kind).accepted == 2
    assert counts(clerk, kind) == {("T14", column, "no_value"): 1}
    (noted,) = clerk.conversions(kind)
    assert (noted["row_number"], noted["text"], noted["value"]) == (3, word, "")


@pytest.mark.parametrize(
    ("heading", "text", "said", "read"),
    [
        ("法院代码", "'T14", "'T14", "T14"), ("法院代码", "T14。", "T14。", "T14"),
        ("法院代码", "T\u200b14", "T\u200b14", "T14"),
        ("被执行人", "张\u200b三", "张**<U+200B>", "张**"), ("被执行人", "'张三", None, "张**"),
        ("证件号码", "'990105198001011234", "'****", "****"),
        ("证件号码", "990105 19800101 1234", None, "****"),
    ],
)  # fmt: skip
def test_a_hidden_value_is_listed_with_what_came_off_it(
    clerk: Clerk, heading: str, text: str, said: str | None, read: str
) -> None:
    clerk.deliver([case(1, **{heading: text})], "a.json", kind="cases")
    assert clerk.receive("cases").accepted == 1
    (noted,) = clerk.conversions("cases")
    assert noted["text"] != noted["value"] == read
    assert said in (None, noted["text"])
    assert "三" not in noted["text"] and "1980" not in noted["text"]

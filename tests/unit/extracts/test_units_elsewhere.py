"""Units beside a table and in its rows: fields around the records, the file's name, columns 单位 and 备注.
They are applied to what they speak of, or the file or row is asked about; units at headings have their own tests."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from pipelines.extracts.units import in_name
from tests.unit.extracts.conftest import Clerk, Row, csv_text, fund

BOTH, NONE, LEFT = ("12500.00", "5000.00"), ("1.25", "0.50"), ("12500.00", "0.50")
RECORD = fund(1, 到账金额="1.25", 发放金额="0.5")


def outcome(clerk: Clerk, content: bytes | str | Sequence[Row], name: str) -> list[tuple[str, ...]]:
    """The amounts of each row taken in, or the code of the refusal; rejected rows by the codes of their reasons."""
    clerk.deliver(content, name)
    receipt = clerk.receive()
    if receipt.refused:
        return [(receipt.refused[0].message.code,)]
    taken = [
        (str(row["received_amount"]), str(row["paid_amount"])) for row in clerk.lake().sort("_row_number").to_dicts()
    ]
    return [*taken, *((code,) for code in sorted({row["reason_code"] for row in clerk.rejects()}))]


DOCUMENTS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "a field beside": ({"单位": "万元", "data": [RECORD]}, BOTH),
    "after the rows": ({"data": [RECORD], "unit": "万元"}, BOTH),
    "in an object beside": ({"meta": {"unit": "万元"}, "rows": [RECORD]}, BOTH),
    "around an envelope": ({"unit": "万元", "result": {"list": [RECORD]}}, BOTH),
    "in a title": ({"title": "案款明细（万元）", "data": [RECORD]}, BOTH),
    "in a note": ({"note": "以下金额均以万元计", "data": [RECORD]}, BOTH),
    "as a number": ({"unit": 10000, "data": [RECORD]}, BOTH),
    "yuan": ({"unit": "元", "data": [RECORD]}, NONE),
    "whose unit": ({"填报单位": "城北法院", "total": 10000, "data": [RECORD]}, NONE),
    "of one column": ({"meta": {"到账金额": "万元"}, "data": [RECORD]}, LEFT),
    "of one column, deeper": ({"columns": {"received_amount": {"unit": "万元"}}, "data": [RECORD]}, LEFT),
    "of fields in a list": (
        {"fields": [{"name": "到账金额", "unit": "万元"}, {"name": "发放金额", "unit": "元"}], "data": [RECORD]},
        ("unit_unclear",)),
    "in English": ({"comment": "all amounts in 10k yuan", "data": [RECORD]}, BOTH),
    "in a record's own object": ({"data": [RECORD | {"meta": {"unit": "万元"}}]}, ("unit_scope",)),
    "a scale": ({"scale": 4, "data": [RECORD]}, ("unit_unclear",)),
    "a title of one group": ({"title": "到账（万元）", "data": [RECORD]}, ("unit_scope",)),
    "two pages of two units": (
        [{"单位": "万元", "data": [RECORD]}, {"单位": "元", "data": [RECORD]}], ("unit_contradiction",)),
    "an element that is no record": ([{"单位": "万元"}, RECORD], ("unit_below",)),
    "two lists": ({"data": [RECORD], "rows": [RECORD | {"案款标识": "F9"}]}, ("several_lists",)),
    "twice": ('{"单位": "元", "单位": "万元", "data": []}', ("repeated_name",)),
}  # fmt: skip


@pytest.mark.parametrize("case", DOCUMENTS)
def test_a_unit_beside_the_records_of_a_document_holds_or_is_asked_about(clerk: Clerk, case: str) -> None:
    document, right = DOCUMENTS[case]
    text = document if isinstance(document, str) else json.dumps(document, ensure_ascii=False)
    assert outcome(clerk, text, "a.json") == [right]


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_a_record_that_says_something_twice_is_rejected(clerk: Clerk, name: str) -> None:
    twice = json.dumps(RECORD, ensure_ascii=False)[:-1] + ', "到账金额": "9"}'
    other = json.dumps(fund(2, 到账金额="1.25", 发放金额="0.5"), ensure_ascii=False)
    content = f"[{twice}, {other}]" if name == "a.json" else f"{twice}\n{other}\n"
    assert outcome(clerk, content, name) == [NONE, ("repeated_name",)]
    assert "到账金额" in clerk.rejects()[0]["reason_zh"]


NAMES = {
    "案款万元-funds.csv": BOTH, "T14_案款万元_v2.csv": BOTH, "案款(万元)2019-12.csv": BOTH, "funds_10k_yuan.csv": BOTH,
    "单位万元-城北.csv": BOTH, "案款（元）-2.csv": NONE, "funds_w.csv": NONE, "wan.csv": NONE,
    "100-500万元案件.csv": NONE, "亿元案件.csv": NONE, "500万元以上-案款.csv": NONE,
    "万元案款.csv": ("unit_unclear",), "百万元-千万元.csv": ("unit_unclear",), "2019年万元报表.csv": ("unit_unclear",),
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_unit_anywhere_in_the_files_name_holds_or_is_asked_about(clerk: Clerk, name: str) -> None:
    assert outcome(clerk, csv_text([RECORD]), name) == [NAMES[name]]


def test_a_unit_in_a_name_of_gbk_bytes_holds(clerk: Clerk) -> None:
    assert outcome(clerk, csv_text([RECORD]), os.fsdecode("案款万元.csv".encode("gbk"))) == [BOTH]


def test_the_name_of_a_sheet_is_read_as_a_files_name_is() -> None:
    assert [in_name(name).unit for name in ("单位万元", "万元-到账", "Sheet1", "到账 (2)")] == [
        "万元",
        "万元",
        None,
        None,
    ]


ROWS: dict[str, tuple[dict[str, Sequence[str]], list[tuple[str, ...]]]] = {
    "a column of units": ({"单位": ("万元", "元", "万", "")}, [BOTH, NONE, BOTH, ("row_unit",)]),
    "units in other words": ({"计量单位": ("人民币万元", "10000", "单位：万元", "元")}, [BOTH, BOTH, BOTH, NONE]),
    "organisations": ({"单位": ("城北法院", "执行局", "", "某某公司")}, [NONE] * 4),
    "what is counted": ({"单位": ("件", "人次", "吨", "元")}, [NONE, ("row_unit",)]),
    "nothing but what is counted": ({"单位": ("件", "㎡", "", "公斤")}, [NONE, ("row_unit",)]),
    "a unit and something else": ({"单位": ("万元", "城北法院", "", "元")}, [BOTH, NONE, ("row_unit",)]),
    "a currency of no country": ({"币种": ("人民币", "比特币", "", "代币")}, [NONE] * 2 + [("row_unit",)]),
    "currencies": ({"币种": ("人民币", "CNY", "", "美元")}, [NONE] * 3 + [("row_unit",)]),
    "a unit and a currency": (
        {"单位": ("万元", "万元", "元", "元"), "币种": ("人民币", "美元", "CNY", "")}, [BOTH, NONE, NONE, ("row_unit",)]
    ),
    "currencies by code": ({"币种代码": ("156", "156", "840", "344")}, [NONE] * 2 + [("row_unit",)]),
    "remarks": ({"备注": ("单位：万元", "金额单位万元", "以万元计", "已发放500万元")}, [BOTH] * 3 + [NONE]),
    "remarks that ask": ({"备注": ("（万元）", "", "扣划十万元", "见万元表")}, [BOTH, NONE, NONE, ("row_unit",)]),
    "of one amount by name": ({"到账金额单位": ("万元", "元", "万元", "元")}, [LEFT, NONE, LEFT, NONE]),
    "two that disagree": (
        {"单位": ("万元", "元", "万元", "元"), "备注": ("单位：元", "", "", "")}, [NONE, BOTH, NONE, ("row_unit",)]),
    "scales": ({"倍率": ("10000", "1", "1", "3")}, [BOTH, NONE, NONE, ("row_unit",)]),
    "a column of something else": ({"其他": ("万元", "", "", "")}, [("unit_scope",)]),
    "a note beside the rows": ({"": ("", "单位：万元", "", "")}, [("unit_scope",)]),
    "without a heading": ({"": ("万元", "", "", "")}, [("unit_scope",)]),
}  # fmt: skip


@pytest.mark.parametrize("case", ROWS)
@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.json", "a.jsonl"])
def test_a_unit_in_a_row_holds_for_that_row(clerk: Clerk, case: str, name: str) -> None:
    more, right = ROWS[case]
    rows = [
        fund(n, 到账金额="1.25", 发放金额="0.5") | {heading: texts[n - 1] for heading, texts in more.items()}
        for n in range(1, 5)
    ]
    assert outcome(clerk, rows, name) == right


STATED: dict[str, Callable[[str], str]] = {
    "a column": lambda currency: csv_text([RECORD | {"单位": currency}]),
    "a heading": lambda currency: csv_text(
        [{f"{name}（{currency}）" if name == "到账金额" else name: value for name, value in RECORD.items()}]
    ),
    "a title": lambda currency: f"币种：{currency}\n{csv_text([RECORD])}",
}


@pytest.mark.parametrize("place", STATED)
@pytest.mark.parametrize(
    "currency",
    ["港币", "美金", "HKD", "EUR", "英镑", "澳门元", "新台币", "越南盾", "卢布", "韩币", "泰铢", "外币", "日币", "CHF"],
)
def test_another_currency_is_no_yuan_wherever_it_is_stated(clerk: Clerk, currency: str, place: str) -> None:
    clerk.deliver(STATED[place](currency), "a.csv")
    receipt = clerk.receive()
    said = [*(r.message.code for r in receipt.refused), *(row["reason_code"] for row in clerk.rejects())]
    asked = ["row_unit"] * 2 if place == "a column" else ["unit_unclear"]  # of both amounts of the row
    assert (receipt.accepted, said) == (0, asked)


def test_the_yuan_as_a_currency_contradicts_no_unit(clerk: Clerk) -> None:
    assert outcome(clerk, f"币种：人民币　单位：万元\n{csv_text([RECORD])}", "a.csv") == [BOTH]


@pytest.mark.parametrize(
    ("heading", "unit", "right"),
    [("到账金额（万元）", "元", ("unit_contradiction",)), ("到账金额（元）", "万元", ("unit_contradiction",)),
     ("到账金额（万元）", "万元", BOTH)],
)  # fmt: skip
def test_a_row_that_contradicts_its_heading_is_asked_about(
    clerk: Clerk, heading: str, unit: str, right: tuple[str, ...]
) -> None:
    row = {heading if name == "到账金额" else name: value for name, value in RECORD.items()} | {"单位": unit}
    assert outcome(clerk, [row], "a.csv") == [right]


@pytest.mark.parametrize(
    ("value", "unit", "taken"),
    [("5万元", "元", None), ("5元", "万元", None), ("5万", "万元", 50000), ("5元", "元", 5), ("￥5", "万元", 50000)],
)
def test_an_amount_that_contradicts_its_rows_unit_is_asked_about(
    clerk: Clerk, value: str, unit: str, taken: int | None
) -> None:
    clerk.deliver([fund(1, 到账金额=value, 发放金额="", 发放日期="") | {"单位": unit}])
    assert clerk.receive().accepted == int(taken is not None)
    assert [int(row["received_amount"]) for row in clerk.lake().to_dicts()] == ([] if taken is None else [taken])
    assert [row["reason_code"] for row in clerk.rejects()] == (["row_unit"] if taken is None else [])


@pytest.mark.parametrize("currency", ["美元", "件"])
def test_the_second_amount_alone_is_asked_about_too(clerk: Clerk, currency: str) -> None:
    lines = "标的物标识,法院代码,轮次,拍卖日期,评估价,成交价,单位", f"P1,T14,一拍,2019-12-03,,90,{currency}"
    clerk.deliver("\n".join(lines), kind="auctions")
    clerk.receive("auctions")
    assert [(row["header"], row["reason_code"]) for row in clerk.rejects("auctions")] == [("成交价", "row_unit")]


def test_units_beside_each_amount_speak_of_the_amount_at_their_left(clerk: Clerk) -> None:
    lines = csv_text([RECORD]).splitlines()
    heading, row = lines[0].split(","), lines[1].split(",")
    heading[5:5], row[5:5] = ["单位"], ["万元"]
    heading[8:8], row[8:8] = ["单位"], ["元"]
    assert outcome(clerk, ",".join(heading) + "\n" + ",".join(row) + "\n", "a.csv") == [LEFT]
    noted = [row["text"] for row in clerk.conversions() if row["conversion"] == "unit_applied"]
    assert noted == ["1.25"]


def test_a_note_far_at_the_right_of_the_rows_is_asked_about(clerk: Clerk) -> None:
    lines = csv_text([RECORD]).splitlines()
    assert outcome(clerk, f"{lines[0]},,\n{lines[1]},,单位：万元\n", "a.csv") == [("unit_scope",)]

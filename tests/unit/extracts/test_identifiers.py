"""Identifiers: two in one cell are never joined, marks at their ends are none of theirs, f1 and F1 are one.
What a spreadsheet puts around a value has its own tests; so have numbers of cases, which have a grammar."""

from __future__ import annotations

import pytest

from pipelines.extracts.contracts import KINDS, contract
from pipelines.extracts.dress import holds_two, is_identifier
from tests.unit.extracts.conftest import Clerk, Row, fund

ONE, OTHER, MASKED = "63010519800101123X", "630105198001011211", "6301051980****1211"
DIFFERENT = "630105197901011218"


def listing(number: int, **changed: str) -> Row:
    """One sound row of the defaulters extract."""
    row = {
        "失信标识": f"L{number}", "案号": f"（2019）青0105执{number}号", "法院代码": "T14", "姓名/名称": "张三",
        "证件号码": ONE, "发布日期": "2019-12-01",
    }  # fmt: skip
    return row | changed


TWO_PERSONS = [
    f"{ONE}、{OTHER}", f"{ONE}/{OTHER}", f"{ONE};{OTHER}", f"{ONE}；{OTHER}", f"{ONE}\n{OTHER}", f"{ONE} {OTHER}",
    f"{ONE},{OTHER}", f"{ONE}，{DIFFERENT}", ONE[:17] + OTHER, f"{MASKED}、{ONE}", f"'{ONE}、'{OTHER}",
    "630105800101121、630105800101123",
]  # fmt: skip


@pytest.mark.parametrize("text", TWO_PERSONS)
@pytest.mark.parametrize("name", ["a.csv", "a.json"])
def test_two_persons_in_one_cell_are_no_third_person(clerk: Clerk, text: str, name: str) -> None:
    clerk.deliver([listing(1, 证件号码=text), listing(2)], name, kind="defaulters")
    receipt = clerk.receive("defaulters")
    assert (receipt.accepted, receipt.rejected) == (1, 1)
    (fault,) = clerk.rejects("defaulters")
    assert (fault["reason_code"], fault["column_name"]) == ("two_identifiers", "id_number")
    assert not {digits for digits in (ONE[:17], OTHER) if digits in str(fault)}


@pytest.mark.parametrize(
    "text",
    [ONE, f"'{ONE}", "6301 0519 8001 0112 3X", "630105 19800101 123X", MASKED, f"{ONE}。", "630105-19800101-123X"],
)
def test_one_persons_number_in_any_dress_is_taken(clerk: Clerk, text: str) -> None:
    clerk.deliver([listing(1, 证件号码=text)], "a.csv", kind="defaulters")
    assert clerk.receive("defaulters").accepted == 1


JOINED = {
    "F0001、F0002": True, "F1,F22": True, "F0001\nF0002": True, "F0001；F0002": True, "F0001/F0002": True,
    "F0001 F0002": True, "100001 100002": True, "F0001和F0002": True, "F01~F05": True, "A-1、A-2": True,
    "2019/001": False, "F0001": False, "F0001,": False, "01/02": False, "6301 0419 8001 0112": False, "F 0001": False,
    "550E8400-E29B-41D4-A716-446655440000": False, "（2019）青0105执1号": False, "T14-案款-0001": False,
}  # fmt: skip


@pytest.mark.parametrize("text", JOINED)
def test_two_keys_in_one_cell_are_told(clerk: Clerk, text: str) -> None:
    assert holds_two(text, contract("funds").column("fund_id")) is JOINED[text]
    clerk.deliver([fund(1, 案件标识=text)], "a.json")
    clerk.receive()
    assert [row["reason_code"] for row in clerk.rejects()] == (["two_identifiers"] if JOINED[text] else [])


def test_every_identifier_of_every_kind_is_asked_for_two() -> None:
    asked = {
        column.name
        for kind in KINDS
        for column in contract(kind).columns
        if column.type == "text" and is_identifier(column) and holds_two(f"{ONE}、{OTHER}", column)
    }
    keys = {name for kind in KINDS for name in contract(kind).key if name.endswith("_id")}
    assert keys | {"id_number", "respondent_id_number", "node_code"} <= asked


@pytest.mark.parametrize(
    "text",
    [
        "F0001。",
        "F0001*",
        "F0001#",
        "F0001．".replace("．", "."),
        "*F0001",
        "F0001、",
        "F0001；",
        "F0001/",
        "F0001-",
        "（F0001）",
        "[F0001]",
        "F 0001",
        "F\u30000001",
        "F0001’",
    ],
)
def test_marks_at_the_ends_of_an_identifier_come_off_and_are_told(clerk: Clerk, text: str) -> None:
    clerk.deliver([fund(1, 案款标识=text)], "a.json")
    assert clerk.receive().accepted == 1
    assert clerk.lake()["fund_id"].to_list() == ["F0001"]
    (noted,) = clerk.conversions()
    assert (noted["conversion"], noted["text"], noted["value"]) == ("stripped_mark", text, "F0001")


def test_stars_that_hide_digits_are_no_mark(clerk: Clerk) -> None:
    clerk.deliver([listing(1, 证件号码="6301051980010112**"), listing(2, 证件号码=f"{MASKED}*"),
                   listing(3, 证件号码=MASKED)], "a.csv", kind="defaulters")  # fmt: skip
    clerk.receive("defaulters")
    assert clerk.lake("defaulters")["person_hash"].n_unique() == 1
    assert [(each["row_number"], each["reason_code"]) for each in clerk.rejects("defaulters")] == [(2, "number_hidden")]


def test_keys_that_differ_in_the_case_of_letters_are_one(clerk: Clerk) -> None:
    clerk.deliver(
        [fund(1, 案款标识="f1", 案件标识="ｃ1"), fund(2, 案款标识="F1"), fund(3, 案款标识="F3", 案件标识="C1")], "a.csv"
    )
    receipt = clerk.receive()
    assert (receipt.accepted, receipt.rejected) == (2, 1)
    assert clerk.lake().sort("_row_number").select("fund_id", "case_id").rows() == [("F1", "C1"), ("F3", "C1")]
    assert [row["reason_code"] for row in clerk.rejects()] == ["duplicate_key"]
    assert {(row["text"], row["value"]) for row in clerk.conversions() if row["conversion"] == "letter_case"} == {
        ("f1", "F1"), ("ｃ1", "C1")}  # fmt: skip


def test_keys_made_here_keep_their_letters_and_codes_are_capitals(clerk: Clerk) -> None:
    clerk.deliver([listing(1, 失信标识="derived-0a1b2c")], "a.csv", kind="defaulters")
    clerk.receive("defaulters")
    assert clerk.lake("defaulters")["listing_id"].to_list() == ["derived-0a1b2c"]
    rectification = {"问题编号": "R1", "法院代码": "T14", "问题类别": "消极执行", "发现日期": "2019-12-01",
                     "关联指标": "qx03"}  # fmt: skip
    clerk.deliver([rectification], "a.csv", kind="rectifications")
    clerk.receive("rectifications")
    assert clerk.lake("rectifications")["indicator_code"].to_list() == ["QX03"]

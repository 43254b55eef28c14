"""Units in the cells above the headings: each holds for the amounts of its own group, or the file is asked about.
What one cell says of a unit, and units in headings and titles alone, have their tests beside this one."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal

import pytest
import xlsxwriter

from tests.unit.extracts import books
from tests.unit.extracts.conftest import FUNDS, Clerk

ROW = ["F0001", "C0001", "T14", "2019-12-03", "1.25", "2019-12-20", "0.5", "否"]
GROUPED = ["案款标识", "案件标识", "法院代码", "到账", "", "发放", "", "延缓发放审批"]
WHOLE, SHORT = ["", "", "", *FUNDS[3:7], ""], ["", "", "", "日期", "金额", "日期", "金额", ""]
BOTH, NONE = ("12500.00", "5000.00"), ("1.25", "0.50")
LEFT = ("12500.00", "0.50")
Merge = tuple[int, int, int, int]


def upper(**named: str) -> list[str]:
    """The upper row of the grouped header, with other words for its groups."""
    return [named.get(cell, cell) for cell in GROUPED]


def at(**cells: str) -> list[str]:
    """A line with texts at the places given as `at4`."""
    return [cells.get(f"at{place}", "") for place in range(8)]


def csv(lines: Sequence[Sequence[str]]) -> str:
    return "".join(",".join(line) + "\r\n" for line in lines)


def xlsx(lines: Sequence[Sequence[str]], merged: Sequence[Merge]) -> bytes:
    file = io.BytesIO()
    inside = {
        (r, c) for top, bottom, left, right in merged for r in range(top, bottom + 1) for c in range(left, right + 1)
    }
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for row, line in enumerate(lines):
            for place, text in enumerate(line):
                if text and (row, place) not in inside:
                    sheet.write_string(row, place, text)
        for top, bottom, left, right in merged:
            sheet.merge_range(top, left, bottom, right, lines[top][left])
    return file.getvalue()


def outcome(clerk: Clerk, content: bytes | str, name: str = "a.csv") -> tuple[str, ...]:
    """Both amounts as they were taken in, or the code of the refusal."""
    clerk.deliver(content, name)
    receipt = clerk.receive()
    if receipt.refused:
        return (receipt.refused[0].message.code,)
    assert receipt.accepted == 1
    (row,) = clerk.lake().to_dicts()
    return str(row["received_amount"]), str(row["paid_amount"])


HEADERS: dict[str, tuple[list[list[str]], tuple[str, ...]]] = {
    "each group its own unit": ([upper(到账="到账（万元）", 发放="发放（元）"), WHOLE], LEFT),
    "short lower headings": ([upper(到账="到账（万元）"), SHORT], LEFT),
    "the unit with its word": ([upper(到账="到账（单位：万元）", 发放="发放（单位：元）"), WHOLE], LEFT),
    "behind a slash": ([upper(到账="到账/万元", 发放="发放/元"), WHOLE], LEFT),
    "the other group": ([upper(发放="发放（万元）"), SHORT], ("1.25", "5000.00")),
    "one cell over both": ([[*GROUPED[:3], "金额（万元）", "", "", "", GROUPED[7]], WHOLE], BOTH),
    "nearer words hold": (
        [[*GROUPED[:3], "到账（万元）", "", "", "", GROUPED[7]], [*WHOLE[:6], "发放金额（元）", ""]], LEFT),
    "over a whole header": ([at(at3="到账（万元）", at5="发放（元）"), list(FUNDS)], LEFT),
    "a row of units above": ([at(at4="（万元）", at6="（元）"), list(FUNDS)], LEFT),
    "the word of a unit at the right": ([at(at6="单位：万元"), list(FUNDS)], BOTH),
    "the word in the header's own row": ([[*GROUPED[:7], "单位：万元"], [*SHORT[:7], "延缓发放审批"]], BOTH),
    "the word and the unit in two cells": (
        [at(at0="填报单位：", at1="某某法院", at5="单位：", at6="万元"), list(FUNDS)], BOTH),
    "a title beside others": ([at(at0="填报单位：某某法院", at4="案款明细表（万元）"), list(FUNDS)], BOTH),
    "a group without its neighbour's end": ([at(at3="到账（万元）"), list(FUNDS)], ("unit_scope",)),
    "a group in a title's place": ([at(at0="到账（万元）"), list(FUNDS)], ("unit_scope",)),
    "a lone unit over one of two amounts": ([at(at4="（万元）"), list(FUNDS)], ("unit_scope",)),
    "a lone unit over the last amount": ([at(at0="附件2", at6="（万元）"), list(FUNDS)], ("unit_scope",)),
    "a row of units with a gap": ([list(FUNDS), at(at4="（万元）")], ("unit_scope",)),
    "a unit over no amount": ([at(at0="编号（万元）", at3="日期", at4="到账"), list(FUNDS)], ("unit_scope",)),
    "a title against a group": ([["单位：元"], upper(到账="到账（万元）"), SHORT], ("unit_contradiction",)),
    "a group against its only heading": (
        [upper(到账="到账（元）"), [*SHORT[:4], "金额（万元）", *SHORT[5:]]], ("unit_contradiction",)),
    "another currency": ([upper(发放="发放（美元）"), WHOLE], ("unit_unclear",)),
}  # fmt: skip


@pytest.mark.parametrize("case", HEADERS)
@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "page.html", "a.xls", "a.ods"])
def test_a_unit_above_a_group_holds_for_its_amounts_alone(clerk: Clerk, case: str, name: str) -> None:
    lines, right = HEADERS[case]
    table = [*([*line, *[""] * (8 - len(line))] for line in lines), ROW]
    made = {"a.xlsx": lambda: xlsx(table, ()), "a.csv": lambda: csv(table)}
    content = made[name]() if name in made else books.WRITERS[name](table)
    assert outcome(clerk, content, name) == right


MERGED: dict[str, tuple[list[list[str]], list[Merge], tuple[str, ...]]] = {
    "two groups": ([at(at3="到账（万元）", at5="发放"), list(FUNDS)], [(0, 0, 3, 4), (0, 0, 5, 6)], LEFT),
    "one group of two": ([at(at3="到账（万元）"), list(FUNDS)], [(0, 0, 3, 4)], LEFT),
    "one cell over both amounts": ([at(at4="金额（万元）"), list(FUNDS)], [(0, 0, 4, 6)], BOTH),
    "a unit alone over both": ([at(at4="（万元）"), list(FUNDS)], [(0, 0, 4, 6)], BOTH),
    "a unit alone over one": ([at(at3="万元"), list(FUNDS)], [(0, 0, 3, 4)], LEFT),
    "a title over all": ([at(at0="到账案款（万元）"), list(FUNDS)], [(0, 0, 0, 7)], BOTH),
    "a nearer heading": ([at(at3="款项（万元）"), [*FUNDS[:6], "发放金额（元）", FUNDS[7]]], [(0, 0, 3, 6)], LEFT),
    "headings down two rows": (
        [upper(到账="到账（万元）"), SHORT], [(0, 1, 0, 0), (0, 1, 1, 1), (0, 1, 2, 2), (0, 0, 3, 4), (0, 0, 5, 6),
                                            (0, 1, 7, 7)], LEFT),
    "no amount below": ([at(at0="编号（万元）"), list(FUNDS)], [(0, 0, 0, 1)], ("unit_scope",)),
}  # fmt: skip


@pytest.mark.parametrize("case", MERGED)
@pytest.mark.parametrize("name", ["a.xlsx", "a.xls"])
def test_merged_cells_say_where_a_unit_ends(clerk: Clerk, case: str, name: str) -> None:
    lines, merged, right = MERGED[case]
    table = [*lines, ROW]
    assert outcome(clerk, xlsx(table, merged) if name == "a.xlsx" else books.xls(table, merged=merged), name) == right


def test_what_was_converted_by_a_group_is_told(clerk: Clerk) -> None:
    clerk.deliver(csv([upper(到账="到账（万元）"), SHORT, ROW]), "a.csv")
    (told,) = clerk.receive().deliveries[0].notices
    assert (told.code, "万元" in told.zh, "发放" in told.zh) == ("unit_applied", True, False)
    assert [row["value"] for row in clerk.conversions() if row["conversion"] == "unit_applied"] == [
        str(Decimal("12500.00"))
    ]

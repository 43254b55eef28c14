"""Units in the extracts of other kinds: several amounts in a row, counts beside amounts, items that are either.
How units are written, and where they stand, has its tests with the funds."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from tests.unit.extracts.conftest import Clerk


class File(NamedTuple):
    """A delivered file, and what becomes of it: the columns' values in its rows, or the code it is refused with."""

    kind: str
    lines: tuple[str, ...]
    columns: tuple[str, ...]
    right: list[tuple[str, ...]] | str
    rejected: int = 0


WORK = "法院代码,类型,日期,次数,人数,金额"
WORK_ROW = "T14,罚款,2019-12-03,3,2,1.5"
COUNTED = ("count", "person_count", "amount")
RETURN, ITEMS = "法院代码,报表项目,报表数", ("item_code", "reported_value")
LOTS = "标的物标识,法院代码,轮次,启动日期,评估价,起拍价,公告日期,拍卖日期,结果,成交价"
LOT, PRICES = "P1,T14,一拍,,100,70,,2019-12-03,成交,90", ("valuation_amount", "starting_price", "deal_price")
CASES = "案件标识,案号,法院代码,案件类型代字,立案日期,申请执行标的金额,实际到位金额,申请人放弃金额,尚未执行标的金额"
CASE = "C1,（2019）青0105执1号,T14,执,2019-03-05,1,2,3,4"
SUMS = ("claim_amount", "recovered_amount", "waived_amount", "outstanding_amount")
STAFF, STAFF_ROW, JUDGES = (
    "法院代码,执行干警数,在编干警总数,执行员额法官数",
    "T14,12,100,-",
    ("total_staff_count", "judge_count"),
)
FILES = {
    "counts as they stand": File(
        "linkage_activities", ("单位：人次、万元", WORK, WORK_ROW), COUNTED, [("3", "2", "15000.00")]),
    "counts in ten thousands": File(
        "linkage_activities", ("单位：万人、万元", WORK, WORK_ROW), COUNTED, "unit_unclear"),
    "counts in hundreds below": File(
        "linkage_activities", (WORK, ",,,次,百人,万元", WORK_ROW), COUNTED, "unit_unclear"),
    "counts in hundreds at a heading": File(
        "linkage_activities", (WORK.replace("人数", "人数（百人）"), WORK_ROW), COUNTED, "unit_unclear"),
    "counts in a row's hundreds": File("staffing", (f"{STAFF},单位", f"{STAFF_ROW},百人"), JUDGES, [], 1),
    "counts in a row's persons": File("staffing", (f"{STAFF},单位", f"{STAFF_ROW},人"), JUDGES, [("100", "None")]),
    "items of both kinds": File(
        "returns", (f"{RETURN}（件、万元）", "T14,新收,12", "T14,到位金额,12"), ITEMS,
        [("新收", "12.00"), ("到位金额", "120000.00")]),
    "items with their units": File(
        "returns", (f"{RETURN},单位", "T14,新收,12,件", "T14,到位金额,12,万元"), ITEMS,
        [("新收", "12.00"), ("到位金额", "120000.00")]),
    "one price of three": File("auctions", (LOTS.replace("成交价", "成交价（万元）"), LOT), PRICES,
                               [("100.00", "70.00", "900000.00")]),
    "a row of groups": File("auctions", (",,,,评估（万元）,起拍（元）,,,,成交（万元）", LOTS, LOT), PRICES,
                            [("1000000.00", "70.00", "900000.00")]),
    "the unit of one price": File("auctions", (f"{LOTS},起拍价单位", f"{LOT},万元"), PRICES,
                                  [("100.00", "700000.00", "90.00")]),
    "a group of all": File(
        "cases", ("案件标识,案号,法院代码,案件类型代字,立案日期,金额（万元）,,,",
                  f",,,,,{','.join(CASES.split(',')[5:])}", CASE), SUMS,
        [("10000.00", "20000.00", "30000.00", "40000.00")]),
    "a group of some": File("cases", (",,,,,标的（万元）,,,", CASES, CASE), SUMS, "unit_scope"),
    "a title of some": File("cases", ("标的金额（万元）", CASES, CASE), SUMS, "unit_scope"),
    "a title of all": File("cases", ("执行案件明细表（万元）", CASES, CASE), SUMS,
                           [("10000.00", "20000.00", "30000.00", "40000.00")]),
}  # fmt: skip


@pytest.mark.parametrize("case", FILES)
def test_a_unit_holds_for_the_amounts_it_speaks_of(clerk: Clerk, case: str) -> None:
    kind, lines, columns, right, rejected = FILES[case]
    clerk.deliver("".join(f"{line}\n" for line in lines), "a.csv", kind=kind)
    receipt = clerk.receive(kind)
    if isinstance(right, str):
        assert [refused.message.code for refused in receipt.refused] == [right]
        return
    assert (receipt.refused, receipt.rejected) == ([], rejected)
    taken = clerk.lake(kind)
    rows = taken.sort("_row_number").to_dicts() if taken.height else []
    assert [tuple(str(row[name]) for name in columns) for row in rows] == right

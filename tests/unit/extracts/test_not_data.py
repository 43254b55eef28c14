"""Lines that are no data: totals, signatures, notes, page marks and headers are counted as such, told, and never named.
A row of data is never lost that way, whatever it is called; units in such lines have their own test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.extracts.conftest import FUNDS, Clerk, case, csv_text, fund, xlsx_bytes

HANDED = Path(__file__).parent / "handed"
NAMES = ("虚拟甲", "虚拟乙", "虚拟丙", "虚拟丁", "虚拟戊")


def in_clear(clerk: Clerk, kind: str = "funds") -> list[str]:
    """The names that stand anywhere in what receiving wrote."""
    receipts = "".join(path.read_text() for path in (clerk.layout.ledger / "receipts").rglob("*.json"))
    shown = receipts + str(clerk.rejects(kind))
    kept = b"".join(clerk.tree().values())
    return [name for name in NAMES if name in shown or name.encode() in kept]


def test_the_footers_that_were_handed_over_are_no_data(clerk: Clerk) -> None:
    name = "35_footer_words_funds.csv"
    clerk.deliver((HANDED / name).read_bytes(), name)
    receipt = clerk.receive()
    assert (receipt.rows, receipt.accepted, receipt.rejected, receipt.held, receipt.no_data) == (12, 3, 0, 0, 9)
    (told,) = receipt.deliveries[0].notices
    assert (told.code, name in told.zh, name in told.en) == ("no_data_rows", True, True)
    for words in ("有 9 行", "第 5 行（填报人）", "第 8 行（合计）", "第 12 行（数据来源）"):
        assert words in told.zh
    assert in_clear(clerk) == []


def test_a_total_row_that_is_complete_is_known_by_its_words(clerk: Clerk) -> None:
    name = "36_total_row_complete_staffing.csv"
    clerk.deliver((HANDED / name).read_bytes(), name, kind="staffing")
    receipt = clerk.receive("staffing")
    assert (receipt.rows, receipt.accepted, receipt.held + receipt.no_data) == (4, 1, 3)
    assert clerk.lake("staffing")["court_code"].to_list() == ["T14"]


FOOTERS = [
    "合计,,,,1,,1,", "合　计,,,,1,,1,", "总计：,,,,1,,,", "本页小计,,,,1,,,", "累计,,,,1,,,",
    "小计(3笔),,,,1,,,", "共3笔,,,,1,,,", "其中：首次执行,,,,1,,,", "合计,3笔,T14,2019-12-31,1,,1,",
    "全院合计,全院合计,T14,2019-12-31,1,2019-12-31,1,否", "填报人：虚拟甲,,,,,,,",
    "填报人,虚拟甲,审核人,虚拟乙,单位负责人,虚拟丙,,",
    "填报人：虚拟甲,,审核人：虚拟乙,,联系电话：0971-1234567,,,", "单位负责人：虚拟甲,,,,,,,",
    "审核：虚拟丙,,,,,,,", "制表人：虚拟甲,,,,,,,", "经办：虚拟丁,,,,,,,", "联系电话：0971-1234567,,,,,,,",
    "打印时间：2019-12-31 10:00:00,,,,,,,", "第 1 页 共 5 页,,,,,,,", "第1页/共5页,,,,,,,", "- 1 -,,,,,,,",
    "Page 1 of 5,,,,,,,", "数据来源：办案系统,,,,,,,", "备注：以上数据截至月末,,,,,,,", "说明：略,,,,,,,",
    "注1：略,,,,,,,", "统计日期,2019-12-31,,,,,,", ",,,,,,,填报人：虚拟甲", "院长：虚拟甲,,,庭长：虚拟乙,,,,",
    "（盖章）,,,,,,,", "Total,,,,1,,,", "记录数：3,,,,,,,", "填报人：虚拟甲", "合计,1", "审核人：虚拟乙,,",
    "经办人,虚拟甲,,,,,,", "承办人,虚拟甲,复核人,虚拟乙,,,,", ",,会计,虚拟甲,出纳,虚拟乙,,", "录入,虚拟甲,,,,,,",
]  # fmt: skip


@pytest.mark.parametrize("line", FOOTERS)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_line_below_the_table_is_no_data_and_names_nobody(clerk: Clerk, line: str, ending: str) -> None:
    cells = line.split(",")
    if ending == "csv":
        clerk.deliver(csv_text([fund(1), fund(2)]) + line + "\r\n", "a.csv")
    else:
        last: dict[str, Any] = dict(zip(FUNDS, [*cells, *[""] * (8 - len(cells))], strict=True))
        clerk.deliver(xlsx_bytes([fund(1), fund(2), last]), "a.xlsx")
    receipt = clerk.receive()
    assert (receipt.rows, receipt.accepted, receipt.rejected, receipt.held, receipt.no_data) == (3, 2, 0, 0, 1)
    assert [notice.code for notice in receipt.deliveries[0].notices] == ["no_data_rows"]
    assert "第 4 行" in receipt.deliveries[0].notices[0].zh
    assert in_clear(clerk) == []
    assert clerk.ledger("deliveries")[0]["row_count"] == 2


def test_a_name_below_a_signature_line_is_not_shown(clerk: Clerk) -> None:
    clerk.deliver(csv_text([fund(1)]) + "填报人：,,审核人：,,,,,\r\n,虚拟甲,,,,,,\r\n虚拟乙,,,,,,,\r\n", "a.csv")
    receipt = clerk.receive()
    assert (receipt.accepted, receipt.no_data) == (1, 3)
    assert in_clear(clerk) == []


@pytest.mark.parametrize("kind", ["cases", "funds"])
def test_a_page_print_is_read_through_its_pages(clerk: Clerk, kind: str) -> None:
    make = case if kind == "cases" else fund
    pages = [csv_text([make(number) for number in numbers]).splitlines() for numbers in ((1, 2), (3, 4), (5,))]
    width = pages[0][0].count(",")
    lines = []
    for number, page in enumerate(pages, 1):
        lines += [
            "执行明细表（2019年12月）" + "," * width,
            *page,
            "本页小计" + "," * width,
            f"第{number}页" + "," * width,
        ]
    lines += ["总计" + "," * width, "填报人：虚拟甲" + "," * width]
    clerk.deliver("\n".join(lines) + "\n", "a.csv", kind=kind)
    receipt = clerk.receive(kind)
    assert (receipt.accepted, receipt.rejected, receipt.held) == (5, 0, 0)
    assert receipt.no_data == 2 * 3 + 2 * 2 + 2
    assert in_clear(clerk, kind) == []


DATA = {
    "a remark that begins like a note": ("cases", {"案由": "备注：见卷宗"}),
    "a cause of a note's word": ("cases", {"案由": "说明"}),
    "a cause that ends like an account": ("cases", {"案由": "建筑设计合同纠纷"}),
    "an identifier that begins like a footer": ("funds", {"案款标识": "备注1"}),
    "an identifier with a colon": ("funds", {"案款标识": "编号：1"}),
    "an identifier of digits and page": ("funds", {"案款标识": "第3页"}),
    "a court whose name begins with all": ("cases", {"法院代码": "T14", "案由": "全州法院"}),
}


@pytest.mark.parametrize("name", DATA)
def test_a_row_of_data_is_not_lost_for_its_words(clerk: Clerk, name: str) -> None:
    kind, changed = DATA[name]
    make = case if kind == "cases" else fund
    clerk.deliver([make(1), make(2, **changed)], "a.csv", kind=kind)
    receipt = clerk.receive(kind)
    assert (receipt.accepted, receipt.no_data) == (2, 0)


@pytest.mark.parametrize("changed", [{"到账日期": "x"}, {"法院代码": "火星法院"}, {"到账金额": ""}])
def test_a_faulty_row_of_data_is_rejected_and_not_called_a_note(clerk: Clerk, changed: dict[str, str]) -> None:
    clerk.deliver([fund(1), fund(2, 案款标识="备注：2", **changed)], "a.csv")
    receipt = clerk.receive()
    assert (receipt.accepted, receipt.rejected + receipt.held, receipt.no_data) == (1, 1, 0)


def test_a_header_again_in_another_order_refuses_the_file(clerk: Clerk) -> None:
    other = [dict(reversed(fund(2).items()))]
    clerk.deliver(csv_text([fund(1)]) + csv_text(other), "a.csv")
    (refused,) = clerk.receive().refused
    assert refused.message.code == "second_header"
    assert "第 3 行" in refused.message.zh


@pytest.mark.parametrize("place", [1, 2, 9])
def test_rows_above_the_header_are_not_taken_for_titles(clerk: Clerk, place: int) -> None:
    header, *rows = csv_text([fund(number) for number in range(12)]).splitlines()
    clerk.deliver("\n".join([*rows[:place], header, *rows[place:]]) + "\n", "a.csv")
    (refused,) = clerk.receive().refused
    assert refused.message.code == "rows_above_header"
    assert f"表头在第 {place + 1} 行" in refused.message.zh


def test_a_file_of_footers_alone_says_that_there_was_nothing_to_report(clerk: Clerk) -> None:
    clerk.deliver(csv_text([fund(1)]).splitlines()[0] + "\n合计,,,,0,,0,\n填报人：虚拟甲,,,,,,,\n", "a.csv")
    receipt = clerk.receive()
    assert (receipt.rows, receipt.no_data, receipt.refused) == (2, 2, [])
    assert clerk.ledger("deliveries")[0]["row_count"] == 0

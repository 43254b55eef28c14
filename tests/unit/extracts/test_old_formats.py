"""Old formats: XLS and its likes, XLSB, ODS, pages of tables, text parted by tabs give the rows that CSV gives.
What workbooks of any format hold beside plain cells has its tests beside this one."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from pipelines.extracts.contracts import KINDS, Column, contract, vocabulary
from tests.unit.extracts import books
from tests.unit.extracts.conftest import Clerk, Row, clerk_at, fund, xlsx_bytes


def kept(clerk: Clerk, kind: str = "funds") -> list[Row]:
    own = ("_delivery_id", "_row_number")
    lake = clerk.lake(kind)
    return lake.sort("_row_number").drop(*own).to_dicts() if lake.height else []


def sample(column: Column, number: int) -> str:
    """A sound value of a contract's column."""
    if column.type == "code":
        return vocabulary(column.vocabulary or "")[number].value
    if column.type == "case_number":
        return f"（2019）青0105执{number + 1}号"
    words = {"date": "2019-12-03", "timestamp": "2019-12-03 09:30:00", "amount": "1234.50", "number": "12"}
    words |= {"integer": "3", "flag": "否", "court": "T14"}
    if column.personal == "id_number":
        return f"63010519800101{number:04d}"
    return words.get(column.type, f"甲{number}")


def rows_of(kind: str) -> list[Row]:
    return [{column.header: sample(column, number) for column in contract(kind).columns} for number in range(2)]


@pytest.fixture(scope="module")
def by_csv(tmp_path_factory: pytest.TempPathFactory) -> Clerk:
    clerk = clerk_at(tmp_path_factory.mktemp("csv"))
    for kind in KINDS:
        clerk.deliver(rows_of(kind), "a.csv", kind=kind)
        receipt = clerk.receive(kind)
        assert (receipt.accepted > 0, receipt.refused) == (True, [])
    return clerk


@pytest.mark.parametrize("name", books.WRITERS)
def test_a_delivery_of_all_kinds_in_any_format_gives_the_rows_of_csv(clerk: Clerk, by_csv: Clerk, name: str) -> None:
    clerk.layout.key_file.parent.mkdir()
    clerk.layout.key_file.write_bytes(by_csv.layout.key_file.read_bytes())
    for kind in KINDS:
        clerk.deliver(books.WRITERS[name](books.table(rows_of(kind))), name, kind=kind)
        receipt = clerk.receive(kind)
        assert receipt.refused == []
        assert kept(clerk, kind) == kept(by_csv, kind) != []


@pytest.mark.parametrize("name", ["a.xls", "a.et", "a.xlsm", "a.xlsx"])
@pytest.mark.parametrize("make", [books.xls, books.xlsb, lambda lines: xlsx_bytes([dict(zip(*lines, strict=True))])])
def test_a_workbook_is_known_by_its_content_under_any_ending(
    clerk: Clerk, name: str, make: Callable[[books.Table], bytes]
) -> None:
    clerk.deliver(make(books.table([fund(1)])), name)
    assert clerk.receive().accepted == 1


@pytest.mark.parametrize(("name", "told"), [("page.xls", True), ("tabs.xls", True), ("a.xls", False), ("a.et", False)])
def test_content_that_is_not_what_the_ending_says_is_read_and_told(clerk: Clerk, name: str, told: bool) -> None:
    clerk.deliver(books.WRITERS[name](books.table([fund(1)])), name)
    notices = clerk.receive().deliveries[0].notices
    assert [notice.code for notice in notices] == ["read_as"] * told


def test_a_unit_in_the_text_around_a_page_or_in_a_sheets_name_is_applied(clerk: Clerk) -> None:
    lines = books.table([fund(1, 到账金额="1.25", 发放金额="1")])
    clerk.deliver(books.html(lines, before="<h1>执行案款</h1><p>单位：万元</p>"), "a.xls")
    clerk.deliver(books.xls(lines, sheet="案款（万元）"), "b.xls")
    clerk.deliver(books.ods(lines, sheet="案款_万元"), "c.ods")
    clerk.deliver(books.xml_2003(lines, sheet="万元"), "d.xls")
    clerk.deliver(books.html(lines, after="<p>注：金额单位为万元</p>"), "e.xls")
    receipt = clerk.receive()
    assert {row["received_amount"] for row in kept(clerk)} == {Decimal(12500)}
    assert [refused.message.code for refused in receipt.refused] == ["unit_below"]


def test_a_name_around_a_page_stands_nowhere_in_clear(clerk: Clerk) -> None:
    page = books.html(books.table([fund(1)]), after="<div>填报人：虚拟甲</div><div>审核：虚拟乙</div>")
    clerk.deliver(page, "a.xls")
    receipt = clerk.receive()
    assert (receipt.accepted, receipt.no_data, receipt.rejected) == (1, 2, 0)
    assert "虚拟" not in str(receipt.deliveries) + str(clerk.rejects())


@pytest.mark.parametrize("name", books.WRITERS)
def test_no_damage_to_an_old_file_brings_receiving_down(clerk: Clerk, name: str) -> None:
    whole = books.WRITERS[name](books.table([fund(n) for n in range(1, 30)]))
    for number, place in enumerate(range(0, len(whole), max(1, len(whole) // 25))):
        damaged = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        clerk.deliver(damaged if number % 2 else whole[: place + 1], f"{number}_{name}")
    receipt = clerk.receive()
    assert receipt.files >= 25


def test_semicolons_part_columns_where_they_give_the_headings(clerk: Clerk) -> None:
    clerk.deliver(books.semicolons([fund(1), fund(2)]), "a.csv")
    assert clerk.receive().accepted == 2


def test_an_old_workbook_cut_short_is_refused_and_ends_nothing(clerk: Clerk) -> None:
    whole = books.xls(books.table([fund(1)]))
    for size in (600, 1500, len(whole) // 2):
        clerk.deliver(whole[:size], "a.xls")
        assert [refused.message.code for refused in clerk.receive().refused] == ["unreadable"]

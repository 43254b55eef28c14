"""Struck texts that hold for more than their own cell: merged cells, units of rows, formats under a condition.
What one cell comes to is tested beside this."""

from __future__ import annotations

import io
from typing import Any

import pytest
import xlsxwriter

from tests.unit.extracts import books
from tests.unit.extracts.conftest import FUNDS, Clerk, fund

COURT = FUNDS.index("法院代码")


def workbook(extra: dict[str, str], write: Any) -> bytes:
    """Three rows with further columns; `write` gets the book and the sheet."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(books.table([fund(number, **extra) for number in (1, 2, 3)])):
            sheet.write_row(number, 0, line)
        write(book, sheet)
    return file.getvalue()


def struck(book: Any) -> Any:
    return book.add_format({"font_strikeout": True})


def told(clerk: Clerk) -> list[tuple[int, str]]:
    return sorted({(row["row_number"], row["reason_code"]) for row in clerk.rejects()})


def refused(clerk: Clerk) -> list[str]:
    return [refused.message.code for refused in clerk.receive().refused]


def test_a_struck_merged_cell_is_struck_in_every_row(clerk: Clerk) -> None:
    def merge(book: Any, sheet: Any) -> None:
        sheet.merge_range(1, COURT, 2, COURT, "T14", struck(book))

    clerk.deliver(workbook({}, merge), "a.xlsx")
    assert clerk.receive().accepted == 1
    assert told(clerk) == [(2, "struck_out"), (3, "struck_out")]


@pytest.mark.parametrize("heading", ["单位", "备注"])
def test_a_struck_unit_of_a_row_is_asked_for(clerk: Clerk, heading: str) -> None:
    clerk.deliver(
        workbook({heading: ""}, lambda book, sheet: sheet.write(1, len(FUNDS), "万元", struck(book))), "a.xlsx"
    )
    receipt = clerk.receive()
    assert (2, "row_unit") in told(clerk)
    assert receipt.accepted + receipt.rejected == 3
    assert set(clerk.lake()["received_amount"].cast(float)) == {1234.5}


@pytest.mark.parametrize(("heading", "rows"), [("单位", (1, 2)), ("备注", (1, 3))])
def test_a_merged_unit_is_that_of_every_row(clerk: Clerk, heading: str, rows: tuple[int, int]) -> None:
    def merge(book: Any, sheet: Any) -> None:
        sheet.merge_range(rows[0], 8, rows[1], 8, "万元")

    clerk.deliver(workbook({heading: ""}, merge), "a.xlsx")
    clerk.receive()
    assert set(clerk.lake()["received_amount"].cast(float)) == {12_345_000.0}


def test_a_struck_row_of_units_is_asked_for(clerk: Clerk) -> None:
    def write(book: Any, sheet: Any) -> None:
        for number, line in enumerate(books.table([fund(1), fund(2)])[1:], 2):
            sheet.write_row(number, 0, line)
        for place in range(len(FUNDS)):
            sheet.write_string(1, place, "")
        sheet.write(1, 4, "万元", struck(book))
        sheet.write(1, 6, "万元", struck(book))

    clerk.deliver(workbook({}, write), "a.xlsx")
    assert refused(clerk) == ["unit_unclear"]


def conditional(where: str, look: dict[str, Any]) -> bytes:
    def write(book: Any, sheet: Any) -> None:
        rule = {"type": "formula", "criteria": '=$H2="是"', "format": book.add_format(look)}
        sheet.conditional_format(where, rule)

    return workbook({}, write)


@pytest.mark.parametrize("where", ["A2:H4", "E2", "A1:A1000", "B3:B3 D2:D9"])
def test_a_condition_that_strikes_rows_out_is_asked_about(clerk: Clerk, where: str) -> None:
    first = where.split()[0]
    clerk.deliver(conditional(first, {"font_strikeout": True}), "a.xlsx")
    assert refused(clerk) == ["struck_by_condition"]


@pytest.mark.parametrize(("where", "look"), [("A2:H4", {"bold": True}), ("A50:H90", {"font_strikeout": True})])
def test_a_condition_that_strikes_nothing_of_the_table_out_is_none(
    clerk: Clerk, where: str, look: dict[str, Any]
) -> None:
    clerk.deliver(conditional(where, look), "a.xlsx")
    assert clerk.receive().accepted == 3

"""Workbooks as courts make them: old formats, pages of tables, merged cells, formulas, stray cells, two-row headers.
What is wrong is told by name; every format gives the rows that CSV gives."""

from __future__ import annotations

import io
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from tests.unit.extracts import books
from tests.unit.extracts.conftest import FUNDS, Clerk, Row, csv_text, fund, xlsx_bytes

HANDED = Path(__file__).parent / "handed"


def kept(clerk: Clerk, kind: str = "funds") -> list[Row]:
    own = ("_delivery_id", "_row_number")
    lake = clerk.lake(kind)
    return lake.sort("_row_number").drop(*own).to_dicts() if lake.height else []


def test_the_merged_cells_that_were_handed_over(clerk: Clerk) -> None:
    name = "10_merged_cells_funds.xlsx"
    clerk.deliver((HANDED / name).read_bytes(), name)
    receipt = clerk.receive()
    assert (receipt.accepted, receipt.rejected, receipt.held) == (0, 3, 0)
    assert {(row["column_name"], row["reason_code"]) for row in clerk.rejects()} == {
        ("paid_amount", "merged_over_rows")
    }
    (told,) = receipt.deliveries[0].notices
    assert (told.code, "“法院代码”第 2–4 行" in told.zh) == ("merged_filled", True)


def merged_page(place: int, down: int, across: int = 1) -> bytes:
    """An HTML page with three funds, one cell of which covers others."""
    lines = [list(fund(n).values()) for n in range(1, 4)]
    rows = ["".join(f"<th>{heading}</th>" for heading in FUNDS)]
    for number, line in enumerate(lines):
        cells = []
        for at, value in enumerate(line):
            covered = place <= at < place + across and number < down
            if number == 0 and at == place:
                cells.append(f'<td rowspan="{down}" colspan="{across}">{value}</td>')
            elif not covered:
                cells.append(f"<td>{value}</td>")
        rows.append("".join(cells))
    return ("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>").encode()


def merged_book(place: int, down: int, across: int = 1) -> bytes:
    lines = books.table([fund(n) for n in range(1, 4)])
    return books.xls(lines, merged=[(1, down, place, place + across - 1)])


MERGED = {
    "a court": (2, 3, 1, [], 3), "a case": (1, 2, 1, [], 3), "a date": (3, 3, 1, [], 3), "a flag": (7, 3, 1, [], 3),
    "an amount": (4, 2, 1, ["merged_over_rows"] * 2, 1), "an optional amount": (6, 3, 1, ["merged_over_rows"] * 3, 0),
    "a key": (0, 2, 1, ["merged_over_rows"] * 2, 1), "across two columns": (3, 1, 2, ["merged_across"] * 2, 2),
}  # fmt: skip


@pytest.mark.parametrize("case", MERGED)
@pytest.mark.parametrize(("name", "make"), [("a.xls", merged_book), ("page.xls", merged_page)])
def test_merged_data_is_filled_where_it_holds_for_each_row_and_refused_where_it_may_be_a_sum(
    clerk: Clerk, case: str, name: str, make: object
) -> None:
    place, down, across, reasons, accepted = MERGED[case]
    assert callable(make)
    clerk.deliver(make(place, down, across), name)
    receipt = clerk.receive()
    assert receipt.accepted == accepted
    assert [row["reason_code"] for row in clerk.rejects()] == reasons
    values = [str(value) for row in kept(clerk) for value in row.values()]
    assert "None" not in values
    told = [notice.code for notice in receipt.deliveries[0].notices]
    assert ("merged_filled" in told) is (not reasons)


def test_merged_cells_of_an_open_document_are_known(clerk: Clerk) -> None:
    cell = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'
    lines = [list(FUNDS), *(list(fund(n).values()) for n in (1, 2))]
    merged = ' table:number-rows-spanned="2" table:number-columns-spanned="1"'
    rows = ""
    for number, line in enumerate(lines):
        cells = [
            "<table:covered-table-cell/>" if (number, at) == (2, 6)
            else cell.format(merged if (number, at) == (1, 6) else "", value)
            for at, value in enumerate(line)
        ]  # fmt: skip
        rows += "<table:table-row>" + "".join(cells) + "</table:table-row>"
    clerk.deliver(books.ods([], rows=rows), "a.ods")
    clerk.receive()
    assert [row["reason_code"] for row in clerk.rejects()] == ["merged_over_rows"] * 2


def test_a_merged_total_line_is_still_no_data(clerk: Clerk) -> None:
    lines = [*books.table([fund(1), fund(2)]), ["合计", "", "", "", "2469.00", "", "2000", ""]]
    clerk.deliver(books.xls(lines, merged=[(3, 3, 0, 3)]), "a.xls")
    receipt = clerk.receive()
    assert (receipt.accepted, receipt.no_data, receipt.rejected) == (2, 1, 0)


def test_formulas_without_a_stored_value_are_told_in_optional_columns_too(clerk: Clerk) -> None:
    name = "13_formula_uncached_funds.xlsx"
    clerk.deliver((HANDED / name).read_bytes(), name)
    receipt = clerk.receive()
    assert (receipt.accepted, receipt.rejected) == (1, 1)
    found = {(row["row_number"], row["column_name"], row["reason_code"]) for row in clerk.rejects()}
    assert found == {(2, "received_amount", "formula_without_value"), (2, "paid_amount", "formula_without_value")}
    assert [row["paid_amount"] for row in kept(clerk)] == [Decimal(1000)]


def book_with_formula(value: object) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, (heading, text) in enumerate(fund(1).items()):
            sheet.write_string(0, place, heading)
            sheet.write_string(1, place, text)
        sheet.write_formula(1, 6, "=500*2", None, value)
    return file.getvalue()


@pytest.mark.parametrize(("value", "accepted"), [(1000, 1), ("", 0), ("1000", 1)])
def test_a_formula_counts_as_what_is_stored_of_it(clerk: Clerk, value: object, accepted: int) -> None:
    clerk.deliver(book_with_formula(value), "a.xlsx")
    receipt = clerk.receive()
    assert (receipt.accepted, receipt.rejected) == (accepted, 1 - accepted)


def stray_book(text: str, row: int = 1_048_575, column: int = 16_383) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for line, cells in enumerate(books.table([fund(1), fund(2)])):
            for place, cell in enumerate(cells):
                sheet.write_string(line, place, cell)
        sheet.write_string(row, column, text)
    return file.getvalue()


RECEIVE = """
import sys, time, resource
from pathlib import Path
from tests.unit.extracts.conftest import clerk_at
resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
clerk, started = clerk_at(Path(sys.argv[1])), time.process_time()
receipt = clerk.receive()
peak = next(int(line.split()[1]) >> 10 for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(receipt.accepted, receipt.rejected, len(receipt.refused), time.process_time() - started, peak)
"""


@pytest.mark.parametrize("content", ["handed", "x", "far down", "far right", "xlsb", "ods"])
def test_a_stray_cell_costs_nothing(clerk: Clerk, tmp_path: Path, content: str) -> None:
    lines = books.table([fund(1), fund(2)])
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    gap = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
    corner = '<table:table-cell table:number-columns-repeated="16383"/>' + cell.format(" ")
    far = f"<table:table-row>{cell.format('x')}</table:table-row>{gap}<table:table-row>{corner}</table:table-row>"
    files = {
        "handed": ("a.xlsx", lambda: (HANDED / "16_stray_cell_XFD_funds.xlsx").read_bytes()),
        "x": ("a.xlsx", lambda: stray_book("x")),
        "far down": ("a.xlsx", lambda: stray_book(" ", column=3)),
        "far right": ("a.xlsx", lambda: stray_book(" ", row=1)),
        "xlsb": ("a.xlsb", lambda: books.xlsb(lines, far=(1_048_575, 16_383))),
        "ods": ("a.ods", lambda: books.ods([], rows=far)),
    }
    name, make = files[content]
    clerk.deliver(make(), name)
    run = subprocess.run(
        [sys.executable, "-c", RECEIVE, str(tmp_path)], capture_output=True, text=True, check=True, timeout=60
    )
    accepted, rejected, refused, seconds, peak = run.stdout.split()
    is_read = name == "a.xlsx"
    assert (int(accepted), int(rejected), int(refused)) == (2 * is_read, int(content == "x"), int(not is_read))
    assert float(seconds) < 2
    assert int(peak) < 500


@pytest.mark.parametrize("visible", ["data", "both"])
def test_a_hidden_sheet_is_called_hidden(clerk: Clerk, visible: str) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.add_worksheet("说明").write_string(0, 0, "说明")
        for title in ("案款",) if visible == "data" else ("案款", "旧案款"):
            sheet = book.add_worksheet(title)
            for line, cells in enumerate(books.table([fund(1)])):
                sheet.write_row(line, 0, cells)
        sheet.hide()
    clerk.deliver(file.getvalue(), "a.xlsx")
    receipt = clerk.receive()
    if visible == "data":
        assert [notice.code for notice in receipt.deliveries[0].notices] == ["hidden_sheet"]
    else:
        assert "案款、旧案款（隐藏）" in receipt.refused[0].message.zh


TWO_ROWS = {
    "groups over amounts and dates": (
        ["案款标识", "案件标识", "法院代码", "到账", "", "发放", "", "延缓发放审批"],
        ["", "", "", "日期", "金额（万元）", "日期", "金额", ""],
    ),
    "a unit in the upper row": (
        ["案款标识", "案件标识", "法院代码", "到账日期", "金额（万元）", "发放", "", "延缓发放审批"],
        ["", "", "", "", "到账金额（万元）", "日期", "金额", ""],
    ),
    "titles over whole headings": (
        ["基本信息", "", "", "到账情况", "", "发放情况", "", ""],
        ["案款标识", "案件标识", "法院代码", "到账日期", "到账金额（万元）", "发放日期", "发放金额", "延缓发放审批"],
    ),
    "one heading in the upper row alone": (
        ["案款标识", "案件情况", "", "到账情况", "", "发放情况", "", "延缓发放审批"],
        ["", "案件标识", "法院代码", "到账日期", "到账金额（万元）", "发放日期", "发放金额", ""],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", TWO_ROWS)
@pytest.mark.parametrize("name", ["a.csv", "a.xls", "page.xls", "a.ods"])
@pytest.mark.parametrize("above", [0, 2])
def test_a_header_of_two_rows_is_read_as_one(clerk: Clerk, case: str, name: str, above: int) -> None:
    first, second = TWO_ROWS[case]
    values = [list(fund(n, 到账金额="1.25").values()) for n in (1, 2)]
    titles = [["执行案款明细表", *[""] * 7], ["2019年12月", *[""] * 7]][:above]
    lines = [*titles, first, second, *values]
    if name == "a.csv":
        content = "".join(",".join(line) + "\n" for line in lines).encode()
    else:
        content = books.WRITERS[name](lines)
    clerk.deliver(content, name)
    receipt = clerk.receive()
    assert receipt.refused == []
    assert [(row["received_amount"], row["paid_amount"]) for row in kept(clerk)] == [
        (Decimal(12500), Decimal(1000))
    ] * 2
    assert clerk.lake()["_row_number"].to_list() == [above + 3, above + 4]


def test_a_row_of_data_below_the_header_is_no_part_of_it(clerk: Clerk) -> None:
    rows = [fund(1, 案件标识="案件标识", 延缓发放审批="") | {"": "备注"}, fund(2) | {"": "法院"}]
    clerk.deliver(csv_text(rows), "a.csv")
    assert clerk.receive().accepted == 2


def test_a_workbooks_large_numbers_lose_nothing_in_silence(clerk: Clerk) -> None:
    clerk.deliver(xlsx_bytes([fund(1, 案款标识=12345678901234567890.0)]), "a.xlsx")
    clerk.receive()
    assert [row["reason_code"] for row in clerk.rejects()] == ["scientific_notation"]

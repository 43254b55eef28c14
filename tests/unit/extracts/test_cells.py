"""What a workbook's or a page's cell holds beside a plain value: an error, a hidden value, texts of several elements.
Number formats and what is said around the cells have their tests beside this one."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter
import xlwt

from pipelines.extracts.contracts import KINDS, contract
from tests.unit.extracts import books
from tests.unit.extracts.conftest import FUNDS, Clerk, Row, fund
from tests.unit.extracts.test_old_formats import rows_of

Fill = Callable[[Any], object]


def xlsx(rows: list[Row], fill: Fill) -> bytes:
    """The rows as texts; `fill` writes over them."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("案款")
        for line, row in enumerate([dict(zip(rows[0], rows[0], strict=True)), *rows]):
            for place, value in enumerate(row.values()):
                sheet.write_string(line, place, value)
        fill(book)
    return file.getvalue()


def xls(rows: list[Row], fill: Callable[[Any], object], but: tuple[int, int]) -> bytes:
    """The rows as texts but for one cell, which `fill` writes."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("案款")
    for line, values in enumerate(books.table(rows)):
        for place, value in enumerate(values):
            if (line, place) != but:
                sheet.write(line, place, value)
    fill(sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def ods(place: int, cell: str) -> bytes:
    text = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = [[text.format(value) for value in line] for line in books.table([fund(1)])]
    lines[1][place] = cell
    return books.ods([], rows="".join(f"<table:table-row>{''.join(line)}</table:table-row>" for line in lines))


def xlsb(place: int) -> bytes:
    """A binary workbook in which a number of the row's is made the error #N/A."""
    lines = books.table([fund(1)])
    lines[1][place] = "0.125"
    whole = books.xlsb(lines)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    number = bytes([5, 16]) + struct.pack("<IId", place, 1, 0.125)
    error = bytes([3, 9]) + struct.pack("<IIB", place, 1, 0x2A)
    sheet = parts["xl/worksheets/sheet1.bin"]
    assert number in sheet
    parts["xl/worksheets/sheet1.bin"] = sheet.replace(number, error)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
NO_VALUE = f'<table:table-cell xmlns:calcext="{CALC}" table:formula="of:=VLOOKUP(1)" office:value-type="string"'
NO_VALUE += ' office:string-value="" calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>'
ERRORS: dict[str, Callable[[int], bytes]] = {
    "a.xlsx": lambda at: xlsx([fund(1)], lambda b: b.worksheets()[0].write_formula(1, at, "=A9", None, "#N/A")),
    "a.xls": lambda at: xls([fund(1)], lambda sheet: sheet.row(1).set_cell_error(at, 0x2A), (1, at)),
    "a.ods": lambda at: ods(at, NO_VALUE),
    "a.xlsb": xlsb,
}


@pytest.mark.parametrize("heading", ["到账金额", "发放日期", "发放金额", "延缓发放审批"])
@pytest.mark.parametrize("name", ERRORS)
def test_an_error_in_a_cell_is_told_and_never_read_as_none(clerk: Clerk, name: str, heading: str) -> None:
    clerk.deliver(ERRORS[name](FUNDS.index(heading)), name)
    receipt = clerk.receive()
    assert (receipt.accepted, receipt.rejected, receipt.refused) == (0, 1, [])
    assert [(row["header"], row["reason_code"]) for row in clerk.rejects()] == [(heading, "formula_error")]


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_is_told_in_every_column_of_every_kind(clerk: Clerk, kind: str) -> None:
    columns = [column for column in contract(kind).columns if column.type != "court"]
    row = rows_of(kind)[0]
    for number, column in enumerate(columns):
        at = list(row).index(column.header)
        content = xlsx([row], lambda book, at=at: book.worksheets()[0].write_formula(1, at, "=1/0", None, "#DIV/0!"))
        clerk.deliver(content, f"{number:02}.xlsx", kind=kind)
    receipt = clerk.receive(kind)
    assert (receipt.accepted, receipt.rejected) == (0, len(columns))
    told = [row["column_name"] for row in clerk.rejects(kind) if row["reason_code"] == "formula_error"]
    assert sorted(told) == sorted(column.name for column in columns)


@pytest.mark.parametrize(("formula", "taken"), [("E2*2", 0), ('IF(E2>9,"","x")', 1)])
def test_a_formula_of_an_old_workbook_without_a_stored_result_is_told(clerk: Clerk, formula: str, taken: int) -> None:
    at = FUNDS.index("发放金额")
    clerk.deliver(xls([fund(1)], lambda sheet: sheet.write(1, at, xlwt.Formula(formula)), (1, at)), "a.xls")
    assert clerk.receive().accepted == taken
    assert [row["reason_code"] for row in clerk.rejects()] == ["formula_without_value"] * (1 - taken)


PAGE = "<td>{}</td>"
GLUED = [
    "1000<span> 2000</span>", "1000 <b>2000</b>", "<span>1000</span><span>2000</span>", "1000<s>2000</s>",
    "<s>1000</s>2000", "1000<sup>2</sup>", "1000<sub>2</sub>", "1000<hr>2000", "1000<a title=x>2000</a>",
    "1000<ruby>2<rt>9</rt></ruby>", "1000</p>2000", "1000</div>2000", "1000<ins>2000</ins>", "1000<img>2000",
    '1000<span style="display:none">9</span>', '<span style="visibility: hidden">1</span>000', "1000<del>.5</del>",
    "１０００<b>２０００</b>", "1000<label>2000</label>", "1000<p></p>2000",
]  # fmt: skip


@pytest.mark.parametrize("cell", GLUED)
def test_no_number_is_made_of_the_texts_of_two_elements(clerk: Clerk, cell: str) -> None:
    page = books.html(books.table([fund(1, 到账金额="@")])).replace(b"<td>@</td>", PAGE.format(cell).encode())
    clerk.deliver(page, "a.xls")
    receipt = clerk.receive()
    assert (receipt.accepted, receipt.rejected) == (0, 1)
    assert {row["header"] for row in clerk.rejects()} == {"到账金额"}


@pytest.mark.parametrize("cell", ["<b>1234</b>.50", "<font>1,234.50</font>", " <span>¥</span>1234.50<!-- 9 -->"])
def test_a_number_that_elements_only_style_is_read(clerk: Clerk, cell: str) -> None:
    page = books.html(books.table([fund(1, 到账金额="@")])).replace(b"<td>@</td>", PAGE.format(cell).encode())
    clerk.deliver(page, "a.xls")
    assert clerk.receive().accepted == 1
    assert [str(amount) for amount in clerk.lake()["received_amount"]] == ["1234.50"]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ('<td x:num="12345">1.2万</td>', "odd_format"),
        ('<td x:num="0.5" style="mso-number-format:Percent">50%</td>', "not_an_amount"),
        ('<td x:fmla="=A1"></td>', "formula_without_value"),
    ],
)
def test_a_page_of_excels_that_shows_another_amount_or_none_is_told(clerk: Clerk, cell: str, code: str) -> None:
    page = books.html(books.table([fund(1, 发放金额="@")])).replace(b"<td>@</td>", cell.encode())
    clerk.deliver(page, "a.xls")
    receipt = clerk.receive()
    refused = [refused.message.code for refused in receipt.refused]
    assert (receipt.accepted, refused + [row["reason_code"] for row in clerk.rejects()]) == (0, [code])


def test_an_amount_shown_in_per_cent_is_asked_about(clerk: Clerk) -> None:
    def half(book: Any) -> None:
        book.worksheets()[0].write_number(1, 4, 0.5, book.add_format({"num_format": "0%"}))

    clerk.deliver(xlsx([fund(1)], half), "a.xlsx")
    assert [refused.message.code for refused in clerk.receive().refused] == ["odd_format"]


def test_a_value_hidden_under_merged_cells_is_told(clerk: Clerk) -> None:
    rows = [fund(1, 法院代码="T14"), fund(2, 法院代码="T13"), fund(3, 法院代码="T14")]
    clerk.deliver(xlsx(rows, lambda book: book.worksheets()[0].merge_range(1, 2, 3, 2, "T14")), "a.xlsx")
    receipt = clerk.receive()
    assert (receipt.accepted, receipt.rejected) == (2, 1)
    assert [(row["row_number"], row["reason_code"]) for row in clerk.rejects()] == [(3, "merged_over_others")]


def hide(sheet: Any) -> None:
    sheet.set_row(2, None, None, {"hidden": True})


def hide_old(book: Any) -> None:
    book.row(2).hidden = True


HIDDEN_ROW = 'style="display:none"'
UNSEEN: dict[str, bytes] = {
    "a.xlsx": xlsx([fund(1), fund(2)], lambda book: hide(book.worksheets()[0])),
    "a.xls": xls([fund(1), fund(2)], hide_old, (9, 9)),
    "b.xls": books.html(books.table([fund(1), fund(2)])).replace(
        b"<tr><td>F0002", f"<tr {HIDDEN_ROW}><td>F0002".encode()
    ),
    "c.xls": books.xml_2003(books.table([fund(1), fund(2)])).replace(
        b'<Row><Cell><Data ss:Type="String">F0002', b'<Row ss:Hidden="1"><Cell><Data ss:Type="String">F0002'
    ),
}


@pytest.mark.parametrize("name", UNSEEN)
def test_hidden_rows_are_read_and_told(clerk: Clerk, name: str) -> None:
    clerk.deliver(UNSEEN[name], name)
    receipt = clerk.receive()
    assert receipt.accepted == 2
    told = [notice for notice in receipt.deliveries[0].notices if notice.code == "hidden_rows"]
    assert ["第 3 行" in notice.zh for notice in told] == [True]


def test_hidden_rows_of_an_ods_file_are_told(clerk: Clerk) -> None:
    text = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = ""
    for number, line in enumerate(books.table([fund(1), fund(2)])):
        shown = ' table:visibility="filter"' if number == 2 else ""
        rows += f"<table:table-row{shown}>{''.join(map(text.format, line))}</table:table-row>"
    clerk.deliver(books.ods([], rows=rows), "a.ods")
    assert [notice.code for notice in clerk.receive().deliveries[0].notices] == ["hidden_rows"]


def test_a_sheet_that_was_not_read_is_told(clerk: Clerk) -> None:
    def more(book: Any) -> None:
        data, notes = book.add_worksheet("续"), book.add_worksheet("说明")
        for line, row in enumerate([fund(7), fund(8)]):
            for place, value in enumerate(row.values()):
                data.write_string(line, place, value)
        notes.write_string(0, 0, "本表由系统导出")

    clerk.deliver(xlsx([fund(1)], more), "a.xlsx")
    receipt = clerk.receive()
    assert receipt.accepted == 1
    assert [(notice.code, "2 行" in notice.zh) for notice in receipt.deliveries[0].notices] == [
        ("sheet_not_read", True)
    ]


def test_a_blank_in_the_last_corner_of_an_ods_file_costs_nothing(clerk: Clerk) -> None:
    text = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = "".join(
        f"<table:table-row>{''.join(map(text.format, line))}</table:table-row>" for line in books.table([fund(1)])
    )
    rows += '<table:table-row table:number-rows-repeated="1048573"><table:table-cell/></table:table-row>'
    corner = '<table:table-row><table:table-cell table:number-columns-repeated="16383"/>{}</table:table-row>'
    clerk.deliver(books.ods([], rows=rows + corner.format(text.format("　"))), "a.ods")
    clerk.deliver(books.ods([], rows=rows + corner.format(text.format("9"))), "b.ods")
    receipt = clerk.receive()
    assert (receipt.accepted, [refused.message.code for refused in receipt.refused]) == (1, ["stray_cell"])


@pytest.mark.parametrize("mark", ["line-break", "tab", "soft-page-break"])
def test_texts_that_a_mark_parts_in_an_ods_cell_are_two(clerk: Clerk, mark: str) -> None:
    text = '<table:table-cell office:value-type="string"><text:p>{}<text:{}/>{}</text:p></table:table-cell>'
    clerk.deliver(ods(FUNDS.index("到账金额"), text.format(1000, mark, 2000)), "a.ods")
    receipt = clerk.receive()
    assert (receipt.accepted, receipt.rejected, receipt.refused) == (0, 1, [])
    assert [row["header"] for row in clerk.rejects()] == ["到账金额"]


NUMBERS = {
    'office:value-type="currency" office:currency="USD" office:value="90"': ("90", False),
    'office:value-type="currency" office:currency="KRW" office:value="90"': ("90", False),
    'office:value-type="currency" office:currency="CNY" office:value="90"': ("￥90.00", True),
    'office:value-type="float" office:value="90"': ("90万元", False),
    'office:value-type="percentage" office:value="0.05"': ("5%", False),
    'office:value-type="float" office:value="1,200"': ("1200", True),
}


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_of_an_ods_cell_is_what_the_cell_shows_or_is_asked_about(clerk: Clerk, number: str) -> None:
    shown, is_plain = NUMBERS[number]
    cell = f"<table:table-cell {number.replace(',', '')}><text:p>{shown}</text:p></table:table-cell>"
    clerk.deliver(ods(FUNDS.index("到账金额"), cell), "a.ods")
    receipt = clerk.receive()
    codes = [refused.message.code for refused in receipt.refused]
    assert (receipt.accepted, codes) == ((1, []) if is_plain else (0, ["odd_format"]))


@pytest.mark.parametrize(
    ("number", "right"),
    [("1.2345E3", "1234.50"), ("1.2345e+3", "1234.50"), ("5.0E-1", "0.50"), ("12.5e1", "125.00"),
     ("1E3", None), ("1.5E20", None)],
)  # fmt: skip
def test_a_number_of_json_with_an_exponent_is_read_where_all_its_digits_are_there(
    clerk: Clerk, number: str, right: str | None
) -> None:
    clerk.deliver(json.dumps([fund(1)], ensure_ascii=False).replace('"1234.50"', number), "a.json")
    clerk.receive()
    assert [str(value) for value in clerk.lake().to_dict(as_series=False).get("received_amount", [])] == (
        [right] if right else []
    )
    assert [row["reason_code"] for row in clerk.rejects()] == ([] if right else ["scientific_notation"])

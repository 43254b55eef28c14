"""What a workbook says outside of its cells' values: number formats, pages, notes, other sheets, the count of its days.
A unit there is never passed over: it agrees with what was read, or the file is asked about."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
import xlwt

from pipelines.extracts.reading.formats import is_doubtful, scales
from tests.unit.extracts import books
from tests.unit.extracts.conftest import FUNDS, Clerk

ROW: list[Any] = ["F0001", "C0001", "T14", "2019-12-03", 1.25, "2019-12-20", 0.5, "否"]
TABLE = [list(FUNDS), [str(value) for value in ROW]]
TAKEN = ("1.25", "0.50")
Fill = Callable[[Any, Any], None]


def xlsx(fill: Fill, **options: Any) -> bytes:
    """A workbook with the one sound row, and what `fill` adds to it."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, **options}) as book:
        sheet = book.add_worksheet("案款")
        write(sheet)
        fill(book, sheet)
    return file.getvalue()


def write(sheet: Any, *style: Any, row: list[Any] = ROW, note: str = "") -> None:
    for place, heading in enumerate(FUNDS):
        sheet.write(0, place, heading + (note if "金额" in heading else ""))
    for place, value in enumerate(row):
        sheet.write(1, place, value, *(style if isinstance(value, float) else ()))


def xls(fill: Fill, since_1904: bool = False) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    book.dates_1904 = since_1904
    fill(book, book.add_sheet("案款"))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def ods(cell: str = "", before: str = "", styles: str = "", name: str = "") -> bytes:
    """`cell` goes into the heading 到账金额, `before` above the table, `styles` before all; `name` styles numbers."""
    styled = f'table:style-name="{name}"' if name else ""

    def written(text: str) -> str:
        if text.replace(".", "").isdigit():
            return f'<table:table-cell {styled} office:value-type="float" office:value="{text}"/>'
        more = cell if text == "到账金额" else ""
        return f'<table:table-cell office:value-type="string">{more}<text:p>{text}</text:p></table:table-cell>'

    rows = "".join(f"<table:table-row>{''.join(map(written, line))}</table:table-row>" for line in TABLE)
    return books.ods([], rows=rows, before=before, styles=styles)


def outcome(clerk: Clerk, content: bytes, name: str) -> tuple[str, ...]:
    """Both amounts as they were taken in, or the code of the refusal."""
    clerk.deliver(content, name)
    receipt = clerk.receive()
    if receipt.refused:
        return (receipt.refused[0].message.code,)
    (row,) = clerk.lake().to_dicts()
    return str(row["received_amount"]), str(row["paid_amount"])


CODES = {
    "General": False, "0.00": False, "#,##0.00": False, '0"元"': False, "#,##0.00_);(#,##0.00)": False,
    '_ "¥"* #,##0.00_ ;_ "¥"* \\-#,##0.00_ ;_ @_ ': False, "[$¥-804]#,##0.00": False, "0.00E+00": False,
    'yyyy"年"m"月"d"日"': False, '上午/下午h"时"mm"分"': False, '0"件"': False, "0%": True, "@": False,
    "0.00%": True, "Percent": True,
    '#,##0.00"万元"': True, '0.00,,"百万"': True, "0.00,": True, '0!.0000"万"': True, '0"."0000': True,
    '0!.0,"万"': True,
    "[$$-409]#,##0.00": True, '"US$"#,##0': True, '[>=10000]0!.0,"万";0': True, 'General"万"': True, "0.00\\w": True,
    "0.00万元": True, '0"（千元）"': True,
    ";;;": True, ";;;@": True, '"—"': True, '"见附件";-0': True, "0;;;@": False, "#,##0;;": False, "[Red]0;-0": False,
    "通用格式": False, "[Red]General": False,
}  # fmt: skip


@pytest.mark.parametrize("code", CODES)
def test_a_number_format_that_shows_another_amount_is_doubtful(code: str) -> None:
    assert is_doubtful(code) is CODES[code]
    assert not scales(code) or is_doubtful(code)


@pytest.mark.parametrize("code", ['#,##0.00"万元"', '0.00,,"百万"', '0!.0000"万"', "#,##0.00", '0.00"元"', ";;;"])
@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.xlsb"])
def test_an_amount_in_a_doubtful_format_is_asked_about(clerk: Clerk, code: str, name: str) -> None:
    made: dict[str, Callable[[], bytes]] = {
        "a.xlsx": lambda: xlsx(lambda book, sheet: write(sheet, book.add_format({"num_format": code}))),
        "a.xls": lambda: xls(lambda _, sheet: write(sheet, xlwt.easyxf(num_format_str=code))),
        "a.xlsb": lambda: books.xlsb(TABLE, code=code),
    }
    assert outcome(clerk, made[name](), name) == (("odd_format",) if CODES.get(code) else TAKEN)


@pytest.mark.parametrize(
    ("note", "code", "right"),
    [("（万元）", '0.00"万元"', ("12500.00", "5000.00")), ("（元）", '0.00"万元"', ("odd_format",)),
     ("（万元）", '0.00,"万元"', ("odd_format",))],
)  # fmt: skip
def test_a_format_that_says_what_the_heading_says_is_no_doubt(
    clerk: Clerk, note: str, code: str, right: tuple[str, ...]
) -> None:
    content = xlsx(lambda book, sheet: write(sheet, book.add_format({"num_format": code}), note=note))
    assert outcome(clerk, content, "a.xlsx") == right


@pytest.mark.parametrize(
    ("written", "otherwise", "right"),
    [(b's="1"', b"s='1'", "odd_format"), (b'<c r="E2" s="1">', b'<c s="1" r="E2">', "odd_format"),
     (b'<c r="G2" s="1">', b'<c s="1">', "odd_format"), (b' r="E2"', b"", "odd_format")],
)  # fmt: skip
def test_a_format_is_found_however_the_cell_is_written(
    clerk: Clerk, written: bytes, otherwise: bytes, right: str
) -> None:
    whole = xlsx(lambda book, sheet: write(sheet, book.add_format({"num_format": '0.00"万元"'})))
    if not otherwise:  # neither amount says where it stands
        whole = patched(whole, b' r="G2"', b"")
    assert outcome(clerk, patched(whole, written, otherwise), "a.xlsx") == (right,)


def patched(content: bytes, written: bytes, otherwise: bytes) -> bytes:
    """The workbook with other bytes in its sheet."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, text.replace(written, otherwise) if "sheet1" in name else text)
    return file.getvalue()


def other_sheet(*cells: str, title: str = "说明") -> Fill:
    def fill(book: Any, _: Any) -> None:
        sheet = book.add_worksheet(title)
        for place, text in enumerate(cells):
            sheet.write(0, place, text)

    return fill


SAID: dict[str, Fill] = {
    "a page header": lambda _, sheet: sheet.set_header('&C&"宋体,Bold"&12单位：万元'),
    "a page footer": lambda _, sheet: sheet.set_footer("&R单位：万元"),
    "a note at a cell": lambda _, sheet: sheet.write_comment("E1", "张三：\n单位：万元"),
    "a text box": lambda _, sheet: sheet.insert_textbox("J2", "金额单位：万元"),
    "another sheet's name": other_sheet(title="单位万元"),
    "another sheet": other_sheet("金额单位：万元"),
    "another sheet's two cells": other_sheet("单位：", "万元"),
    "a property": lambda book, _: book.set_properties({"title": "案款（万元）"}),
    "a prompt": lambda _, sheet: sheet.data_validation("E2:E9", {"validate": "any", "input_message": "单位：万元"}),
    "a conditional format": lambda book, sheet: sheet.conditional_format(
        "E2:E9", {"type": "cell", "criteria": ">", "value": 0, "format": book.add_format({"num_format": '0"万"'})}
    ),
}  # fmt: skip


@pytest.mark.parametrize("place", SAID)
def test_a_unit_outside_of_the_table_is_asked_about(clerk: Clerk, place: str) -> None:
    assert outcome(clerk, xlsx(SAID[place]), "a.xlsx") == ("unit_elsewhere",)


@pytest.mark.parametrize(
    "fill",
    [other_sheet("金额单位：元"), other_sheet("500万元以上案件单独统计"), other_sheet("填报单位：", "城北法院"),
     lambda _, sheet: sheet.write_comment("E1", "请核对"), lambda _, sheet: sheet.set_header("&C第 &P 页")],
)  # fmt: skip
def test_other_words_outside_of_the_table_change_nothing(clerk: Clerk, fill: Fill) -> None:
    assert outcome(clerk, xlsx(fill), "a.xlsx") == TAKEN


def test_a_unit_outside_that_agrees_with_the_headings_is_no_doubt(clerk: Clerk) -> None:
    def fill(_: Any, sheet: Any) -> None:
        write(sheet, note="（万元）")
        sheet.set_header("&C单位：万元")

    assert outcome(clerk, xlsx(fill), "a.xlsx") == ("12500.00", "5000.00")


def with_header(_: Any, sheet: Any) -> None:
    write(sheet)
    sheet._Worksheet__header_str = "&C单位：万元"  # its own setter takes bytes alone


def with_second_sheet(book: Any, sheet: Any) -> None:
    write(sheet)
    book.add_sheet("单位万元")


_NUMBERS = (
    '<number:number-style style:name="N1"><number:number {}/><number:text>{}</number:text></number:number-style>'
    '<style:style style:name="c1" style:family="table-cell" style:data-style-name="N1"/>'
)
_HEADER = "<style:master-page><style:header><text:p>单位：万元</text:p></style:header></style:master-page>"
_XML = (
    books.xml_2003(TABLE).decode().replace('"String">1.25', '"Number">1.25').replace("<Cell>", '<Cell ss:StyleID="s">')
)
OTHERS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "xls page": ("a.xls", lambda: xls(with_header), "unit_elsewhere"),
    "xls sheet": ("a.xls", lambda: xls(with_second_sheet), "unit_elsewhere"),
    "xlsb page": ("a.xlsb", lambda: books.xlsb(TABLE, page="&C单位：万元"), "unit_elsewhere"),
    "ods note": (
        "a.ods", lambda: ods("<office:annotation><text:p>单位：万元</text:p></office:annotation>"), "unit_elsewhere"),
    "ods page": ("a.ods", lambda: ods(styles=_HEADER), "unit_elsewhere"),
    "ods format": ("a.ods", lambda: ods(styles=_NUMBERS.format("", "万元"), name="c1"), "odd_format"),
    "ods scale": (
        "a.ods", lambda: ods(styles=_NUMBERS.format('number:display-factor="1000"', ""), name="c1"), "odd_format"),
    "xml note": (
        "a.xls", lambda: _XML.replace("</Data>", "</Data><Comment><Data>单位：万元</Data></Comment>", 1).encode(),
        "unit_elsewhere"),
    "xml format": (
        "a.xls",
        lambda: _XML.replace(
            "<Worksheet", '<Styles><Style ss:ID="s"><NumberFormat ss:Format="0!.0000"/></Style></Styles><Worksheet'
        ).encode(),
        "odd_format"),
    "html title": (
        "a.html", lambda: books.html(TABLE).replace(b"<head>", "<head><title>案款（万元）</title>".encode()),
        "unit_elsewhere"),
}  # fmt: skip


@pytest.mark.parametrize("case", OTHERS)
def test_other_formats_are_looked_through_as_well(clerk: Clerk, case: str) -> None:
    name, content, code = OTHERS[case]
    assert outcome(clerk, content(), name) == (code,)


def test_the_metadata_of_a_parquet_file_is_read_as_fields_beside(clerk: Clerk) -> None:
    file = io.BytesIO()
    table = pa.table({heading: [value] for heading, value in zip(*TABLE, strict=True)})
    pq.write_table(table.replace_schema_metadata({"unit": "万元"}), file)
    assert outcome(clerk, file.getvalue(), "a.parquet") == ("12500.00", "5000.00")


SERIAL, SINCE_1904 = 43802, 43802 - 1462  # 2019-12-03


def _plain(sheet: Any) -> None:
    write(sheet, row=[*ROW[:3], SINCE_1904, *ROW[4:]])


def _page(head: str) -> bytes:
    table = [TABLE[0], [*TABLE[1][:3], str(SINCE_1904), *TABLE[1][4:]]]
    return books.html(table).replace(b"<head>", f"<head>{head}".encode())


def _tree(head: str) -> bytes:
    return _XML.replace("2019-12-03", str(SINCE_1904)).replace("<Worksheet", f"{head}<Worksheet").encode()


_ZERO = '<table:calculation-settings><table:null-date table:date-value="{}"/></table:calculation-settings>'
DAYS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "xlsx": ("a.xlsx", lambda: xlsx(lambda _, sheet: _plain(sheet), date_1904=True)),
    "xls": ("a.xls", lambda: xls(lambda _, sheet: _plain(sheet), since_1904=True)),
    "xlsb": (
        "a.xlsb",
        lambda: books.xlsb([TABLE[0], [*TABLE[1][:3], str(SINCE_1904), *TABLE[1][4:]]], since_1904=True)),
    "xml": ("a.xls", lambda: _tree('<x:E xmlns:x="urn:schemas-microsoft-com:office:excel"><x:Date1904/></x:E>')),
    "html": ("a.xls", lambda: _page("<!--[if gte mso 9]><xml><x:Date1904/></xml><![endif]-->")),
}  # fmt: skip


@pytest.mark.parametrize("case", DAYS)
def test_plain_numbers_of_days_are_counted_from_the_workbooks_own_day(clerk: Clerk, case: str) -> None:
    name, content = DAYS[case]
    clerk.deliver(content(), name)
    assert clerk.receive().accepted == 1
    assert clerk.lake()["received_date"].to_list() == [date(2019, 12, 3)]


@pytest.mark.parametrize(
    ("zero", "serial"), [("1904-01-01", SINCE_1904), ("1899-12-30", SERIAL), ("1900-01-01", SERIAL - 2)]
)
def test_days_of_an_ods_file_are_counted_from_its_null_date(clerk: Clerk, zero: str, serial: int) -> None:
    table = [TABLE[0], [*TABLE[1][:3], str(serial), *TABLE[1][4:]]]
    clerk.deliver(books.ods(table, before=_ZERO.format(zero)), "a.ods")
    assert clerk.receive().accepted == 1
    assert clerk.lake()["received_date"].to_list() == [date(2019, 12, 3)]


def test_dates_in_date_cells_of_a_1904_workbook_are_what_they_show(clerk: Clerk) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_datetime(1, 3, date(2019, 12, 3), book.add_format({"num_format": "yyyy-mm-dd"}))

    clerk.deliver(xlsx(fill, date_1904=True), "a.xlsx")
    clerk.receive()
    assert clerk.lake()["received_date"].to_list() == [date(2019, 12, 3)]

"""What is struck out or set above the line in a cell: never joined to the rest, never taken as if it held.
What else a cell may hold beside a plain value is tested beside this."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter
import xlwt

from pipelines.extracts.contracts import KINDS, contract
from tests.unit.extracts import books
from tests.unit.extracts.conftest import FUNDS, Clerk, fund
from tests.unit.extracts.test_old_formats import rows_of

AT = FUNDS.index("到账金额")
PIECES = {
    "partly_struck": [("1000", "struck"), ("2000", "")],
    "partly_raised": [("1000", ""), ("2", "raised")],
    "struck_out": [("1000", "struck")],
    None: [("10", "bold"), ("00", "")],
}
Pieces = list[tuple[str, str]]


def table() -> books.Table:
    return books.table([fund(1, 到账金额="@")])


def xlsx(pieces: Pieces, table: books.Table, row: int, at: int) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet, plain = book.add_worksheet(), book.add_format()
        dress = {"struck": {"font_strikeout": True}, "raised": {"font_script": 1}, "bold": {"bold": True}}
        for number, line in enumerate(table):
            sheet.write_row(number, 0, line)
        parts = [each for text, said in pieces for each in (book.add_format(dress[said]) if said else plain, text)]
        if len(pieces) > 1:
            sheet.write_rich_string(row, at, *parts)
        else:
            sheet.write(row, at, pieces[0][0], parts[0])
    return file.getvalue()


def inline(pieces: Pieces, table: books.Table, row: int, at: int) -> bytes:
    """The same with the texts in the cells themselves, as other programs than Excel write them."""
    whole = xlsx(pieces, table, row, at)
    mark = {"struck": "<strike/>", "raised": '<vertAlign val="superscript"/>', "bold": "<b/>", "": ""}
    runs = "".join(f"<r><rPr>{mark[said]}<sz val='11'/></rPr><t>{text}</t></r>" for text, said in pieces)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    name = f"{chr(65 + at)}{row + 1}"
    sheet = parts["xl/worksheets/sheet1.xml"]
    begin = sheet.index(f'<c r="{name}"')
    end = sheet.index("</c>", begin)
    cell = f'<c r="{name}" t="inlineStr"><is>{runs}</is>'
    parts["xl/worksheets/sheet1.xml"] = sheet[:begin] + cell + sheet[end:]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return file.getvalue()


def _font(said: str) -> xlwt.Font:
    font = xlwt.Font()
    font.struck_out, font.escapement, font.bold = said == "struck", int(said == "raised"), said == "bold"
    return font


def xls(pieces: Pieces, table: books.Table, row: int, at: int) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("案款")
    for number, line in enumerate(table):
        for place, value in enumerate(line):
            if (number, place) != (row, at):
                sheet.write(number, place, value)
    if len(pieces) > 1:
        sheet.write_rich_text(row, at, [(text, _font(said)) for text, said in pieces])
    else:
        style = xlwt.XFStyle()
        style.font = _font(pieces[0][1])
        sheet.write(row, at, pieces[0][0], style)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def xlsb(pieces: Pieces, table: books.Table, row: int, at: int) -> bytes:
    """A binary workbook whose one text has runs by [MS-XLSB] 2.5.122, in fonts of their own."""
    table[row][at] = "@"
    with zipfile.ZipFile(io.BytesIO(books.xlsb(table))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    looks = {"": (0, 0), "struck": (8, 0), "raised": (0, 1), "bold": (0, 0)}
    fonts = [struct.pack("<HHHH", 220, flags, 400, script) + bytes(17) for flags, script in looks.values()]
    used = b"".join(books._record(43, font) for font in fonts)
    of = list(looks).index(pieces[0][1]) if len(pieces) == 1 else 0
    styles = b"".join(books._record(47, struct.pack("<HHH", 0, 0, font) + bytes(10)) for font in (0, 0, of))
    head, tail = books._record(617, struct.pack("<I", 3)), books._record(618)
    parts["xl/styles.bin"] = books._record(278) + used + head + styles + tail + books._record(279)
    text = "".join(said for said, _ in pieces)
    runs, place = b"", 0
    for said, dress in pieces:
        runs += struct.pack("<HH", place, list(looks).index(dress))
        place += len(said)
    rich = struct.pack("<B", len(pieces) > 1) + books._wide(text)
    rich += struct.pack("<I", len(pieces)) + runs if len(pieces) > 1 else b""
    parts["xl/sharedStrings.bin"] = books._record(159, struct.pack("<II", 1, 1)) + books._record(19, rich)
    plain = books._record(6, struct.pack("<II", at, 0) + books._wide("@"))
    cell = books._record(7, struct.pack("<III", at, 2, 0))
    sheet = parts["xl/worksheets/sheet1.bin"]
    assert sheet.count(plain) == 1
    parts["xl/worksheets/sheet1.bin"] = sheet.replace(plain, cell)
    link = '<Relationship Id="rId9" Type="{}/sharedStrings" Target="sharedStrings.bin"/></Relationships>'
    known = parts["xl/_rels/workbook.bin.rels"].decode()
    parts["xl/_rels/workbook.bin.rels"] = known.replace("</Relationships>", link.format(books._OFFICE)).encode()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


ODS_STYLES = (
    '<style:style style:name="{}" style:family="{}"><style:text-properties style:text-line-through-style="solid"/>'
    '</style:style><style:style style:name="T2" style:family="text"><style:text-properties'
    ' style:text-position="super 58%"/></style:style><style:style style:name="C2" style:family="table-cell"'
    ' style:parent-style-name="C1"/>'
)


def ods(pieces: Pieces, table: books.Table, row: int, at: int) -> bytes:
    cell = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'
    lines = [[cell.format("", value) for value in line] for line in table]
    names = {"struck": "T1", "raised": "T2", "bold": "T9", "": "T9"}
    spans = "".join(f'<text:span text:style-name="{names[said]}">{text}</text:span>' for text, said in pieces)
    if len(pieces) == 1:
        lines[row][at] = cell.format(' table:style-name="C2"', pieces[0][0])
    else:
        lines[row][at] = cell.format("", spans)
    styles = ODS_STYLES.format("T1", "text") + ODS_STYLES.format("C1", "table-cell")
    rows = "".join(f"<table:table-row>{''.join(line)}</table:table-row>" for line in lines)
    return books.ods([], rows=rows, styles=f"<office:automatic-styles>{styles}</office:automatic-styles>")


def _page(pieces: Pieces, names: dict[str, tuple[str, str]], whole: str) -> str:
    if len(pieces) == 1:
        return whole.format(pieces[0][0])
    return "<td>" + "".join(names[said][0] + text + names[said][1] for text, said in pieces) + "</td>"


def page(struck: tuple[str, str], whole: str) -> Callable[[Pieces, books.Table, int, int], bytes]:
    names = {"struck": struck, "raised": ("<sup>", "</sup>"), "bold": ("<b>", "</b>"), "": ("", "")}

    def write(pieces: Pieces, table: books.Table, row: int, at: int) -> bytes:
        table[row][at] = "@"
        style = "<style>.xl7, .font8 {color:red;text-decoration:line-through;}</style>"
        cell = _page(pieces, names, whole)
        content = books.html(table).decode().replace("</head>", f"{style}</head>").replace("<td>@</td>", cell)
        return content.replace("<b>10</b>00", "<b>1000</b>").encode()  # digits that meet are two numbers anyway

    return write


def xml_2003(pieces: Pieces, table: books.Table, row: int, at: int) -> bytes:
    table[row][at] = "@"
    names = {"struck": "S", "raised": "Sup", "bold": "B", "": "Font"}
    data = "".join(f"<html:{names[said]}>{text}</html:{names[said]}>" for text, said in pieces)
    plain = '<Cell><Data ss:Type="String">@</Data></Cell>'
    rich = f'<Cell><Data ss:Type="String">{data}</Data></Cell>'
    if len(pieces) == 1:
        rich = f'<Cell ss:StyleID="s7"><Data ss:Type="Number">{pieces[0][0]}</Data></Cell>'
    styles = '<Styles><Style ss:ID="s7"><Font ss:StrikeThrough="1"/></Style></Styles><Worksheet '
    content = books.xml_2003(table).decode().replace("<Worksheet ", styles).replace(plain, rich)
    return content.replace("<Workbook ", '<Workbook xmlns:html="http://www.w3.org/TR/REC-html40" ', 1).encode()


WRITERS: dict[str, Callable[[Pieces, books.Table, int, int], bytes]] = {
    "a.xlsx": xlsx, "inline.xlsx": inline, "a.xls": xls, "a.xlsb": xlsb, "a.ods": ods, "xml.xls": xml_2003,
    "s.xls": page(("<s>", "</s>"), "<td><s>{}</s></td>"),
    "del.html": page(("<del>", "</del>"), "<td><b><del>{}</del></b></td>"),
    "strike.html": page(("<strike>", "</strike>"), '<td style="text-decoration: underline line-through">{}</td>'),
    "span.xls": page(('<span style="text-decoration:line-through">', "</span>"), "<td class=xl7>{}</td>"),
    "font.xls": page(('<font class="font8">', "</font>"), '<td><font class="a font8">{}</font></td>'),
}  # fmt: skip


@pytest.mark.parametrize("code", PIECES)
@pytest.mark.parametrize("name", WRITERS)
def test_a_text_that_is_struck_out_or_raised_is_told(clerk: Clerk, name: str, code: str | None) -> None:
    clerk.deliver(WRITERS[name](PIECES[code], table(), 1, AT), name)
    receipt = clerk.receive()
    assert [(row["header"], row["reason_code"]) for row in clerk.rejects()] == ([("到账金额", code)] if code else [])
    assert (receipt.accepted, receipt.rejected, receipt.refused) == (int(code is None), int(code is not None), [])
    if code is None:
        assert clerk.lake()["received_amount"].cast(float).to_list() == [1000.0]


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_told_in_every_column_of_every_kind(clerk: Clerk, kind: str) -> None:
    columns = list(contract(kind).columns)
    row = rows_of(kind)[0]
    for number, column in enumerate(columns):
        content = xlsx([("1", "struck"), ("2", "")], books.table([row]), 1, list(row).index(column.header))
        clerk.deliver(content, f"{number:02}.xlsx", kind=kind)
    assert clerk.receive(kind).accepted == 0
    told = [row["column_name"] for row in clerk.rejects(kind) if row["reason_code"] == "partly_struck"]
    assert sorted(told) == sorted(column.name for column in columns)


def test_a_row_struck_out_as_a_whole_is_told_once(clerk: Clerk) -> None:
    lines = books.table([fund(1), fund(2)])
    cells = ["<tr style='text-decoration:line-through'>" + "".join(f"<td>{v}</td>" for v in lines[1]) + "</tr>"]
    plain = "<tr>" + "".join(f"<td>{value}</td>" for value in lines[1]) + "</tr>"
    clerk.deliver(books.html(lines).decode().replace(plain, cells[0]).encode(), "a.xls")
    assert clerk.receive().accepted == 1
    assert [(row["row_number"], row["reason_code"]) for row in clerk.rejects()] == [(2, "struck_out")]


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.ods", "a.xlsb", "s.xls", "xml.xls"])
def test_a_unit_that_is_struck_out_is_asked_for(clerk: Clerk, name: str) -> None:
    lines = books.table([fund(1)])
    clerk.deliver(WRITERS[name]([("到账金额（万元", "struck"), ("）", "")], lines, 0, AT), name)
    title = [["执行案款", *[""] * 7], *books.table([fund(1)])]
    clerk.deliver(WRITERS[name]([("单位：万元", "struck")], title, 0, 1), f"title_{name}")
    assert [refused.message.code for refused in clerk.receive().refused] == ["struck_heading"] * 2


def test_a_title_that_says_no_unit_may_be_struck_out(clerk: Clerk) -> None:
    title = [["执行案款", *[""] * 7], *books.table([fund(1)])]
    clerk.deliver(xlsx([("初稿", "struck")], title, 0, 1), "a.xlsx")
    assert clerk.receive().accepted == 1


def test_a_text_that_goes_on_in_another_record_keeps_its_runs(clerk: Clerk) -> None:
    """The shared texts of an XLS workbook stand in records of 8 kB: some are cut in two."""
    rows = [fund(number, 案件标识="案" * 20 + str(number)) for number in range(1, 900)]
    clerk.deliver(xls(PIECES["partly_struck"], books.table(rows), 899, AT), "a.xls")
    assert clerk.receive().accepted == 898
    assert [(row["row_number"], row["reason_code"]) for row in clerk.rejects()] == [(900, "partly_struck")]

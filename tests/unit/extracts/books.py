"""Rows written as the files that old case systems and other programs make: XLS, XLSB, ODS, HTML, XML, tabs.
Only the writing; what must come of such files stands in the tests."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable, Sequence
from html import escape

import xlwt

from tests.unit.extracts.conftest import Row, csv_text

Table = list[list[str]]
_ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0">{styles}'
    "<office:body><office:spreadsheet>{before}"
    '<table:table table:name="{sheet}">{rows}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def table(rows: Sequence[Row], above: Sequence[str] = ()) -> Table:
    """Lines above, headings, values."""
    values = [["" if value is None else str(value) for value in row.values()] for row in rows]
    return [*([line] for line in above), list(rows[0]), *values]


def xls(lines: Table, sheet: str = "Sheet1", merged: Sequence[tuple[int, int, int, int]] = ()) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet(sheet)
    inside = {
        (r, c) for top, bottom, left, right in merged for r in range(top, bottom + 1) for c in range(left, right + 1)
    }
    for place, line in enumerate(lines):
        for at, value in enumerate(line):
            if value and (place, at) not in inside:
                page.write(place, at, value)
    for top, bottom, left, right in merged:
        page.write_merge(top, bottom, left, right, lines[top][left])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def ods(lines: Table, sheet: str = "Sheet1", rows: str | None = None, before: str = "", styles: str = "") -> bytes:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    if rows is None:
        rows = "".join(
            "<table:table-row>"
            + "".join(cell.format(escape(value)) if value else "<table:table-cell/>" for value in line)
            + "</table:table-row>"
            for line in lines
        )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f'<?xml version="1.0"?><m:manifest xmlns:m="{_MANIFEST}"/>')
        archive.writestr("content.xml", _ODS.format(sheet=sheet, rows=rows, before=before, styles=""))
        archive.writestr("styles.xml", _ODS.format(sheet="", rows="", before="", styles=styles))
    return file.getvalue()


def html(lines: Table, charset: str = "utf-8", before: str = "", after: str = "") -> bytes:
    rows = "".join("<tr>" + "".join(f"<td>{escape(value)}</td>" for value in line) + "</tr>\n" for line in lines)
    body = f'{before}<table border="1">\n{rows}</table>{after}'
    return f'<html><head><meta charset="{charset}"></head><body>{body}</body></html>'.encode(charset)


def xml_2003(lines: Table, sheet: str = "Sheet1") -> bytes:
    cell = '<Cell><Data ss:Type="String">{}</Data></Cell>'
    rows = "".join("<Row>" + "".join(cell.format(escape(value)) for value in line) + "</Row>" for line in lines)
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    head = f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{space}" xmlns:ss="{space}">'
    return f'{head}<Worksheet ss:Name="{sheet}"><Table>{rows}</Table></Worksheet></Workbook>'.encode()


def _record(kind: int, body: bytes = b"") -> bytes:
    name = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(body)
    while True:
        size += bytes([length & 0x7F | (0x80 if length > 127 else 0)])
        length >>= 7
        if not length:
            return name + size + body


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")


def _styles(code: str) -> bytes:
    style = [_record(47, struct.pack("<HH", 0, number) + bytes(12)) for number in (0, 200)]
    known = _record(278) + _record(44, struct.pack("<H", 200) + _wide(code))
    return known + _record(617, struct.pack("<I", 2)) + b"".join(style) + _record(618) + _record(279)


def xlsb(
    lines: Table,
    sheet: str = "Sheet1",
    far: tuple[int, int] | None = None,
    code: str = "General",
    since_1904: bool = False,
    page: str = "",
) -> bytes:
    """A binary workbook by [MS-XLSB], as small as one can be; `far` is the row and column of one more cell.

    Decimal numbers are numbers in the format `code`; `page` is a page header.
    """
    at = {(row, place): value for row, line in enumerate(lines) for place, value in enumerate(line) if value}
    if far:
        at[far] = " "
    body, row = b"", -1
    for (of_row, place), value in sorted(at.items()):
        if of_row != row:
            row = of_row
            body += _record(0, struct.pack("<IIHHBI", row, 0, 300, 0, 0, 0))
        if re.fullmatch(r"\d+\.\d+|4\d{4}", value):
            body += _record(5, struct.pack("<IId", place, 1, float(value)))
        else:
            body += _record(6, struct.pack("<II", place, 0) + _wide(value))
    last = max(r for r, _ in at), max(c for _, c in at)
    size = _record(148, struct.pack("<IIII", 0, last[0], 0, last[1]))
    pages = _record(479, struct.pack("<H", 0) + _wide(page) + b"\xff\xff\xff\xff" * 5) if page else b""
    content = _record(129) + size + _record(145) + body + _record(146) + pages + _record(130)
    bundle = _record(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide(sheet))
    properties = _record(153, struct.pack("<III", int(since_1904), 0, 0))
    relation = '<Relationship Id="rId1" Type="{}" Target="{}"/>'
    around = f'<?xml version="1.0"?><Relationships xmlns="{_RELATIONS}">{{}}</Relationships>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("_rels/.rels", around.format(relation.format(f"{_OFFICE}/officeDocument", "xl/workbook.bin")))
        archive.writestr(
            "xl/workbook.bin", _record(131) + properties + _record(143) + bundle + _record(144) + _record(132)
        )
        of_sheet = relation.format(f"{_OFFICE}/worksheet", "worksheets/sheet1.bin")
        of_styles = f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.bin"/>'
        archive.writestr("xl/_rels/workbook.bin.rels", around.format(of_sheet + of_styles))
        archive.writestr("xl/worksheets/sheet1.bin", content)
        archive.writestr("xl/styles.bin", _styles(code))
    return file.getvalue()


def tabbed(lines: Table) -> bytes:
    return "".join("\t".join(line) + "\r\n" for line in lines).encode("gb18030")


def semicolons(rows: Sequence[Row]) -> bytes:
    return csv_text(rows).replace(",", ";").encode("gb18030")


WRITERS: dict[str, Callable[[Table], bytes]] = {
    "a.xls": xls, "a.et": xls, "a.xlsb": xlsb, "a.ods": ods, "page.xls": html, "page.html": html,
    "gbk.xls": lambda lines: html(lines, "gb18030"), "xml.xls": xml_2003, "tabs.xls": tabbed, "a.tsv": tabbed,
    "a.txt": tabbed, "tabs.csv": tabbed,
}  # fmt: skip

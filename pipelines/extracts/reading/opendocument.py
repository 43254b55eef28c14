"""What the workbook library does not tell of an ODS file: merged cells, open formulas, number formats, notes, pages.
The values themselves are read by the library, in `workbook`."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from lxml import etree

from pipelines.extracts.messages import refusal
from pipelines.extracts.reading import formats, parts
from pipelines.extracts.reading.entries import column_letters, parser
from pipelines.extracts.reading.grid import Around
from pipelines.extracts.reading.package import BROKEN, LARGEST, Seen, conditioned, rebuilt
from pipelines.extracts.reading.source import ERROR, ODD_FORMAT, OPEN_FORMULA, Beside, Doubt, Span
from pipelines.extracts.reading.struck import open_document as struck
from pipelines.extracts.values import STRIPPED

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_NUMBER = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
YUAN = ("", "CNY", "RMB", "CNH")  # as a cell names its currency
_BESIDE = re.compile(r"[^\d.,\s()+\-]+")  # what is shown beside the digits
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


def _times(element: Any, what: str) -> int:
    return max(1, int(element.get(f"{_TABLE}number-{what}", 1)))


def _extent(table: Any) -> tuple[int, int]:
    """The last row and the width of the rectangle up to a table's farthest cells."""
    row = width = last = 0
    for line in table.iter(f"{_TABLE}table-row"):
        place = 0
        for cell in line.iterchildren(*_CELLS):
            place += _times(cell, "columns-repeated")
            if len(cell) or cell.get(f"{_OFFICE}value-type"):
                width, last = max(width, place), row + _times(line, "rows-repeated")
        row += _times(line, "rows-repeated")
    return last, width


def _is_too_wide(table: Any) -> bool:
    last, width = _extent(table)
    return last * width > LARGEST


def _without_blanks(table: Any) -> None:
    """Take what nobody sees out of a table's cells: a space far away would stretch it to there."""
    for cell in list(table.iter(*_CELLS)):
        if (len(cell) or cell.get(f"{_OFFICE}value-type")) and not "".join(cell.itertext()).strip(STRIPPED):
            place, repeated = cell.getparent(), cell.get(f"{_TABLE}number-columns-repeated", "1")
            empty = etree.Element(cell.tag, {f"{_TABLE}number-columns-repeated": repeated})
            place.replace(cell, empty)


def _parted(content: Any) -> bool:
    """Put a line break where a cell's text is parted by a mark: the library joins 1000 and 2000. Whether one was."""
    marks = [
        mark for cell in content.iter(*_CELLS) for mark in cell.iter("{*}line-break", "{*}tab", "{*}soft-page-break")
    ]
    for mark in marks:
        mark.tail = "\n" + (mark.tail or "")
    return bool(marks)


def _repaired(content: Any, path: Path | io.BytesIO, name: str) -> io.BytesIO | None:
    """A copy of a file without far blanks, where the library could not read it for them, and with texts parted where
    marks part them. FileRefusedError (stray_cell) for a cell far away that holds something."""
    is_parted = _parted(content)
    wide = [table for table in content.iter(f"{_TABLE}table") if _is_too_wide(table)]
    for table in wide:
        _without_blanks(table)
        if _is_too_wide(table):
            raise refusal("stray_cell", name, row=_extent(table)[0])
    if not wide and not is_parted:
        return None
    with zipfile.ZipFile(path) as archive:
        return rebuilt(archive, {"content.xml": etree.tostring(content, xml_declaration=True, encoding="UTF-8")})


def _odd_styles(*sheets: Any) -> Mapping[str, str]:
    """The styles of cells with a doubtful number format, each with the format as Excel would write it."""
    codes: dict[str, str] = {}
    for sheet in sheets:
        for style in sheet.iter("{*}number-style", "{*}currency-style", "{*}percentage-style"):
            words = "".join(each.text or "" for each in style.iter("{*}text", "{*}currency-symbol", "{*}embedded-text"))
            scaled = any(each.get(f"{_NUMBER}display-factor", "1") != "1" for each in style.iter())
            is_percent = style.tag.endswith("}percentage-style")
            code = "0%" if is_percent else f'0{"," if scaled else ""}"{words}"'
            if formats.is_doubtful(code):
                codes[style.get(f"{_STYLE}name")] = code
    cells = [style for sheet in sheets for style in sheet.iter("{*}style") if style.get(f"{_STYLE}data-style-name")]
    used = {style.get(f"{_STYLE}name"): style.get(f"{_STYLE}data-style-name") for style in cells}
    return {name: codes[of] for name, of in used.items() if of in codes}


def _day_zero(content: Any) -> int:
    """By how many days the table's count of days begins after Excel's own."""
    for zero in content.iter(f"{_TABLE}null-date"):
        first = date.fromisoformat(zero.get(f"{_TABLE}date-value", "1899-12-30"))
        return (first - date.fromisoformat("1899-12-30")).days
    return 0


def _texts(element: Any) -> list[str]:
    return [text for each in element.iter("{*}p") if (text := "".join(each.itertext()).strip())]


def _said(table: Any) -> Iterator[Beside]:
    """The notes at a table's cells, and the text boxes on it."""
    for kind, where in (("annotation", "note"), ("text-box", "drawing"), ("custom-shape", "drawing")):
        for element in table.iter(f"{{*}}{kind}"):
            yield from (Beside(where, "", text) for text in _texts(element))


def _pages(sheet: Any) -> Iterator[Beside]:
    for element in sheet.iter("{*}header", "{*}footer", "{*}header-left", "{*}footer-left", "{*}header-first"):
        yield from (Beside("page", "", text) for text in _texts(element))


def _is_number(cell: Any) -> bool:
    return cell.get(f"{_OFFICE}value-type") in ("float", "currency", "percentage")


def _shown(cell: Any) -> str | None:
    """A doubtful format that a number without a style of its own is shown in; None for what is shown as it is."""
    if cell.get(f"{_OFFICE}value-type") == "percentage":
        return "0%"
    currency = cell.get(f"{_OFFICE}currency", "")
    if currency not in YUAN:
        return f'0"{currency}"'
    said = "".join(text for each in cell.iterchildren("{*}p") for text in each.itertext())
    beside = "".join(_BESIDE.findall(said))
    code = f'0"{beside}"'
    return code if formats.is_doubtful(code) else None


def _of_table(table: Any, odd: Mapping[str, str], fonts: struck.Styles) -> Seen:
    columns: list[str] = []
    for column in table.iter(f"{_TABLE}table-column"):
        columns += [column.get(f"{_TABLE}default-cell-style-name", "")] * min(_times(column, "columns-repeated"), 1024)
    spans: list[Span] = []
    doubts: list[Doubt] = []
    unseen: list[int] = []
    row = 1
    for line in table.iter(f"{_TABLE}table-row"):
        place = 0
        for cell in line.iterchildren(*_CELLS):
            down, across = _times(cell, "rows-spanned"), _times(cell, "columns-spanned")
            if down > 1 or across > 1:
                spans.append(Span(row, row + down - 1, place, place + across - 1))
            if cell.get(f"{_TABLE}formula") and not cell.get(f"{_OFFICE}value-type"):
                doubts.append(Doubt(row, place, OPEN_FORMULA))
            if cell.get(f"{_CALC}value-type") == "error":
                doubts.append(Doubt(row, place, ERROR))
            default = columns[place] if place < len(columns) else ""
            style = cell.get(f"{_TABLE}style-name") or line.get(f"{_TABLE}default-cell-style-name") or default
            code = odd.get(style) or _shown(cell) if _is_number(cell) else None
            said: list[tuple[str, tuple[tuple[str, str], ...]]] = [(ODD_FORMAT, (("format", code),))] if code else []
            if not fonts.is_plain and (mark := struck.of_cell(cell, style, fonts)):
                said.append((mark, ()))
            if style in fonts.conditioned and len(cell):
                doubts += conditioned([f"{column_letters(place)}{row}"])
            doubts += [
                Doubt(row + more, place + along, *each)
                for each in said
                for more in range(min(_times(line, "rows-repeated"), 1024))
                for along in range(min(_times(cell, "columns-repeated"), 1024))
            ]
            place += _times(cell, "columns-repeated")
        if line.get(f"{_TABLE}visibility") in ("collapse", "filter"):
            unseen += range(row, row + min(_times(line, "rows-repeated"), 1024))
        row += _times(line, "rows-repeated")
    doubts += conditioned(struck.conditioned(table, fonts)) if not fonts.is_plain else ()
    return Seen(tuple(doubts), None, tuple(spans), tuple(_said(table)), tuple(unseen))


def looked_through(path: Path | io.BytesIO, name: str) -> tuple[io.BytesIO | None, dict[str, Seen], Around]:
    """A copy without far blanks where the library needs one, what was seen of each sheet, and of the whole.

    FileRefusedError (stray_cell, unreadable).
    """
    try:
        with zipfile.ZipFile(path) as archive:
            content = etree.fromstring(archive.read("content.xml"), parser())
            pages = parts.tree(archive, "styles.xml")
            said = (*parts.properties(archive), *(_pages(pages) if pages is not None else ()))
        copy = _repaired(content, path, name)
        sheets = content, *(() if pages is None else (pages,))
        odd, fonts = _odd_styles(*sheets), struck.styles(*sheets)
        seen = {table.get(f"{_TABLE}name"): _of_table(table, odd, fonts) for table in content.iter(f"{_TABLE}table")}
        return copy, seen, Around(said, _day_zero(content))
    except BROKEN as error:
        raise refusal("unreadable", name, detail=str(error)) from error

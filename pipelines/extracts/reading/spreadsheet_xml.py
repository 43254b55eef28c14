"""Workbooks in Excel's XML of 2003, which case systems save under a workbook's name: sheets as grids of text.
Pages of HTML belong to `markup`; what is struck out, to `struck`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from lxml import etree

from pipelines.extracts.reading import formats
from pipelines.extracts.reading.entries import parser
from pipelines.extracts.reading.grid import Around, Grid, grid_of
from pipelines.extracts.reading.source import ODD_FORMAT, OPEN_FORMULA, SINCE_1904, Beside, Doubt, Span
from pipelines.extracts.reading.struck import CONDITIONED
from pipelines.extracts.reading.struck import spreadsheet_xml as struck

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.0+)?", re.ASCII)
_WIDEST = 16_384


def _data(cell: Any) -> str:
    data = cell.find(f"{_SS}Data")
    text = "" if data is None else "".join(data.itertext())
    match = _MIDNIGHT.fullmatch(text) if data is not None and data.get(f"{_SS}Type") == "DateTime" else None
    return f"{match[1]} {match[2]}" if match else text


class _Styles(NamedTuple):
    """The styles that strike out, and those with a doubtful number format, with it."""

    struck: frozenset[str]
    odd: Mapping[str, str]


def _styles(book: Any) -> _Styles:
    codes = struck.said_by_styles(book, "NumberFormat", "Format")
    odd = {name: code for name, code in codes.items() if formats.is_doubtful(code)}
    return _Styles(struck.struck_styles(book), odd)


def _xml_beside(sheet: Any) -> Iterator[Beside]:
    """The notes at a sheet's cells, and its page headers and footers."""
    for note in sheet.iter(f"{_SS}Comment"):
        yield from (Beside("note", "", line) for line in "".join(note.itertext()).splitlines() if line.strip())
    for page in sheet.iter("{*}Header", "{*}Footer"):
        yield from (Beside("page", "", text) for text in re.split("&[A-Z]", next(iter(page.values()), "")) if text)


def _xml_grid(sheet: Any, styles: _Styles) -> Grid:
    rows: list[tuple[int, Sequence[str]]] = []
    spans: list[Span] = []
    doubts: list[Doubt] = []
    unseen: list[int] = []
    number, columns = 0, [style for table in sheet.iter(f"{_SS}Table") for style in struck.columns_styles(table)]
    for line in sheet.iter(f"{_SS}Row"):
        number = int(line.get(f"{_SS}Index", number + 1))
        cells: list[str] = []
        for cell in line.iter(f"{_SS}Cell"):
            place = min(int(cell.get(f"{_SS}Index", len(cells) + 1)), _WIDEST) - 1
            cells += [""] * (place - len(cells))
            across, down = int(cell.get(f"{_SS}MergeAcross", 0)), int(cell.get(f"{_SS}MergeDown", 0))
            if across or down:
                spans.append(Span(number, number + down, place, place + across))
            if cell.get(f"{_SS}Formula") and cell.find(f"{_SS}Data") is None:
                doubts.append(Doubt(number, place, OPEN_FORMULA))
            style = struck.style_of(cell, line, columns, place)
            if (code := styles.odd.get(style)) and _is_number(cell):
                doubts.append(Doubt(number, place, ODD_FORMAT, (("format", code),)))
            if mark := struck.of_cell(cell, style in styles.struck):
                doubts.append(Doubt(number, place, mark))
            cells += [_data(cell), *[""] * min(across, _WIDEST)]
        rows.append((number, cells))
        unseen += [number] if line.get(f"{_SS}Hidden") == "1" else []
    for first, place, last, cells_said in struck.conditioned(sheet):
        doubts.append(Doubt(first, place, CONDITIONED, (("cells", cells_said), ("last", last))))
    hidden = any(element.text != "SheetVisible" for element in sheet.iter("{*}Visible"))
    title = sheet.get(f"{_SS}Name") or ""
    found = {
        "spans": tuple(spans),
        "doubts": tuple(doubts),
        "beside": tuple(_xml_beside(sheet)),
        "unseen": tuple(unseen),
    }
    return grid_of(title, iter(rows), hidden=hidden, **found)


def _is_number(cell: Any) -> bool:
    return any(data.get(f"{_SS}Type") == "Number" for data in cell.iter(f"{_SS}Data"))


def grids_of(content: bytes) -> tuple[list[Grid], Around]:
    """The sheets of a workbook, and what holds for the whole. lxml's errors and ValueError for one that is damaged."""
    book = etree.fromstring(content, parser())
    styles = _styles(book)
    grids = [_xml_grid(sheet, styles) for sheet in book.iter(f"{_SS}Worksheet")]
    return grids, Around((), SINCE_1904 if any(True for _ in book.iter("{*}Date1904")) else 0)

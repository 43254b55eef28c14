"""What the workbook library does not tell of an ODS file: merged cells, and formulas without a stored value.
The values themselves are read by the library, in `workbook`."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from lxml import etree

from pipelines.extracts.messages import refusal
from pipelines.extracts.reading.package import BROKEN, LARGEST, Seen, parser
from pipelines.extracts.reading.source import Doubt, Span

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


def _times(element: Any, what: str) -> int:
    return max(1, int(element.get(f"{_TABLE}number-{what}", 1)))


def _refuse_far(table: Any, name: str) -> None:
    """Refuse a table (stray_cell) with a cell so far away that the rectangle up to it could not be read."""
    row = width = last = 0
    for line in table.iter(f"{_TABLE}table-row"):
        place = 0
        for cell in line.iterchildren(*_CELLS):
            place += _times(cell, "columns-repeated")
            if len(cell) or cell.get(f"{_OFFICE}value-type"):
                width, last = max(width, place), row + _times(line, "rows-repeated")
        row += _times(line, "rows-repeated")
    if width * last > LARGEST:
        raise refusal("stray_cell", name, row=last)


def _of_table(table: Any) -> Seen:
    spans: list[Span] = []
    doubts: list[Doubt] = []
    row = 1
    for line in table.iter(f"{_TABLE}table-row"):
        place = 0
        for cell in line.iterchildren(*_CELLS):
            down, across = _times(cell, "rows-spanned"), _times(cell, "columns-spanned")
            if down > 1 or across > 1:
                spans.append(Span(row, row + down - 1, place, place + across - 1))
            if cell.get(f"{_TABLE}formula") and not cell.get(f"{_OFFICE}value-type"):
                doubts.append(Doubt(row, place, "formula_without_value"))
            place += _times(cell, "columns-repeated")
        row += _times(line, "rows-repeated")
    return Seen(tuple(doubts), None, tuple(spans))


def looked_through(path: Path, name: str) -> dict[str, Seen]:
    """Merged cells and open formulas by sheet. FileRefusedError (unreadable)."""
    try:
        with zipfile.ZipFile(path) as archive:
            content = etree.fromstring(archive.read("content.xml"), parser())
        for table in content.iter(f"{_TABLE}table"):
            _refuse_far(table, name)
        return {table.get(f"{_TABLE}name"): _of_table(table) for table in content.iter(f"{_TABLE}table")}
    except BROKEN as error:
        raise refusal("unreadable", name, detail=str(error)) from error

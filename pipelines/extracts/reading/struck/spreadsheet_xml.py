"""Struck and raised texts of Excel's XML of 2003: styles of cells, rows, columns and tables, elements within a cell.
What else a sheet says belongs to `reading.spreadsheet_xml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from pipelines.extracts.reading.struck.css import said_of
from pipelines.extracts.reading.struck.marks import doubt_of
from pipelines.extracts.reading.struck.pages import RAISED, STRUCK, runs

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
DEFAULT = "Default"
_DEEPEST = 16
_CELL = re.compile(r"R(\d+)C(\d+)(?::R(\d+)C(\d+))?")


def _own(style: Any, element: str, attribute: str) -> str | None:
    said = (each.get(f"{_SS}{attribute}") for each in style.iter(f"{_SS}{element}"))
    return next((text for text in said if text is not None), None)


def said_by_styles(book: Any, element: str, attribute: str) -> dict[str, str]:
    """Style → what an attribute of its elements of a name says, or that of the first of its parents that says anything;
    the sheet's own style is the last."""
    styles = {style.get(f"{_SS}ID", ""): style for style in book.iter(f"{_SS}Style")}
    parents = {name: style.get(f"{_SS}Parent", "") for name, style in styles.items()}
    own = {name: _own(style, element, attribute) for name, style in styles.items()}
    found: dict[str, str] = {}
    for name in own:
        at = name
        for _ in range(_DEEPEST):
            if (said := own.get(at)) is not None:
                found[name] = said
                break
            at = parents.get(at) or DEFAULT
    return found


def struck_styles(book: Any) -> frozenset[str]:
    """The styles that strike out."""
    said = said_by_styles(book, "Font", "StrikeThrough")
    return frozenset(name for name, is_on in said.items() if is_on in ("1", "true"))


def columns_styles(table: Any) -> list[str]:
    """The style of each column of a table, \"\" for one without."""
    found: list[str] = []
    for column in table.iterchildren(f"{_SS}Column"):
        place = int(column.get(f"{_SS}Index", len(found) + 1)) - 1
        found += [""] * (min(place, 16_384) - len(found))
        found += [column.get(f"{_SS}StyleID", "")] * (1 + min(int(column.get(f"{_SS}Span", 0)), 16_384))
    return found


def style_of(cell: Any, row: Any, columns: Sequence[str], place: int) -> str:
    """The style of a cell: its own, its row's, its column's, its table's, or the sheet's."""
    of_column = columns[place] if place < len(columns) else ""
    table = row.getparent()
    of_table = table.get(f"{_SS}StyleID") if table is not None else None
    return str(cell.get(f"{_SS}StyleID") or row.get(f"{_SS}StyleID") or of_column or of_table or DEFAULT)


def of_cell(cell: Any, is_struck: bool) -> str | None:
    """What is doubtful of a cell: its data may hold the elements of HTML."""
    data = cell.find(f"{_SS}Data")
    return None if data is None else doubt_of(runs(data, _looks), is_struck)


def _looks(element: Any) -> tuple[bool | None, bool]:
    name = element.tag.rpartition("}")[2].casefold()
    styles = [text for attribute, text in element.items() if attribute.rpartition("}")[2].casefold() == "style"]
    said = [said_of(style) for style in styles]
    is_struck = name in STRUCK or any(each.struck for each in said)
    return is_struck or None, name in RAISED or any(each.raised for each in said)


def conditioned(sheet: Any) -> Iterator[tuple[int, int, int, str]]:
    """The first row, the first place and the last row of each range that a condition may strike out, and its name."""
    for each in sheet.iter("{*}ConditionalFormatting"):
        looks = [text for part in each.iter("{*}Format") for name, text in part.items() if name.endswith("Style")]
        if not any(said_of(look).struck for look in looks):
            continue
        for cells in (cells for where in each.iter("{*}Range") for cells in (where.text or "").split(",")):
            match = _CELL.fullmatch(cells.strip())
            first, place, last = (match[1], match[2], match[3] or match[1]) if match else ("1", "1", str(1 << 20))
            yield int(first), int(place) - 1, int(last), cells.strip()

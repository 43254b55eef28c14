"""Lines above a header: titles and notes there are no rows, and rows that stand there must not be lost as such.
What such lines say of units is read in `stated_units`."""

from __future__ import annotations

from pipelines.extracts.contracts import contract
from pipelines.extracts.headers import HeaderMap
from pipelines.extracts.messages import refusal
from pipelines.extracts.reading import Source
from pipelines.extracts.values import EMPTY_VALUE, STRIPPED, UnreadableError, law

TYPED = ("date", "timestamp", "amount", "number", "integer", "flag", "code")


def _readable(header_map: HeaderMap, cells: tuple[str, ...]) -> int:
    """How many cells of a line can be read as what their columns hold."""
    found = 0
    for name, places in header_map.positions.items():
        column = contract(header_map.kind).column(name)
        cell = cells[places[0]].strip(STRIPPED) if places[0] < len(cells) else ""
        if column.type in TYPED and cell not in EMPTY_VALUE:
            try:
                law(column)(cell)
            except UnreadableError:
                continue
            found += 1
    return found


def check_above(header_map: HeaderMap, source: Source, file: str) -> None:
    """Refuse a file (rows_above_header) whose header stands below rows of data: they would pass for titles."""
    for line in source.above:
        filled = sum(1 for cell in line.cells if cell and cell.strip(STRIPPED))
        if 2 * filled >= len(header_map.positions) and _readable(header_map, line.cells) >= min(2, filled):
            raise refusal("rows_above_header", file, row=source.header[0].row, above=line.row)

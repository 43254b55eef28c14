"""Where the header of a table is, and the headings it gives: one row, or two or three read together.
What the headings mean is asked of the caller, by `recognise`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipelines.extracts.reading.source import Line, Recognise, header_place

DEEPEST = 3  # rows that a header may have: 到账 over 日期 and 金额
OPENING, CLOSING = "(（[【", ")）]】"


class Header(NamedTuple):
    """The first and last row of a header, from 0, and its headings."""

    first: int
    last: int
    cells: tuple[str, ...]

    def lines(self, rows: Sequence[tuple[str, ...]], numbers: Sequence[int]) -> tuple[Line, ...]:
        """The header's rows as they were delivered."""
        return tuple(Line(numbers[place], rows[place]) for place in range(self.first, self.last + 1))

    def above(self, rows: Sequence[tuple[str, ...]], numbers: Sequence[int]) -> tuple[Line, ...]:
        """The lines above the header."""
        return tuple(Line(numbers[place], rows[place]) for place in range(self.first))


def _without_note(heading: str) -> str:
    """A heading without what stands in brackets at its end; one that is nothing but brackets stays."""
    if heading.rstrip()[-1:] not in tuple(CLOSING):
        return heading
    places = [place for bracket in OPENING if (place := heading.find(bracket, 1)) > 0]
    return heading[: min(places)] if places else heading


def _under(parents: Sequence[str], children: Sequence[str], recognise: Recognise) -> tuple[str, ...] | None:
    """Two rows read together; None if the lower one is not a row of headings.

    A heading spreads over the empty cells at its right under which something stands: so merged cells are written.
    Its note in brackets does not: of which columns an upper cell's 万元 speaks, is told with the units.
    """
    width = max(len(parents), len(children))
    above = [*(cell.strip() for cell in parents), *[""] * (width - len(parents))]
    below = [*(cell.strip() for cell in children), *[""] * (width - len(children))]
    found: list[str] = []
    spread, known, filled = "", 0, 0
    for parent, child in zip(above, below, strict=True):
        spread = parent or (spread if child else "")
        joined = f"{_without_note(spread)}{child}" if child else spread
        said = [text for text in (joined, child, spread if parent else "") if text]
        heading = next((text for text in said if recognise((text,))), said[0] if said else "")
        found.append(heading)
        filled += bool(child)
        known += bool(child) and heading != spread and bool(recognise((heading,)))
    return tuple(found) if 2 * known >= filled > 0 else None


def find_header(rows: Sequence[tuple[str, ...]], recognise: Recognise) -> Header | None:
    """The header among the first rows; None if all of them are empty.

    Rows are read together only where that gives more known headings than the best row has alone.
    """
    place = header_place(list(rows), recognise)
    if place is None:
        return None
    best, known = Header(place, place, rows[place]), recognise(rows[place])
    if known == max(map(len, rows[max(0, place - DEEPEST) : place + DEEPEST])):
        return best  # every cell of it is a heading that is known, and no row is wider
    for first in range(place, max(-1, place - DEEPEST), -1):  # a title above is none of the header's rows
        cells: tuple[str, ...] | None = rows[first]
        for last in range(first + 1, min(first + DEEPEST, len(rows))):
            cells = _under(cells or (), rows[last], recognise) if cells is not None else None
            if cells and last >= place and recognise(cells) > known:
                best, known = Header(first, last, cells), recognise(cells)
    return best

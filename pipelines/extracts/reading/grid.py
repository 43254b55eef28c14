"""Sheets and pages as grids of text: the one that holds the extract is found, and its rows are handed on.
How a grid is read out of a file belongs to the readers of the formats."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import polars as pl

from pipelines.extracts.messages import refusal
from pipelines.extracts.reading.headings import Header, find_header
from pipelines.extracts.reading.source import (
    HEADER_SEARCHED,
    Beside,
    Chunk,
    Doubt,
    Recognise,
    Source,
    Span,
    Told,
    text_frame,
)
from pipelines.extracts.reading.struck import CONDITIONED, HELD_OPEN

# Excel keeps fifteen significant digits: an identifier with more has lost its end.
EXACT_LIMIT = 1e15
HIDDEN = "（隐藏）"

LONGEST_SAID, MOST_SAID = 200, 10_000
TABLE_WIDTH, MOST_NAMED = 3, 12  # filled cells from which a line of another sheet is one of a table; rows named
_MAY_SAY = re.compile(
    "[元圆万萬亿億千百仟佰币幣镑]|单位|外汇|汇率|除以|[×÷]|yuan|unit|currency|usd|hkd|eur|jpy|gbp|dollar|thousand|[mb]illion",
    re.IGNORECASE,
)
_ASKS = re.compile(r"(?:单位|unit)\s*[：:]?$", re.IGNORECASE)

Rows = list[tuple[str, ...]]


@dataclass(frozen=True)
class Grid:
    """One sheet: its rows that are not empty, as texts of one width, with the numbers a clerk sees beside them."""

    title: str
    rows: Rows
    numbers: tuple[int, ...]
    spans: tuple[Span, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    hidden: bool = False
    beside: tuple[Beside, ...] = ()
    unseen: tuple[int, ...] = ()  # rows that are hidden or filtered out

    @property
    def shown(self) -> str:
        return self.title + (HIDDEN if self.hidden else "")


@dataclass(frozen=True)
class Around:
    """What holds for a whole workbook: what is said in it beside its sheets, and from when its days are counted."""

    beside: tuple[Beside, ...] = ()
    day_zero: int = 0


def cell_text(cell: Any) -> str:
    """One cell as text. A number with more digits than Excel keeps comes out in scientific notation, as its mark."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        if abs(cell) >= EXACT_LIMIT:
            return f"{cell:E}"
        if cell.is_integer():
            return str(int(cell))
        text = repr(cell)
        return f"{cell:.12f}".rstrip("0") if "e" in text else text
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def grid_of(title: str, rows: Iterator[tuple[int, Sequence[Any]]], **more: Any) -> Grid:
    """A grid of numbered rows of cells; rows without any content are left out, short rows are filled up."""
    texts: Rows = []
    numbers: list[int] = []
    for number, cells in rows:
        if cells.count("") < len(cells):
            texts.append(tuple([cell if type(cell) is str else cell_text(cell) for cell in cells]))
            numbers.append(number)
    width = max(map(len, texts), default=0)
    texts = [cells if len(cells) == width else (*cells, *[""] * (width - len(cells))) for cells in texts]
    return Grid(title, texts, tuple(numbers), **more)


def _header(grid: Grid, recognise: Recognise) -> Header | None:
    return find_header(grid.rows[:HEADER_SEARCHED], recognise)


def _chosen(grids: list[Grid], name: str, recognise: Recognise) -> tuple[Grid, Header]:
    """The one grid with known headings; notes on other sheets do not matter, a second sheet of data does."""
    found = [(grid, header) for grid in grids if (header := _header(grid, recognise))]
    if not found:
        raise refusal("empty_file", name)
    known = [
        (grid, header)
        for grid, header in found
        if recognise(header.cells) >= 2 and any(any(map(str.strip, row)) for row in grid.rows[header.last + 1 :])
    ]
    if len(known) > 1:
        raise refusal("several_sheets", name, sheets="、".join(grid.shown for grid, _ in known))
    return next(iter(known or found))


def _chunks(grid: Grid, header: Header) -> Iterator[Chunk]:
    body, numbers = grid.rows[header.last + 1 :], grid.numbers[header.last + 1 :]
    columns: list[tuple[str, ...]] = list(zip(*body, strict=True)) if body else [()] * len(header.cells)
    first = numbers[0] if numbers else 0
    spans = tuple(span for span in grid.spans if span.bottom >= first)
    rows = pl.Series(numbers, dtype=pl.Int32)
    yield Chunk(header.cells, text_frame(columns), rows, spans=spans, doubts=grid.doubts)


def _said_on(grid: Grid) -> Iterator[Beside]:
    """What another sheet says that may be a unit: its name, its cells, and what stands around them."""
    yield Beside("sheet", grid.title, grid.title)
    yield from grid.beside
    for cells in grid.rows:
        said = [cell.strip() for cell in cells if cell.strip()]
        for before, text in zip(("", *said), said, strict=False):
            if len(text) <= LONGEST_SAID and _MAY_SAY.search(text):
                yield Beside("sheet", grid.title, f"{before.rstrip('：: ')}：{text}" if _ASKS.search(before) else text)


def _told(grid: Grid, header: Header, grids: list[Grid], recognise: Recognise) -> Iterator[Told]:
    """What a clerk may not know of what was read: hidden sheets and rows, and sheets of which nothing was."""
    if grid.hidden:
        yield "hidden_sheet", (("sheet", grid.title),)
    below = set(grid.numbers[header.last + 1 :])
    if rows := [row for row in grid.unseen if row in below]:
        shown = "、".join(map(str, rows[:MOST_NAMED])) + ("…" if len(rows) > MOST_NAMED else "")
        yield "hidden_rows", (("count", len(rows)), ("rows", shown))
    for other in grids:
        wide = sum(1 for cells in other.rows if sum(map(bool, map(str.strip, cells))) >= TABLE_WIDTH)
        wide -= any(recognise(cells) >= 2 for cells in other.rows[:HEADER_SEARCHED])
        if other is not grid and wide > 0:
            yield "sheet_not_read", (("sheet", other.title), ("count", wide))


def _refuse_struck(grid: Grid, header: Header, name: str) -> None:
    """Refuse a file in which a heading is struck out, or what may be a unit above the headings (struck_heading), or in
    which a condition may strike out cells of the table (struck_by_condition)."""
    row_of = dict(zip(grid.numbers, grid.rows, strict=True))
    first, last = grid.numbers[header.first], grid.numbers[header.last]
    for doubt in grid.doubts:
        known = dict(doubt.facts)
        if doubt.code == CONDITIONED and doubt.row <= grid.numbers[-1] and int(str(known["last"])) >= first:
            raise refusal("struck_by_condition", name, cells=known["cells"])
        if doubt.code not in HELD_OPEN or doubt.row > last:
            continue
        text = row_of[doubt.row][doubt.place] if doubt.row in row_of and doubt.place >= 0 else ""
        if doubt.row < 1 or doubt.row >= first or _MAY_SAY.search(text):
            raise refusal("struck_heading", name, row=doubt.row or "?", text=text)


def source_of(
    format_name: str, grids: list[Grid], name: str, recognise: Recognise, around: Around | None = None
) -> Source:
    """The extract among the grids of a file. FileRefusedError (empty_file, several_sheets)."""
    grid, header = _chosen(grids, name, recognise)
    _refuse_struck(grid, header, name)
    others = [said for other in grids if other is not grid for said in _said_on(other)]
    around = around or Around()
    return Source(
        format_name,
        None,
        _chunks(grid, header),
        above=header.above(grid.rows, grid.numbers),
        header=header.lines(grid.rows, grid.numbers),
        spans=tuple(span for span in grid.spans if span.top <= grid.numbers[header.last]),
        title=grid.title,
        beside=(*around.beside, *grid.beside, *others[:MOST_SAID]),
        day_zero=around.day_zero,
        told=tuple(_told(grid, header, grids, recognise)),
    )

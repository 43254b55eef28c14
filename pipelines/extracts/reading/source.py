"""What every format is read into, and the limits of size that all formats share.
Only shapes; each format's own reader builds them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import polars as pl

HEADER_SEARCHED = 40  # rows in which the header is looked for: exports put titles, units and instructions above it
MEGABYTE = 1 << 20

Recognise = Callable[[tuple[str, ...]], int]
Told = tuple[str, tuple[tuple[str, object], ...]]


class Line(NamedTuple):
    """A line of a file that is none of its rows, with the clerk's number of it."""

    row: int
    cells: tuple[str, ...]


class Broken(NamedTuple):
    """A delivered row that could not be matched with the headings; `cells` are its fields as far as they go."""

    row: int
    code: str
    cells: tuple[str, ...]
    facts: tuple[tuple[str, object], ...] = ()


class Span(NamedTuple):
    """Merged cells: the clerk's numbers of the first and last row, and the first and last column from 0."""

    top: int
    bottom: int
    left: int
    right: int


class Beside(NamedTuple):
    """What a file says beside its table: where (`fields`: of a document around its records; `sheet`, `page`, `note`,
    `drawing`, `format`, `properties` of a workbook), under which path or name, and the text."""

    where: str
    name: str
    text: str


SINCE_1904 = 1462  # days from 1899-12-30 to 1904-01-01
ODD_FORMAT = "odd_format"  # the doubt of a number that is shown otherwise than it is stored
# The doubt of a number in single precision; its fact says whether more than fen may be lost of it.
SINGLE = "single_precision"
OPEN_FORMULA, ERROR = "formula_without_value", "formula_error"  # of a formula: no result is stored; the result is #N/A


class Doubt(NamedTuple):
    """A cell whose value the file does not hold, or not for itself alone: its row and column, and why."""

    row: int
    place: int
    code: str
    facts: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True)
class Chunk:
    """Rows as text: column i of `frame` (named str(i)) stands under heading i; `rows` are the clerk's row numbers.

    `spans` are the merged cells of the rows, `doubts` the cells without a value of their own.
    """

    headings: tuple[str, ...]
    frame: pl.DataFrame
    rows: pl.Series
    broken: list[Broken] = field(default_factory=list)
    spans: tuple[Span, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class Source:
    """An opened file.

    `above` are the lines above the header, `header` those it consists of, `spans` the merged cells of both, `title` the
    sheet's name, `beside` what the file says outside of its table, `named` the file's own name where messages spell it
    otherwise; `told` is what the clerk should know of how the file was read: a code of the catalogue's notices, and its
    facts. `day_zero`: by how many days its serial numbers of days begin after those of Excel (1904: 1462).
    """

    format: str
    encoding: str | None
    chunks: Iterator[Chunk]
    above: tuple[Line, ...] = ()
    header: tuple[Line, ...] = ()
    spans: tuple[Span, ...] = ()
    title: str = ""
    beside: tuple[Beside, ...] = ()
    named: str = ""
    day_zero: int = 0
    told: tuple[Told, ...] = ()


@dataclass(frozen=True)
class Limits:
    """Largest size of a file in bytes by format: what is streamed may be large, what is read whole may not."""

    csv: int = 8192 * MEGABYTE
    jsonl: int = 8192 * MEGABYTE
    parquet: int = 8192 * MEGABYTE
    json: int = 512 * MEGABYTE
    xlsx: int = 256 * MEGABYTE
    xlsx_unzipped: int = 2048 * MEGABYTE
    html: int = 256 * MEGABYTE

    def of(self, ending: str) -> int:
        """The limit of a format, by its ending; every kind of workbook has the one of xlsx."""
        return int(getattr(self, {"tsv": "csv", "txt": "csv", "htm": "html"}.get(ending, ending), self.xlsx))


def text_frame(columns: Sequence[Sequence[str | None]]) -> pl.DataFrame:
    """A frame of texts whose columns are named by their position."""
    return pl.DataFrame({str(place): pl.Series(values, dtype=pl.String) for place, values in enumerate(columns)})


def header_place(rows: Sequence[tuple[str, ...]], recognise: Recognise) -> int | None:
    """The index of the header among the first rows: the first with two known headings, else the first not empty."""
    head = rows[:HEADER_SEARCHED]
    for place, cells in enumerate(head):
        if recognise(cells) >= 2:
            return place
    return next((place for place, cells in enumerate(head) if any(cell.strip() for cell in cells)), None)

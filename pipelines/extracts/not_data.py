"""Rows below a header that are no data: totals, signatures, notes, page marks, titles and headers printed again.
Words alone never cost a row of data: what stands where values are due is asked too. Judging data is for `rows`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from pipelines.extracts.cleaning import court_columns
from pipelines.extracts.columns import Columns, Fault
from pipelines.extracts.contracts import contract
from pipelines.extracts.headers import HeaderMap, fold, headings_again
from pipelines.extracts.no_records import in_their_texts
from pipelines.extracts.reading import Chunk
from pipelines.extracts.reading.words import (
    COLUMNS,
    HEADER,
    NONE,
    NOTE,
    NOTHING,
    PAGE,
    PART,
    TITLE,
    TOTAL,
    TOTAL_WORDS,
    UNIT,
    Cells,
    numbers_columns,
    said_in,
    squeezed,
    word_of,
)
from pipelines.extracts.stacking import asked
from pipelines.extracts.stated_units import is_unit_row

_HINTS = "[计計总全共数汇]|平均|其中|otal|TOTAL|sum|verage"


@dataclass
class Printed:
    """What a file prints around its rows: the lines above its header and the header's own, as delivered.

    `ended` says that a line of signatures has been met: what follows it without values is no data either.
    """

    above: tuple[tuple[str, ...], ...] = ()
    header: tuple[tuple[str, ...], ...] = ()
    ended: bool = False
    lines: frozenset[tuple[str, ...]] = field(init=False)

    def __post_init__(self) -> None:
        self.lines = frozenset(said_in(cells) for cells in self.above)


@dataclass(frozen=True)
class _Row:
    """One suspect row: what it says, and what evidence there is that it is one of data."""

    cells: Cells
    said: tuple[str, ...]
    names: tuple[str, ...]  # what stands in its key and court columns
    readable: bool  # a required value that is no text can be read
    blanks: int
    required: int

    @property
    def keyed(self) -> bool:
        """Whether something stands in the key that is not what the line begins with."""
        return any(name != self.said[0] for name in self.names)


def naming_columns(header_map: HeaderMap, raw: pl.DataFrame) -> list[str]:
    """The columns in which a total line says so: texts of the key, and courts."""
    rules = contract(header_map.kind)
    keys = [name for name in rules.key if rules.column(name).type in ("text", "case_number", "code")]
    return [name for name in dict.fromkeys([*keys, *court_columns(header_map)]) if name in raw.columns]


def _hinted(texts: pl.Series) -> pl.Series:
    return texts.str.contains(_HINTS)


def _totals(header_map: HeaderMap, columns: Columns, courts: pl.Series) -> dict[int, str]:
    """Rows whose key, court or kind of property is a total's word, complete or not: what would count all twice."""
    found: dict[int, str] = {}
    known = dict.fromkeys(court_columns(header_map), courts)
    known |= {name: columns.typed[name] for name in contract(header_map.kind).key if name in columns.typed}
    said_in_words = [column.name for column in contract(header_map.kind).columns if column.words]
    for hinted in asked(columns.raw, [*naming_columns(header_map, columns.raw), *said_in_words], _hinted):
        name = hinted.name
        texts = columns.raw[name]
        for place in hinted.arg_true() if hinted.any() else ():
            if _is_total(texts[place]) and (_is_free_text(header_map, name) or known[name][place] is None):
                found[place] = TOTAL
    return found


def _is_free_text(header_map: HeaderMap, name: str) -> bool:
    """Whether a column takes any text; a court or a code that is known is no total, whatever it is called."""
    return contract(header_map.kind).column(name.partition("#")[0]).type in ("text", "case_number")


def _is_total(text: str) -> bool:
    return bool(TOTAL_WORDS.fullmatch(squeezed(text)))


def _row(place: int, cells: Cells, header_map: HeaderMap, columns: Columns, courts: pl.Series, wrong: set[str]) -> _Row:
    rules, raw = contract(header_map.kind), columns.raw
    readable, blanks = False, 0
    for column in rules.required:
        empty = raw[column.name][place] is None
        blanks += empty
        if empty or column.name in wrong:
            continue
        if column.type == "court":
            readable |= courts[place] is not None
        elif column.type not in ("text", "case_number"):
            readable = True
    naming = [raw[name][place] for name in naming_columns(header_map, raw)]
    names = tuple(squeezed(text) for text in naming if text is not None)
    return _Row(cells, said_in(cells), names, readable, blanks, len(rules.required))


def _kind_of(row: _Row, printed: Printed) -> str | None:
    """What a suspect row is, if it is none of data."""
    if not row.said:  # nothing but characters that nobody sees
        return None
    said, first = row.said, row.said[0]
    if said in printed.lines:
        return TITLE
    if any(PART.match(name) for name in row.names) or (PART.match(first) and not row.keyed):
        return TOTAL
    if TOTAL_WORDS.fullmatch(first) and not row.keyed:
        return TOTAL
    if numbers_columns(row.cells):
        return COLUMNS
    mostly_blank = 2 * row.blanks >= row.required
    if mostly_blank and any(NOTHING.match(text) for text in said):
        return NONE
    if row.readable:
        return None
    if is_unit_row(row.cells):
        return UNIT
    word = word_of(said)
    if word and (word != NOTE or mostly_blank):
        return word
    return NOTE if printed.ended and mostly_blank and len(said) <= 2 else None


def _header_again(cells: Cells, header_map: HeaderMap, printed: Printed, file: str, row: int) -> bool:
    folded = [fold(cell or "") for cell in cells]
    if any(any(line) and folded == [fold(cell) for cell in line] for line in printed.header):
        return True
    return headings_again(header_map, tuple(cell or "" for cell in cells), file, row)


def rows_without_data(
    chunk: Chunk,
    header_map: HeaderMap,
    columns: Columns,
    courts: pl.Series,
    faults: Mapping[int, Iterable[Fault]],
    printed: Printed,
    file: str,
) -> dict[int, str]:
    """The places of rows that are no data, with what they are in a word (合计, 填报人, 表头 …).

    Only rows with a fault are looked at, and rows whose key or court is a total's word. FileRefusedError when
    another header than the file's own stands among the rows.
    """
    found = in_their_texts(header_map, columns) | _totals(header_map, columns, courts)
    for place in sorted(faults):
        if place in found:
            continue
        cells = chunk.frame.row(place)
        if _header_again(cells, header_map, printed, file, chunk.rows[place]):
            found[place] = HEADER
            continue
        wrong = {fault.column for fault in faults[place] if fault.column}
        word = _kind_of(_row(place, cells, header_map, columns, courts, wrong), printed)
        if word:
            found[place] = word
            printed.ended = printed.ended or word not in (TOTAL, PAGE, TITLE)
    return found


def listed(found: Sequence[tuple[int, str]], most: int = 12) -> tuple[str, str]:
    """Rows without data as a clerk reads them, in Chinese and English: number and word, the first few of them."""
    shown = found[:most]
    more = len(found) - len(shown)
    zh = "、".join(f"第 {row} 行（{word}）" for row, word in shown) + (f" 等，另有 {more} 行" if more else "")
    en = ", ".join(f"row {row} ({word})" for row, word in shown) + (f" and {more} more" if more else "")
    return zh, en

"""CSV files, streamed: ragged rows are set aside with their exact row number, quotes may span lines.
Rows are counted as a spreadsheet counts them, the header included; the encoding is found by `encoding`."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.csv as pacsv

from pipelines.extracts.encoding import TextEncoding, detect
from pipelines.extracts.messages import refusal
from pipelines.extracts.reading.headings import Header, find_header
from pipelines.extracts.reading.source import (
    HEADER_SEARCHED,
    Broken,
    Chunk,
    Limits,
    Recognise,
    Source,
)
from pipelines.extracts.reading.words import said_in, word_of

BLOCK = 16 << 20  # bytes parsed at a time; a single row must fit in it
HEAD = 1 << 16
DELIMITERS = ",\t;|"
NOTHING_BELOW_THE_HEADER = ("Empty CSV file", "Could not skip initial")  # what the parser says then
LINE_BREAK = re.compile("\r\n|\n|\r")
# What other systems end lines with: the line mark of mainframes, Unicode's own, the tabulators of printers.
ODD_BREAK = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
HAS_NEWLINE = pl.any_horizontal(pl.all().str.contains("[\r\n]"))


@dataclass
class _Reader:
    """One CSV file being read; `invalid` are the ragged rows met, by the parser's own row number."""

    path: Path
    name: str
    encoding: TextEncoding
    headings: tuple[str, ...]
    delimiter: str
    header_row: int  # the clerk's number of the header's last row
    header_lines: int  # physical lines up to and including the header
    invalid: list[tuple[int, int, str]] = field(default_factory=list)

    def set_aside(self, row: Any) -> str:
        self.invalid.append((row.number, row.actual_columns, row.text))
        return "skip"

    def open(self) -> Any:
        names = [str(place) for place in range(len(self.headings))]
        block = min(BLOCK, 2 * self.path.stat().st_size + 1024)  # decoding to UTF-8 can lengthen the text
        codec = "utf8" if self.encoding.codec.startswith("utf-8") else self.encoding.codec
        return pacsv.open_csv(
            self.path,
            # One thread: only then does the parser number the rows it sets aside.
            read_options=pacsv.ReadOptions(
                encoding=codec, block_size=block, use_threads=False, column_names=names, skip_rows=self.header_lines
            ),
            parse_options=pacsv.ParseOptions(
                delimiter=self.delimiter,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=self.set_aside,
            ),
            convert_options=pacsv.ConvertOptions(default_column_type=pa.string(), strings_can_be_null=False),
        )

    def clerks_row(self, parsers_row: int) -> int:
        """The parser counts physical lines it skipped; a header of several lines is one row to a clerk."""
        return parsers_row - self.header_lines + self.header_row


def _fields(text: str, delimiter: str) -> tuple[str, ...]:
    try:
        return tuple(next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), []))
    except csv.Error:
        return (text,)


def _broken(reader: _Reader, number: int, actual: int, text: str) -> Broken:
    cells = _fields(text, reader.delimiter)
    row = reader.clerks_row(number)
    return Broken(row, "ragged_row", cells, (("actual", actual), ("expected", len(reader.headings))))


def _numbered(count: int, before: int, taken: set[int]) -> list[int]:
    """Numbers for `count` rows that follow row `before`, passing over the rows set aside."""
    numbers: list[int] = []
    number = before
    while len(numbers) < count:
        number += 1
        if number not in taken:
            numbers.append(number)
    return numbers


def _row_numbers(count: int, before: int, taken: set[int]) -> pl.Series:
    if taken:
        return pl.Series(_numbered(count, before, taken), dtype=pl.Int32)
    return pl.int_range(before + 1, before + count + 1, dtype=pl.Int32, eager=True)


def _swallowed(reader: _Reader, frame: pl.DataFrame, rows: pl.Series) -> tuple[pl.DataFrame, pl.Series, list[Broken]]:
    """The rows without those in which a stray quote made one cell of several lines: each holds as many delimiters as
    whole rows do, where a line break that somebody typed stands between words."""
    if not reader.encoding.quote_count or not frame.height:
        return frame, rows, []
    several = frame.select(HAS_NEWLINE).to_series().fill_null(value=False)
    if not several.any():
        return frame, rows, []
    broken: list[Broken] = []
    for place in several.arg_true():
        cells = tuple(cell or "" for cell in frame.row(place))
        if lines := max(_lines_in(reader, cell) for cell in cells):
            facts = (("lines", lines), ("first", rows[place]))
            broken.append(Broken(rows[place], "swallowed_lines", cells, facts))
    gone = {each.row for each in broken}
    kept = ~rows.is_in(list(gone)) if gone else pl.repeat(value=True, n=frame.height, eager=True)
    return frame.filter(kept), rows.filter(kept), broken


def _lines_in(reader: _Reader, cell: str) -> int:
    """How many lines of the file a cell has swallowed; 0 for one that merely has line breaks."""
    breaks = len(LINE_BREAK.findall(cell))
    return breaks if breaks and cell.count(reader.delimiter) >= breaks * (len(reader.headings) - 1) > 0 else 0


def _refuse_open_end(reader: _Reader, last: Chunk | None, last_valid: int) -> None:
    """Refuse a file that breaks off: a quote never closed, or a last row too short and without a line end."""
    final = reader.invalid[-1] if reader.invalid else None
    if final and reader.clerks_row(final[0]) > last_valid:
        broken = _broken(reader, *final)
        if reader.encoding.quote_count % 2 and "\n" in final[2].rstrip("\r\n"):
            raise refusal("unclosed_quote", reader.name, row=broken.row)
        short = final[1] < len(reader.headings) and not reader.encoding.ends_with_newline
        if short and not word_of(said_in(broken.cells)):
            raise refusal("truncated", reader.name, place=f"第 {broken.row} 行", place_en=f"row {broken.row}")
    elif last is not None and reader.encoding.quote_count % 2 and last.frame[-1:].select(HAS_NEWLINE).to_series().any():
        raise refusal("unclosed_quote", reader.name, row=last_valid)


def _chunks(reader: _Reader) -> Iterator[Chunk]:
    seen, last_row, last = 0, reader.header_row, None
    ahead: set[int] = set()  # rows set aside, of this block or of one the parser has read in advance
    try:
        for batch in reader.open():
            fresh = [_broken(reader, *row) for row in reader.invalid[seen:]]
            seen = len(reader.invalid)
            ahead = {row for row in ahead | {broken.row for broken in fresh} if row > last_row}
            rows = _row_numbers(batch.num_rows, last_row, ahead)
            last_row = rows[-1] if len(rows) else last_row
            last = Chunk(reader.headings, pl.DataFrame(batch), rows, fresh)
            frame, rows, swallowed = _swallowed(reader, last.frame, rows)
            yield Chunk(reader.headings, frame, rows, [*fresh, *swallowed])
    except pa.ArrowInvalid as error:
        if not any(said in str(error) for said in NOTHING_BELOW_THE_HEADER):
            code = "unclosed_quote" if "straddling" in str(error) else "unreadable"
            raise refusal(code, reader.name, row=last_row + 1, detail=type(error).__name__) from error
    rest = [_broken(reader, *row) for row in reader.invalid[seen:]]
    if rest or last is None:
        yield Chunk(reader.headings, pl.DataFrame(schema={str(i): pl.String for i in range(len(reader.headings))}),
                    pl.Series([], dtype=pl.Int32), rest)  # fmt: skip
    _refuse_open_end(reader, last, last_row)


@dataclass(frozen=True)
class _Head:
    """The first rows of a file split in one way: the rows, and the physical line that each of them ends on."""

    delimiter: str
    rows: list[tuple[str, ...]]
    lines: list[int]
    header: Header | None


def _head(text: str, delimiter: str, recognise: Recognise) -> _Head:
    """Raises csv.Error for text that cannot be split."""
    parser = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    for cells in parser:
        rows.append(tuple(cells))
        lines.append(parser.line_num)
        if len(rows) == HEADER_SEARCHED:
            break
    return _Head(delimiter, rows, lines, find_header(rows, recognise))


def _refuse_odd_breaks(text: str, name: str) -> None:
    """Refuse a file whose first line goes on in the rows behind it: as many marks between values stand in each."""
    first = LINE_BREAK.split(text, maxsplit=1)[0]
    if not (found := ODD_BREAK.search(first)):
        return
    lines = first.split(found.group())
    counts = [max(line.count(delimiter) for delimiter in DELIMITERS) for line in lines[:2]]
    if counts[0] and counts[0] == counts[1]:
        raise refusal("line_ends", name, mark=f"U+{ord(found.group()):04X}")


def _best_head(path: Path, name: str, encoding: TextEncoding, recognise: Recognise) -> _Head:
    """The first rows, split by the mark that gives the most known headings; the comma where none gives more."""
    with path.open(encoding=encoding.codec, newline="") as file:
        text = file.read(HEAD)
    _refuse_odd_breaks(text, name)
    try:
        heads = [_head(text, delimiter, recognise) for delimiter in DELIMITERS if delimiter == "," or delimiter in text]
    except csv.Error as error:
        raise refusal("unreadable", name, detail=str(error)) from error
    return max(heads, key=lambda head: recognise(head.header.cells) if head.header else 0)


def read(path: Path, name: str, recognise: Recognise, limits: Limits) -> Source:
    """Open a CSV file: its encoding is checked to the last byte, its header found. Rows are read as they are drawn."""
    encoding = detect(path, name)
    head = _best_head(path, name, encoding, recognise)
    header = head.header
    if header is None:
        raise refusal("empty_file", name)
    numbers = range(1, len(head.rows) + 1)
    reader = _Reader(path, name, encoding, header.cells, head.delimiter, header.last + 1, head.lines[header.last])
    return Source(
        "csv",
        encoding.name,
        _chunks(reader),
        above=header.above(head.rows, numbers),
        header=header.lines(head.rows, numbers),
    )

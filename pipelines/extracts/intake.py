"""One delivered file judged: its chunks drawn, every row accepted, rejected, held or set down as no data, and counted.
Where the outcome is kept and what its receipt says belongs to `loading`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import polars as pl
import pyarrow as pa

from pipelines.extracts.above import check_above
from pipelines.extracts.contracts import contract
from pipelines.extracts.conversions import Count, NoteBook
from pipelines.extracts.elsewhere_units import check_formats
from pipelines.extracts.headers import HeaderMap, map_headers, nearly_known
from pipelines.extracts.identities import NamesOfNumbers
from pipelines.extracts.merged import unmerged
from pipelines.extracts.messages import Message, notice, refusal
from pipelines.extracts.not_data import Printed, listed
from pipelines.extracts.reading import Chunk, Source
from pipelines.extracts.reading.source import Broken
from pipelines.extracts.reading.words import said_in, word_of
from pipelines.extracts.receipts import NO_COURT
from pipelines.extracts.receiving_context import ReceivingContext
from pipelines.extracts.rejects import Delivery, broken_rows, rejected_rows
from pipelines.extracts.row_units import stated_by_rows
from pipelines.extracts.rows import Assessed, Outside, RowJudge, assess
from pipelines.extracts.schemas import AsideFile, as_frame, conversions_schema, lake_schema, rejects_schema
from pipelines.extracts.stated_units import hold_to, settle

MOST_ROWS = 12  # that a notice names


@dataclass
class Outcome:
    """The counts of one file while it is being received. `outside` are the lines that are no data: number and word."""

    row_count: int = 0
    accepted: int = 0
    rejected: int = 0
    held: int = 0
    extra: int = 0  # of the widest chunk: records of JSON need not be alike
    columns: set[str] = field(default_factory=set)
    accepted_courts: Counter[str] = field(default_factory=Counter)
    rejected_courts: Counter[str] = field(default_factory=Counter)
    conversions: tuple[Count, ...] = ()
    outside: list[tuple[int, str]] = field(default_factory=list)
    notices: list[Message] = field(default_factory=list)

    def courts(self) -> dict[str, tuple[int, int]]:
        codes = sorted(self.accepted_courts.keys() | self.rejected_courts.keys())
        return {code: (self.accepted_courts[code], self.rejected_courts[code]) for code in codes}


class Aside(NamedTuple):
    """The files that are written aside while one delivery is received."""

    lake: AsideFile
    rejects: AsideFile
    conversions: AsideFile


def _drawn(source: Source, name: str) -> Iterator[Chunk]:
    """The chunks of a source; what a library cannot read is a refusal, what cannot be written is not."""
    try:
        yield from source.chunks
    except (OSError, UnicodeError, pa.ArrowException, pl.exceptions.PolarsError) as error:
        raise refusal("unreadable", name, detail=type(error).__name__) from error


def _lake_frame(delivery: Delivery, accepted: pl.DataFrame) -> pl.DataFrame:
    schema = lake_schema(delivery.kind)
    lineage: dict[str, tuple[object, type[pl.DataType]]] = {
        "_delivery_id": (delivery.delivery_id, pl.String),
        "_extract_month": (delivery.extract_month, pl.Date),
    }
    said = {name: pl.Series(name, [value], dtype=of) for name, (value, of) in lineage.items()}
    columns = [
        said[name].new_from_index(0, accepted.height) if name in said else accepted[name] for name in schema.names
    ]
    return pl.DataFrame(columns)


def _conversions_frame(delivery: Delivery, header_map: HeaderMap, notes: NoteBook) -> pl.DataFrame:
    of = contract(delivery.kind)
    headers = {column.name: header_map.headings.get(column.name, column.header) for column in of.columns}
    columns = notes.columns()
    count = len(columns["row_number"])
    columns |= {
        "delivery_id": [delivery.delivery_id] * count,
        "kind": [delivery.kind] * count,
        "extract_month": [delivery.extract_month] * count,
        "header": [headers[str(name)] for name in columns["column_name"]],
    }
    return as_frame(columns, conversions_schema())


def _count(outcome: Outcome, assessed: Assessed, broken: list[Broken]) -> None:
    outcome.accepted += assessed.accepted.height
    outcome.rejected += assessed.rejected + len(broken)
    outcome.held += assessed.held
    outcome.row_count = outcome.accepted + outcome.rejected + outcome.held
    for court, rows in assessed.accepted["court_code"].value_counts().rows():
        outcome.accepted_courts[court or NO_COURT] += rows
    for place in assessed.faults:
        if court := assessed.courts[place]:
            outcome.rejected_courts[court] += 1


def _set_down(outcome: Outcome, assessed: Assessed, chunk: Chunk, header_map: HeaderMap, file: str) -> list[Broken]:
    """Take down the lines that are no data, of the rows and of the broken ones; the broken rows that remain."""
    remaining = []
    lines = [*assessed.outside]
    for broken in chunk.broken:
        word = word_of(said_in(broken.cells)) if broken.code == "ragged_row" else None
        if word:
            lines.append(Outside(broken.row, word, broken.cells))
        else:
            remaining.append(broken)
    for line in sorted(lines):
        hold_to(header_map, line.cells, line.row, file)
        outcome.outside.append((line.row, line.word))
    return remaining


def _prepared(source: Source, header_map: HeaderMap, chunk: Chunk, outcome: Outcome, file: str) -> HeaderMap:
    """The header map of a file's first chunk with its units settled."""
    check_above(header_map, source, file)
    by_rows = stated_by_rows(header_map, chunk.headings, chunk.frame)
    settled = settle(header_map, source, chunk, file, by_rows)
    check_formats(settled.header_map, chunk.doubts, file)
    outcome.notices += [notice(code, file, **dict(facts)) for code, facts in source.told]
    outcome.notices += settled.notices
    if near := nearly_known(header_map):
        zh = "、".join(f"“{heading}”（约定的列名：{known}）" for heading, known in near)
        en = ", ".join(f"{heading} (the contract's heading: {known})" for heading, known in near)
        outcome.notices.append(notice("columns_not_read", file, columns=zh, columns_en=en))
    return settled.header_map


def _ended(outcome: Outcome, notes: NoteBook, names: NamesOfNumbers, file: str) -> None:
    outcome.conversions = notes.counts()
    for code, rows in (("number_of_several_names", names.at_odds()), ("check_marks_wrong", names.wrong_marks)):
        if rows:
            shown = "、".join(map(str, rows[:MOST_ROWS])) + ("…" if len(rows) > MOST_ROWS else "")
            outcome.notices.append(notice(code, file, count=len(rows), rows=shown))
    if outcome.outside:
        zh, en = listed(outcome.outside)
        outcome.notices.append(notice("no_data_rows", file, count=len(outcome.outside), rows=zh, rows_en=en))


def take_in(context: ReceivingContext, source: Source, delivery: Delivery, out: Aside, outcome: Outcome) -> None:
    """Judge every chunk of a source, write its rows aside and count them in `outcome`, which then says how far it came.

    FileRefusedError if the file as a whole will not do. A header alone is an answer: there was nothing to report.
    """
    notes = NoteBook(contract(context.kind), context.key)
    printed = Printed(tuple(line.cells for line in source.above), tuple(line.cells for line in source.header))
    judge = RowJudge(
        context.register, context.days, context.key, notes=notes, file=delivery.file, printed=printed,
        day_zero=source.day_zero,
    )  # fmt: skip
    header_map: HeaderMap | None = None
    units: dict[str, str] = {}
    settled: dict[str, str] = {}
    for chunk in _drawn(source, delivery.file):
        if chunk.headings or chunk.broken:
            first = header_map is None
            header_map = map_headers(context.kind, chunk.headings, delivery.file, complete=first)
            if first:
                header_map = _prepared(source, header_map, chunk, outcome, delivery.file)
                units, settled = header_map.units, header_map.settled
            header_map = replace(header_map, units=units, settled=settled)
            outcome.extra = max(outcome.extra, len(header_map.extra))
            outcome.columns.update(header_map.positions)
            chunk, told = unmerged(chunk, header_map, delivery.file)
            outcome.notices += told
            assessed = assess(chunk, header_map, judge)
            broken = _set_down(outcome, assessed, chunk, header_map, delivery.file)
            _count(outcome, assessed, broken)
            _write(out, delivery, header_map, assessed, broken)
    if not outcome.row_count and header_map is None:
        raise refusal("no_rows", delivery.file)
    _ended(outcome, notes, judge.names, delivery.file)
    if header_map and outcome.conversions:
        out.conversions.add(_conversions_frame(delivery, header_map, notes))


def _write(out: Aside, delivery: Delivery, header_map: HeaderMap, assessed: Assessed, broken: list[Broken]) -> None:
    out.lake.add(_lake_frame(delivery, assessed.accepted))
    rejected = rejected_rows(delivery, header_map, assessed)
    rejected += broken_rows(delivery, broken)
    if rejected:
        names = rejects_schema().names
        out.rejects.add(as_frame({name: [row[name] for row in rejected] for name in names}, rejects_schema()))

"""What a delivered row must satisfy as a whole: required values, its court, and to be the only row of its key.
A row with a fault is rejected, or held when the only fault is its court; how that is worded belongs to `rejects`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

import polars as pl

from pipelines.extracts.cleaning import blank_rows, cleaned, court_columns, emptied
from pipelines.extracts.columns import Columns, Fault, type_columns
from pipelines.extracts.contracts import Column, Contract, contract
from pipelines.extracts.conversions import NoteBook
from pipelines.extracts.courts import CourtRegister, Resolution
from pipelines.extracts.derived import derive_keys
from pipelines.extracts.headers import HeaderMap
from pipelines.extracts.identities import NamesOfNumbers, look_at_persons
from pipelines.extracts.masking import Key
from pipelines.extracts.no_records import beside_their_texts
from pipelines.extracts.not_data import Printed, rows_without_data
from pipelines.extracts.persons import depersonalised
from pipelines.extracts.reading import Chunk
from pipelines.extracts.reading.source import ODD_FORMAT, SINGLE, Doubt
from pipelines.extracts.reading.struck import STRUCK_OUT
from pipelines.extracts.row_units import row_units
from pipelines.extracts.second_look import look_again
from pipelines.extracts.stacking import Distinct
from pipelines.extracts.totals import totals_of_regions

HOLDING = ("court_unknown", "court_missing", "court_conflict", "court_ambiguous", "court_out_of_date")
JOIN = "\x1f"  # a control character that no delivered value is expected to hold
NOTHING_SEEN = pl.DataFrame(schema={"key": pl.String, "first": pl.Int32})
NOTHING_REPEATED = pl.DataFrame(schema={"place": pl.Int64, "key": pl.String, "first": pl.Int32})


class Month(NamedTuple):
    """The month delivered for: its first and last day."""

    first: date
    last: date


@dataclass
class SeenKeys:
    """The keys accepted so far in one file, with the row that was kept."""

    parts: list[pl.DataFrame] = field(default_factory=list)

    def earlier(self, keys: pl.DataFrame) -> pl.DataFrame:
        """The rows (`place`, `key`, `first`) of `keys` (`key`, `row`, `place`) whose key was accepted before."""
        known = [part.join(keys, on="key", how="semi") for part in self.parts]
        past = pl.concat(known) if known else NOTHING_SEEN
        if not past.height and keys["key"].n_unique() == keys.height:
            self.parts.append(pl.DataFrame([keys["key"], keys["row"].alias("first")]))
            return NOTHING_REPEATED
        firsts = keys.filter(pl.col("key").is_first_distinct()).select("key", first="row")
        firsts = pl.concat([past, firsts.join(past, on="key", how="anti")])
        matched = keys.join(firsts, on="key", how="left", maintain_order="left")
        self.parts.append(matched.filter(pl.col("row") == pl.col("first")).select("key", "first"))
        return matched.filter(pl.col("row") != pl.col("first")).select("place", "key", "first")


@dataclass(frozen=True)
class RowJudge:
    """What the rows of one file are judged with. `notes` takes down what is converted in accepted rows; `file` is its
    name, `printed` what stands around its rows; `day_zero`: by how many days its count of days begins after Excel's
    own."""

    register: CourtRegister
    month: Month
    key: Key
    seen: SeenKeys = field(default_factory=SeenKeys)
    names: NamesOfNumbers = field(default_factory=NamesOfNumbers)
    notes: NoteBook | None = None
    file: str = ""
    printed: Printed = field(default_factory=Printed)
    day_zero: int = 0


class Outside(NamedTuple):
    """A row that is no data: its number, what it is in a word, its cells as delivered."""

    row: int
    word: str
    cells: tuple[str | None, ...]


@dataclass(frozen=True)
class Assessed:
    """A chunk judged, blank rows left out: accepted rows in the lake's columns, and faults by place in `raw`.

    `outside` are the rows that are no data, by their number, with what they are in a word and their cells.
    """

    accepted: pl.DataFrame
    faults: dict[int, list[Fault]]
    rejected: int
    held: int
    raw: pl.DataFrame
    rows: pl.Series
    courts: pl.Series
    outside: list[Outside] = field(default_factory=list)


def _missing(rules: Contract, raw: pl.DataFrame) -> list[Fault]:
    names = [column.name for column in rules.required if column.type != "court" and raw[column.name].null_count()]
    return [Fault(place, name, "missing_value") for name in names for place in raw[name].is_null().arg_true()]


def _court_key(header_map: HeaderMap, columns: Columns) -> pl.Expr:
    """What tells a row's court, as one text: court columns, case-number prefix, whether it has a case."""
    rules = contract(header_map.kind)
    numbered = next((column.name for column in rules.columns if column.type == "case_number"), None)
    prefix = pl.lit(columns.typed[f"{numbered}_prefix"]) if numbered else pl.lit("")
    # A case tells its own court by its number alone; what hangs on a case may leave the court to it.
    by_case = "case_id" in columns.raw.columns and rules.key != ("case_id",)
    has_case = pl.col("case_id").is_not_null() if by_case else pl.lit(value=False)
    stated = [pl.col(name).fill_null("") for name in court_columns(header_map)]
    as_long_as_the_chunk = pl.repeat("", pl.len(), dtype=pl.String)
    return pl.concat_str(
        [as_long_as_the_chunk, *stated, prefix.fill_null(""), has_case.cast(pl.String)], separator=JOIN
    )


def _resolve(key: str, judge: RowJudge) -> Resolution:
    _, *stated, prefix, has_case = key.split(JOIN)
    resolution = judge.register.resolve(tuple(text for text in stated if text), prefix or None, *judge.month)
    if resolution.fault == "court_missing" and has_case == "true":
        return Resolution(None, "case")
    return resolution


def _courts(header_map: HeaderMap, columns: Columns, judge: RowJudge) -> tuple[pl.Series, pl.Series, list[Fault]]:
    """The court code and its source of every row, and the faults of rows whose court is not found."""
    keys = columns.raw.select_seq(_court_key(header_map, columns).alias("key"))["key"]
    distinct = Distinct(keys)
    found = {key: _resolve(key, judge) for key in distinct.texts}
    codes = distinct.spread({key: resolution.court_code for key, resolution in found.items()}, pl.String)
    sources = distinct.spread({key: resolution.source for key, resolution in found.items()}, pl.String)
    faulty = {key: resolution for key, resolution in found.items() if resolution.fault}
    if not faulty:
        return codes, sources, []
    court = next(column.name for column in contract(header_map.kind).columns if column.type == "court")
    texts = keys.to_list()
    wrong = [(place, faulty[texts[place]]) for place in keys.is_in(list(faulty)).arg_true()]
    return codes, sources, [Fault(place, court, str(found.fault), found.facts) for place, found in wrong]


def key_expression(rules: Contract) -> pl.Expr:
    """A record's key as one text, its values joined with |, from typed lake columns."""
    return pl.concat_str([pl.col(name).cast(pl.String) for name in rules.key], separator="|")


def _lake_frame(
    rules: Contract, columns: Columns, courts: pl.Series, sources: pl.Series, rows: pl.Series
) -> pl.DataFrame:
    """The lake's columns of all rows, personal ones still in clear (`_<column>`), with `_key` and `_place`."""
    ready = [values.alias(name) for name, values in columns.typed.items() if not name.endswith("_prefix")]
    personal = [columns.raw[column.name].alias(f"_{column.name}") for column in rules.columns if column.personal]
    lineage = [rows.alias("_row_number"), courts.alias("court_code"), sources.alias("_court_source")]
    places = pl.int_range(rows.len(), dtype=pl.Int64, eager=True).alias("_place")
    frame = pl.DataFrame([*lineage, *ready, *personal, places])
    alone = frame[rules.key[0]] if len(rules.key) == 1 else None
    if alone is not None and alone.dtype == pl.String:
        return frame.insert_column(frame.width, alone.alias("_key"))
    return frame.with_columns(_key=key_expression(rules))


def _without(frame: pl.DataFrame, places: list[int]) -> pl.DataFrame:
    return frame.filter(~pl.col("_place").is_in(places)) if places else frame


def _drop_blank(chunk: Chunk, header_map: HeaderMap) -> tuple[Chunk, pl.DataFrame, list[str]]:
    """The chunk without blank rows, its contract columns as clean text, and those with words for no value."""
    raw, worded = cleaned(header_map, chunk.frame)
    if any(not raw[column.name].null_count() for column in contract(header_map.kind).required):
        return chunk, raw, worded  # a column filled throughout: no row is blank
    kept = ~blank_rows(chunk.frame)
    if not kept.all():
        chunk = replace(chunk, frame=chunk.frame.filter(kept), rows=chunk.rows.filter(kept))
        raw = raw.filter(kept)
    return chunk, raw, worded


def _note(judge: RowJudge, columns: Columns, accepted: pl.DataFrame, courts: pl.Series) -> None:
    if judge.notes is None or not columns.notes:
        return
    judge.notes.add(columns.notes, accepted, columns.typed, _hidden(columns, accepted))


def _hidden(columns: Columns, accepted: pl.DataFrame) -> dict[str, frozenset[int]]:
    """Column → the places in which the lake keeps another text than was read: something in it was hidden."""
    found: dict[str, frozenset[int]] = {}
    for name in {note.column for note in columns.notes} & set(accepted.columns) & set(columns.typed):
        if columns.typed[name].dtype != pl.String or accepted[name].null_count() == accepted.height:
            continue
        read = columns.typed[name].gather(accepted["_place"])
        differs = accepted[name].ne_missing(read)
        found[name] = frozenset(accepted["_place"].filter(differs).to_list())
    return found


def _once_a_row(doubts: Iterable[Doubt], named: Mapping[int, str]) -> Iterator[Doubt]:
    """The doubts; of a row that is struck out cell by cell its first cell speaks for all."""
    said: set[int] = set()
    for doubt in sorted(doubts, key=lambda each: (each.row, each.place)):
        if doubt.code != STRUCK_OUT or doubt.row not in said:
            yield doubt
        if doubt.code == STRUCK_OUT and doubt.place in named:
            said.add(doubt.row)


def _holds(doubt: Doubt, column: Column) -> bool:
    """Whether a doubt is one of the column's values: of formats units are asked, and only amounts have fen."""
    is_of_fen = doubt.code == SINGLE and not dict(doubt.facts)["whole"]
    return doubt.code != ODD_FORMAT and not (is_of_fen and column.type not in ("amount", "number"))


def _with_doubts(faults: list[Fault], chunk: Chunk, header_map: HeaderMap) -> list[Fault]:
    """The faults, with the cells that have no value of their own; of such a cell no more is said."""
    named = {place: name for name, places in header_map.positions.items() for place in places}
    place_of = {row: place for place, row in enumerate(chunk.rows)}
    rules = contract(header_map.kind)
    doubted = [
        Fault(place_of[doubt.row], named[doubt.place], doubt.code, doubt.facts)
        for doubt in _once_a_row(chunk.doubts, named)
        if doubt.row in place_of and doubt.place in named and _holds(doubt, rules.column(named[doubt.place]))
    ]
    cells = {(fault.place, fault.column) for fault in doubted}
    return [fault for fault in faults if (fault.place, fault.column) not in cells] + doubted


def _look_at_rows(rules: Contract, columns: Columns, key: Key) -> None:
    look_again(rules, columns)
    look_at_persons(rules, columns)
    derive_keys(rules, columns, key)
    columns.faults += _missing(rules, columns.raw)


def assess(chunk: Chunk, header_map: HeaderMap, judge: RowJudge) -> Assessed:
    """Judge one chunk. Every row that is not blank comes out accepted, rejected, held or as no data.

    FileRefusedError (second_header) if another header stands among the rows.
    """
    rules = contract(header_map.kind)
    chunk, raw, worded = _drop_blank(chunk, header_map)
    stated = row_units(header_map, chunk, raw, judge.file)
    columns = type_columns(rules.kind, raw, header_map.units, stated.by_column, judge.day_zero)
    columns.faults += stated.faults
    columns.notes += emptied(header_map, chunk.frame, raw, worded)
    beside, void = beside_their_texts(header_map, chunk)
    columns.faults += void
    _look_at_rows(rules, columns, judge.key)
    if chunk.doubts:
        columns.faults = _with_doubts(columns.faults, chunk, header_map)
    courts, sources, held = _courts(header_map, columns, judge)
    faults: dict[int, list[Fault]] = defaultdict(list)
    for fault in (*columns.faults, *held):
        faults[fault.place].append(fault)
    outside = rows_without_data(chunk, header_map, columns, courts, faults, judge.printed, judge.file) | beside
    outside |= totals_of_regions(header_map, columns, courts, judge.register, faults, outside)
    for place in outside:
        faults.pop(place, None)
    accepted = _without(_lake_frame(rules, columns, courts, sources, chunk.rows), [*faults, *outside])
    keys = [
        accepted[name].alias(alias) for name, alias in (("_key", "key"), ("_row_number", "row"), ("_place", "place"))
    ]
    repeated = judge.seen.earlier(pl.DataFrame(keys))
    for place, key, first in repeated.rows():
        faults[place] = [Fault(place, rules.key[0], "duplicate_key", (("first", first), ("key", key)))]
    accepted = _without(accepted, repeated["place"].to_list())
    judge.names.add(rules, accepted)
    accepted = depersonalised(rules, accepted, judge.key)
    _note(judge, columns, accepted, courts)
    held_rows = sum(1 for found in faults.values() if all(fault.code in HOLDING for fault in found))
    set_down = [Outside(chunk.rows[place], word, chunk.frame.row(place)) for place, word in sorted(outside.items())]
    return Assessed(accepted, faults, len(faults) - held_rows, held_rows, raw, chunk.rows, courts, set_down)

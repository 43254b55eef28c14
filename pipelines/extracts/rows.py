"""What a delivered row must satisfy as a whole: required values, its court, the contract's row rules, one row a key.
A row with any fault is rejected, or held when the only fault is its court; how faults are worded belongs to `rejects`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import polars as pl

from pipelines.extracts.columns import Columns, Fault, cleaned, court_columns, type_columns
from pipelines.extracts.contracts import Column, Contract, contract
from pipelines.extracts.courts import CourtRegister
from pipelines.extracts.headers import HeaderMap, fold
from pipelines.extracts.persons import masked_name, person_hashes, person_text
from pipelines.extracts.reading.delimited import TRAILERS
from pipelines.extracts.reading.source import Chunk
from pipelines.extracts.values import STRIPPED

HOLDING = ("court_unknown", "court_missing", "court_conflict", "court_ambiguous", "court_out_of_date")
JOIN = "\x1f"  # a control character that cannot be left in a stripped value
NO_FAULTS: frozenset[int] = frozenset()


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
        firsts = keys.filter(pl.col("key").is_first_distinct()).select("key", first="row")
        known = [part.join(keys.select("key").unique(), on="key", how="semi") for part in self.parts]
        if known and (past := pl.concat(known)).height:
            firsts = pl.concat([past, firsts.join(past, on="key", how="anti")])
        repeated = keys.join(firsts, on="key", how="left", maintain_order="left").filter(
            pl.col("row") != pl.col("first")
        )
        gone = repeated.select("place")
        kept = keys.join(gone, on="place", how="anti") if repeated.height else keys
        self.parts.append(kept.select("key", first="row"))
        return repeated.select("place", "key", "first")


@dataclass(frozen=True)
class Assessed:
    """A chunk judged: accepted rows in lake columns (without delivery), and faults by place of the chunk."""

    accepted: pl.DataFrame
    faults: dict[int, list[Fault]]
    rejected: int
    held: int
    raw: pl.DataFrame
    rows: pl.Series
    courts: pl.Series


def _drop_blank(chunk: Chunk) -> Chunk:
    if not chunk.frame.width:
        return chunk
    blank = pl.all_horizontal(pl.all().fill_null("").str.strip_chars(STRIPPED) == "")
    mask = chunk.frame.select(blank.alias("blank"))["blank"]
    if not mask.any():
        return chunk
    return Chunk(chunk.headings, chunk.frame.filter(~mask), chunk.rows.filter(~mask), chunk.broken)


def _missing(rules: Contract, raw: pl.DataFrame) -> list[Fault]:
    names = [column.name for column in rules.required if column.type != "court"]
    return [
        Fault(place, name, "missing_value")
        for name in names
        if raw[name].null_count()
        for place in raw[name].is_null().arg_true()
    ]


def _not_data(rules: Contract, header_map: HeaderMap, chunk: Chunk, suspects: set[int]) -> list[Fault]:
    """Total and signature lines, and headers repeated: only rows that lack or misspell values are looked at."""
    found = []
    headings = [fold(heading) for heading in chunk.headings]
    for place in sorted(suspects):
        cells = chunk.frame.row(place)
        first = next((cell.strip(STRIPPED) for cell in cells if cell and cell.strip(STRIPPED)), "")
        if first.replace(" ", "").replace("\u3000", "").startswith(TRAILERS):
            found.append(Fault(place, None, "trailer_row"))
        elif [fold(cell or "") for cell in cells] == headings:
            found.append(Fault(place, None, "repeated_header"))
    return found


def _courts(
    kind: str, header_map: HeaderMap, columns: Columns, register: CourtRegister, month: Month
) -> tuple[pl.Series, pl.Series, list[Fault]]:
    """The court code and its source of every row, and the faults of rows whose court is not found."""
    rules, raw = contract(kind), columns.raw
    stated = court_columns(header_map, kind)
    numbered = next((c.name for c in rules.columns if c.type == "case_number"), None)
    prefix = columns.typed[f"{numbered}_prefix"] if numbered else pl.Series([None] * raw.height, dtype=pl.String)
    by_case = "case_id" in raw.columns and rules.key != ("case_id",)
    has_case = raw["case_id"].is_not_null() if by_case else pl.repeat(False, raw.height, eager=True)  # noqa: FBT003
    parts = [*(raw[name].fill_null("") for name in stated), prefix.fill_null(""), has_case.cast(pl.String)]
    keys = pl.select(pl.concat_str(parts, separator=JOIN)).to_series() if raw.height else pl.Series([], dtype=pl.String)
    found: dict[str, Any] = {}
    for key in keys.unique():
        *texts, number, case = key.split(JOIN)
        resolution = register.resolve(tuple(text for text in texts if text), number or None, *month)
        if resolution.fault == "court_missing" and case == "true":
            resolution = resolution._replace(source="case", fault=None)
        found[key] = resolution
    codes = keys.replace_strict(list(found), [r.court_code for r in found.values()], return_dtype=pl.String)
    sources = keys.replace_strict(list(found), [r.source for r in found.values()], return_dtype=pl.String)
    court = next(column.name for column in rules.columns if column.type == "court")
    faulty = {key: resolution for key, resolution in found.items() if resolution.fault}
    if not faulty:
        return codes, sources, []
    texts = keys.to_list()
    wrong = keys.is_in(list(faulty)).arg_true()
    faults = [Fault(p, court, faulty[texts[p]].fault or "", faulty[texts[p]].facts) for p in wrong]
    return codes, sources, faults


def _row_rules(rules: Contract, columns: Columns) -> list[Fault]:
    faults = []
    for rule in rules.row_rules:
        broken = columns.raw[rule.requires].is_not_null() & columns.raw[rule.needs].is_null()
        faults += [Fault(place, rule.needs, f"rule:{rule.code}") for place in broken.arg_true()]
    return faults


def _personal(rules: Contract, columns: Columns, courts: pl.Series, key: bytes | None) -> dict[str, pl.Series]:
    """Masked names and person hashes, in lake columns."""
    found: dict[str, pl.Series] = {}
    names: Column | None = None
    for column in rules.columns:
        texts = columns.raw[column.name]
        if column.personal == "name":
            names = names or column
            masked = [None if text is None else masked_name(text) for text in texts.to_list()]
            found[f"{column.name}_masked"] = pl.Series(masked, dtype=pl.String)
        elif column.personal == "id_number":
            holders = columns.raw[names.name].to_list() if names else [None] * texts.len()
            persons = map(person_text, holders, texts.to_list(), courts.to_list())
            found["person_hash"] = pl.Series(person_hashes(key or b"", persons), dtype=pl.String)
    return found


def key_expression(rules: Contract) -> pl.Expr:
    """A record's key as one text, its values joined with |, from typed lake columns."""
    return pl.concat_str([pl.col(name).cast(pl.String) for name in rules.key], separator="|")


def _duplicates(rules: Contract, frame: pl.DataFrame, sound: pl.Series, seen: SeenKeys) -> list[Fault]:
    keys = frame.filter(sound).select(key_expression(rules).alias("key"), row="_row_number", place="_place")
    column = rules.key[0]
    return [
        Fault(place, column, "duplicate_key", (("first", first), ("key", key)))
        for place, key, first in seen.earlier(keys).rows()
    ]


def _lake_frame(rules: Contract, columns: Columns, extra: dict[str, pl.Series], rows: pl.Series) -> pl.DataFrame:
    series = [rows.alias("_row_number"), pl.int_range(rows.len(), eager=True).alias("_place")]
    ready = {name: values for name, values in columns.typed.items() if not name.endswith("_prefix")} | extra
    return pl.DataFrame([*series, *(values.alias(name) for name, values in ready.items())])


def assess(
    chunk: Chunk,
    header_map: HeaderMap,
    register: CourtRegister,
    month: Month,
    seen: SeenKeys,
    key: bytes | None,
    damaged: bool,
) -> Assessed:
    """Judge one chunk. Every row that is not blank comes out accepted, rejected or held."""
    rules, chunk = contract(header_map.kind), _drop_blank(chunk)
    raw = cleaned(rules.kind, header_map, chunk.frame)
    columns = type_columns(rules.kind, raw, header_map.units, damaged)
    columns.faults += _missing(rules, raw)
    not_data = _not_data(rules, header_map, chunk, {fault.place for fault in columns.faults})
    courts, sources, held = _courts(rules.kind, header_map, columns, register, month)
    faults: dict[int, list[Fault]] = defaultdict(list)
    for fault in (*columns.faults, *held, *_row_rules(rules, columns)):
        faults[fault.place].append(fault)
    for fault in not_data:
        faults[fault.place] = [fault]
    extra = {"court_code": courts, "_court_source": sources, **_personal(rules, columns, courts, key)}
    frame = _lake_frame(rules, columns, extra, chunk.rows)
    sound = pl.Series([True]).new_from_index(0, frame.height) if frame.height else pl.Series([], dtype=pl.Boolean)
    sound = sound.scatter(list(faults), False) if faults else sound  # noqa: FBT003
    for fault in _duplicates(rules, frame, sound, seen):
        faults[fault.place] = [fault]
    holding = sum(1 for found in faults.values() if all(fault.code in HOLDING for fault in found))
    accepted = frame.filter(~pl.col("_place").is_in(list(faults))) if faults else frame
    return Assessed(accepted, faults, len(faults) - holding, holding, raw, chunk.rows, courts)

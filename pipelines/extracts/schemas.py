"""The shapes of what receiving writes: lake, rejects and ledger files, derived from the contracts.
Only shapes, and the empty files that let every reader find them; rows belong to `loading` and `ledger`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.extracts.contracts import KINDS, Column, contract
from pipelines.extracts.masking import swept, swept_table
from pipelines.layout import Layout

TEXT, COUNT, DAY, MOMENT, FLAG = pa.string(), pa.int64(), pa.date32(), pa.timestamp("us"), pa.bool_()
MONEY = pa.decimal128(20, 2)
TYPES = {
    "text": TEXT, "code": TEXT, "court": TEXT, "case_number": TEXT, "date": DAY, "timestamp": MOMENT,
    "amount": MONEY, "number": MONEY, "integer": COUNT, "flag": FLAG,
}  # fmt: skip

BUFFER = 1 << 18  # bytes of a Parquet file that are written together

LINEAGE = (("_delivery_id", TEXT), ("_row_number", pa.int32()), ("_extract_month", DAY), ("_court_source", TEXT))

LEDGER: dict[str, pa.Schema] = {
    "deliveries": pa.schema([
        ("delivery_id", TEXT), ("kind", TEXT), ("extract_month", DAY), ("file_name", TEXT), ("file_sha256", TEXT),
        ("file_bytes", COUNT), ("format", TEXT), ("encoding", TEXT), ("received_at", MOMENT), ("status", TEXT),
        ("duplicate_of", TEXT), ("refusal_code", TEXT), ("message_zh", TEXT), ("message_en", TEXT),
        ("remedy_zh", TEXT), ("remedy_en", TEXT), ("row_count", COUNT), ("accepted_count", COUNT),
        ("rejected_count", COUNT), ("held_count", COUNT), ("extra_column_count", COUNT), ("court_codes", TEXT),
        ("delivered_columns", TEXT), ("waited_since", DAY),
    ]),
    "delivery_courts": pa.schema([
        ("delivery_id", TEXT), ("kind", TEXT), ("extract_month", DAY), ("court_code", TEXT),
        ("accepted_count", COUNT), ("rejected_count", COUNT), ("is_in_force", FLAG), ("superseded_by", TEXT),
        ("turn", pa.int32()),
    ]),
    "delivery_gaps": pa.schema([
        ("kind", TEXT), ("extract_month", DAY), ("court_code", TEXT), ("reason", TEXT), ("delivery_id", TEXT),
        ("file_name", TEXT), ("kept_delivery_id", TEXT), ("said_code", TEXT), ("said_zh", TEXT), ("said_en", TEXT),
        ("remedy_zh", TEXT), ("remedy_en", TEXT),
    ]),
    "redelivery_changes": pa.schema([
        ("kind", TEXT), ("extract_month", DAY), ("court_code", TEXT), ("old_delivery_id", TEXT),
        ("new_delivery_id", TEXT), ("change", TEXT), ("record_key", TEXT), ("changed_columns", TEXT),
    ]),
    "settings_changes": pa.schema([
        ("snapshot_id", TEXT), ("cause_code", TEXT), ("court_code", TEXT), ("indicator_code", TEXT),
        ("first_month", DAY), ("row_zh", TEXT), ("row_en", TEXT),
    ]),
    "case_courts": pa.schema([("case_id", TEXT), ("court_code", TEXT)]),
}  # fmt: skip

GATE: dict[str, pa.Schema] = {
    "results": pa.schema([
        ("kind", TEXT), ("extract_month", DAY), ("rule_code", TEXT), ("rule_zh", TEXT), ("rule_en", TEXT),
        ("severity", TEXT), ("checked_count", COUNT), ("failed_count", COUNT), ("threshold", pa.float64()),
        ("passed", FLAG),
    ]),
    "failing_rows": pa.schema([
        ("kind", TEXT), ("extract_month", DAY), ("rule_code", TEXT), ("severity", TEXT), ("court_code", TEXT),
        ("delivery_id", TEXT), ("row_number", pa.int32()), ("record_key", TEXT), ("column_name", TEXT),
        ("value", TEXT),
    ]),
    "held_courts": pa.schema([
        ("kind", TEXT), ("extract_month", DAY), ("court_code", TEXT), ("delivery_id", TEXT), ("rule_code", TEXT),
        ("rule_zh", TEXT), ("rule_en", TEXT), ("checked_count", COUNT), ("failed_count", COUNT),
    ]),
}  # fmt: skip


def lake_columns(column: Column) -> tuple[tuple[str, pa.DataType], ...]:
    """The lake columns of one delivered column: one, or three for a case number; masked or hashed if personal."""
    if column.personal == "name":
        return ((f"{column.name}_masked", TEXT),)
    if column.personal == "id_number":
        return (("person_hash", TEXT),)
    if column.type == "case_number":
        return ((column.name, TEXT), (f"{column.name}_raw", TEXT), (f"{column.name}_status", TEXT))
    return ((column.name, TYPES[column.type]),)


@cache
def lake_schema(kind: str) -> pa.Schema:
    """The schema of every lake file of a kind. KeyError if the kind is unknown."""
    fields = [field for column in contract(kind).columns for field in lake_columns(column)]
    return pa.schema([*LINEAGE, *fields])


@cache
def rejects_schema() -> pa.Schema:
    """The schema of every rejects file: one row per delivered row and reason."""
    texts = ("reason_code", "reason_zh", "reason_en", "remedy_zh", "remedy_en", "row_text")
    return pa.schema([
        ("delivery_id", TEXT), ("kind", TEXT), ("extract_month", DAY), ("row_number", pa.int32()),
        ("disposition", TEXT), ("court_code", TEXT), ("column_name", TEXT), ("header", TEXT), ("value", TEXT),
        *((name, TEXT) for name in texts),
    ])  # fmt: skip


@cache
def conversions_schema() -> pa.Schema:
    """The schema of every conversions file: one row per accepted value listed and conversion; texts are masked."""
    return pa.schema([
        ("delivery_id", TEXT), ("kind", TEXT), ("extract_month", DAY), ("row_number", pa.int32()),
        ("court_code", TEXT), ("column_name", TEXT), ("header", TEXT), ("conversion", TEXT), ("text", TEXT),
        ("value", TEXT),
    ])  # fmt: skip


_OF_TYPE = {pa.int32(): pl.Int32, pa.int64(): pl.Int64, DAY: pl.Date}


def as_frame(columns: Mapping[str, Sequence[object]], schema: pa.Schema) -> pl.DataFrame:
    """Lists of texts, numbers and days as a frame."""
    return pl.DataFrame(
        [pl.Series(field.name, columns[field.name], dtype=_OF_TYPE.get(field.type, pl.String)) for field in schema]
    )


def put(table: pa.Table, path: Path) -> None:
    """Write a Parquet file aside and move it into place in one step; no text of it holds an identity number."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(path.name + ".part")
    pq.write_table(swept_table(table), aside, compression="zstd", write_page_checksum=True)
    aside.replace(path)


def read_whole(path: Path) -> pa.Table | None:
    """A file that `put` wrote, or None if it is missing, cut short or altered, a flipped bit of its pages included."""
    try:
        return pq.ParquetFile(path, page_checksum_verification=True).read()
    except (OSError, pa.ArrowException):
        return None


def _ensure(schema: pa.Schema, path: Path) -> bool:
    """Whether a file that was there was damaged."""
    found = read_whole(path)
    if found is None or not found.schema.equals(schema):
        was_damaged = found is None and path.exists()
        put(schema.empty_table(), path)
        return was_damaged
    return False


def ensure_schemas(layout: Layout) -> list[Path]:
    """Write the zero-row files that make every source resolve: lake, rejects, and ledger and gate where absent.

    Gives the files that were damaged: what was in them is reckoned again by whoever writes them.
    """
    shapes = {layout.lake / kind / "_schema.parquet": lake_schema(kind) for kind in KINDS}
    shapes |= {folder / "_schema.parquet": schema for folder, schema in _aside(layout)}
    for folder, tables in ((layout.ledger, LEDGER), (layout.gate, GATE)):
        shapes |= {folder / f"{name}.parquet": schema for name, schema in tables.items()}
    return [path for path, schema in shapes.items() if _ensure(schema, path)]


def _aside(layout: Layout) -> tuple[tuple[Path, pa.Schema], ...]:
    return (layout.rejects, rejects_schema()), (layout.conversions, conversions_schema())


class AsideFile:
    """A Parquet file written aside chunk by chunk, and moved into place only when it is complete.

    No text that goes into it holds an identity number.
    """

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self.path, self.schema = path, schema
        self.aside = path.with_name(path.name + ".part")
        self.writer: pq.ParquetWriter | None = None
        self.stream: pa.NativeFile | None = None

    def add(self, frame: pl.DataFrame) -> None:
        """Write a frame that has the schema's columns."""
        if not frame.height:
            return
        if self.writer is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # Without a buffer every column of every chunk is two writes of some bytes.
            self.stream = pa.output_stream(str(self.aside), compression=None, buffer_size=BUFFER)
            # No reader picks rows by their values: the least and the greatest of every column are not worth a pass.
            self.writer = pq.ParquetWriter(
                self.stream, self.schema, compression="zstd", use_dictionary=False, write_statistics=False
            )
        self.writer.write_table(swept(frame).to_arrow().cast(self.schema))

    def close(self, keep: bool) -> int:
        """Move the file into place, or leave none there; its size in bytes, 0 for none."""
        if self.writer is not None and self.stream is not None:
            self.writer.close()
            self.stream.close()
        if keep and self.writer is not None:
            self.aside.replace(self.path)
            return self.path.stat().st_size
        self.aside.unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)
        return 0

"""What the ledger of published values holds, file by file, and the empty files that make it readable from the start.
Writing to it belongs to values.py, asking it to past_values.py."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines import ownership
from pipelines.layout import Layout

ENTRY = (("sequence_number", pa.int32()), ("snapshot_id", pa.string()))
VALUE_KEY = ("court_code", "scope_code", "window_code", "period_month", "indicator_code", "definition_version")
DIGESTS = "digests.json"  # SHA-256 by file, in every entry
# What was shown of a value. A change in any of them is a change of what was published.
SHOWN = ("numerator", "denominator", "value", "status", "rank", "ranked_count")

# One folder an entry, one entry a publication that said something new:
#   publications  one row: which snapshot, when, by which code and definitions
#   values        one row per value that is new or differs from what was published before
#   deliveries    one row per delivery and court in force that earlier publications did not know
#   closings      one row per province and month frozen by this publication
SCHEMAS = {
    "publications": pa.schema(
        [
            *ENTRY,
            ("published_at", pa.timestamp("us")),
            ("latest_month", pa.date32()),
            ("code_version", pa.string()),
            ("code_commit", pa.string()),
            ("definitions_digest", pa.string()),
            ("deliveries_digest", pa.string()),
        ]
    ),
    "values": pa.schema(
        [
            *ENTRY,
            ("province_code", pa.string()),
            ("court_code", pa.string()),
            ("scope_code", pa.string()),
            ("window_code", pa.string()),
            ("period_month", pa.date32()),
            ("indicator_code", pa.string()),
            ("definition_version", pa.string()),
            ("numerator", pa.decimal128(24, 2)),
            ("denominator", pa.decimal128(24, 2)),
            ("value", pa.float64()),
            ("status", pa.string()),
            ("rank", pa.int32()),
            ("ranked_count", pa.int32()),
            ("is_present", pa.bool_()),  # false: published before, and in this publication no more
        ]
    ),
    "deliveries": pa.schema(
        [
            *ENTRY,
            ("delivery_id", pa.string()),
            ("court_code", pa.string()),
            ("kind", pa.string()),
            ("extract_month", pa.date32()),
        ]
    ),
    "closings": pa.schema(
        [*ENTRY, ("province_code", pa.string()), ("period_month", pa.date32()), ("closed_because", pa.string())]
    ),
}


def open_ledger(layout: Layout) -> None:
    """Make sure that every part of the ledger can be read, also before anything was published."""
    folder = layout.published_values / "_schema"
    folder.mkdir(parents=True, exist_ok=True)
    for part, schema in SCHEMAS.items():
        file = folder / f"{part}.parquet"
        if not _has_shape(file, schema):
            ownership.unseal(folder)
            aside = file.with_suffix(".aside")
            pq.write_table(schema.empty_table(), aside)
            aside.replace(file)
    ownership.seal(folder)


def _has_shape(file: Path, schema: pa.Schema) -> bool:
    try:
        return bool(pq.read_schema(file) == schema)
    except (OSError, pa.ArrowException):
        return False


def entries(layout: Layout) -> list[Path]:
    """The ledger's entries, in the order in which they were made."""
    return sorted(layout.published_values.glob("[0-9]*-*"))


def every(layout: Layout, part: str, before: str | None = None) -> list[str]:
    """The files of one part of the ledger, for read_parquet; `before`: of the entries before the one of that name."""
    found = [entry for entry in entries(layout) if before is None or entry.name < before]
    return [str(folder / f"{part}.parquet") for folder in (layout.published_values / "_schema", *found)]

"""A small lake made by hand, in the shape that receiving leaves behind: enough for a gate to judge.
Receiving itself is tested elsewhere; nothing here reads a delivered file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from expectations.numbers import register
from pipelines.extracts.contracts import Column, contract

TYPES = {
    "date": pa.date32(),
    "timestamp": pa.timestamp("us"),
    "amount": pa.decimal128(20, 2),
    "number": pa.decimal128(20, 2),
    "integer": pa.int64(),
    "flag": pa.bool_(),
}
COURTS_SCHEMA = pa.schema(
    [
        ("delivery_id", pa.string()),
        ("kind", pa.string()),
        ("extract_month", pa.date32()),
        ("court_code", pa.string()),
        ("accepted_count", pa.int64()),
        ("rejected_count", pa.int64()),
        ("is_in_force", pa.bool_()),
        ("superseded_by", pa.string()),
        ("turn", pa.int32()),
    ]
)


@dataclass(frozen=True)
class SmallTree:
    """The places that the gate asks for, below one folder."""

    root: Path

    @property
    def lake(self) -> Path:
        return self.root / "lake"

    @property
    def ledger(self) -> Path:
        return self.lake / "_ledger"

    @property
    def gate(self) -> Path:
        return self.lake / "_gate"


def lake_fields(kind: str) -> list[pa.Field]:
    """The lake's columns of one kind, as the contract says."""

    def fields(column: Column) -> list[pa.Field]:
        if column.personal:
            return [pa.field("person_hash" if column.personal == "id_number" else f"{column.name}_masked", pa.string())]
        own = [pa.field(column.name, TYPES.get(column.type, pa.string()))]
        if column.type == "case_number":
            own += [pa.field(f"{column.name}_raw", pa.string()), pa.field(f"{column.name}_status", pa.string())]
        return own

    lineage = [
        pa.field("_delivery_id", pa.string()),
        pa.field("_row_number", pa.int32()),
        pa.field("_extract_month", pa.date32()),
        pa.field("_court_source", pa.string()),
    ]
    return lineage + [field for column in contract(kind).columns for field in fields(column)]


def add_delivery(
    tree: SmallTree, kind: str, month: str, delivery: str, rows: list[dict[str, Any]], turn: int = 1
) -> None:
    """Put one delivery's accepted rows into the lake and its courts into the ledger: `turn` 1 is the last received."""
    first = date(int(month[:4]), int(month[5:]), 1)
    schema = pa.schema(lake_fields(kind))
    folder = tree.lake / kind / f"extract_month={month}"
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(schema.empty_table(), tree.lake / kind / "_schema.parquet")
    tree.ledger.mkdir(parents=True, exist_ok=True)
    if not (courts_of_cases := tree.ledger / "case_courts.parquet").exists():
        pq.write_table(
            pa.table({"case_id": pa.array([], pa.string()), "court_code": pa.array([], pa.string())}), courts_of_cases
        )
    lineage = [{"_delivery_id": delivery, "_row_number": n, "_extract_month": first} for n in range(2, len(rows) + 2)]
    whole = [{**line, **row} for line, row in zip(lineage, rows, strict=True)]
    pq.write_table(pa.Table.from_pylist(whole, schema=schema), folder / f"{delivery}.parquet")
    courts = sorted({row["court_code"] for row in rows})
    _add_to_ledger(tree, [
        {"delivery_id": delivery, "kind": kind, "extract_month": first, "court_code": court, "rejected_count": 0,
         "accepted_count": sum(row["court_code"] == court for row in rows), "is_in_force": turn == 1, "turn": turn}
        for court in courts
    ])  # fmt: skip


def _add_to_ledger(tree: SmallTree, courts: list[dict[str, Any]]) -> None:
    file = tree.ledger / "delivery_courts.parquet"
    file.parent.mkdir(parents=True, exist_ok=True)
    kept = pq.read_table(file) if file.exists() else COURTS_SCHEMA.empty_table()
    pq.write_table(pa.concat_tables([kept, pa.Table.from_pylist(courts, schema=COURTS_SCHEMA)]), file)


def case(number: int, court: str = "T13", **changes: Any) -> dict[str, Any]:
    """A case without a fault, filed and open in March 2019 unless changed."""
    sound = {
        "case_id": f"{court}-{number}",
        "case_number": f"（2019）{register().prefix_of.get(court, '青0104')}执{number}号",
        "case_number_status": "parsed",
        "court_code": court,
        "case_type": "执",
        "filed_date": date(2019, 3, 4),
        "claim_amount": Decimal("1000.00"),
        "recovered_amount": Decimal("400.00"),
        "waived_amount": Decimal("0.00"),
        "outstanding_amount": Decimal("600.00"),
    }
    return {**sound, **changes}

"""Programs that are killed: receiving with the ledger, and publishing; each as the job calls them, in one process.
How they are killed belongs to killing.py."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.extracts import arrivals, ledger, loading
from pipelines.extracts.schemas import LEDGER
from pipelines.layout import Layout
from pipelines.publication import snapshot, values_upkeep

LANDED = Path(__file__).parents[1] / "golden" / "landing"
KINDS, MONTHS = ("cases", "funds", "linkage"), ("2018-12", "2019-01")
PUBLISHED = ("2018-11", "2018-12", "2019-01")
VALUES = """
    province_code varchar, court_code varchar, scope_code varchar, window_code varchar, period_month date,
    indicator_code varchar, definition_version varchar, numerator decimal(24, 2), denominator decimal(24, 2),
    value double, status varchar, rank integer, ranked_count integer
"""
# What the ledger of values says now. What it said on the way differs: a run that is begun anew publishes anew.
LATEST = """
    select * exclude (sequence_number, snapshot_id) from read_parquet($files)
    qualify row_number() over (
        partition by court_code, scope_code, window_code, period_month, indicator_code, definition_version
        order by sequence_number desc
    ) = 1 and is_present
    order by all
"""
CLOSINGS = "province_code varchar, period_month date, is_closed boolean, closed_because varchar"


def at(root: Path) -> Layout:
    return Layout(data=root / "data", key_file=root / "keys" / "person-hash.key")


def land(where: Layout) -> None:
    """Some kinds and months of the golden world, as they were delivered."""
    for month in MONTHS:
        for kind in KINDS:
            shutil.copytree(LANDED / month / kind, where.landing / month / kind)


def receive(root: Path, day: int = 7) -> None:
    """Everything delivered is received, and the ledger made. The clock stands still: trees can be compared."""
    where = at(root)
    arrivals.now = lambda: datetime(2020, 1, day, tzinfo=UTC)
    for kind in KINDS:
        for month in MONTHS:
            loading.receive_month(where, kind, month)
    loading.mend(where)
    ledger.consolidate(where)


def receive_next_day(root: Path) -> None:
    """As `receive`: what was seen the day before was seen then."""
    receive(root, 8)


def received(root: Path) -> dict[str, bytes]:
    """What receiving has left, to the byte, but for its memory of when it looked."""
    where = at(root)
    roots = (where.lake, where.rejects, where.conversions)
    files = [path for folder in roots for path in folder.rglob("*") if path.is_file() and path.name != ".lock"]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files if "looks" not in path.parts}


def ready(root: Path) -> None:
    """A warehouse, a ledger and dbt's manifest for `publish`, without the models that make them."""
    where = at(root)
    for folder in (where.ledger, where.gate, where.warehouse, where.dbt_target, where.published):
        folder.mkdir(parents=True)
    with duckdb.connect(str(where.warehouse_file)) as connection:
        connection.execute("create schema core; create schema performance")
        connection.execute("create table core.dim_courts as select 'T' || i as court_code from range(2000) t(i)")
        connection.execute(f"create table performance.fct_published_values ({VALUES})")
        connection.execute(f"create table performance.fct_month_closings ({CLOSINGS})")
    names = {"core": ["dim_courts"], "performance": ["fct_published_values", "fct_month_closings"]}
    nodes = {name: _node(schema, name, where) for schema, listed in names.items() for name in listed}
    text = json.dumps({"metadata": {"project_name": "enforcement"}, "nodes": nodes, "sources": {}, "macros": {}})
    (where.dbt_target / "manifest.json").write_text(text, encoding="utf-8")


def _node(schema: str, name: str, where: Layout) -> dict[str, Any]:
    with duckdb.connect(str(where.warehouse_file), read_only=True) as connection:
        found = connection.execute(
            "select column_name from duckdb_columns() where table_name = ? order by column_index", [name]
        ).fetchall()
    return {
        "unique_id": f"model.enforcement.{name}", "resource_type": "model", "schema": schema, "name": name,
        "alias": name, "description": "表 | Table", "columns": {c: {"description": "列 | Column"} for (c,) in found},
        "config": {"access": "public", "materialized": "table", "meta": {"readers": "province"}},
        "depends_on": {"nodes": []}, "fqn": ["enforcement", "marts", schema, name], "checksum": {"checksum": name},
    }  # fmt: skip


def build(where: Layout, month: str, months: Sequence[str] = PUBLISHED) -> None:
    """What the models would make of a month, from nothing: its courts' values, more of them each month."""
    first, number = date.fromisoformat(f"{month}-01"), int(month[:4]) * 12 + int(month[5:])
    with duckdb.connect(str(where.warehouse_file)) as connection:
        connection.execute("delete from performance.fct_published_values; delete from performance.fct_month_closings")
        connection.execute(
            "insert into performance.fct_published_values select 'QH', 'T' || i, 'own', 'month', $first, 'QX01', '1',"
            " i, 1000, (i + $number) / 1000.0, 'no_target', i, 400 from range(400) t(i)",
            {"first": first, "number": number},
        )
        connection.execute(
            "insert into performance.fct_month_closings values ('QH', $first, true, 'x')", {"first": first}
        )
    rows = [
        {"delivery_id": m, "kind": "cases", "extract_month": date.fromisoformat(f"{m}-01"), "file_name": m,
         "file_sha256": m, "status": "accepted", "row_count": 2, "court_code": "T1", "is_in_force": True}
        for m in months if m <= month
    ]  # fmt: skip
    for table in ("deliveries", "delivery_courts", "delivery_gaps"):
        listed = [] if table == "delivery_gaps" else rows
        pq.write_table(pa.Table.from_pylist(listed, schema=LEDGER[table]), where.ledger / f"{table}.parquet")
    gate = {"rule_code": "key_unique", "kind": "cases", "extract_month": first, "severity": "block",
            "checked_count": 2, "failed_count": 0, "threshold": 0.0, "passed": True}  # fmt: skip
    pq.write_table(pa.Table.from_pylist([gate]), where.gate / "results.parquet")


def publish(root: Path, months: tuple[str, ...] = PUBLISHED) -> None:
    """Month after month is built and published, as runs do."""
    where = at(root)
    for month in months:
        build(where, month)
        values_upkeep.mend(where)
        snapshot.publish(where)


def published(root: Path) -> dict[str, str]:
    """A digest of every table of every snapshot kept, and of what the ledger of values says."""
    where, found = at(root), {}
    for snapshot_id in snapshot.kept(where):
        with duckdb.connect(str(where.published / snapshot_id / snapshot.DATABASE), read_only=True) as connection:
            names = connection.execute("select schema_name || '.' || table_name from duckdb_tables()").fetchall()
            for (name,) in names:
                rows = connection.execute(f"from {name} order by all").fetchall()
                found[f"{snapshot_id} {name}"] = _digest(rows)
    entries = str(where.published_values / "0*" / "values.parquet")
    said = duckdb.execute(LATEST, {"files": entries}).fetchall()
    return found | {"values": _digest(said), "current": str(snapshot.current(where))}


def _digest(rows: list[Any]) -> str:
    return f"{len(rows)} {hashlib.sha256(repr(rows).encode()).hexdigest()[:12]}"

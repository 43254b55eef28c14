"""A published snapshot with its records many times over: `python -m tests.benchmarks.enlarged --data <tree> --to <tree>
--cases 10000000`; for timing pages only, because what the figures count is then no longer what the records are."""

from __future__ import annotations

import argparse
import math
import shutil
import sys
import time
from pathlib import Path

import duckdb

from pipelines.publication.copying import SORT_ORDER
from pipelines.quoting import literal, quoted

CASES = 10_000_000
# What names a record or points at one: a copy of a case has a name of its own, and its requests point at it.
NAMES = ("_id", "_key", "_number", "record")
NO_NAMES = ("check_id", "definition_id", "gate_id", "delivery_id")


def arguments() -> argparse.Namespace:
    made = argparse.ArgumentParser(prog="python -m tests.benchmarks.enlarged")
    made.add_argument("--data", type=Path, required=True, help="a data tree with a published snapshot")
    made.add_argument("--to", type=Path, required=True, help="a new data tree")
    made.add_argument("--cases", type=int, default=CASES)
    return made.parse_args()


def enlarge(source: Path, target: Path, cases: int) -> int:
    """Copies the current snapshot of `source` to `target` with at least so many cases; returns how many times over.

    Every table that holds records is repeated court by court, in the order in which tables are published.
    """
    snapshot = (source / "published" / "CURRENT").read_text(encoding="utf-8").strip()
    place = target / "published" / snapshot
    shutil.copytree(source / "published" / snapshot, place)
    if (source / "published" / "_values").is_dir():
        shutil.copytree(source / "published" / "_values", target / "published" / "_values")
    (target / "published" / "CURRENT").write_text(snapshot, encoding="utf-8")
    file = place / "enforcement.duckdb"
    file.chmod(0o600)
    with duckdb.connect(str(file), config={"memory_limit": "6GB", "threads": 2}) as connection:
        connection.execute(f"attach {literal(str(source / 'published' / snapshot / file.name))} as small (read_only)")
        connection.execute(f"set temp_directory = {literal(str(target))}")
        counted = connection.execute("select count(*) from small.core.fct_enforcement_cases").fetchone()
        times = math.ceil(cases / int(counted[0] if counted else 1))
        for schema, table in connection.execute(
            "select schema_name, table_name from small.catalogue.dim_tables where readers = 'jurisdiction' order by all"
        ).fetchall():
            _repeat(connection, schema, table, times)
        connection.execute("detach small")
        connection.execute("checkpoint")
    return times


def _repeat(connection: duckdb.DuckDBPyConnection, schema: str, table: str, times: int) -> None:
    name = f"{quoted(schema)}.{quoted(table)}"
    columns = connection.execute(
        "select column_name, data_type from duckdb_columns() where database_name = 'small' and schema_name = ?"
        " and table_name = ? order by column_index",
        [schema, table],
    ).fetchall()
    named = [column for column, kind in columns if kind == "VARCHAR" and _is_name(column)]
    if not named:
        return  # sums, and not records
    shown = ", ".join(
        f"case when copy = 0 then {quoted(column)} else {quoted(column)} || '-' || copy end as {quoted(column)}"
        if column in named
        else quoted(column)
        for column, _ in columns
    )
    order = ", ".join(quoted(column) for column in SORT_ORDER if column in {c for c, _ in columns}) or "all"
    connection.execute(f"delete from {name}")
    courts = connection.execute(f"select distinct court_code from small.{name} order by all").fetchall()
    for (court,) in courts:
        connection.execute(
            f"insert into {name} select {shown} from small.{name}, range(?) as copies(copy)"
            f" where court_code is not distinct from ? order by {order}",
            [times, court],
        )


def _is_name(column: str) -> bool:
    return column.endswith(NAMES) and column not in NO_NAMES


def main() -> int:
    wanted, started = arguments(), time.monotonic()
    times = enlarge(wanted.data.resolve(), wanted.to.resolve(), wanted.cases)
    size = sum(file.stat().st_size for file in wanted.to.rglob("*.duckdb"))
    sys.stdout.write(f"{times} times over, {size / 1e9:.1f} GB, {time.monotonic() - started:.0f} s\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The warehouse filled by another engine: dbt has made its tables here, empty; the engine computes their rows.
Publication goes on from the warehouse as ever, so pages, packs and roles know no difference."""

from __future__ import annotations

import json
import shutil
from contextlib import chdir
from typing import Any

import duckdb

from pipelines.engines import building, comparison, session, sources
from pipelines.layout import Layout
from pipelines.quoting import literal, quoted

SEEDS = "seeds"  # dbt has filled them on both sides
UNTYPED = '"NULL"'  # the type of a column of a Python model that had no row: the engine's holds


def fill(layout: Layout, engine: str, address: str = "") -> int:
    """Compute every model on `engine` from the lake and put its rows into the warehouse; how many tables.

    BuildFailedError or NoEngineError when the engine does not give them; the warehouse then holds nothing of a month.
    """
    place = layout.warehouse / f"{engine}.building"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    try:
        with chdir(place), session.opened(engine, address) as opened:
            sources.register(opened, layout)
            building.on_engine(layout, opened, engine, place / "engine_target")
            filled = _filled(layout, opened)
        building.views_on_duckdb(layout, place / "views_target")
    finally:
        shutil.rmtree(place, ignore_errors=True)
    said = {"name": engine, "versions": session.versions(engine)}
    layout.made_by.write_text(json.dumps(said), encoding="utf-8")
    return filled


def _filled(layout: Layout, opened: Any) -> int:
    """In one transaction: a warehouse is never half of one engine and half of the other."""
    with duckdb.connect() as connection:
        connection.execute(f"attach {literal(str(layout.warehouse_file))} as warehouse")
        connection.execute("use warehouse")
        tables = connection.execute(
            "select schema_name, table_name from duckdb_tables() "
            "where database_name = 'warehouse' and schema_name <> ? order by all",
            [SEEDS],
        ).fetchall()
        connection.begin()
        for schema, table in tables:
            connection.register("theirs", opened.table(f"{schema}.{table}").toArrow())
            columns = comparison.columns_as_here(connection, schema, table, None, "warehouse")
            into = f"{quoted(schema)}.{quoted(table)}"
            if UNTYPED in columns:
                connection.execute(f"create or replace table {into} as from theirs")
                continue
            connection.execute(f"delete from {into}")  # noqa: S608 - names come from the catalogue, quoted
            connection.execute(f"insert into {into} select {columns} from theirs")  # noqa: S608 - names come from the catalogue, quoted
        connection.commit()
    return len(tables)

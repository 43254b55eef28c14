"""`sql`: a prompt on the current snapshot, read-only and cut off from files and network.
Questions that the gallery asks are in dashboards.queries."""

from __future__ import annotations

import readline  # noqa: F401 - input() edits lines and remembers them when this is loaded
from collections.abc import Iterator

import duckdb
from rich.table import Table

from pipelines.commands.terminal import console
from pipelines.layout import Layout
from pipelines.publication.snapshot import DATABASE, current

ROWS_SHOWN = 100
HELP = """\
.tables           表及说明 | tables with their comments
.columns <table>  列及说明 | columns with their comments
.help  .quit      一条语句以分号结束 | a statement ends with a semicolon
"""


def sql(where: Layout) -> int:
    """Ask until end of input. 1 if nothing has been published."""
    snapshot_id = current(where)
    if snapshot_id is None:
        console.print("还没有发布快照，请先运行 make run | nothing has been published yet: make run")
        return 1
    database = where.published / snapshot_id / DATABASE
    with duckdb.connect(str(database), read_only=True, config={"enable_external_access": "false"}) as connection:
        console.print(f"{snapshot_id} (read-only)\n{HELP}", markup=False)
        for statement in _statements():
            _answer(connection, statement)
    return 0


def _statements() -> Iterator[str]:
    lines: list[str] = []
    while True:
        try:
            line = input("... " if lines else "sql> ")
        except EOFError:
            return
        if not lines and line.strip() in (".quit", ".exit"):
            return
        lines.append(line)
        if line.strip().startswith(".") or line.rstrip().endswith(";"):
            yield "\n".join(lines).strip()
            lines = []


def _answer(connection: duckdb.DuckDBPyConnection, statement: str) -> None:
    try:
        if statement == ".help":
            console.print(HELP, markup=False)
        elif statement == ".tables":
            _show(
                connection.sql(
                    "select schema_name, table_name, estimated_size, comment from duckdb_tables() order by 1, 2"
                )
            )
        elif statement.startswith(".columns"):
            name = statement.removeprefix(".columns").strip().split(".")[-1]
            query = "select column_name, data_type, comment from duckdb_columns() where table_name = ?"
            _show(connection.sql(query, params=[name]))
        else:
            _show(connection.sql(statement))
    except duckdb.Error as error:
        console.print(str(error), markup=False, style="red")


def _show(relation: duckdb.DuckDBPyRelation | None) -> None:
    if relation is None:
        return
    table = Table(*map(str, relation.columns))
    rows = relation.limit(ROWS_SHOWN + 1).fetchall()
    for row in rows[:ROWS_SHOWN]:
        table.add_row(*("" if value is None else str(value) for value in row))
    console.print(table)
    if len(rows) > ROWS_SHOWN:
        console.print(f"只显示前 {ROWS_SHOWN} 行 | the first {ROWS_SHOWN} rows are shown")

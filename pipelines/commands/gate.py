"""`gate`: judges what changed, and shows what the gate says of each month, row by row if asked.
Nothing is taken in; the rules are in expectations."""

from __future__ import annotations

import argparse

import duckdb
from rich.table import Table

from pipelines.commands import month_argument
from pipelines.commands.terminal import console, gate_table
from pipelines.defs.ingestion.settling import settle
from pipelines.layout import Layout

HELP = "judge what changed and show what failed, row by row if asked"
ROWS_SHOWN = 50
WITH_GAPS = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which month and kind to list row by row."""
    parser.add_argument("--month", type=month_argument)
    parser.add_argument("--kind")


def run(where: Layout, *, month: str | None = None, kind: str | None = None) -> int:
    """Judge what changed, show what failed, and the failing rows of one month or kind. 3 if a court is held back."""
    results = settle(where)
    console.print(gate_table(results))
    if month or kind:
        console.print(_failing_rows(where, month, kind))
    return WITH_GAPS if any(result.held for result in results) else 0


def _failing_rows(where: Layout, month: str | None, kind: str | None) -> Table:
    """The first failing rows with court, file and row, as a court is shown its own list."""
    found = duckdb.execute(
        """
        select
            strftime(rows.extract_month, '%Y-%m'), rows.kind, rows.rule_code, rows.court_code,
            deliveries.file_name, rows.row_number, rows.record_key, rows.column_name, rows.value
        from read_parquet($rows) as rows
        left join read_parquet($deliveries) as deliveries on rows.delivery_id = deliveries.delivery_id
        where ($month is null or strftime(rows.extract_month, '%Y-%m') = $month)
            and ($kind is null or rows.kind = $kind)
        order by all limit $shown
        """,
        {
            "rows": str(where.gate / "failing_rows.parquet"),
            "deliveries": str(where.ledger / "deliveries.parquet"),
            "month": month,
            "kind": kind,
            "shown": ROWS_SHOWN,
        },
    ).fetchall()
    table = Table(title=f"未通过的行（前 {ROWS_SHOWN} 行）| Failing rows (the first {ROWS_SHOWN})")
    for heading in ("month", "kind", "rule", "court", "file", "row", "record", "column", "value"):
        table.add_column(heading)
    for row in found:
        table.add_row(*("" if value is None else str(value) for value in row))
    return table

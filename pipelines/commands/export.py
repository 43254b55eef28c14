"""`make export`: the current snapshot as Parquet files, or into a PostgreSQL database.
How they are written is said by pipelines.exports."""

from __future__ import annotations

import argparse

from pipelines.commands.terminal import done, failed
from pipelines.exports import parquet, postgres
from pipelines.exports.tables import ExportError
from pipelines.layout import Layout
from pipelines.publication import snapshot

HELP = "the public tables as Parquet files, or into PostgreSQL"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, and of which snapshot."""
    parser.add_argument("--to", help="postgresql://user:password@host/database; Parquet files if not given")
    parser.add_argument("--asof", help="a snapshot's id; the current one if not given")


def run(layout: Layout, to: str | None = None, asof: str | None = None) -> int:
    """0 when every table was written, 1 with the reason when not."""
    wanted = asof or snapshot.current(layout)
    database = layout.published / str(wanted) / snapshot.DATABASE
    if wanted is None or not database.is_file():
        failed("没有这个快照：先运行 make run，或核对 ASOF | no such snapshot: make run first, or check ASOF")
        return 1
    try:
        if to:
            counts, where = postgres.write(database, to), "PostgreSQL"
        else:
            directory = layout.exports / wanted
            counts, where = parquet.write(database, directory), str(directory)
    except ExportError as reason:
        failed(str(reason))
        return 1
    done(f"{wanted}: {len(counts)} 张表、{sum(counts.values()):,} 行 | tables, rows → {where}")
    return 0

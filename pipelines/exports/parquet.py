"""A snapshot's tables as Parquet files, one folder a schema, put in place when they are whole.
Which tables there are is said by tables.py."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from pipelines.exports.tables import opened, tables
from pipelines.quoting import literal


def write(database: Path, directory: Path) -> dict[str, int]:
    """Write `<directory>/<schema>/<table>.parquet`; gives rows by table. What was there is replaced as a whole."""
    aside = directory.parent / f".{directory.name}.{os.getpid()}"
    directory.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(aside, ignore_errors=True)
    counts: dict[str, int] = {}
    with opened(database) as connection:
        for table in tables(connection):
            file = aside / table.schema / f"{table.name}.parquet"
            file.parent.mkdir(parents=True, exist_ok=True)
            described = f"{{description: {literal(table.comment)}, snapshot: {literal(database.parent.name)}}}"
            written = connection.execute(
                f"copy {table.source} to {literal(str(file))}"
                f" (format parquet, compression zstd, kv_metadata {described})"
            ).fetchone()
            counts[table.full_name] = int(written[0]) if written else 0
    shutil.rmtree(directory, ignore_errors=True)
    aside.rename(directory)
    return counts

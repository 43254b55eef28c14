"""The lake, the ledgers and the rejected rows as tables of an engine, under the names that dbt's sources have.
The layout of the files stays what it is; what they mean is said by sources.yml."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.engines import placing
from pipelines.layout import Layout

PIECE_BYTES = 32 * 2**20  # Spark Connect refuses a message of more than 128 MB: the published values of some years
KIND_SCHEMA = "_schema.parquet"  # an empty file with every column of a kind


def register(session: Any, layout: Layout) -> dict[str, str]:
    """Make the tables; gives the place of each by its name (`lake.cases`). LocationError as `place` has it."""
    made = {}
    root = placing.place(layout)
    for folder in sorted(layout.lake.iterdir()):
        if not folder.name.startswith("_"):
            made[f"lake.{folder.name}"] = _in_place(session, "lake", folder, f"{root}/{folder.name}")
    for schema, name, files in _copied(layout):
        _copy(session, schema, name, files)
        made[f"{schema}.{name}"] = str(files[0].parent)
    return made


def _in_place(session: Any, schema: str, folder: Path, place: str) -> str:
    """A table over the files where workers read them: their columns are the kind's, whatever an older file lacks."""
    found = pq.read_schema(folder / KIND_SCHEMA)
    columns = ", ".join(f"`{field.name}` {field.dataType.simpleString()}" for field in _spark(found).fields)
    session.sql(f"create database if not exists {schema}")
    session.sql(f"create table {schema}.{folder.name} ({columns}) using parquet location {_text(place)}")
    return place


def _text(text: str) -> str:
    """A string literal of Spark's SQL, which two quotes do not escape."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _copied(layout: Layout) -> Iterator[tuple[str, str, Sequence[Path]]]:
    """What is small: (schema, table, its files, the first with every column).

    Rejected rows have a column of the same name as their folders (`extract_month=2019-01`): an engine that lists the
    folders itself takes the folder's text for the column, and gives no rows without a word.
    """
    for schema, folder in (("lake_ledger", layout.ledger), ("lake_gate", layout.gate)):
        for file in sorted(folder.glob("*.parquet")):
            yield schema, file.stem, [file]
    rejected = sorted(path for path in layout.rejects.rglob("*.parquet") if path.name != KIND_SCHEMA)
    yield "lake_rejects", "rejected_rows", [layout.rejects / KIND_SCHEMA, *rejected]
    for file in sorted((layout.published_values / "_schema").glob("*.parquet")):
        others = layout.published_values.glob(f"*/{file.name}")
        yield "lake_published", file.stem, [file, *sorted(other for other in others if other != file)]


def _copy(session: Any, schema: str, name: str, files: Sequence[Path]) -> None:
    columns = pq.read_schema(files[0])
    # One file at a time: a ledger has a new column from some day on.
    rows = pa.concat_tables(pq.read_table(file, schema=columns) for file in files)
    session.sql(f"create database if not exists {schema}")
    for number, piece in enumerate(_pieces(rows)):
        frame = session.createDataFrame(piece, schema=_spark(columns))
        frame.write.mode("append" if number else "overwrite").saveAsTable(f"{schema}.{name}")


def _pieces(rows: pa.Table) -> Iterator[pa.Table]:
    """The rows in messages of a size that a client may send; one without a row if there is none."""
    most = max(1, int(rows.num_rows * PIECE_BYTES / max(rows.nbytes, 1)))
    for start in range(0, max(rows.num_rows, 1), most):
        yield rows.slice(start, most)


def _spark(columns: pa.Schema) -> Any:
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(columns)

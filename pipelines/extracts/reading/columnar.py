"""Parquet files, streamed: every column as the text that the other formats would have carried.
Row numbers start at 1, as there is no header row."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.extracts.messages import refusal
from pipelines.extracts.reading.source import SINGLE, Beside, Chunk, Doubt, Limits, Recognise, Source

ROWS = 65_536
EXACT_LIMIT = 1e15
# Of single precision: from here on neighbours are more than a fen apart, and from there on more than one.
FEN_LOST, WHOLE_LOST = 1 << 17, 1 << 24


def _text(column: pl.Series) -> pl.Series:
    """One column as text: dates in ISO form, moments in Chinese time, numbers without exponent."""
    if isinstance(column.dtype, pl.Datetime) and column.dtype.time_zone:
        column = column.dt.convert_time_zone("Asia/Shanghai").dt.replace_time_zone(None)
    if column.dtype.is_float():
        lost = (column.abs() >= EXACT_LIMIT).fill_null(value=False)
        whole = column.cast(pl.Int64, strict=False)
        shortest = column.fill_nan(None).cast(pl.String)  # as few digits as tell the number from its neighbours
        plain = pl.select(pl.when(column == whole).then(whole.cast(pl.String)).otherwise(shortest))
        return plain.to_series().scatter(lost.arg_true(), [f"{number:E}" for number in column.filter(lost)])
    return column.cast(pl.String)


def _doubts(frame: pl.DataFrame, rows: pl.Series) -> tuple[Doubt, ...]:
    """The numbers of single precision that may stand for others: seven digits of each are kept."""
    found: list[Doubt] = []
    for place, column in enumerate(frame.get_columns()):
        if column.dtype == pl.Float32:
            sizes = column.abs().fill_nan(None)
            for at in (sizes >= FEN_LOST).fill_null(value=False).arg_true():
                found.append(Doubt(rows[at], place, SINGLE, (("whole", sizes[at] >= WHOLE_LOST),)))
    return tuple(found)


def _chunks(file: pq.ParquetFile, name: str) -> Iterator[Chunk]:
    headings = tuple(file.schema_arrow.names)
    before = 0
    try:
        for batch in file.iter_batches(batch_size=ROWS):
            batch.validate(full=True)  # text that is not UTF-8 would bring the process down further on
            frame = pl.from_arrow(batch)
            assert isinstance(frame, pl.DataFrame)
            texts = pl.DataFrame([_text(frame.to_series(i)).alias(str(i)) for i in range(frame.width)])
            rows = pl.int_range(before + 1, before + frame.height + 1, dtype=pl.Int32, eager=True)
            before += frame.height
            yield Chunk(headings, texts, rows, doubts=_doubts(frame, rows))
    except (pa.ArrowException, OSError, ValueError, pl.exceptions.PolarsError) as error:
        raise refusal("unreadable", name, detail=type(error).__name__) from error


def read(path: Path, name: str, recognise: Recognise, limits: Limits) -> Source:
    """Open a Parquet file. Raises FileRefusedError (truncated, unreadable)."""
    with path.open("rb") as file:
        file.seek(-4, os.SEEK_END)
        if file.read(4) != b"PAR1":
            raise refusal("truncated", name, place="文件末尾", place_en="its end")
    try:
        parquet = pq.ParquetFile(path)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise refusal("unreadable", name, detail=type(error).__name__) from error
    nested = sum(pa.types.is_nested(field.type) for field in parquet.schema_arrow)
    if nested:
        raise refusal("unreadable", name, detail=f"nested columns 嵌套列: {nested}")
    return Source("parquet", None, chunks=_chunks(parquet, name), beside=tuple(_beside(parquet)))


def _beside(file: pq.ParquetFile) -> Iterator[Beside]:
    """What the file's own metadata and that of its columns say; the notes of programs are left out."""
    schema = file.schema_arrow
    for name, found in (("", schema.metadata), *((field.name, field.metadata) for field in schema)):
        for key, value in (found or {}).items():
            if key not in (b"ARROW:schema", b"pandas", b"PARQUET:field_id"):
                path = f"{name} {key.decode(errors='replace')}".strip()
                yield Beside("fields", path, value.decode(errors="replace"))

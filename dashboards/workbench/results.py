"""A statement's result read back from its file: rows for the page, and as CSV and XLSX.
Text stays text in both of them: a cell that begins with =, +, - or @ is never a formula."""

from __future__ import annotations

import csv
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from dashboards import sheets
from dashboards.workbench.worker import weight

SHOWN_ROWS = 5_000
SHOWN_BYTES = 4 << 20  # of an answer on a page: every reader's is in the memory of the server
ROWS_AT_ONCE = 64  # read together: rows of many long texts take a megabyte each
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "﹢", "﹣", "﹦", "﹫", "−")
CONTROL = ("\t", "\r", "\n", "\v", "\f", "\0")
# What programs skip, or do not show, before the first character of a cell.
UNSEEN = "".join(map(chr, range(0x21))) + "\u00a0\u3000\ufeff\u200b\u200c\u200d\u2028\u2029\u2060"
EXACT = 10**15  # a number of a worksheet has fifteen digits


def read(result: Path, most: int | None = None) -> pa.Table:
    """The first `most` rows as far as SHOWN_BYTES go, or all that were kept. FileNotFoundError.

    Columns of the same name are numbered.
    """
    with pq.ParquetFile(result) as file:
        found = file.read() if most is None else pa.Table.from_batches(_first(file, most), file.schema_arrow)
    return found.rename_columns(_distinct(found.column_names))


def _first(file: pq.ParquetFile, most: int) -> list[pa.RecordBatch]:
    """Batches of `most` rows together, and fewer when they would take more than SHOWN_BYTES."""
    batches: list[pa.RecordBatch] = []
    rows = size = 0
    for batch in file.iter_batches(batch_size=min(ROWS_AT_ONCE, max(1, most))):
        part = batch.slice(0, most - rows)
        while part.num_rows and size + weight(part) > SHOWN_BYTES:
            part = part.slice(0, part.num_rows // 2)
        if part.num_rows:
            batches.append(part)
        rows, size = rows + part.num_rows, size + weight(part)
        if part.num_rows < batch.num_rows:
            break
    return batches


def frame(table: pa.Table) -> pd.DataFrame:
    """For a table on the page: whole numbers stay whole beside absent ones; what cannot be sorted is text."""
    made: dict[str, Any] = {}
    for name, column in zip(table.column_names, table.columns, strict=True):
        kind = column.type
        if pa.types.is_integer(kind):
            made[name] = pd.Series(column.to_pylist(), dtype="Int64" if _fits(kind) else "UInt64")
        elif pa.types.is_nested(kind) or pa.types.is_binary(kind):
            made[name] = [None if cell is None else str(cell) for cell in column.to_pylist()]
        else:
            made[name] = column.to_pandas()
    return pd.DataFrame(made, columns=table.column_names)


def numbers(table: pa.Table) -> list[str]:
    """The names of the columns that can be drawn as heights."""
    return [
        field.name
        for field in table.schema
        if pa.types.is_integer(field.type) or pa.types.is_floating(field.type) or pa.types.is_decimal(field.type)
    ]


def as_csv(result: Path) -> bytes:
    """UTF-8 with a mark for Excel; text that could be taken for a formula begins with an apostrophe."""
    table = read(result)
    target = StringIO()
    writer = csv.writer(target)
    writer.writerow([safe(name) for name in table.column_names])
    for batch in table.to_batches(max_chunksize=10_000):
        writer.writerows(zip(*([safe(cell) for cell in column.to_pylist()] for column in batch.columns), strict=True))
    return target.getvalue().encode("utf-8-sig")


def as_workbook(result: Path, heading: list[str]) -> bytes:
    """One sheet under the heading's lines."""
    table = read(result)
    cells = {
        name: pd.Series([_number(cell) for cell in column.to_pylist()], dtype=object)
        for name, column in zip(table.column_names, table.columns, strict=True)
    }
    return sheets.workbook(pd.DataFrame(cells, columns=table.column_names), heading)


def safe(cell: Any) -> Any:
    """The cell, or for text that a spreadsheet would take for a formula, the text behind an apostrophe."""
    if not isinstance(cell, str):
        return cell
    return f"'{cell}" if cell.startswith(CONTROL) or cell.lstrip(UNSEEN).startswith(FORMULA) else cell


def _number(cell: Any) -> Any:
    """Decimals as numbers, unless that would lose digits."""
    if isinstance(cell, Decimal):
        cell = int(cell) if cell == cell.to_integral_value() else float(cell)
    return str(cell) if isinstance(cell, int) and not isinstance(cell, bool) and abs(cell) > EXACT else cell


def _fits(kind: pa.DataType) -> bool:
    return bool(kind != pa.uint64())


def _distinct(names: list[str]) -> list[str]:
    """A thousand names that are alike take no longer than a thousand that are not."""
    found: dict[str, None] = {}
    last: dict[str, int] = {}
    for name in names:
        number, wanted = last.get(name, 1), name
        while wanted in found:
            number += 1
            wanted = f"{name}_{number}"
        last[name] = number
        found[wanted] = None
    return list(found)

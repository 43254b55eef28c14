"""Files of each format, byte for byte the same for the same rows, with the time at which they were delivered.
What stands in them belongs to `render`, `public_list` and `faults`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

_FIXED = datetime(2016, 1, 1)  # noqa: DTZ001 - the workbook format knows no time zones


def write_csv(path: Path, rows: pl.DataFrame, names: Mapping[str, str], encoding: str, extra_lines: str = "") -> None:
    """Text rows as CSV under the headers `names`, in their order, then `extra_lines` as they are."""
    text = rows.select(pl.col(name).alias(header) for name, header in names.items()).write_csv(null_value="")
    path.write_bytes((text + extra_lines).encode(encoding))


def write_parquet(path: Path, rows: pl.DataFrame, names: Mapping[str, str]) -> None:
    rows.select(pl.col(name).alias(header) for name, header in names.items()).write_parquet(path, compression="zstd")


def write_jsonl(path: Path, rows: pl.DataFrame, names: Mapping[str, str]) -> None:
    rows.select(pl.col(name).alias(header) for name, header in names.items()).write_ndjson(path)


def write_json(path: Path, rows: pl.DataFrame) -> None:
    path.write_bytes(rows.write_json().encode("utf-8"))


def write_xlsx(path: Path, rows: pl.DataFrame, names: Mapping[str, str]) -> None:
    """A workbook with real dates and numbers; amounts of the `rows` are cents and become yuan."""
    options = {"constant_memory": True, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": _FIXED})
        sheet = book.add_worksheet("数据")
        sheet.write_row(0, 0, list(names.values()))
        writers = [_cell_writer(sheet, book, rows.schema[name]) for name in names]
        for number, row in enumerate(rows.select(list(names)).iter_rows(), start=1):
            for position, value in enumerate(row):
                if value is not None:
                    writers[position](number, position, value)


def _cell_writer(sheet: Any, book: Any, kind: pl.DataType) -> Any:
    if kind == pl.Date:
        form = book.add_format({"num_format": "yyyy-mm-dd"})
        return lambda r, c, v: sheet.write_datetime(r, c, v, form)
    if kind.is_temporal():
        form = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        return lambda r, c, v: sheet.write_datetime(r, c, v, form)
    if kind.is_numeric():
        return sheet.write_number
    return sheet.write_string


def delivered_on(path: Path, month: date, days_after: int, minute: int) -> None:
    """Sets the file's time: `days_after` days into the following month, at eight o'clock and `minute` minutes (UTC)."""
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    noon = datetime(following.year, following.month, 1, 0, 0, tzinfo=UTC).timestamp()
    stamp = noon + (days_after - 1) * 86_400 + minute * 60
    os.utime(path, (stamp, stamp))

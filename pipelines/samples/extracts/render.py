"""From typed rows to the text an office writes: dates, amounts, flags, courts' names, headers, column order.
Bytes belong to `writing`; rows that are wrong on purpose to `faults`."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

import polars as pl

from pipelines.extracts.contracts import Column, contract
from pipelines.samples.extracts.styles import Style

_DATES = {"iso": "%Y-%m-%d", "slash": "%Y/%-m/%-d", "compact": "%Y%m%d", "zh": "%Y年%-m月%-d日"}
_TIMES = {"iso": "%Y-%m-%d %H:%M:%S", "slash": "%Y/%-m/%-d %H:%M:%S"}
_SHORT_MODES = {"终结本次执行程序": "终本"}
_BEIJING_HOURS = 8


def text_rows(kind: str, rows: pl.DataFrame, style: Style, court_names: Mapping[str, str]) -> pl.DataFrame:
    """All columns as text in the office's manner, null where there is nothing, still under the contract's names."""
    rows = with_courts(rows, style, court_names)
    columns = [column for column in contract(kind).columns if column.name in rows.columns]
    texts = rows.select(_text(column, style) for column in columns)
    if style.amounts == "comma":
        amounts = [c.name for c in columns if c.type == "amount"]
        texts = texts.with_columns(_with_commas(rows[name]) for name in amounts)
    if style.short_modes and "closing_mode" in texts.columns:
        texts = texts.with_columns(pl.col("closing_mode").replace(_SHORT_MODES))
    return texts


def with_courts(rows: pl.DataFrame, style: Style, court_names: Mapping[str, str]) -> pl.DataFrame:
    """The court as code or name, or no such column where the office leaves it to the case number."""
    if style.court == "case_number":
        return rows.drop("court_code")
    if style.court == "code":
        return rows
    return rows.with_columns(
        pl.col(name).replace(dict(court_names))
        for name in ("court_code", "entrusting_court_code")
        if name in rows.columns
    )


def typed_rows(kind: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Rows with the contract's types: amounts as decimals of yuan. For Parquet."""
    return rows.with_columns(
        (pl.col(column.name).cast(pl.Decimal(20, 2)) / 100).cast(pl.Decimal(20, 2))
        for column in contract(kind).columns
        if column.type == "amount"
    )


def headers(kind: str, columns: list[str], style: Style, salt: str) -> dict[str, str]:
    """Contract name to header, in the order in which this office writes its columns."""
    known = {column.name: column for column in contract(kind).columns}
    ordered = sorted(columns, key=lambda name: zlib.crc32(f"{salt}/{name}".encode())) if salt else columns
    return {name: _header(known[name], style) for name in ordered}


def _header(column: Column, style: Style) -> str:
    if column.type != "court":
        return column.name if style.headers == "en" else column.header
    by_name = style.court in ("name", "alias")
    if style.headers == "en":
        return "court_name" if by_name else column.name
    return "法院名称" if by_name and "法院名称" in column.aliases else column.header


def _text(column: Column, style: Style) -> pl.Expr:
    value = pl.col(column.name)
    if column.type == "date":
        if style.dates == "epoch_ms":
            return _epoch(value.cast(pl.Datetime("ms")))
        return value.dt.to_string(_DATES[style.dates])
    if column.type == "timestamp":
        if style.dates == "epoch_ms":
            return _epoch(value)
        return value.dt.to_string(_TIMES.get(style.dates, _TIMES["iso"]))
    if column.type == "amount":
        return _ten_thousands(value) if style.amounts == "wan" else _yuan(value)
    if column.type == "flag":
        return pl.when(value).then(pl.lit(style.flags[0])).when(~value).then(pl.lit(style.flags[1])).alias(column.name)
    return value.cast(pl.String)


def _epoch(value: pl.Expr) -> pl.Expr:
    """Milliseconds since 1970 of a time that the clocks in Beijing showed."""
    return value.dt.offset_by(f"-{_BEIJING_HOURS}h").dt.epoch("ms").cast(pl.String)


def _yuan(cents: pl.Expr) -> pl.Expr:
    return (cents // 100).cast(pl.String) + "." + (cents % 100).cast(pl.String).str.zfill(2)


def _ten_thousands(cents: pl.Expr) -> pl.Expr:
    """12.5万元 for 125,000 yuan; six decimals hold every cent."""
    whole = (cents // 1_000_000).cast(pl.String)
    digits = whole + "." + (cents % 1_000_000).cast(pl.String).str.zfill(6)
    return digits.str.strip_chars_end("0").str.strip_chars_end(".") + "万元"


def _with_commas(cents: pl.Series) -> pl.Series:
    texts = [None if c is None else f"{c // 100:,}.{c % 100:02d}" for c in cents.to_list()]
    return pl.Series(cents.name, texts, dtype=pl.String)

"""Delivered columns made into the contract's columns of clean text: stripped, and null where a token means nothing.
What the texts mean belongs to `columns`."""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from pipelines.extracts.contracts import Column, contract
from pipelines.extracts.conversions import Noted, noted
from pipelines.extracts.headers import HeaderMap
from pipelines.extracts.stacking import parted, stacked
from pipelines.extracts.values import EMPTY_DATE, EMPTY_FLAG, EMPTY_TEXT, EMPTY_VALUE, STRIPPED

TEXT_TYPES = ("text", "case_number", "court")


def empty_tokens(column: Column) -> tuple[str, ...]:
    if column.type in TEXT_TYPES:
        return EMPTY_TEXT
    if column.type in ("date", "timestamp") and not column.required:
        return EMPTY_DATE
    return EMPTY_FLAG if column.type == "flag" else EMPTY_VALUE


def court_columns(header_map: HeaderMap) -> list[str]:
    """The names under which a chunk's court columns stand in `raw`: one, or a code and a name beside each other."""
    name = next(column.name for column in contract(header_map.kind).columns if column.type == "court")
    return [name if number == 0 else f"{name}#{number}" for number in range(len(header_map.positions.get(name, ())))]


Delivered = tuple[tuple[str, Column, str | None], ...]


@lru_cache(maxsize=256)
def _delivered(kind: str, positions: tuple[tuple[str, tuple[int, ...]], ...]) -> Delivered:
    """A chunk's columns in order: name, what it is by contract, the name under which it was delivered, if it was."""
    at = dict(positions)
    return tuple(
        (column.name if number == 0 else f"{column.name}#{number}", column, None if place is None else str(place))
        for column in contract(kind).columns
        for number, place in enumerate(at.get(column.name) or (None,))
    )


def cleaned(header_map: HeaderMap, frame: pl.DataFrame) -> pl.DataFrame:
    """The contract's columns as stripped text; empty and absent values are null."""
    columns = _delivered(header_map.kind, tuple(sorted(header_map.positions.items())))
    alike: dict[tuple[str, ...], dict[str, str]] = {}
    for name, column, place in columns:
        if place is not None:
            alike.setdefault(empty_tokens(column), {})[name] = place
    found: dict[str, pl.Series] = {}
    for tokens, places in alike.items():
        texts = stacked(frame, list(places.values())).str.strip_chars(STRIPPED)
        found |= {part.name: part for part in parted(texts.set(texts.is_in(tokens), None), list(places))}
    nothing = pl.repeat(None, frame.height, dtype=pl.String, eager=True)
    return pl.DataFrame([found.get(name, nothing).alias(name) for name, _, _ in columns])


def emptied(header_map: HeaderMap, frame: pl.DataFrame, raw: pl.DataFrame) -> list[Noted]:
    """The notes of words that stand for no value (无, -, NULL, 0 as a date …) and were taken as none.

    `frame` are the delivered texts, `raw` the clean ones of the same rows.
    """
    notes: list[Noted] = []
    at = {
        name if number == 0 else f"{name}#{number}": str(place)
        for name, places in header_map.positions.items()
        for number, place in enumerate(places)
    }
    said = (stacked(frame, list(at.values())).str.len_bytes() > 0).fill_null(value=False)
    if not (said & stacked(raw, list(at)).is_null()).any():
        return notes
    for name, place in at.items():
        clean = raw[name]
        if not clean.null_count():
            continue
        texts = frame[place].str.strip_chars(STRIPPED).fill_null("")
        open_ones = clean.is_null() & (texts != "")
        if open_ones.any():
            words = texts.filter(open_ones).unique().to_list()
            codes = dict.fromkeys(words, ("no_value",))
            notes.append(noted(name.partition("#")[0], texts, open_ones, codes, dict.fromkeys(words, "")))
    return notes


def blank_rows(frame: pl.DataFrame) -> pl.Series:
    """Which rows of delivered text are empty throughout: spreadsheets carry them below and between the data."""
    texts = pl.all().fill_null("").str.strip_chars(STRIPPED)
    return frame.select(pl.all_horizontal(texts == "").alias("blank"))["blank"]

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
_WORDS = tuple(dict.fromkeys(word for word in (*EMPTY_DATE, *EMPTY_FLAG, *EMPTY_TEXT) if word))


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


def cleaned(header_map: HeaderMap, frame: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    """The contract's columns as stripped text; empty and absent values are null. And the names of those in which words
    stood for no value."""
    columns = _delivered(header_map.kind, tuple(sorted(header_map.positions.items())))
    at = {name: place for name, _, place in columns if place is not None}
    texts = stacked(frame, list(at.values())).str.strip_chars(STRIPPED)
    texts = texts.set(texts == "", None)
    found = {part.name: part for part in parted(texts, list(at))}
    worded: list[str] = []
    if texts.is_in(_WORDS).any():
        bare = _without_words(found, [(name, empty_tokens(column)) for name, column, _ in columns if name in at])
        worded = [name for name in at if bare[name].null_count() > found[name].null_count()]
        found = bare
    nothing = pl.Series([None], dtype=pl.String).new_from_index(0, frame.height)
    return pl.DataFrame([found.get(name, nothing).alias(name) for name, _, _ in columns]), worded


def _without_words(found: dict[str, pl.Series], tokens: list[tuple[str, tuple[str, ...]]]) -> dict[str, pl.Series]:
    """The columns without the words that stand for no value in each of them."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for name, words in tokens:
        alike.setdefault(words, []).append(name)
    bare: dict[str, pl.Series] = {}
    for words, names in alike.items():
        texts = pl.concat([found[name] for name in names])
        bare |= {part.name: part for part in parted(texts.set(texts.is_in(words), None), names)}
    return bare


def emptied(header_map: HeaderMap, frame: pl.DataFrame, raw: pl.DataFrame, worded: list[str]) -> list[Noted]:
    """The notes of words that stand for no value (无, -, NULL, 0 as a date …) and were taken as none.

    `frame` are the delivered texts, `raw` the clean ones of the same rows; only columns in `worded` are looked at.
    """
    notes: list[Noted] = []
    for name in worded:
        column, _, number = name.partition("#")
        place = header_map.positions[column][int(number or 0)]
        texts = frame[str(place)].str.strip_chars(STRIPPED).fill_null("")
        open_ones = raw[name].is_null() & (texts != "")
        if open_ones.any():
            words = texts.filter(open_ones).unique().to_list()
            codes = dict.fromkeys(words, ("no_value",))
            notes.append(noted(column, texts, open_ones, codes, dict.fromkeys(words, "")))
    return notes


def blank_rows(frame: pl.DataFrame) -> pl.Series:
    """Which rows of delivered text are empty throughout: spreadsheets carry them below and between the data."""
    texts = pl.all().fill_null("").str.strip_chars(STRIPPED)
    return frame.select(pl.all_horizontal(texts == "").alias("blank"))["blank"]

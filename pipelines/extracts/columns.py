"""Delivered text columns made into typed ones: a vectorised path for the usual form, the laws of `values` for the rest.
Columns one by one; what a row as a whole must satisfy belongs to `rows`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

import polars as pl

from pipelines.extracts import case_numbers
from pipelines.extracts.contracts import Column, contract
from pipelines.extracts.headers import HeaderMap
from pipelines.extracts.values import (
    EMPTY_FLAG,
    EMPTY_TEXT,
    EMPTY_VALUE,
    FALSE,
    FIRST_YEAR,
    LAST_YEAR,
    STRIPPED,
    TRUE,
    Unreadable,
    fold_width,
    law,
    spellings,
)

DTYPES: dict[str, Any] = {
    "date": pl.Date, "timestamp": pl.Datetime("us"), "amount": pl.Decimal(20, 2), "number": pl.Decimal(20, 2),
    "integer": pl.Int64, "flag": pl.Boolean, "code": pl.String,
}  # fmt: skip
TEXT_TYPES = ("text", "case_number", "court")
# Full-width forms, ideographic and hard spaces, line breaks inside a value: what text hygiene has to mend.
UNTIDY = "[\uff01-\uff5e\u3000\u00a0\r\n\t]"
PLAIN_AMOUNT, PLAIN_INTEGER, PLAIN_NUMBER = r"^[0-9]{1,11}(?:\.[0-9]{1,2})?$", r"^[0-9]{1,15}$", r"^-?[0-9][0-9,.\s]*$"
EXCEL_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!")
ROUNDED_NUMBER = r"^[0-9]\.?[0-9]*[eE]\+?[0-9]+$"
REPLACEMENT = "\ufffd"


class Fault(NamedTuple):
    """What is wrong with one value: its place in the chunk, the contract column, the reason's code and facts."""

    place: int
    column: str | None
    code: str
    facts: tuple[tuple[str, object], ...] = ()


@dataclass
class Columns:
    """A chunk's columns. `raw` is cleaned text by contract column; `typed` has the typed values; faults are found."""

    raw: pl.DataFrame
    typed: dict[str, pl.Series]
    faults: list[Fault] = field(default_factory=list)


def _empty_tokens(column: Column) -> tuple[str, ...]:
    if column.type in TEXT_TYPES:
        return EMPTY_TEXT
    return EMPTY_FLAG if column.type == "flag" else EMPTY_VALUE


@cache
def _cleaning(kind: str, name: str, source: str) -> pl.Expr:
    stripped = pl.col(source).str.strip_chars(STRIPPED)
    tokens = _empty_tokens(contract(kind).column(name))
    return pl.when(stripped.is_in(tokens)).then(None).otherwise(stripped)


def court_columns(header_map: HeaderMap, kind: str) -> list[str]:
    """The names under which a chunk's court columns stand in `raw`: one, or a code and a name beside each other."""
    name = next(column.name for column in contract(kind).columns if column.type == "court")
    return [name if number == 0 else f"{name}#{number}" for number in range(len(header_map.positions.get(name, ())))]


def cleaned(kind: str, header_map: HeaderMap, frame: pl.DataFrame) -> pl.DataFrame:
    """The contract's columns as stripped text, empty and absent values null."""
    chosen: list[pl.Expr] = []
    for column in contract(kind).columns:
        places = header_map.positions.get(column.name, ())
        for number, place in enumerate(places):
            name = column.name if number == 0 else f"{column.name}#{number}"
            chosen.append(_cleaning(kind, column.name, str(place)).alias(name))
        if not places:
            chosen.append(pl.lit(None, dtype=pl.String).alias(column.name))
    return frame.select(chosen)


def _usual(column: Column) -> pl.Expr:
    """The typed value of texts in the usual form; null for every other text, which then goes to the law."""
    text = pl.col(column.name)
    if column.type == "date":
        day = text.str.to_date("%Y-%m-%d", strict=False)
        return pl.when(day.dt.year().is_between(FIRST_YEAR, LAST_YEAR)).then(day)
    if column.type == "timestamp":
        moment = text.str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False, time_unit="us")
        return pl.when(moment.dt.year().is_between(FIRST_YEAR, LAST_YEAR)).then(moment)
    if column.type in ("amount", "number"):
        return pl.when(text.str.contains(PLAIN_AMOUNT)).then(text).cast(DTYPES["amount"], strict=False)
    if column.type == "integer":
        return pl.when(text.str.contains(PLAIN_INTEGER)).then(text).cast(pl.Int64, strict=False)
    if column.type == "flag":
        known: dict[str, Any] = dict.fromkeys(TRUE, True) | dict.fromkeys(FALSE, False)
        return text.replace_strict(known, default=None, return_dtype=pl.Boolean)
    return text.replace_strict(spellings(column.vocabulary or ""), default=None, return_dtype=pl.String)


@cache
def _usual_values(kind: str) -> tuple[pl.Expr, ...]:
    return tuple(_usual(column).alias(column.name) for column in contract(kind).columns if column.type in DTYPES)


@cache
def _untidy(kind: str) -> tuple[pl.Expr, ...]:
    names = [column.name for column in contract(kind).columns if column.type == "text" and not column.personal]
    return tuple(pl.col(name).str.contains(UNTIDY).any() for name in names)


def tidy(text: str) -> str:
    """Half-width letters, digits, brackets and spaces; no line breaks or tabs."""
    return re.sub(r"\s*[\r\n\t]+\s*", "", fold_width(text)).strip(STRIPPED)


def _mapped(texts: pl.Series, results: dict[str, Any], dtype: Any) -> pl.Series:
    return texts.replace_strict(
        list(results), pl.Series(list(results.values()), dtype=dtype), default=None, return_dtype=dtype
    )


def _by_law(column: Column, raw: pl.Series, usual: pl.Series, faults: list[Fault]) -> pl.Series:
    """The usual values, and the law's reading of the other texts; what the law cannot read becomes a fault."""
    open_places = raw.is_not_null() & usual.is_null()
    read, unreadable = law(column), {}
    results: dict[str, Any] = {}
    for text in raw.filter(open_places).unique().to_list():
        try:
            results[text] = read(text)
        except Unreadable as error:
            unreadable[text] = error.code
    if unreadable:
        texts = raw.to_list()
        wrong = raw.is_in(list(unreadable)) & open_places
        faults.extend(Fault(place, column.name, unreadable[texts[place]]) for place in wrong.arg_true())
    return usual.zip_with(~open_places, _mapped(raw, results, DTYPES[column.type])) if results else usual


def _with_units(raw: pl.DataFrame, units: dict[str, str]) -> pl.DataFrame:
    """Plain numbers under a heading that names a unit, such as 标的金额（万元）, with that unit written out."""
    return raw.with_columns(
        pl.when(pl.col(name).str.contains(PLAIN_NUMBER)).then(pl.col(name) + unit).otherwise(pl.col(name)).alias(name)
        for name, unit in units.items()
    )


def _identifiers(kind: str) -> list[str]:
    columns = contract(kind).columns
    return [c.name for c in columns if c.type == "text" and (c.name.endswith("_id") or c.personal == "id_number")]


def _lost_text(kind: str, raw: pl.DataFrame, damaged: bool) -> list[Fault]:
    """Values whose original is lost: identifiers rounded by Excel, formula errors, replacement characters."""
    checks = {("scientific_notation", name): pl.col(name).str.contains(ROUNDED_NUMBER) for name in _identifiers(kind)}
    for column in contract(kind).columns:
        if column.type == "text":
            checks["damaged_text", column.name] = pl.col(column.name).is_in(EXCEL_ERRORS)
        if damaged:
            lost = pl.col(column.name).str.contains(REPLACEMENT, literal=True)
            checks["damaged_text", column.name] = checks.get(("damaged_text", column.name), lost) | lost
    found = raw.select(check.arg_true().implode().alias(str(n)) for n, check in enumerate(checks.values())).row(0)
    return [
        Fault(place, name, code) for (code, name), places in zip(checks, found, strict=True) for place in places or ()
    ]


def type_columns(kind: str, raw: pl.DataFrame, units: dict[str, str], damaged: bool) -> Columns:
    """Type a chunk's cleaned columns. Text and case numbers never fault, other than by being visibly damaged."""
    if units:
        raw = _with_units(raw, units)
    columns = Columns(raw, {}, _lost_text(kind, raw, damaged))
    usual = raw.select(_usual_values(kind))
    untidy = raw.select(_untidy(kind)).row(0, named=True) if _untidy(kind) else {}
    for column in contract(kind).columns:
        texts = raw[column.name]
        if column.type in DTYPES:
            values = usual[column.name]
            if values.null_count() > texts.null_count():
                values = _by_law(column, texts, values, columns.faults)
            columns.typed[column.name] = values
        elif column.type == "case_number":
            numbers = case_numbers.parse_column(texts)
            columns.typed[column.name] = numbers["number"]
            columns.typed[f"{column.name}_raw"] = texts
            columns.typed[f"{column.name}_status"] = numbers["status"]
            columns.typed[f"{column.name}_prefix"] = numbers["prefix"]
        elif column.type == "text" and not column.personal:
            if untidy.get(column.name):
                texts = _mapped(texts, {text: tidy(text) for text in texts.drop_nulls().unique()}, pl.String)
            columns.typed[column.name] = texts
    return columns

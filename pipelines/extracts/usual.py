"""The usual forms of delivered texts, read a whole chunk at a time: what most files hold in all their columns.
Every other text is read by the laws of `values`; which of the two a text needs is asked here, and answered by null."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any

import polars as pl

from pipelines.extracts import case_numbers
from pipelines.extracts.contracts import contract, vocabulary
from pipelines.extracts.stacking import asked
from pipelines.extracts.values import FIRST_YEAR, LAST_YEAR, NO, YES

DTYPES: dict[str, Any] = {
    "date": pl.Date, "timestamp": pl.Datetime("us"), "amount": pl.Decimal(20, 2), "number": pl.Decimal(20, 2),
    "integer": pl.Int64, "flag": pl.Boolean, "code": pl.String,
}  # fmt: skip
PLAIN_AMOUNT, PLAIN_INTEGER = r"^[0-9]{1,11}(?:\.[0-9]{1,2})?$", r"^[0-9]{1,15}$"
Read = Callable[[pl.Series], pl.Series]


def _usual_days(texts: pl.Series) -> pl.Series:
    days = texts.str.to_date("%Y-%m-%d", strict=False)
    return days.set(~days.is_between(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)), None)


def _usual_moments(texts: pl.Series) -> pl.Series:
    moments = texts.str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False, time_unit="us")
    return moments.set(~moments.dt.year().is_between(FIRST_YEAR, LAST_YEAR), None)


def _usual_amounts(texts: pl.Series) -> pl.Series:
    return texts.set(~texts.str.contains(PLAIN_AMOUNT), None).cast(DTYPES["amount"], strict=False)


def _usual_counts(texts: pl.Series) -> pl.Series:
    return texts.set(~texts.str.contains(PLAIN_INTEGER), None).cast(pl.Int64, strict=False)


def _usual_flags(texts: pl.Series) -> pl.Series:
    yes = texts.is_in(YES)
    return yes.set(~(yes | texts.is_in(NO)), None)


USUAL: dict[str, Read] = {
    "date": _usual_days, "timestamp": _usual_moments, "amount": _usual_amounts, "number": _usual_amounts,
    "integer": _usual_counts, "flag": _usual_flags,
}  # fmt: skip


def _usual_codes(name: str) -> Read:
    values = [term.value for term in vocabulary(name)]
    return lambda texts: texts.set(~texts.is_in(values), None)


def _usual_number(name: str, texts: pl.Series) -> list[pl.Series]:
    """Status and court prefix of case numbers in normal form; null for every other text."""
    normal = texts.str.contains(case_numbers.NORMAL_FORM)
    known = pl.repeat("parsed", texts.len(), dtype=pl.String, eager=True).set(~normal | texts.is_null(), None)
    prefix = texts.set(~normal, None).str.extract(case_numbers.COURT_PREFIX)
    return [known.alias(f"{name}_status"), prefix.alias(f"{name}_prefix")]


@cache
def _alike(kind: str) -> Mapping[Read, list[str]]:
    """The columns of a kind by the way in which their usual form is read."""
    found: dict[Read, list[str]] = {}
    codes = cache(_usual_codes)
    for column in contract(kind).columns:
        if column.type in DTYPES:
            read = USUAL[column.type] if column.type in USUAL else codes(column.vocabulary or "")
            found.setdefault(read, []).append(column.name)
    return found


def usual_values(kind: str, raw: pl.DataFrame) -> pl.DataFrame:
    """The typed values of texts in the usual form; null for every other text, which then goes to the law."""
    found: dict[str, pl.Series] = {}
    for read, names in _alike(kind).items():
        filled = [name for name in names if raw[name].null_count() < raw.height]
        found |= {values.name: values for values in asked(raw, filled, read)}
    for column in contract(kind).columns:
        if column.type == "case_number":
            found |= {values.name: values for values in _usual_number(column.name, raw[column.name])}
        elif column.type in DTYPES and column.name not in found:
            found[column.name] = pl.repeat(None, raw.height, dtype=DTYPES[column.type], eager=True).alias(column.name)
    return pl.DataFrame(list(found.values()))

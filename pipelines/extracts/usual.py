"""The usual forms of delivered texts, read a whole chunk at a time: what most files hold in all their columns.
Every other text is read by the laws of `values`; which of the two a text needs is asked here, and answered by null."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Any

import polars as pl

from grammar import case_numbers
from pipelines.extracts.contracts import Column, contract, vocabulary
from pipelines.extracts.stacking import asked
from pipelines.extracts.values import FIRST_YEAR, LAST_YEAR, NO, YES

DTYPES: dict[str, Any] = {
    "date": pl.Date, "timestamp": pl.Datetime("us"), "amount": pl.Decimal(20, 2), "number": pl.Decimal(20, 2),
    "integer": pl.Int64, "flag": pl.Boolean, "code": pl.String,
}  # fmt: skip
FEW = 5_000  # rows
_FIRST_MOMENT = datetime.fromisoformat(f"{FIRST_YEAR}-01-01")
_LAST_MOMENT = datetime.fromisoformat(f"{LAST_YEAR}-12-31 23:59:59")
PLAIN_AMOUNT, PLAIN_INTEGER = r"^[0-9]{1,11}(?:\.[0-9]{1,2})?$", r"^[0-9]{1,15}$"
# Below the bound of reason, so that nothing remains to be asked.
GROUPED_AMOUNT = r"^[0-9]{1,3}(?:,[0-9]{3}){1,3}(?:\.[0-9]{1,2})?$"


def _usual(column: Column) -> pl.Expr:
    """The typed value of texts in the usual form; null for every other text, which then goes to the law."""
    text = pl.col(column.name)
    if column.type in ("amount", "number"):
        return pl.when(text.str.contains(PLAIN_AMOUNT)).then(text).cast(DTYPES["amount"], strict=False)
    if column.type == "integer":
        return pl.when(text.str.contains(PLAIN_INTEGER)).then(text).cast(pl.Int64, strict=False)
    if column.type == "flag":
        yes = text.is_in(YES)
        return pl.when(yes | text.is_in(NO)).then(yes)
    return pl.when(text.is_in([term.value for term in vocabulary(column.vocabulary or "")])).then(text)


def _usual_number(column: Column) -> list[pl.Expr]:
    """Status and court prefix of case numbers in normal form; null for every other text."""
    text = pl.col(column.name)
    normal = text.str.contains(case_numbers.NORMAL_FORM)
    return [
        pl.when(normal).then(pl.lit("parsed")).alias(f"{column.name}_status"),
        pl.when(normal).then(text.str.extract(case_numbers.COURT_PREFIX)).alias(f"{column.name}_prefix"),
    ]


def _days(texts: pl.Series) -> pl.Series:
    return _within(texts.str.to_date("%Y-%m-%d", strict=False), _FIRST_MOMENT.date(), _LAST_MOMENT.date())


def _moments(texts: pl.Series) -> pl.Series:
    moments = texts.str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False, time_unit="us")
    return _within(moments, _FIRST_MOMENT, _LAST_MOMENT)


def _within(found: pl.Series, first: date, last: date) -> pl.Series:
    """What lies in the span."""
    return found.set(~found.is_between(first, last), None)


_OF_TIME = {"date": _days, "timestamp": _moments}


@cache
def _columns(kind: str) -> tuple[tuple[str, str, tuple[pl.Expr, ...]], ...]:
    """The columns that have a usual form: name, type, and what reads it; those of time are read together."""
    found: list[tuple[str, str, tuple[pl.Expr, ...]]] = []
    for column in contract(kind).columns:
        if column.type == "case_number":
            found.append((column.name, column.type, tuple(_usual_number(column))))
        elif column.type in DTYPES:
            read = () if column.type in _OF_TIME else (_usual(column).alias(column.name),)
            found.append((column.name, column.type, read))
    return tuple(found)


def usual_values(kind: str, raw: pl.DataFrame) -> pl.DataFrame:
    """The typed value of texts in the usual form; null for every other text."""
    found: list[pl.Series] = []
    of_time: dict[str, list[str]] = {"date": [], "timestamp": []}
    others: list[pl.Expr] = []
    for name, of, read in _columns(kind):
        if of != "case_number" and raw[name].null_count() == raw.height:
            found.append(pl.Series(name, [None], dtype=DTYPES[of]).new_from_index(0, raw.height))
        elif of in of_time:
            of_time[of].append(name)
        else:
            others += read
    for of, names in of_time.items():
        found += asked(raw, names, _OF_TIME[of])
    # Waking other threads costs more than a few rows do.
    values = (raw.select_seq if raw.height < FEW else raw.select)(others)
    return pl.DataFrame([*values.get_columns(), *found])


def grouped_amounts(texts: pl.Series) -> pl.Series:
    """The amounts of texts that set thousands apart with commas and have nothing else odd; null for every other."""
    bare = texts.set(~texts.str.contains(GROUPED_AMOUNT), None).str.replace_all(",", "", literal=True)
    return bare.cast(DTYPES["amount"], strict=False)

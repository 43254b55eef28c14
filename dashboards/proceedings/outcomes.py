"""What became of the number that a decision is about: its month then and now, and whether it changed beyond chance.
Single months are compared, which share no case; what is said of them belongs to pages and pack."""

from __future__ import annotations

import math
from dataclasses import dataclass

import duckdb
import pandas as pd

from dashboards import formats
from dashboards.month import Month
from dashboards.proceedings.numbers import Number
from dashboards.rows import records
from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)
BETTER, WORSE, MOVED, SAME, UNJUDGED, ABSENT = "better", "worse", "moved", "same", "unjudged", "absent"


@dataclass(frozen=True)
class Outcome:
    """The values of both months, and better, worse or moved (beyond chance), same (within it), unjudged or absent."""

    before: float | None
    after: float | None
    unit: str
    verdict: str


NOTHING = Outcome(None, None, "", ABSENT)


def readings(cursor: Cursor, court: str, scope: str, indicator: str, first: Month, last: Month) -> pd.DataFrame:
    """month, definition_version, value with the ends of its 95 % interval, unit, direction: of the months given."""
    return SQL.frame(cursor, "readings", court=court, scope=scope, indicator=indicator, first=first, last=last)


def asked(about: Number, month: Month) -> tuple[str, str, str, Month, Month]:
    """What `readings` is asked with."""
    return (about.court, about.scope, about.indicator, about.month, month)


def outcome(found: pd.DataFrame, before: Month, after: Month) -> Outcome:
    """From the answer of `readings`. Of two definitions, or of a month that is not there, nothing is said."""
    rows = {Month.parse(row["month"]): row for row in records(found)}
    if before == after or before not in rows or after not in rows:
        return NOTHING
    then, now = rows[before], rows[after]
    values = [None if formats.is_absent(row["value"]) else float(row["value"]) for row in (then, now)]
    if then["definition_version"] != now["definition_version"] or None in values:
        return Outcome(values[0], values[1], str(now["unit"]), ABSENT)
    return Outcome(values[0], values[1], str(now["unit"]), _verdict(then, now))


def _verdict(then: dict[str, object], now: dict[str, object]) -> str:
    """By MOVER (Zou and Donner 2008) on the published intervals, as the bulletin judges a change."""
    ends = [row[name] for row in (then, now) for name in ("value", "value_low", "value_high")]
    if any(formats.is_absent(end) for end in ends):
        return UNJUDGED
    before, before_low, before_high, after, low, high = (float(str(end)) for end in ends)
    gap = after - before
    if gap - math.hypot(after - low, before_high - before) <= 0 <= gap + math.hypot(high - after, before - before_low):
        return SAME
    if now["direction"] not in ("higher", "lower"):
        return MOVED
    return BETTER if (gap > 0) == (now["direction"] == "higher") else WORSE

"""Slips that concern whole cases or deliveries: cases that vanish or are reopened, a late court, a corrected month.
Wrong rows belong to `faults`. None of them changes what the province adds up to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from pipelines.samples.world.days import stream
from pipelines.samples.world.gaming import scheme_of
from pipelines.samples.world.plan import Plan

_VANISHED_PER_REGION = 3
_REOPENED_PER_REGION = 3


@dataclass(frozen=True)
class Planted:
    """One planted oddity: what it is, where, which record, and what should become of it."""

    oddity: str
    kind: str
    month: str
    file: str
    key: str
    column: str = ""
    value: str = ""
    expected: str = ""


def with_case_oddities(plan: Plan, region: str, cases: pl.DataFrame) -> tuple[pl.DataFrame, list[Planted]]:
    """Adds `_vanished`, `_reopened` and `_first_closed`, set for a few cases. See `views` for their meaning.

    Only cases that stay open to the end vanish, so that they count as pending in the truth and in the last state
    delivered; only cases that are open for long are closed by mistake and reopened.
    """
    rng = stream(plan.seed, "oddities", region)
    starts = plan.window.starts
    filed = cases["filed_date"].cast(pl.Int32).to_numpy()
    close = cases["closed_date"].cast(pl.Int32).fill_null(2**30).to_numpy()
    filed_month = np.searchsorted(starts, filed, side="right") - 1
    close_month = np.where(close < 2**30, np.searchsorted(starts, close, side="right") - 1, len(starts))
    long = (close_month - filed_month >= 5) & (filed_month >= 0)
    vanished = _some(np.flatnonzero(long & (close_month == len(starts))), _VANISHED_PER_REGION, rng)
    reopened = _some(np.flatnonzero(long & (close_month < len(starts))), _REOPENED_PER_REGION, rng)
    last = {int(i): int(filed_month[i]) + 1 for i in vanished}
    last |= _hidden(plan, cases)
    again = {int(i): int(filed_month[i]) + 3 for i in reopened}
    first_closed = {int(i): int(starts[filed_month[i] + 1]) + 14 for i in reopened}
    ids = cases["case_id"]
    count = cases.height
    months = plan.window.months
    planted = [
        Planted("vanished", "cases", f"{months[m]:%Y-%m}", "", ids[i], expected="open in this month, not stated later")
        for i, m in last.items()
    ] + [
        Planted("reopened", "cases", f"{months[m]:%Y-%m}", "", ids[i], "closed_date", str(_day(first_closed[i])),
                "closed then, not stated for a month, open again from this month")
        for i, m in again.items()
    ]  # fmt: skip
    cases = cases.with_columns(
        pl.Series("_vanished", [last.get(i) for i in range(count)], dtype=pl.Int32),
        pl.Series("_reopened", [again.get(i) for i in range(count)], dtype=pl.Int32),
        pl.Series("_first_closed", [first_closed.get(i) for i in range(count)], dtype=pl.Int32).cast(pl.Date),
    )
    return cases, planted


def gamed(plan: Plan, cases: pl.DataFrame) -> list[Planted]:
    """Tricks played with cases: one entry per case; `column` is the code of the check that shows it."""
    rows = cases.filter(pl.col("_gaming").is_not_null()).select("court_code", "case_id", "_gaming")
    return [
        Planted("gaming", "cases", "", "", case_id, code, court, "shown by the check of this code")
        for court, case_id, code in rows.iter_rows()
    ]


def schemes(plan: Plan) -> list[Planted]:
    """Who plays which trick: one entry per court, with its first month; `value` is how many months."""
    found = [(share.court.code, scheme_of(plan, share)) for share in plan.courts]
    return [
        Planted("scheme", "cases", f"{scheme.month:%Y-%m}", "", court, scheme.code, str(scheme.months))
        for court, scheme in found
        if scheme is not None
    ]


def _hidden(plan: Plan, cases: pl.DataFrame) -> dict[int, int]:
    """Positions of open cases that a court lets vanish, and the last month in which it states them."""
    rows = np.flatnonzero((cases["_gaming"] == "GC22").fill_null(value=False).to_numpy())
    spans = {p.court.code: scheme for p in plan.courts if (scheme := scheme_of(plan, p)) is not None}
    codes = cases["court_code"]
    return {
        int(i): int(np.searchsorted(plan.window.starts, spans[codes[int(i)]].span.end, side="right")) - 1 for i in rows
    }


def misreported(plan: Plan, returns: pl.DataFrame) -> list[Planted]:
    """The figures that courts' own returns get wrong; `value` is what they report."""
    wrong = returns.filter(pl.col("reported_value") != pl.col("_true"))
    return [
        Planted("misreported", "returns", f"{plan.window.months[row['_month']]:%Y-%m}", "", row["court_code"],
                row["item_code"], str(row["reported_value"]), f"the cases give {row['_true']}")
        for row in wrong.iter_rows(named=True)
    ]  # fmt: skip


def _some(rows: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    return np.sort(rng.permutation(rows)[:count])


def _day(number: int) -> date:
    return date.fromordinal(date(1970, 1, 1).toordinal() + number)

"""Which court plays which trick in which months, and the tricks that change its cases before they are numbered.
Listings and re-checks are gamed in `defaulters` and `linkage`; what finds a trick belongs to the warehouse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from pipelines.samples.world import tricks
from pipelines.samples.world.days import Span, day_number, stream
from pipelines.samples.world.plan import UNLISTED, CourtPlan, Plan

_LEAST_FILED = 350  # a court with fewer cases has too few of any kind for a trick to be told from chance
# Trick (code of the check that shows it), first month, number of months: the busiest basic court plays the first.
_PROGRAMME = (
    ("GC17", date(2018, 12, 1), 1), ("GC22", date(2019, 9, 1), 1), ("GC04", date(2018, 1, 1), 12),
    ("GC12", date(2018, 1, 1), 12), ("GC11", date(2018, 3, 1), 6), ("GC03", date(2018, 4, 1), 6),
    ("GC10", date(2018, 4, 1), 6), ("GC13", date(2018, 12, 1), 2), ("GC02", date(2018, 6, 1), 4),
    ("GC01", date(2018, 8, 1), 5), ("GC06", date(2018, 5, 1), 6), ("GC08", date(2018, 9, 1), 4),
    ("GC16", date(2018, 9, 1), 3), ("GC18", date(2018, 12, 1), 1), ("GC07", date(2018, 5, 1), 6),
    ("GC20", date(2018, 7, 1), 5), ("GC21", date(2018, 7, 1), 5), ("GC19", date(2018, 5, 1), 6),
    ("GC14", date(2018, 5, 1), 4), ("GC15", date(2018, 5, 1), 4), ("GC05", date(2018, 9, 1), 6),
    ("GC23", date(2018, 9, 1), 6), ("GC24", date(2018, 6, 1), 4), ("GC25", date(2018, 3, 1), 8),
)  # fmt: skip


@dataclass(frozen=True)
class Scheme:
    """A trick by the code of the check that shows it, its first month, how many, and the days from first to last."""

    code: str
    month: date
    months: int
    span: Span


def scheme_of(plan: Plan, share: CourtPlan) -> Scheme | None:
    """The trick this court plays, if any: only in Qinghai, whose one period leaves its totals as they are."""
    if plan.sample != "qinghai" or sum(share.filed) < _LEAST_FILED:
        return None
    basic = [p for p in plan.courts if p.court.level == "basic"]
    order = sorted(basic, key=lambda p: (-sum(p.filed), p.court.code))
    place = next((i for i, p in enumerate(order) if p.court.code == share.court.code), len(_PROGRAMME))
    if place >= len(_PROGRAMME):
        return None
    code, first, count = _PROGRAMME[place]
    last = date(first.year + (first.month + count - 1) // 12, (first.month + count - 1) % 12 + 1, 1)
    span = Span(day_number(first), day_number(last) - 1)
    return Scheme(code, first, count, span) if span.end <= plan.window.end else None


def with_gaming(plan: Plan, share: CourtPlan, cases: pl.DataFrame, original: np.ndarray) -> pl.DataFrame:
    """Cases of a court with its trick played, before they are numbered; `_gaming` names the trick where it was."""
    cases = cases.with_columns(
        pl.lit(None, dtype=pl.String).alias("_gaming"),
        pl.lit(None, dtype=pl.Int64).alias("_first_claim"),
        pl.lit(None, dtype=pl.Date).alias("_first_filed"),
    )
    scheme = scheme_of(plan, share)
    if scheme is None or scheme.code not in _TRICKS:
        return cases
    rng = stream(plan.seed, "gaming", share.court.code)
    played, cases = _TRICKS[scheme.code](cases, scheme.span, rng, original)
    return cases.with_columns(
        pl.when(pl.Series(played)).then(pl.lit(scheme.code)).otherwise("_gaming").alias("_gaming")
    )


def with_numbers_reordered(plan: Plan, share: CourtPlan, cases: pl.DataFrame) -> pl.DataFrame:
    """Numbered cases of a court that gives out numbers first and files later: some are filed days after."""
    scheme = scheme_of(plan, share)
    if scheme is None or scheme.code != "GC15":
        return cases
    rng = stream(plan.seed, "gaming numbers", share.court.code)
    filed, closed = tricks.day(cases, "filed_date"), tricks.day(cases, "closed_date")
    later = filed + rng.integers(4, 10, len(filed))
    same_month = later.astype("datetime64[D]").astype("datetime64[M]") == filed.astype("datetime64[D]").astype(
        "datetime64[M]"
    )
    chosen = tricks.within(filed, scheme.span) & same_month & (later < closed) & (rng.random(len(filed)) < 0.5)
    chosen &= cases["case_type"].to_numpy() == "执"
    moved = tricks.put(cases, chosen, filed_date=later, received_date=later - 2)
    return moved.with_columns(pl.when(pl.Series(chosen)).then(pl.lit("GC15")).otherwise("_gaming").alias("_gaming"))


def unlisted(cases: pl.DataFrame) -> np.ndarray:
    """Cases whose respondent is nobody who is ever listed, so that distinct defaulters stay as many."""
    return cases["_person"].to_numpy() >= UNLISTED


Trick = Callable[[pl.DataFrame, Span, np.random.Generator, np.ndarray], tuple[np.ndarray, pl.DataFrame]]

_TRICKS: dict[str, Trick] = {
    "GC01": tricks.suspend_early, "GC02": tricks.leave_out_steps, "GC03": tricks.suspend_small_claims,
    "GC04": tricks.suspend_again, "GC06": tricks.terminate_instead, "GC07": tricks.file_again,
    "GC08": tricks.satisfy_with_nothing, "GC10": tricks.close_just_past, "GC11": tricks.resume_soon,
    "GC12": tricks.satisfy_soon, "GC13": tricks.hold_back_filings, "GC14": tricks.file_late,
    "GC16": tricks.rush_at_month_end, "GC17": tricks.empty_the_docket, "GC18": tricks.crowd_december,
    "GC19": tricks.split, "GC20": tricks.cut_claims, "GC21": tricks.change_dates, "GC22": tricks.let_vanish,
}  # fmt: skip

"""Counted linkage work of one court (meetings, agreements, exposures, judicial aid, sanctions) and its staffing.
Requests about a single case belong to `linkage`."""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.samples.figures import largest_remainder
from pipelines.samples.world.cases import days
from pipelines.samples.world.days import Span, stream
from pipelines.samples.world.plan import CourtPlan, Plan

# Activity, the planned total that it follows, else times per newly filed case (assumed).
_ACTIVITIES = (
    ("公开曝光", "public_exposures", 0.0),
    ("司法救助", "judicial_aid_cases", 0.0),
    ("联席会议", "joint_meetings", 0.004),
    ("协作协议", "agreements", 0.003),
    ("见证执行", "witnessed_enforcement", 0.004),
    ("拘留", "detentions_and_fines", 0.012),
    ("罚款", "", 0.0022),
    ("拒执罪移送", "", 0.0016),
    ("拒执罪判决", "", 0.0006),
    ("执转破移送", "", 0.0006),
    ("悬赏公告", "", 0.004),
    ("节点信息推送", "", 2.4),
    ("终本文书公开", "", 0.22),
    ("舆情处置", "", 0.0005),
)


def court_activities(plan: Plan, share: CourtPlan, cases: pl.DataFrame) -> pl.DataFrame:
    """One row per activity and day; counts, persons and amounts add up to what is planned."""
    rng = stream(plan.seed, "activities", share.court.code)
    waves = []
    for activity, planned, rate in _ACTIVITIES:
        for index, span in enumerate(plan.window.periods):
            filed = share.filed[index]
            total = share.totals[planned][index] if planned in share.totals else int(rng.poisson(rate * filed))
            if activity == "罚款" and "detentions_and_fines" in share.totals:
                continue
            waves.append(_spread(share, activity, index, span, total, rng))
    return pl.concat(waves, how="vertical").sort("occurred_date", "activity")


def _spread(share: CourtPlan, activity: str, index: int, span: Span, total: int,
            rng: np.random.Generator) -> pl.DataFrame:  # fmt: skip
    """`total` times on working days of the span, never two rows for one day."""
    able = np.arange(span.start, span.end + 1)
    able = able[np.is_busday(able.astype("datetime64[D]"))]
    rows = min(total, max(1, len(able) // 3))
    dates = np.sort(rng.choice(able, size=rows, replace=False)) if total else able[:0]
    weights = rng.uniform(0.3, 1.0, rows)
    count = 1 + largest_remainder(total - rows, weights) if total else np.zeros(0, dtype=np.int64)
    people, amount = _people_and_money(share, activity, index, count, rng)
    return pl.DataFrame(
        {
            "court_code": pl.repeat(share.court.code, rows, eager=True) if rows else pl.Series([], dtype=pl.String),
            "activity": pl.repeat(activity, rows, eager=True) if rows else pl.Series([], dtype=pl.String),
            "occurred_date": days(dates.astype(np.int32)),
            "count": pl.Series(count),
            "person_count": people,
            "amount": amount,
        }
    )


def _people_and_money(share: CourtPlan, activity: str, index: int, count: np.ndarray, rng: np.random.Generator
                      ) -> tuple[pl.Series, pl.Series]:  # fmt: skip
    """Persons and cents: of judicial aid as planned, of fines by the case, of sanctions one person a time."""
    rows = len(count)
    if activity == "司法救助" and rows:
        more = share.totals["judicial_aid_persons"][index] - int(count.sum())
        people = count + largest_remainder(max(more, 0), count)
        money = largest_remainder(share.totals["judicial_aid_amount"][index], count * rng.uniform(0.5, 1.5, rows)) * 100
        return pl.Series(people), pl.Series(money)
    none = pl.Series([None] * rows, dtype=pl.Int64)
    if activity == "罚款":
        return pl.Series(count), pl.Series(count * rng.integers(1, 10, rows) * 100_000)
    if activity in ("拘留", "公开曝光", "拒执罪移送", "拒执罪判决"):
        return pl.Series(count), none
    return none, none


def court_staffing(plan: Plan, share: CourtPlan) -> pl.DataFrame:
    """Staff by month: at least fifteen in a hundred do enforcement, more of them as the campaign goes on."""
    rng = stream(plan.seed, "staffing", share.court.code)
    months = len(plan.window.months)
    base = {"high": 180, "intermediate": 80, "basic": 26}[share.court.level]
    total = round(base + 9 * share.court.load + rng.integers(0, 8))
    drift: np.ndarray = np.cumsum(rng.random(months) < 0.05) - np.cumsum(rng.random(months) < 0.03)
    everybody: np.ndarray = total + drift
    staff = np.round(everybody * (0.15 + 0.02 * rng.random() + 0.03 * np.arange(months) / max(months, 1)))
    return pl.DataFrame(
        {
            "court_code": pl.repeat(share.court.code, months, eager=True),
            "enforcement_staff_count": pl.Series(staff.astype(np.int64)),
            "total_staff_count": pl.Series(everybody.astype(np.int64)),
            "judge_count": pl.Series(np.maximum(np.round(staff / 3.2), 1).astype(np.int64)),
            "_month": pl.Series(np.arange(months, dtype=np.int32)),
        }
    )

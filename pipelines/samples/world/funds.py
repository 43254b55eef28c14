"""Money that came in for a case and was paid out: the funds of one court.
What was recovered in a case altogether belongs to `cases`."""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.samples.world.cases import days
from pipelines.samples.world.days import NEVER, stream
from pipelines.samples.world.plan import CourtPlan, Plan
from pipelines.samples.world.times import identifiers

_THROUGH_COURT = 0.72  # of cases with money: it came through the court's account, not directly
_SECOND_PAYMENT = 0.18


def court_funds(plan: Plan, share: CourtPlan, cases: pl.DataFrame) -> pl.DataFrame:
    """Funds of one court: received between filing and closing; about 65 % of the money paid out within 30 days."""
    rng = stream(plan.seed, "funds", share.court.code)
    paying = cases.filter((pl.col("recovered_amount") > 0) & (pl.col("closed_date").is_not_null()))
    paying = paying.filter(pl.Series(rng.random(paying.height) < _THROUGH_COURT))
    twice = rng.random(paying.height) < _SECOND_PAYMENT
    rows = np.concatenate([np.arange(paying.height), np.flatnonzero(twice)])
    first = np.where(twice, 0.6, 1.0)[rows]
    part = np.concatenate([np.ones(paying.height, dtype=bool), np.zeros(int(twice.sum()), dtype=bool)])
    total = paying["recovered_amount"].to_numpy()[rows]
    amount = np.where(part, np.round(total * first), total - np.round(total * 0.6)).astype(np.int64)
    filed = paying["filed_date"].cast(pl.Int32).to_numpy()[rows]
    close = paying["closed_date"].cast(pl.Int32).to_numpy()[rows]
    start = np.maximum(filed + 2, plan.window.start)
    received = np.minimum(start + (rng.beta(3, 1.6, len(rows)) * np.maximum(close - start, 0)).astype(np.int32), close)
    paid, deferred = _paid(plan, share, received, amount, rng)
    frame = pl.DataFrame(
        {
            "case_id": paying["case_id"].gather(pl.Series(rows.astype(np.uint32))),
            "court_code": pl.repeat(share.court.code, len(rows), eager=True),
            "received_date": days(received.astype(np.int32)),
            "received_amount": pl.Series(amount),
            "paid_date": days(paid),
            "paid_amount": pl.Series(amount),
            "deferral_approved": pl.Series(deferred),
        }
    ).filter(pl.col("received_amount") > 0)
    frame = frame.sort("received_date", "case_id", "received_amount")
    return frame.with_columns(
        pl.when(pl.col("paid_date").is_null()).then(None).otherwise("paid_amount").alias("paid_amount"),
        identifiers("AK", share.court.index).alias("fund_id"),
    )


def _paid(plan: Plan, share: CourtPlan, received: np.ndarray, amount: np.ndarray, rng: np.random.Generator
          ) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """(day of payment, whether deferral was approved): large sums take longer, courts differ and change."""
    court = share.court
    at = (received - (plan.window.start + plan.window.end) / 2) / (plan.window.end - plan.window.start)
    large = (amount > 50_000_000) * 0.15
    odds = 0.72 + 0.8 * court.payout + 0.9 * court.trend * at + 0.35 * at - large
    quick = rng.random(len(received)) < 1 / (1 + np.exp(-odds))
    fast = np.minimum(rng.gamma(1.6, 7.0, len(received)), 29)
    slow = 31 + rng.gamma(1.2, 45.0, len(received))
    paid = (received + np.where(quick, fast, slow)).astype(np.int32)
    deferred = ~quick & (rng.random(len(received)) < 0.05)
    return np.where(paid > plan.window.end, NEVER, paid).astype(np.int32), deferred

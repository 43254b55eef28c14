"""What each court reports of itself: the truth counted by month, with a handful of figures that do not agree.
The records that are counted belong to `cases`."""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.samples.world.days import stream
from pipelines.samples.world.plan import CourtPlan, Plan

ITEMS = ("旧存", "新收", "结案", "未结", "执行完毕", "终本", "到位金额", "生效给付裁判")
_MISMATCH_SHARE = 0.0008


def court_returns(plan: Plan, share: CourtPlan, cases: pl.DataFrame) -> pl.DataFrame:
    """One row per month and item; `_true` is the value that the cases give.

    Counts are of all eight types; recovered money is that of cases closed in the month, each capped at its claim,
    rounded to yuan.
    """
    rng = stream(plan.seed, "returns", share.court.code)
    starts = plan.window.starts
    count = len(starts)
    filed = np.searchsorted(starts, cases["filed_date"].cast(pl.Int32).to_numpy(), side="right") - 1
    closed = cases.filter(pl.col("closed_date").is_not_null())
    month = np.searchsorted(starts, closed["closed_date"].cast(pl.Int32).to_numpy(), side="right") - 1
    new = np.bincount(filed[filed >= 0], minlength=count)
    gone = np.bincount(month, minlength=count)
    pending = share.opening + np.cumsum(new - gone)
    mode = closed["closing_mode"].to_numpy()
    capped = np.minimum(closed["recovered_amount"].to_numpy(), closed["claim_amount"].to_numpy())
    money = np.round(np.bincount(month, weights=capped, minlength=count) / 100)
    values = {
        "旧存": np.concatenate([[share.opening], pending[:-1]]),
        "新收": new,
        "结案": gone,
        "未结": pending,
        "执行完毕": np.bincount(month[mode == "执行完毕"], minlength=count),
        "终本": np.bincount(month[mode == "终结本次执行程序"], minlength=count),
        "到位金额": money,
        "生效给付裁判": np.round(new * rng.uniform(1.7, 2.3, count)),
    }
    true = np.concatenate([values[item] for item in ITEMS]).astype(np.int64)
    item = np.repeat(np.array(ITEMS), count)
    wrong = (rng.random(len(true)) < _MISMATCH_SHARE) & (item != "生效给付裁判")
    off = np.where(item == "到位金额", 10_000, rng.integers(1, 6, len(true)))
    return pl.DataFrame(
        {
            "court_code": pl.repeat(share.court.code, len(true), eager=True),
            "item_code": pl.Series(item.astype(str)),
            "reported_value": pl.Series(np.where(wrong, true + off, true)),
            "_true": pl.Series(true),
            "_month": pl.Series(np.tile(np.arange(count, dtype=np.int32), len(ITEMS))),
        }
    ).sort("_month", maintain_order=True)

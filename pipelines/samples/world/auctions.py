"""Online judicial auctions of one court: lots, their rounds and how they end.
What the price does to the case's money belongs to `funds`."""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.samples.world.caseload import RESUMED
from pipelines.samples.world.cases import days
from pipelines.samples.world.days import stream
from pipelines.samples.world.plan import CourtPlan, Plan

ROUNDS = ("一拍", "二拍", "变卖")
_ASSETS = ("住宅", "商业用房", "机动车", "土地使用权", "设备", "股权")
_ASSET_SHARES = (0.42, 0.16, 0.24, 0.06, 0.07, 0.05)
_LOT_SHARE = 0.034  # lots per implementing case, assumed
_SOLD_SHARE = 0.84  # of ended lots: 84.3 % in the G region in 2022 (source 001)
_BROKEN_OFF = 0.07
_BETWEEN_ROUNDS = 32


def court_auctions(plan: Plan, share: CourtPlan, cases: pl.DataFrame) -> pl.DataFrame:
    """One row per lot and round. Where lots, ended and sold ones are planned, exactly so many in each period."""
    rng = stream(plan.seed, "auctions", share.court.code)
    waves = []
    for index, span in enumerate(plan.window.periods):
        able = cases.filter(
            (pl.col("_kind") <= RESUMED) & (pl.col("filed_date").cast(pl.Int32).is_between(span.start, span.end - 120))
        )
        lots, ended, sold = _counts(share, index, able.height, rng)
        if lots and able.height:
            picked = able[rng.choice(able.height, size=lots)]
            first = np.minimum(
                picked["filed_date"].cast(pl.Int32).to_numpy() + rng.integers(45, 140, lots), span.end - 66
            )
            waves.append(_lots(picked, first, ended, sold, rng))
    if not waves:
        nothing = _lots(cases[:0], np.zeros(0, dtype=np.int64), 0, 0, rng)
        return nothing.with_columns(pl.lit(None, dtype=pl.String).alias("lot_id"))
    frame = pl.concat(waves, how="vertical")
    lot = pl.concat_str(pl.lit(f"PM{share.court.index + 1:03d}"), pl.col("_lot").cast(pl.String).str.zfill(6))
    lots_before = np.cumsum([0, *(wave["_lot"].n_unique() for wave in waves[:-1])])
    offsets = pl.Series(np.repeat(lots_before, [wave.height for wave in waves]))
    return frame.with_columns((pl.col("_lot") + offsets + 1).alias("_lot")).with_columns(lot.alias("lot_id"))


def _counts(share: CourtPlan, period: int, cases: int, rng: np.random.Generator) -> tuple[int, int, int]:
    """(lots, ended, sold) of one period."""
    if "auction_lots" in share.totals:
        return (share.totals["auction_lots"][period], share.totals["auction_lots_ended"][period],
                share.totals["auction_lots_sold"][period])  # fmt: skip
    lots = round(cases * _LOT_SHARE * rng.lognormal(0, 0.1))
    ended = lots - rng.binomial(lots, _BROKEN_OFF)
    quality = np.clip(_SOLD_SHARE + 0.03 * share.court.satisfaction + 0.03 * share.court.punctuality, 0.6, 0.97)
    return lots, ended, int(rng.binomial(ended, quality))


def _lots(cases: pl.DataFrame, first: np.ndarray, ended: int, sold: int, rng: np.random.Generator) -> pl.DataFrame:
    """Lots of the given cases: the first `sold` are sold, up to `ended` unsold for good, the rest broken off."""
    count = cases.height
    number = np.arange(count)
    last = rng.choice(3, size=count, p=(0.52, 0.33, 0.15))
    last = np.where((number >= sold) & (number < ended), rng.integers(1, 3, count), last)
    last = np.where(number >= ended, 0, last)
    broken_off = np.where(rng.random(count) < 0.6, "撤回", "中止")
    end = np.where(number < sold, "成交", np.where(number < ended, "流拍", broken_off))
    value = np.round(rng.lognormal(12.6, 1.0, count)).astype(np.int64) * 100
    asset = rng.choice(len(_ASSETS), size=count, p=_ASSET_SHARES)
    rows = np.repeat(number, last + 1)
    turn = np.concatenate([np.arange(n + 1) for n in last]) if count else number
    start_price = np.round(value * 0.75).astype(np.int64)[rows] * np.where(turn == 0, 100, 80) // 100
    day = first[rows] + turn * _BETWEEN_ROUNDS
    is_last = turn == last[rows]
    result = np.where(is_last, end[rows], "流拍")
    deal = np.round(start_price * rng.uniform(1.0, 1.35, len(rows))).astype(np.int64)
    sold_rows = pl.Series(result == "成交")
    return pl.DataFrame(
        {
            "_lot": pl.Series(rows),
            "case_id": cases["case_id"].gather(pl.Series(rows.astype(np.uint32))),
            "court_code": cases["court_code"].gather(pl.Series(rows.astype(np.uint32))),
            "round": pl.Series(ROUNDS, dtype=pl.String).gather(pl.Series(turn.astype(np.uint32))),
            "asset_kind": pl.Series(_ASSETS, dtype=pl.String).gather(pl.Series(asset[rows].astype(np.uint32))),
            "started_date": days((first - 40)[rows].astype(np.int32)),
            "valuation_amount": pl.Series(value[rows]),
            "starting_price": pl.Series(start_price),
            "notice_date": days((day - np.where(turn == 0, 31, 16)).astype(np.int32)),
            "auction_date": days(day.astype(np.int32)),
            "result": pl.Series(result.astype(str), dtype=pl.String),
            "deal_price": pl.select(pl.when(sold_rows).then(pl.Series(deal)).otherwise(None))[:, 0],
        }
    )

"""When deliveries come: one court late by a month, and one that delivers a month again with corrections.
Everybody else delivers about the fifth of the following month."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from pipelines.extracts.contracts import contract
from pipelines.samples.world.plan import Plan

USUAL_DAY = 5
LATE_DAY = 36  # a month after the others
CORRECTED_DAY = 12
_LATE_COURT = {"qinghai": "T73", "g_region": "NGC"}
_CORRECTED_COURT = {"qinghai": "T24", "g_region": "NG5"}
_CORRECTED_KINDS = ("cases", "funds")


@dataclass(frozen=True)
class Timing:
    """The late court and its months, the correcting court and its month, as indices into the window."""

    late_court: str
    late_months: tuple[int, ...]
    corrected_court: str
    corrected_month: int

    def is_late(self, index: int, court: str) -> bool:
        return court == self.late_court and index in self.late_months

    def corrects(self, kind: str, index: int) -> bool:
        return kind in _CORRECTED_KINDS and index == self.corrected_month


def timing(plan: Plan) -> Timing:
    """Chosen courts if the sample has them, else its last and its first."""
    codes = [share.court.code for share in plan.courts]
    late, corrected = _LATE_COURT.get(plan.sample), _CORRECTED_COURT.get(plan.sample)
    count = len(plan.window.months)
    first = round(count * 0.6)
    return Timing(
        late if late in codes else codes[-1],
        tuple(i for i in (first, first + 1) if i < count),
        corrected if corrected in codes else codes[0],
        round(count * 0.45) if count > 1 else 0,
    )


def first_version(kind: str, rows: pl.DataFrame) -> tuple[pl.DataFrame, dict[str, list[str]]]:
    """What was delivered before the correction, and keys by change: changed, added and removed by the correction."""
    key = contract(kind).key[0]
    money = "recovered_amount" if kind == "cases" else "received_amount"
    changed = rows[key].head(3).to_list()
    added = rows[key].tail(1).to_list() if rows.height > 4 else []
    extra = rows.tail(1).with_columns(pl.concat_str(pl.lit("9"), key).alias(key))
    if kind == "cases":
        extra = extra.with_columns(pl.col("case_number").str.replace(r"\d+号$", "980001号"))
    before = rows.with_columns(
        pl.when(pl.col(key).is_in(changed)).then(pl.col(money) + 50_000).otherwise(money).alias(money)
    ).filter(~pl.col(key).is_in(added))
    return pl.concat([before, extra]), {"changed": changed, "added": added, "removed": extra[key].to_list()}

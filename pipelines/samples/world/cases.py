"""The enforcement cases of one court in full: numbers, dates on the way, amounts, parties, as a frame.
Which cases there are belongs to `caseload`; what a court states of them each month to `pipelines.samples.extracts`."""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.samples.world import outcomes
from pipelines.samples.world.case_numbers import case_numbers, originals, preservation_numbers
from pipelines.samples.world.caseload import FIRST, PRESERVATION, RESUMED, TYPES, Caseload, caseload
from pipelines.samples.world.days import NEVER, stream
from pipelines.samples.world.gaming import with_gaming, with_numbers_reordered
from pipelines.samples.world.listings import Parties, parties
from pipelines.samples.world.persons import kinds
from pipelines.samples.world.plan import CourtPlan, Plan

_CAUSES = ("民间借贷纠纷", "买卖合同纠纷", "金融借款合同纠纷", "建设工程施工合同纠纷", "劳动争议",
           "离婚纠纷", "租赁合同纠纷", "机动车交通事故责任纠纷", "追索劳动报酬纠纷",
           "物业服务合同纠纷", "刑事附带民事", "行政非诉执行")  # fmt: skip
_CAUSE_SHARES = np.array([0.27, 0.15, 0.11, 0.07, 0.06, 0.06, 0.07, 0.07, 0.06, 0.04, 0.02, 0.02])
_UNKNOWN_WHILE_OPEN = ("closing_mode", "actual_closure", "review_outcome", "suspension_requested",
                       "suspension_compliant")  # fmt: skip
_OUTCOMES = {"执异": (("成立", "部分成立", "不成立"), (0.7, 0.3)), "执复": (("撤销", "改正", "维持"), (0.6, 0.4)),
             "执监": (("撤销", "改正", "驳回"), (0.5, 0.5))}  # fmt: skip


def court_cases(plan: Plan, share: CourtPlan) -> pl.DataFrame:
    """Cases of one court, one row each, columns of the contract plus helpers that begin with an underscore.

    Amounts are in cents; `_person` numbers the respondent, `_listed` is the day of listing, `_handler` a number.
    """
    load = caseload(plan, share)
    who = parties(plan, share, load)
    rng = stream(plan.seed, "cases", share.court.code)
    frame = _frame(plan, share, load, who, rng)
    frame = with_gaming(plan, share, frame, load.original)
    frame = case_numbers(frame, share.court, plan.window)
    frame = with_numbers_reordered(plan, share, frame)
    frame = originals(frame, load.original, share.court)
    return preservation_numbers(frame, share.court, rng)


def _frame(plan: Plan, share: CourtPlan, load: Caseload, who: Parties, rng: np.random.Generator) -> pl.DataFrame:
    count = len(load)
    recovered, waived = _recovered(load, rng)
    implementing = load.kind <= RESUMED
    columns: dict[str, pl.Series] = {
        "court_code": pl.repeat(share.court.code, count, eager=True),
        "case_type": _labels(TYPES, load.kind),
        "cause": _labels(_CAUSES, rng.choice(len(_CAUSES), count, p=_CAUSE_SHARES / _CAUSE_SHARES.sum())),
        "closing_mode": _labels(outcomes.MODES, load.mode),
        "actual_closure": pl.Series(load.mode != outcomes.SUSPENSION),
        "claim_amount": pl.Series(load.claim),
        "recovered_amount": pl.Series(recovered),
        "waived_amount": pl.Series(waived),
        "outstanding_amount": pl.Series(np.maximum(load.claim - recovered - waived, 0)),
        "track": _track(load, rng),
        "review_outcome": _review_outcomes(load, rng),
        "respondent_kind": kinds(who.person),
        "_person": pl.Series(who.person),
        "_listed": days(who.listed),
        "_handler": pl.Series(900_000_000 + share.court.index * 100 + rng.integers(0, 3 + count // 900, count)),
        "_kind": pl.Series(load.kind),
    }
    columns |= {name: days(day) for name, day in _dates(load, who, rng).items()}
    columns |= _flags(load, implementing, rng)
    frame = pl.DataFrame(columns)
    open_at_end = pl.col("closed_date").is_null()
    return frame.with_columns(
        *(pl.when(open_at_end).then(None).otherwise(pl.col(name)).alias(name) for name in _UNKNOWN_WHILE_OPEN),
        _term_due(load, rng),
    )


def days(numbers: np.ndarray) -> pl.Series:
    """Day numbers as dates, null from NEVER on."""
    return pl.Series(np.where(numbers >= NEVER, -1, numbers).astype(np.int32)).replace(-1, None).cast(pl.Date)


def _labels(values: tuple[str, ...], index: np.ndarray) -> pl.Series:
    return pl.Series(values, dtype=pl.String).gather(pl.Series(index.astype(np.uint32)))


def _recovered(load: Caseload, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """(recovered, waived) in cents by closing mode; open cases have recovered little so far."""
    count = len(load)
    draw, part = rng.random(count), rng.beta(1.1, 4.0, count)
    closed = load.close < NEVER
    ratio, waived = np.zeros(count), np.zeros(count)
    full = closed & (load.mode == outcomes.FULL)
    waived = np.where(full & (draw < 0.12), rng.uniform(0.03, 0.3, count), waived)
    ratio = np.where(full, 1 - waived, ratio)
    ratio = np.where(full & (draw > 0.955), rng.uniform(1.005, 1.07, count), ratio)
    ratio = np.where(closed & (load.mode == outcomes.SUSPENSION) & (draw < 0.5), part, ratio)
    settled = closed & (load.mode == outcomes.TERMINATION)
    ratio = np.where(settled & (draw < 0.62), rng.beta(3.0, 2.0, count), ratio)
    waived = np.where(settled & (draw < 0.40), 1 - ratio, waived)
    ratio = np.where(~closed & (draw < 0.2), part, ratio)
    paying = load.kind <= RESUMED
    recovered = np.where(paying, np.round(load.claim * ratio), 0).astype(np.int64)
    forgiven = np.where(paying, np.round(load.claim * waived), 0).astype(np.int64)
    return recovered, np.minimum(forgiven, np.maximum(load.claim - recovered, 0))


def _track(load: Caseload, rng: np.random.Generator) -> pl.Series:
    draw = rng.random(len(load)) + np.where(load.mode == outcomes.FULL, -0.15, 0.1)
    return _labels(("简易", "一次性有效执行", "普通"), np.where(draw < 0.25, 0, np.where(draw < 0.4, 1, 2)))


def _review_outcomes(load: Caseload, rng: np.random.Generator) -> pl.Series:
    """Outcome in words, by type: the last of the three words for dismissed cases, one of the others else."""
    words: list[str | None] = [None]
    index = np.zeros(len(load), dtype=np.int64)
    draw = rng.random(len(load))
    for name, (values, shares) in _OUTCOMES.items():
        rows = load.kind == TYPES.index(name)
        position = np.where(load.mode == outcomes.DISMISSAL, 2, np.where(draw < shares[0], 0, 1))
        index = np.where(rows, len(words) + position, index)
        words += values
    return pl.Series(words, dtype=pl.String).gather(pl.Series(index.astype(np.uint32)))


def _dates(load: Caseload, who: Parties, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Days on the way from receipt to closing; nothing happens after closing, and nothing to other types."""
    count, filed, close = len(load), load.filed, load.close
    implementing = load.kind <= RESUMED
    suspended = implementing & (load.mode == outcomes.SUSPENSION) & (close < NEVER)

    def after(low: int, high: int) -> np.ndarray:
        return np.minimum(filed + rng.integers(low, high, count), close)

    notice = after(0, 9)
    late = rng.random(count) < 0.03
    query = np.where(late, after(6, 25), after(0, 5))
    restriction = np.minimum(after(15, 45), who.listed)
    restricted = suspended | (who.listed < NEVER)
    return {
        "received_date": filed - rng.integers(0, 8, count),
        "filed_date": filed,
        "notice_date": np.where(implementing, notice, NEVER),
        "property_order_date": np.where(implementing, np.minimum(notice + (rng.random(count) < 0.04), close), NEVER),
        "first_query_date": np.where(implementing, query, NEVER),
        "restriction_date": np.where(implementing & restricted, np.maximum(restriction, filed), NEVER),
        "suspension_interview_date": np.where(suspended, np.maximum(close - rng.integers(1, 16, count), filed), NEVER),
        "suspension_ruling_date": np.where(suspended, close, NEVER),
        "closed_date": close,
    }


def _flags(load: Caseload, implementing: np.ndarray, rng: np.random.Generator) -> dict[str, pl.Series]:
    draw = rng.random(len(load))
    suspended = implementing & (load.mode == outcomes.SUSPENSION)
    likely = np.where(load.mode == outcomes.FULL, 0.93, np.where(suspended, 0.12, 0.55))
    no = pl.Series(np.zeros(len(load), dtype=bool))

    def only(flags: np.ndarray, where: np.ndarray) -> pl.Series:
        return pl.select(pl.when(pl.Series(where)).then(pl.Series(flags)).otherwise(None))[:, 0]

    return {
        "has_property": only(draw < likely, implementing),
        "suspension_requested": only(load.requested, suspended),
        "suspension_compliant": only(rng.random(len(load)) < 0.9975, suspended),
        "_preserved": pl.Series((load.kind == FIRST) & (rng.random(len(load)) < 0.24)) if len(load) else no,
    }


def _term_due(load: Caseload, rng: np.random.Generator) -> pl.Expr:
    """Six months from filing; of cases that took longer, two in five had an extension or deductions."""
    long = pl.Series((load.close - load.filed > 170) & (load.kind <= PRESERVATION) & (rng.random(len(load)) < 0.4))
    due = pl.col("filed_date").dt.offset_by("6mo")
    own = pl.when(long).then(due.dt.offset_by("90d")).otherwise(due)
    return pl.when(pl.col("_kind") <= PRESERVATION).then(own).otherwise(None).alias("term_due_date")

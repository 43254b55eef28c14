"""Requests to assisting units of one court: queries, freezes, seizures, people and vehicles sought, bans.
Whose travel is banned follows the listings; matters between courts belong to `entrustments`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from pipelines.samples.world.caseload import RESUMED, period_of
from pipelines.samples.world.days import NEVER, Span, stream
from pipelines.samples.world.gaming import scheme_of
from pipelines.samples.world.plan import CourtPlan, Plan
from pipelines.samples.world.times import at_work, identifiers
from pipelines.samples.world.tricks import within

_QUERIED = ("不动产", "车辆", "证券", "互联网银行", "市场监管", "人民银行")
_LOCAL = ("公积金", "不动产", "税务", "市场监管", "民政")


@dataclass(frozen=True)
class Errand:
    """A kind of request: which share of the cases brings it, how long it takes, and how it ends.

    `done`, `nothing` and `partly` are shares of results; the rest is refused. `due_days` is None where no term runs.
    """

    channel: str
    units: tuple[str, ...]
    matter: str
    share: float
    after_days: int
    feedback_days: float
    due_days: int | None = None
    done: float = 0.9
    nothing: float = 0.08
    partly: float = 0.015
    controls: float = 0.0


_ERRANDS = (
    Errand("总对总", ("银行",), "查询", 1.0, 0, 0.6, None, 0.62, 0.38, 0.0),
    Errand("总对总", _QUERIED, "查询", 1.0, 0, 0.9, None, 0.31, 0.69, 0.0),
    Errand("总对总", _QUERIED, "查询", 0.5, 0, 0.9, None, 0.31, 0.69, 0.0),
    Errand("点对点", _LOCAL, "查询", 0.36, 12, 3.0, 7, 0.55, 0.43, 0.0),
    Errand("总对总", ("银行",), "冻结", 0.34, 4, 0.5, 2, 0.86, 0.06, 0.08, 0.30),
    Errand("点对总", ("银行", "互联网银行"), "扣划", 0.16, 20, 1.2, 5, 0.94, 0.02, 0.04, 0.45),
    Errand("线下", ("不动产", "自然资源"), "查封", 0.09, 15, 2.5, 10, 0.93, 0.03, 0.03, 0.80),
    Errand("线下", ("不动产", "车辆"), "过户", 0.012, 80, 6.0, 15, 0.96, 0.01, 0.02),
    Errand("线下", ("公安",), "查人", 0.05, 25, 6.0, 5, 0.045, 0.94, 0.0),
    Errand("线下", ("公安", "交通"), "扣车", 0.03, 25, 9.0, 5, 0.027, 0.95, 0.0),
    Errand("线下", ("边检",), "限制出境", 0.008, 30, 2.0, 5, 0.99, 0.0, 0.01),
    Errand("线下", ("公安",), "拘留", 0.009, 40, 2.0, 5, 0.95, 0.0, 0.03),
)
_BANS = (("限制乘机", "民航", "flight_bans"), ("限制乘车", "铁路", "train_bans"))
_RECHECKS = 10  # six-monthly for five years after suspension: 法〔2016〕373号 §9
_RECHECKED = 0.95
_NEGLECTED = 0.25  # where re-checks are neglected on purpose
_QUERIED_BEFORE = 0.9985  # of each of the seven kinds of unit before a suspension
_RESULTS = pl.Series(["已办理", "查无", "部分办理", "拒绝"])


def court_linkage(plan: Plan, share: CourtPlan, cases: pl.DataFrame) -> pl.DataFrame:
    """Requests of one court. Flight and train bans are as many as planned; where a total is planned, all together."""
    rng = stream(plan.seed, "linkage", share.court.code)
    implementing = cases.filter(pl.col("_kind") <= RESUMED)
    waves = [_wave(plan, share, implementing, errand, rng) for errand in _ERRANDS]
    waves += list(_rechecks(plan, share, cases, rng))
    waves += list(_before_suspension(plan, share, cases))
    waves += [_bans(plan, share, cases, matter, unit, name, rng) for matter, unit, name in _BANS]
    frame = pl.concat([wave for wave in waves if wave.height], how="vertical")
    if "assistance_requests" in share.totals:
        frame = _as_planned(plan, share, frame, rng)
    frame = frame.sort("sent_at", "case_id", "unit_type", "matter")
    return frame.with_columns(identifiers("XZ", share.court.index).alias("request_id"))


def _wave(plan: Plan, share: CourtPlan, cases: pl.DataFrame, errand: Errand, rng: np.random.Generator) -> pl.DataFrame:
    chosen = cases.filter(pl.Series(rng.random(cases.height) < errand.share))
    asked = chosen["first_query_date" if errand.after_days == 0 else "filed_date"].cast(pl.Int32).fill_null(NEVER)
    sent = asked.to_numpy().astype(np.int64) + (rng.integers(0, 2 * errand.after_days + 1, chosen.height))
    close = chosen["closed_date"].cast(pl.Int32).fill_null(NEVER).to_numpy()
    return _requests(plan, share, chosen, np.minimum(sent, close), errand, rng)


def _rechecks(plan: Plan, share: CourtPlan, cases: pl.DataFrame, rng: np.random.Generator) -> Iterator[pl.DataFrame]:
    suspended = cases.filter(pl.col("suspension_ruling_date").is_not_null())
    closed = suspended["closed_date"].cast(pl.Int32).to_numpy().astype(np.int64)
    scheme = scheme_of(plan, share)
    neglect, span = (True, scheme.span) if scheme and scheme.code == "GC05" else (False, Span(0, 0))
    errand = Errand("总对总", ("银行",), "查询", 1.0, 0, 0.6, None, 0.08, 0.92, 0.0)
    for half_year in range(1, _RECHECKS + 1):
        due = closed + 182 * half_year - rng.integers(0, 9, len(closed))
        kept = np.where(neglect & within(closed + 182 * half_year, span), _NEGLECTED, _RECHECKED)
        rows = (due <= plan.window.end) & (rng.random(len(closed)) < kept)
        if rows.any():
            yield _requests(plan, share, suspended.filter(pl.Series(rows)), due[rows], errand, rng)


def _before_suspension(plan: Plan, share: CourtPlan, cases: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The round of 总对总 queries that has to come within three months before a suspension; few leave a unit out."""
    rng = stream(plan.seed, "queries before suspension", share.court.code)
    suspended = cases.filter(pl.col("suspension_ruling_date").is_not_null())
    closed = suspended["closed_date"].cast(pl.Int32).to_numpy().astype(np.int64)
    filed = suspended["filed_date"].cast(pl.Int32).to_numpy().astype(np.int64)
    sent = np.maximum(closed - rng.integers(3, 60, len(closed)), filed)
    for unit in ("银行", *_QUERIED):
        rows = rng.random(len(closed)) < _QUERIED_BEFORE
        errand = Errand("总对总", (unit,), "查询", 1.0, 0, 0.6, None, 0.2, 0.8, 0.0)
        yield _requests(plan, share, suspended.filter(pl.Series(rows)), sent[rows], errand, rng)


def _bans(plan: Plan, share: CourtPlan, cases: pl.DataFrame, matter: str, unit: str, name: str,
          rng: np.random.Generator) -> pl.DataFrame:  # fmt: skip
    """Person-times: a listed person is refused again and again, so rows are drawn with repetition."""
    listed = cases.filter(pl.col("_listed").is_not_null())
    pool = listed if listed.height else cases
    day = pool["_listed" if listed.height else "filed_date"].cast(pl.Int32).to_numpy().astype(np.int64)
    errand = Errand("点对总", (unit,), matter, 1.0, 0, 0.4, None, 1.0, 0.0, 0.0)
    waves = []
    for span, count in zip(plan.window.periods, share.totals[name], strict=True):
        able = np.flatnonzero(day <= span.end)
        rows = rng.choice(able if len(able) else np.arange(len(day)), size=count)
        sent = np.clip(day[rows] + rng.exponential(170, count).astype(np.int64), span.start, span.end)
        waves.append(_requests(plan, share, pool[rows], sent, errand, rng))
    return pl.concat(waves, how="vertical")


def _requests(plan: Plan, share: CourtPlan, cases: pl.DataFrame, sent: np.ndarray, errand: Errand,
              rng: np.random.Generator) -> pl.DataFrame:  # fmt: skip
    """One request per case on the given days; days outside the window are left out."""
    inside = (sent >= plan.window.start) & (sent <= plan.window.end)
    cases, sent = cases.filter(pl.Series(inside)), sent[inside]
    count = cases.height
    wait = rng.exponential(errand.feedback_days * np.exp(-0.35 * share.court.punctuality), count)
    silent = rng.random(count) < (0.02 if errand.due_days else 0.002)
    feedback = np.where(silent, NEVER, sent + np.round(wait).astype(np.int64))
    back = feedback <= plan.window.end
    ends = np.cumsum([errand.done, errand.nothing, errand.partly])
    result = np.searchsorted(ends, rng.random(count), side="right")
    unit = rng.integers(0, len(errand.units), count).astype(np.uint32)
    controlled = np.round(cases["claim_amount"].to_numpy() * errand.controls * rng.random(count)).astype(np.int64)
    got = back & ((result == 0) | (result == 2)) & (controlled > 0)
    due = sent + errand.due_days if errand.due_days else np.full(count, NEVER)
    return pl.DataFrame(
        {
            "case_id": cases["case_id"],
            "case_number": cases["case_number"],
            "court_code": cases["court_code"],
            "channel": pl.repeat(errand.channel, count, eager=True),
            "unit_type": pl.Series(errand.units, dtype=pl.String).gather(pl.Series(unit)),
            "matter": pl.repeat(errand.matter, count, eager=True),
            "sent_at": at_work(sent, rng),
            "due_at": at_work(due, rng, fixed_second=17 * 3600),
            "feedback_at": at_work(np.where(back, feedback, NEVER), rng, fixed_second=18 * 3600),
            "result": pl.select(
                pl.when(pl.Series(back)).then(_RESULTS.gather(pl.Series(result.astype(np.uint32)))).otherwise(None)
            )[:, 0],
            "controlled_amount": pl.select(pl.when(pl.Series(got)).then(pl.Series(controlled)).otherwise(None))[:, 0],
        }
    )


def _as_planned(plan: Plan, share: CourtPlan, frame: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    period = period_of(frame["sent_at"].cast(pl.Date).cast(pl.Int32).to_numpy(), plan.window.periods)
    kept = [
        rng.permutation(np.flatnonzero(period == index))[:wanted]
        for index, wanted in enumerate(share.totals["assistance_requests"])
    ]
    return frame[np.sort(np.concatenate(kept))]

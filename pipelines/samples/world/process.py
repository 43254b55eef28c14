"""Nodes of the process, matters entrusted by other courts, petitions and rectification items of one court.
Requests to units outside the courts belong to `linkage`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from pipelines.extracts.contracts import vocabulary
from pipelines.samples.world.caseload import RESUMED
from pipelines.samples.world.cases import days
from pipelines.samples.world.days import NEVER, stream
from pipelines.samples.world.plan import CourtPlan, Plan
from pipelines.samples.world.times import at_work, identifiers


@dataclass(frozen=True)
class _Node:
    """A node: share of implementing cases, days from filing to its start, its term, mean days it takes (assumed)."""

    code: str
    share: float
    after_days: int
    term_days: int
    mean_days: float


_NODES = (
    _Node("N05", 1.00, 4, 10, 4.0),
    _Node("N07", 0.24, 30, 7, 3.4),
    _Node("N42", 0.26, 12, 365, 60.0),
    _Node("N43", 0.05, 20, 730, 90.0),
    _Node("N44", 0.09, 20, 1095, 110.0),
    _Node("N52", 0.60, 45, 4, 2.2),
)
_DEDUCTIONS = ("K01", "K02", "K03")  # stay, valuation and auction, service by notice
_DEDUCTION_SHARES = (0.25, 0.60, 0.15)
_ENTRUSTED = 0.05
_ENTRUSTED_MATTERS = ("查询财产", "查封不动产", "送达文书", "调查被执行人", "冻结款项", "过户登记")
_PETITION_SHARE = 0.009
_PETITION_SOURCES = ("最高人民法院", "省高级人民法院", "党委政法委", "人大代表", "来信来访")
_INDICATORS = ("QX03", "QX05", "QX07", "QX09", "QX24", "QX26")


def court_nodes(plan: Plan, share: CourtPlan, cases: pl.DataFrame) -> pl.DataFrame:
    """Nodes of one court's implementing cases; the court is told by the case, as the contract allows."""
    rng = stream(plan.seed, "nodes", share.court.code)
    implementing = cases.filter(pl.col("_kind") <= RESUMED)
    waves = [_node(plan, share, implementing, node, rng) for node in _NODES]
    waves.append(_deductions(plan, share, implementing))
    return pl.concat(waves, how="vertical").sort("started_at", "case_id", "node_code")


def _node(plan: Plan, share: CourtPlan, cases: pl.DataFrame, node: _Node, rng: np.random.Generator) -> pl.DataFrame:
    chosen = cases.filter(pl.Series(rng.random(cases.height) < node.share))
    filed = chosen["filed_date"].cast(pl.Int32).to_numpy().astype(np.int64)
    close = chosen["closed_date"].cast(pl.Int32).fill_null(NEVER).to_numpy()
    start = np.minimum(filed + rng.integers(0, 2 * node.after_days, chosen.height), close)
    inside = (start >= plan.window.start) & (start <= plan.window.end)
    chosen, start = chosen.filter(pl.Series(inside)), start[inside]
    wait = rng.gamma(1.5, node.mean_days / 1.5, len(start)) * np.exp(-0.25 * share.court.punctuality)
    end = start + np.round(wait).astype(np.int64)
    return pl.DataFrame(
        {
            "case_id": chosen["case_id"],
            "court_code": chosen["court_code"],
            "node_code": pl.repeat(node.code, len(start), eager=True),
            "started_at": at_work(start, rng),
            "due_at": at_work(start + node.term_days, rng, fixed_second=17 * 3600),
            "ended_at": at_work(np.where(end <= plan.window.end, end, NEVER), rng, fixed_second=18 * 3600),
        }
    )


def _deductions(plan: Plan, share: CourtPlan, cases: pl.DataFrame) -> pl.DataFrame:
    """Why a term ends later than six months after filing: days taken out of it, one stretch a case, as nodes."""
    rng = stream(plan.seed, "deductions", share.court.code)
    plain = pl.col("filed_date").dt.offset_by("6mo")
    chosen = cases.filter(pl.col("term_due_date") > plain)
    extra = chosen.select((pl.col("term_due_date") - plain).dt.total_days())[:, 0].to_numpy().astype(np.int64)
    start = chosen["filed_date"].cast(pl.Int32).to_numpy().astype(np.int64) + rng.integers(20, 80, chosen.height)
    inside = (start >= plan.window.start) & (start + extra <= plan.window.end)
    chosen, start, extra = chosen.filter(pl.Series(inside)), start[inside], extra[inside]
    return pl.DataFrame(
        {
            "case_id": chosen["case_id"],
            "court_code": chosen["court_code"],
            "node_code": pl.Series(
                rng.choice(_DEDUCTIONS, len(start), p=_DEDUCTION_SHARES).astype(str), dtype=pl.String
            ),
            "started_at": at_work(start, rng),
            "due_at": at_work(np.full(len(start), NEVER, dtype=np.int64), rng, fixed_second=17 * 3600),
            "ended_at": at_work(start + extra, rng, fixed_second=18 * 3600),
        }
    )


def court_entrustments(plan: Plan, share: CourtPlan, cases: pl.DataFrame) -> pl.DataFrame:
    """Matters that other courts of the sample entrusted to this court."""
    rng = stream(plan.seed, "entrustments", share.court.code)
    filed = cases.filter(pl.col("_kind") == 0)["filed_date"].cast(pl.Int32).to_numpy().astype(np.int64)
    filed = filed[(filed >= plan.window.start) & (rng.random(len(filed)) < _ENTRUSTED)]
    count = len(filed)
    others = [p.court.code for p in plan.courts if p.court.code != share.court.code] or [share.court.code]
    late = rng.random(count) < 1 / (1 + np.exp(2.5 + share.court.punctuality))
    done = filed + np.where(late, 11 + rng.geometric(0.12, count), np.minimum(rng.gamma(2, 2.4, count), 10)).astype(int)
    return pl.DataFrame(
        {
            "entrusting_court_code": pl.Series(rng.choice(others, count).astype(str), dtype=pl.String),
            "court_code": pl.repeat(share.court.code, count, eager=True),
            "matter": pl.Series(rng.choice(_ENTRUSTED_MATTERS, count).astype(str), dtype=pl.String),
            "accepted_at": at_work(filed, rng),
            "due_at": at_work(filed + 10, rng, fixed_second=18 * 3600),
            "completed_at": at_work(np.where(done <= plan.window.end, done, NEVER), rng, fixed_second=18 * 3600 - 60),
        }
    ).with_columns(identifiers("WT", share.court.index).alias("entrustment_id"))


def court_petitions(plan: Plan, share: CourtPlan, cases: pl.DataFrame) -> pl.DataFrame:
    """Petitions about this court's cases: nearly all resolved in time."""
    rng = stream(plan.seed, "petitions", share.court.code)
    about = cases.filter(pl.Series(rng.random(cases.height) < _PETITION_SHARE) & (pl.col("_kind") <= RESUMED))
    assigned = about["filed_date"].cast(pl.Int32).to_numpy() + rng.integers(20, 200, about.height).astype(np.int32)
    about = about.filter(pl.Series((assigned >= plan.window.start) & (assigned <= plan.window.end)))
    assigned = assigned[(assigned >= plan.window.start) & (assigned <= plan.window.end)]
    resolved = assigned + np.round(rng.gamma(3, 9.5, len(assigned))).astype(np.int32)
    return (
        about.select("court_code", "case_number")
        .with_columns(
            days(assigned).alias("assigned_date"),
            days(assigned + 60).alias("due_date"),
            days(np.where(resolved <= plan.window.end, resolved, NEVER)).alias("resolved_date"),
            pl.Series("source", rng.choice(_PETITION_SOURCES, len(assigned)).astype(str), dtype=pl.String),
        )
        .sort("assigned_date", "case_number")
        .with_columns(identifiers("XF", share.court.index).alias("petition_id"))
    )


def court_rectifications(plan: Plan, share: CourtPlan, cases: pl.DataFrame) -> pl.DataFrame:
    """Items of the rectification ledger, more of them in courts that do badly, most written off in time."""
    rng = stream(plan.seed, "rectifications", share.court.code)
    months = len(plan.window.months)
    count = int(rng.poisson(months * (0.06 + cases.height / 25_000) * np.exp(-share.court.punctuality / 2)))
    found = np.sort(rng.integers(plan.window.start, plan.window.end, count)).astype(np.int32)
    gone = found + np.round(rng.gamma(2.5, 16, count)).astype(np.int32)
    classes = [term.value for term in vocabulary("problem_class")]
    ways = [term.value for term in vocabulary("found_by")]
    return pl.DataFrame(
        {
            "court_code": pl.repeat(share.court.code, count, eager=True),
            "problem_class": _choice(classes, count, (0.42, 0.14, 0.16, 0.03, 0.15, 0.10), rng),
            "found_by": _choice(ways, count, (0.45, 0.30, 0.20, 0.05), rng),
            "found_date": days(found),
            "due_date": days(found + 60),
            "written_off_date": days(np.where(gone <= plan.window.end, gone, NEVER)),
            "indicator_code": _choice(list(_INDICATORS), count, None, rng),
        }
    ).with_columns(identifiers("ZG", share.court.index).alias("item_id"))


def _choice(values: list[str], count: int, shares: tuple[float, ...] | None, rng: np.random.Generator) -> pl.Series:
    return pl.Series(rng.choice(values, count, p=shares).astype(str), dtype=pl.String)

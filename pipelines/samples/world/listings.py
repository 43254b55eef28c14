"""Which cases bring their respondent onto the defaulter list, when, and who the respondent of every case is.
The listing records themselves, with their end, belong to `defaulters`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.samples.world.caseload import FIRST, RESUMED, Caseload, period_of
from pipelines.samples.world.days import NEVER, stream
from pipelines.samples.world.outcomes import SUSPENSION
from pipelines.samples.world.plan import CourtPlan, Plan

_EXTRA_SHARE = 0.16  # further listings, of persons already listed, per listed person
_RELISTED_SHARE = 0.35  # of resumed cases whose original was listed
_ELSEWHERE_SHARE = 0.25  # of further listings: the person is listed by another court as well


@dataclass(frozen=True)
class Parties:
    """Per case: the respondent's number, the day the respondent was listed (NEVER: not in this case)."""

    person: np.ndarray
    listed: np.ndarray


def parties(plan: Plan, share: CourtPlan, cases: Caseload) -> Parties:
    """Respondents and listings of one court: exactly its planned distinct persons, or its listings per period."""
    rng = stream(plan.seed, "listings", share.court.code)
    published = _published(plan, cases, rng)
    by_rows = "listings" in share.totals
    quota = share.totals["listings"] if by_rows else share.totals["distinct_defaulters"]
    base = _chosen(plan, cases, published, quota, by_rows, rng)
    extra = np.zeros(0, dtype=np.int64) if by_rows else _extra(plan, cases, base, rng)
    person = share.first_unlisted + np.arange(len(cases), dtype=np.int64)
    distinct = min(share.total("persons"), len(base))
    person[base[:distinct]] = share.first_person + np.arange(distinct)
    again = np.concatenate([base[distinct:], extra])
    if distinct:
        person[again] = share.first_person + rng.integers(0, distinct, len(again))
    if not by_rows and plan.listed_persons:
        elsewhere = extra[rng.random(len(extra)) < _ELSEWHERE_SHARE]
        person[elsewhere] = rng.integers(0, plan.listed_persons, len(elsewhere))
    listed = np.full(len(cases), NEVER, dtype=np.int32)
    listed[base], listed[extra] = published[base], published[extra]
    return _resumed(plan, cases, person, listed, by_rows, rng)


def _published(plan: Plan, cases: Caseload, rng: np.random.Generator) -> np.ndarray:
    """A day of publication for every case: some weeks after filing, before closing, in the period of filing."""
    wished = cases.filed + rng.integers(12, 62, len(cases)).astype(np.int32)
    period = np.maximum(period_of(cases.filed, plan.window.periods), 0)
    last = np.array([p.end for p in plan.window.periods], dtype=np.int32)[period]
    return np.maximum(np.minimum(np.minimum(wished, cases.close), last), np.maximum(cases.filed, plan.window.start))


def _chosen(plan: Plan, cases: Caseload, published: np.ndarray, quota: tuple[int, ...], by_rows: bool,
            rng: np.random.Generator) -> np.ndarray:  # fmt: skip
    """First-enforcement cases that are listed, in random order, suspended and slow ones more often than others."""
    weight = np.where(cases.mode == SUSPENSION, 4.0, 1.0) * np.where(published - cases.filed < 10, 0.1, 1.0)
    key = rng.exponential(size=len(cases)) / weight
    able = (cases.kind == FIRST) & (cases.filed >= plan.window.start)
    period = period_of(published, plan.window.periods)
    picks = []
    for index, wanted in enumerate(quota):
        among = np.flatnonzero(able & (period == index))
        if wanted > len(among):
            raise ValueError(f"{wanted} listings are wanted of {len(among)} cases: ask for more cases")
        picks.append(among[np.argsort(key[among], kind="stable")][:wanted])
    return rng.permutation(np.concatenate(picks))


def _extra(plan: Plan, cases: Caseload, base: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    free = np.ones(len(cases), dtype=bool)
    free[base] = False
    able = (cases.kind == FIRST) & (cases.close - cases.filed > 30) & (cases.filed >= plan.window.start)
    among = np.flatnonzero(free & able)
    return rng.permutation(among)[: round(len(base) * _EXTRA_SHARE)]


def _resumed(plan: Plan, cases: Caseload, person: np.ndarray, listed: np.ndarray, by_rows: bool,
             rng: np.random.Generator) -> Parties:  # fmt: skip
    """Resumed cases have the respondent of the case they resume, and are listed again now and then."""
    rows = np.flatnonzero((cases.kind == RESUMED) & (cases.original >= 0))
    original = cases.original[rows]
    person[rows] = person[original]
    again = (listed[original] < NEVER) & (rng.random(len(rows)) < _RELISTED_SHARE) & (not by_rows)
    day = np.minimum(np.minimum(cases.filed[rows] + 20, cases.close[rows]), plan.window.end)
    listed[rows[again]] = day[again]
    return Parties(person, listed)

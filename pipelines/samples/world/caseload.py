"""The bare cases of one court: type, filing, closing, mode, amounts claimed, and which case a resumed one resumes.
Their further dates, numbers and parties belong to `cases`."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from pipelines.samples.world import outcomes
from pipelines.samples.world.days import NEVER, Span, Window, filing_days, stream
from pipelines.samples.world.plan import CourtPlan, Plan
from pipelines.samples.world.settlement import settle

TYPES = ("执", "执恢", "执保", "执异", "执复", "执监", "执协", "执他")
FIRST, RESUMED, PRESERVATION, OBJECTION, REVIEW, SUPERVISION, COORDINATION, OTHER = range(8)
RESUMED_SHARE = 0.48  # of suspended cases: 1,283 of 2,672 in Gutian, domain notes §8.2

_FIRST_SHARE = {"high": 0.34, "intermediate": 0.52, "basic": 0.645}
_OTHER_TYPES = {  # shares of 执保 … 执他
    "high": (0.02, 0.05, 0.45, 0.25, 0.15, 0.08),
    "intermediate": (0.22, 0.20, 0.30, 0.12, 0.06, 0.10),
    "basic": (0.60, 0.255, 0.0, 0.02, 0.02, 0.105),
}
_OTHER_DAYS = np.array([0, 0, 17, 21, 38, 55, 40, 32])
_BEFORE_WINDOW = -1


@dataclass(frozen=True)
class Caseload:
    """Columns of equal length, one entry per case; days since 1970, NEVER when not yet; amounts in cents.

    `original` is the position of the case that a resumed one resumes, -1 when it lies before the window.
    """

    kind: np.ndarray
    filed: np.ndarray
    close: np.ndarray
    mode: np.ndarray
    requested: np.ndarray
    claim: np.ndarray
    original: np.ndarray

    def __len__(self) -> int:
        return len(self.kind)


def caseload(plan: Plan, share: CourtPlan) -> Caseload:
    """All cases of one court: the opening stock, then first-enforcement, then resumed and other cases."""
    rng = stream(plan.seed, "caseload", share.court.code)
    first_new = [round(n * _FIRST_SHARE[share.court.level]) for n in share.filed]
    first_opening = round(share.opening * 0.78)
    first_pending = _first_pending(share.pending, first_new, first_opening)
    first = _first(plan, share, first_opening, first_new, first_pending, rng)
    room = [n - f for n, f in zip(share.filed, first_new, strict=True)]
    resumed_filed, originals = _resumptions(first, plan.window, room, rng)
    rest_pending = [p - f for p, f in zip(share.pending, first_pending, strict=True)]
    filed = _rest_filed(plan, share, share.opening - first_opening, room, resumed_filed, rng)
    rest = _rest(plan, share, first, (originals, filed), rest_pending, rng)
    return Caseload(*(np.concatenate([getattr(first, f.name), getattr(rest, f.name)]) for f in fields(Caseload)))


def _first_pending(pending: tuple[int, ...], new: list[int], opening: int) -> list[int]:
    """How many of the pending are first-enforcement cases: all where few, else three in four."""
    kept, stock = [], opening
    for total, filed in zip(pending, new, strict=True):
        stock = min(total if total < 6 else round(total * 0.76), stock + filed)
        kept.append(stock)
    return kept


def _opening_days(window: Window, count: int, rng: np.random.Generator) -> np.ndarray:
    ages = np.where(rng.random(count) < 0.06, rng.gamma(2, 170, count), rng.gamma(1.1, 45, count))
    return np.sort(window.start - 1 - np.round(ages)).astype(np.int32)


def _first(plan: Plan, share: CourtPlan, opening: int, new: list[int], pending: list[int],
           rng: np.random.Generator) -> Caseload:  # fmt: skip
    window, court = plan.window, share.court
    old = _opening_days(window, opening, rng)
    days = [filing_days(window, span, n, court.growth, rng) for span, n in zip(window.periods, new, strict=True)]
    filed = np.concatenate([old, *days])
    claim = outcomes.claims(len(filed), rng)
    mode, requested, wished = _wishes(plan, share, filed, claim, rng, resumed=False)
    close = settle(filed, wished, window.periods, pending, rng)
    requested |= (mode == outcomes.SUSPENSION) & (close - filed < outcomes.SUSPENSION_MINIMUM_DAYS)
    claim = outcomes.never_an_act(mode, claim)
    none = np.full(len(filed), _BEFORE_WINDOW, dtype=np.int32)
    return Caseload(np.full(len(filed), FIRST, dtype=np.int8), filed, close, mode, requested, claim, none)


def _wishes(plan: Plan, share: CourtPlan, filed: np.ndarray, claim: np.ndarray, rng: np.random.Generator, *,
            resumed: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:  # fmt: skip
    """Mode, whether suspension was asked for, and closing day if nothing else mattered."""
    middle, span = (plan.window.start + plan.window.end) / 2, plan.window.end - plan.window.start
    mode = outcomes.modes(share.court, filed, claim, middle, span, rng, resumed=resumed)
    days, requested = outcomes.durations(share.court, mode, filed, middle, span, rng)
    wished = outcomes.hurried(filed, filed + days, mode, requested, rng)
    return mode, requested, _not_before(wished, filed, plan.window, rng)


def _not_before(wished: np.ndarray, filed: np.ndarray, window: Window, rng: np.random.Generator) -> np.ndarray:
    """Cases of the opening stock close within the window, whatever was wished."""
    late = window.start + rng.gamma(1.2, 40, len(filed)).astype(np.int32)
    return np.where(wished < window.start, late, wished).astype(np.int32)


def _resumptions(first: Caseload, window: Window, room: list[int], rng: np.random.Generator
                 ) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """(filing days, positions of the originals) of resumed cases: about 48 % of suspended ones, as room allows."""
    suspended = np.flatnonzero((first.mode == outcomes.SUSPENSION) & (first.close < NEVER))
    filed = first.close[suspended] + 30 + rng.gamma(1.25, 105, len(suspended)).astype(np.int32)
    weekday = (filed.astype(np.int64) + 3) % 7
    filed = (filed + np.where(weekday >= 5, 7 - weekday, 0)).astype(np.int32)
    wanted = round(len(suspended) * RESUMED_SHARE)
    can = rng.permutation(np.flatnonzero(filed <= window.end))[:wanted]
    chosen = [
        inside[: int(free * 0.85)]
        for span, free in zip(window.periods, room, strict=True)
        for inside in [can[(filed[can] >= span.start) & (filed[can] <= span.end)]]
    ]
    kept = np.concatenate(chosen)
    kept = kept[np.argsort(filed[kept], kind="stable")]
    return filed[kept], suspended[kept].astype(np.int32)


def _rest_filed(plan: Plan, share: CourtPlan, opening: int, room: list[int], resumed_filed: np.ndarray,
                rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:  # fmt: skip
    """Filing days of resumed cases, of the opening stock of the rest, and of what fills each period exactly."""
    window = plan.window
    old = _opening_days(window, opening, rng)
    fill = []
    for span, free in zip(window.periods, room, strict=True):
        taken = int(((resumed_filed >= span.start) & (resumed_filed <= span.end)).sum())
        fill.append(filing_days(window, span, free - taken, share.court.growth, rng))
    return resumed_filed, old, np.concatenate(fill)


def _rest_kinds(plan: Plan, share: CourtPlan, old: np.ndarray, new: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Types of the cases that fill up: in the beginning some still resume cases from before the window."""
    filed = np.concatenate([old, new])
    weights = np.array(_OTHER_TYPES[share.court.level])
    kind = rng.choice(np.arange(2, 8), size=len(filed), p=weights / weights.sum()).astype(np.int8)
    kind[rng.permutation(len(old))[: round(len(old) * 0.35)]] = RESUMED
    age = filed - plan.window.start
    early = (age >= 0) & (age < 500) & (rng.random(len(filed)) < 0.16 * (1 - age / 500))
    kind[early] = RESUMED
    return kind


def _rest(plan: Plan, share: CourtPlan, first: Caseload,
          planned: tuple[np.ndarray, tuple[np.ndarray, np.ndarray, np.ndarray]], pending: list[int],
          rng: np.random.Generator) -> Caseload:  # fmt: skip
    """Resumed cases and all other types. `planned`: positions of the originals, and `_rest_filed`."""
    window = plan.window
    originals, (resumed_filed, old, new) = planned
    other_kind = _rest_kinds(plan, share, old, new, rng)
    kind = np.concatenate([np.full(len(originals), RESUMED, dtype=np.int8), other_kind])
    filed = np.concatenate([resumed_filed, old, new])
    original = np.concatenate([originals, np.full(len(other_kind), _BEFORE_WINDOW, dtype=np.int32)])
    claim = _rest_claims(first, kind, original, rng)
    mode, requested, wished = _wishes(plan, share, filed, claim, rng, resumed=True)
    resumed = kind == RESUMED
    mode, requested = _other_modes(kind, mode, requested, rng)
    days = np.maximum(rng.gamma(1.8, _OTHER_DAYS[kind] / 1.8), 1) * share.court.speed
    other_wish = _not_before((filed + days).astype(np.int32), filed, window, rng)
    close = settle(filed, np.where(resumed, wished, other_wish), window.periods, pending, rng)
    requested |= resumed & (mode == outcomes.SUSPENSION) & (close - filed < outcomes.SUSPENSION_MINIMUM_DAYS)
    return Caseload(kind, filed, close, mode, requested, outcomes.never_an_act(mode, claim), original)


def _rest_claims(first: Caseload, kind: np.ndarray, original: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    claim = outcomes.claims(len(kind), rng, median_yuan=70_000)
    inherited = first.claim[np.maximum(original, 0)] if len(first) else claim
    claim = np.where(original >= 0, inherited, claim)
    return np.where((kind == RESUMED) | (kind == PRESERVATION), claim, 0)


def _other_modes(kind: np.ndarray, mode: np.ndarray, requested: np.ndarray, rng: np.random.Generator
                 ) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """Cases that are not implementing ones end in 终结执行, dismissed objections in 驳回申请, a few in 销案."""
    draw = rng.random(len(kind))
    examined = (kind == OBJECTION) | (kind == REVIEW) | (kind == SUPERVISION)
    other = np.where(examined & (draw < 0.7), outcomes.DISMISSAL, outcomes.TERMINATION)
    other = np.where(~examined & (draw > 0.97), outcomes.WITHDRAWAL, other)
    resumed = kind == RESUMED
    return np.where(resumed, mode, other).astype(np.int8), requested & resumed


def period_of(days: np.ndarray, periods: tuple[Span, ...]) -> np.ndarray:
    """Index of the period a day lies in, -1 before the first."""
    return np.searchsorted(np.array([p.start for p in periods]), days, side="right") - 1

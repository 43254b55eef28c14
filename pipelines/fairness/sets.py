"""Which courts are surely above which, and what that says of ranks: simultaneous sets, the first few and the last few.
One critical value for all pairs of a league, so that what is said of its ranks holds at once; one rank: ranks.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri, stdtrit

from pipelines.fairness.draws import Draws, generator
from pipelines.fairness.estimates import Floats

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
ERROR = 0.05  # of all that is said of one league's ranks, the chance that anything is false
SAMPLES = 5000  # two hundred and fifty of them lie beyond the critical value
DRAWN = 1000  # of the composite's draws: fifty lie beyond
LEAST_SPREAD = 1e-12  # points: courts with the same points in every draw
FEWEST, MOST, SHARE = 3, 5, 3  # the first five, in a small league a third of it; of two courts there is nothing to say


def ends(ranked: int) -> int:
    """How many courts are "the first" and how many "the last" of those ranked: the τ of the τ-best and τ-worst sets."""
    return min(MOST, ranked // SHARE) if ranked >= FEWEST else 0


def rank_sets(above: Bools) -> tuple[Ints, Ints]:
    """(low, high) of every court: 1 + those surely above it … all − those surely below it; i is above j in above[i, j].

    Mogstad, Romano, Shaikh and Wilhelm 2024, Review of Economic Studies 91, doi:10.1093/restud/rdad006; csranks is
    their R package. With 95 % every set holds its true rank, so that the courts with high > all − τ hold all true last
    τ (their τ-worst set) and those with low > all − τ are among them; the same for the first.
    """
    return 1 + above.sum(axis=0), len(above) - above.sum(axis=1)


def surely_above(centre: Floats, error: Floats, freedom: Floats, family: Bools | None = None) -> Bools:
    """Courts × courts: pairs told apart when all of `family` (by default every pair) are judged at once.

    Independent estimates, larger is better; one that is NaN is told apart from none. The critical value is the
    quantile of the greatest studentised difference by the parametric bootstrap of the paper, taken anew without the
    pairs already told apart. An estimate on few records has the error at which a normal one would reach as far.
    """
    found = np.zeros((len(centre), len(centre)), dtype=bool)
    known = np.flatnonzero(np.isfinite(centre) & np.isfinite(error))
    pairs = ~np.eye(len(known), dtype=bool) & (True if family is None else family[np.ix_(known, known)])
    if pairs.any():
        found[np.ix_(known, known)] = _told_apart(centre[known], error[known], freedom[known], pairs)
    return found


def _told_apart(centre: Floats, error: Floats, freedom: Floats, pairs: Bools) -> Bools:
    tail = ERROR / pairs.sum()
    size = error * _reach(freedom, tail)
    spread = np.hypot(size[:, None], size[None, :])
    studentised, floor = (centre[:, None] - centre) / spread, float(-ndtri(min(4 * tail, 0.5)))
    if not (studentised[pairs] > floor).any():  # no critical value lies below the floor
        return np.zeros_like(pairs)
    chances = _chances(len(centre), floor)
    one, two = chances.first, chances.second
    greatest = (size[one] * chances.high - size[two] * chances.low) / spread[one, two]
    return _stepped_down(studentised, pairs, lambda left: chances.critical(np.where(left[one, two], greatest, 0)))


def surely_above_by_draws(drawn: Draws) -> Bools:
    """The same from joint draws (courts × draws) of values that have no standard error of their own: the composite."""
    values = drawn[:, :DRAWN].astype(np.float64)
    centre = values.mean(axis=1)
    values -= centre[:, None]
    variance = np.cov(values)
    spread = np.sqrt(np.maximum(np.diag(variance)[:, None] + np.diag(variance) - 2 * variance, LEAST_SPREAD))

    def critical(left: Bools) -> float:
        greatest = np.zeros(values.shape[1])
        for court in range(len(centre)):
            others = np.flatnonzero(left[court])
            if others.size:
                beyond = (values[court] - values[others]) / spread[court, others][:, None]
                np.maximum(greatest, beyond.max(axis=0), out=greatest)
        return float(np.quantile(greatest, 1 - ERROR))

    return _stepped_down((centre[:, None] - centre) / spread, ~np.eye(len(centre), dtype=bool), critical)


def surely_nearer(low: Floats, high: Floats) -> Bools:
    """Pairs told apart by intervals of a distance that hold for all courts at once: the one ends before the other."""
    return high[:, None] < low[None, :]


def simultaneous_reach(courts: int, freedom: Floats) -> Floats:
    """Standard errors on either side of each of `courts` independent estimates that hold all of them with 95 %."""
    tail = (1 - (1 - ERROR) ** (1 / courts)) / 2
    return -ndtri(tail) * _reach(freedom, tail)


def _reach(freedom: Floats, tail: float) -> Floats:
    """How much further than a normal one an estimate with `freedom` degrees reaches at `tail`; 1 where it is normal."""
    counted = np.isfinite(freedom) & (freedom >= 1)
    return np.where(counted, stdtrit(np.where(counted, freedom, 1), tail) / ndtri(tail), 1.0)


def _stepped_down(studentised: Floats, pairs: Bools, critical: Callable[[Bools], float]) -> Bools:
    """Pairs beyond the critical value of all pairs that are left, until none is added."""
    left, found = pairs.copy(), np.zeros_like(pairs)
    while left.any():
        new = left & (studentised > critical(left))
        if not new.any():
            break
        found |= new
        left &= ~new
    return found


@dataclass(frozen=True)
class _Chances:
    """The pairs of standard normal draws that can reach a floor with some errors, by sample; the others never do."""

    first: Ints
    second: Ints
    high: Floats
    low: Floats
    starts: Ints
    floor: float

    def critical(self, greatest: Floats) -> float:
        """The quantile over the samples of the greatest of each, or the floor where that is larger."""
        if not len(self.starts):
            return self.floor
        samples = np.zeros(SAMPLES)
        samples[: len(self.starts)] = np.maximum.reduceat(greatest, self.starts)
        return max(self.floor, float(np.quantile(samples, 1 - ERROR)))


@lru_cache(maxsize=512)
def _chances(courts: int, floor: float) -> _Chances:
    """(a z − b w) with a² + b² = 1 is at most √(z² + w²): a pair that stays below the floor there does so everywhere.

    A pair in two thousand is left of 46 courts: five thousand samples of all pairs cost what three of each would.
    """
    chance = generator("rank sets", str(courts)).standard_normal((SAMPLES, courts))
    highest, lowest = np.maximum(chance, 0) ** 2, np.minimum(chance, 0) ** 2
    parts = []
    for court in range(courts):
        near = np.flatnonzero(highest[:, court] + lowest.max(axis=1) > floor**2)
        sample, other = np.nonzero(highest[near, court][:, None] + lowest[near] > floor**2)
        parts.append(np.column_stack([near[sample], np.full(len(sample), court), other]))
    found = np.concatenate(parts)
    sample, first, second = found[np.argsort(found[:, 0], kind="stable")].T
    starts = np.flatnonzero(np.r_[True, sample[1:] != sample[:-1]]) if len(sample) else np.array([], dtype=int)
    return _Chances(first, second, chance[sample, first], chance[sample, second], starts, floor)

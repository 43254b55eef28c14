"""Draws of what the courts of one peer group may truly be worth, repeatable and in no need of a common order.
Estimates come from estimates.py; what is made of the draws, ranks and their intervals, is in ranks.py."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipelines.fairness.estimates import Floats

Draws = npt.NDArray[np.float32]  # courts × draws
DRAWS = 2000  # the 2.5 % quantile of a rank rests on fifty draws
UNWEIGHTED_DRAWS = 1000  # on twenty-five, where nothing else is made of the draws
STEPS = 50  # the variance between courts settles in fewer than ten
LEAST_VARIANCE = 1e-8  # courts that differ by less cannot be told apart on any scale used here


def generator(*names: str) -> np.random.Generator:
    """A generator seeded by what is drawn, never by when: the same names give the same draws on every machine."""
    digest = hashlib.sha256("\x1f".join(names).encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16], "big")))


def between_variance(centre: Floats, error: Floats) -> tuple[float, float]:
    """(mean, variance) of the true values of a peer group: the variance that makes Q its expectation.

    Paule and Mandel 1982, by Newton's steps from below, where Q is convex: they rise and never overshoot.
    LEAST_VARIANCE where sampling error explains all the difference there is.
    """
    variance, squared = LEAST_VARIANCE, error**2
    for _ in range(STEPS):
        weight = 1 / (squared + variance)
        mean = np.dot(weight, centre) / weight.sum()
        terms = weight * (centre - mean) ** 2
        excess = float(terms.sum()) - (len(centre) - 1)
        if excess <= 1e-6 * len(centre):
            break
        variance += excess / float(np.dot(weight, terms))
    return float(mean), variance


@dataclass(frozen=True)
class Deviations:
    """Draws of each court's deviation from the mean of its peer group, in units of the spread between the courts."""

    drawn: Draws
    mean: float
    spread: float

    @property
    def values(self) -> Floats:
        """The draws on the scale of the estimates."""
        return self.mean + self.spread * self.drawn.astype(np.float64)


def noise(courts: int, draws: int, *names: str) -> Draws:
    """Standard normal draws, courts × draws, for what is named. Courts are taken in the order of their codes."""
    return generator(*names).standard_normal((courts, draws), dtype=np.float32)


def deviations(centre: Floats, error: Floats, chance: Draws) -> Deviations:
    """Draws for the courts of one peer group from the `noise` of each; overwrites `chance`.

    A court without an estimate (NaN) is drawn as any court of the group; at least two need one.

    Posterior of a normal model with the group's own mean and variance: an estimate that knows little is drawn
    towards the group. Plain draws from each court's own posterior scatter twice (once in the data, once in the
    draw) and cover less than they say: 89 % of the true ranks of a month of 150 courts, where these cover 96 %, and
    57 % of the true best and worst where courts are alike, against 88 % (tests/benchmarks/coverage.py).
    """
    known = np.isfinite(centre) & np.isfinite(error)
    mean, variance = between_variance(centre[known], error[known])
    spread, squared = float(np.sqrt(variance)), np.where(known, error, 0) ** 2
    kept = np.where(known, variance / (variance + squared), 0)
    centred, scatter = kept * (np.where(known, centre, mean) - mean) / spread, np.sqrt(1 - kept)
    chance *= scatter.astype(np.float32)[:, None]
    chance += centred.astype(np.float32)[:, None]
    return Deviations(chance, mean, spread)

"""Life tables with competing risks: how many cases have ended in which way by an age, those still open counted as such.
Plain arithmetic on counts by age; where the counts come from, and what is said of them, belongs to the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
NORMAL = 1.959963984540054  # the 97.5 % point


@dataclass(frozen=True)
class Counts:
    """By age in days (index): `ended` by cause, `censored` still open when last seen, `entered` first seen at that age.

    Whoever ends at the age at which others are last seen is taken to end before they are out of sight. Whoever is first
    seen at an age is at risk from the day after.
    """

    ended: Mapping[str, Array]
    censored: Array
    entered: Array

    @property
    def count(self) -> float:
        return float(sum(part.sum() for part in self.ended.values()) + self.censored.sum())


@dataclass(frozen=True)
class Curve:
    """Cumulative incidence of each cause at every age, its variance, and the share still open; Aalen and Johansen 1978.

    Variances by the delta method of Marubini and Valsecchi (1995, eq. 10.13). Beyond the last age at which somebody was
    at risk nothing is known, NaN, unless nobody was left open.
    """

    incidence: Mapping[str, Array]
    variance: Mapping[str, Array]
    still_open: Array
    at_risk: Array


def curve(counts: Counts) -> Curve:
    """The Aalen-Johansen estimate with late entry and right-censoring."""
    causes = {cause: np.asarray(part, dtype=float) for cause, part in counts.ended.items()}
    every: Array = np.sum(list(causes.values()), axis=0)
    leaving = every + counts.censored
    # At risk on day t: all who leave on it or later, less those who are first seen on it or later, day 0 apart.
    later_entries = np.concatenate([np.cumsum(counts.entered[::-1])[::-1], [0.0]])[:-1]
    later_entries[0] = counts.entered[1:].sum() if len(counts.entered) > 1 else 0.0
    at_risk = np.cumsum(leaving[::-1])[::-1] - later_entries
    hazard = _over(every, at_risk)
    staying: Array = np.cumprod(1 - hazard).astype(np.float64)
    before = np.concatenate([[1.0], staying[:-1]])
    is_known = (np.cumsum(at_risk[::-1])[::-1] > 0) | (staying == 0)
    incidence = {cause: np.cumsum(before * _over(part, at_risk)) for cause, part in causes.items()}
    variance = {cause: _variance(incidence[cause], causes[cause], every, at_risk, before) for cause in causes}
    blank: Array = np.where(is_known, 1.0, np.nan).astype(np.float64)
    return Curve(
        {cause: part * blank for cause, part in incidence.items()},
        {cause: part * blank for cause, part in variance.items()},
        staying * blank,
        at_risk,
    )


def _variance(incidence: Array, ended: Array, every: Array, at_risk: Array, before: Array) -> Array:
    """Of the incidence at every age: sums over earlier ages, expanded in the incidence itself, so in one pass."""
    general = _over(every, at_risk * (at_risk - every))
    own = before**2 * _over((at_risk - ended) * ended, at_risk**3)
    mixed = before * _over(ended, at_risk**2)
    squares, crossed = np.cumsum(general), np.cumsum(general * incidence)
    first = incidence**2 * squares - 2 * incidence * crossed + np.cumsum(general * incidence**2)
    last = incidence * np.cumsum(mixed) - np.cumsum(mixed * incidence)
    return np.asarray(np.maximum(first + np.cumsum(own) - 2 * last, 0.0))


def _over(part: Array, whole: Array) -> Array:
    return np.divide(part, whole, out=np.zeros_like(part, dtype=float), where=whole > 0)


def interval(share: float, variance: float) -> tuple[float, float]:
    """95 %, on the scale log(-log): its ends stay between 0 and 1. NaN where it says nothing."""
    if not 0 < share < 1 or not variance > 0:
        return (float("nan"), float("nan"))
    scale = log(-log(share))
    width = NORMAL * variance**0.5 / abs(share * log(share))
    return (exp(-exp(scale + width)), exp(-exp(scale - width)))


def difference(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    """95 % interval of the difference of two independent incidences, each given as (share, variance): MOVER.

    Zou and Donner 2008, from the two intervals. NaN where one of them says nothing.
    """
    (a, b), ((a_low, a_high), (b_low, b_high)) = (one[0], other[0]), (interval(*one), interval(*other))
    gap = a - b
    low = gap - float(np.hypot(a - a_low, b_high - b))
    return (low, gap + float(np.hypot(a_high - a, b - b_low)))


def added(parts: Sequence[Counts]) -> Counts:
    """Several courts as one."""
    length = max(len(part.censored) for part in parts)

    def padded(array: Array) -> Array:
        return np.pad(np.asarray(array, dtype=float), (0, length - len(array)))

    causes = list(parts[0].ended)
    return Counts(
        {cause: np.sum([padded(part.ended[cause]) for part in parts], axis=0) for cause in causes},
        np.sum([padded(part.censored) for part in parts], axis=0),
        np.sum([padded(part.entered) for part in parts], axis=0),
    )

"""From additive sums to an estimate and its standard error, on the scale on which it is closest to normal.
Intervals are made in intervals.py and draws in draws.py; nothing here knows about courts or ranks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import digamma, polygamma

Floats = npt.NDArray[np.float64]
METHODS = ("proportion", "mean", "amount_ratio", "amount_mean", "count")
# With fewer records a spread says nothing: Student's t on one degree of freedom reaches 12.7 standard errors.
SMALLEST_SAMPLE = 3
# A sum of squares that falls below n times the squared mean by rounding alone is no variance.
SMALLEST_SPREAD = 1e-12


@dataclass(frozen=True)
class Sums:
    """What is kept of the cases behind each value; arrays of one length, NaN where a sum does not apply.

    y is the numerator and x the denominator, n the number of records: Σy, Σx, n, Σy², Σx², Σxy.
    """

    y: Floats
    x: Floats
    n: Floats
    yy: Floats
    xx: Floats
    xy: Floats

    def where(self, rows: npt.NDArray[np.bool_]) -> Sums:
        return Sums(*(getattr(self, name)[rows] for name in ("y", "x", "n", "yy", "xx", "xy")))


@dataclass(frozen=True)
class Estimates:
    """Centre and standard error on the scale of `link` ("logit" or "log"), and the degrees of freedom behind them."""

    centre: Floats
    error: Floats
    freedom: Floats


def link_of(method: str) -> str:
    """Shares are compared as log odds, durations and counts as logarithms."""
    return "logit" if method in ("proportion", "amount_ratio") else "log"


def unlinked(method: str, values: Floats) -> Floats:
    """Back from the scale of the link to the scale of the indicator."""
    return 1 / (1 + np.exp(-values)) if link_of(method) == "logit" else np.exp(values)


def estimates(method: str, sums: Sums) -> Estimates:
    """Estimates by one of METHODS; NaN where the sums do not allow one. KeyError for another method."""
    by_method = {
        "proportion": _proportion, "mean": _mean, "amount_ratio": _amount_ratio, "amount_mean": _amount_mean,
        "count": _count,
    }  # fmt: skip
    with np.errstate(divide="ignore", invalid="ignore"):
        return by_method[method](sums)


def _proportion(sums: Sums) -> Estimates:
    """x of n under Jeffreys' prior: mean and variance of the log odds of Beta(x + ½, n − x + ½), in closed form."""
    successes, failures = sums.y + 0.5, sums.x - sums.y + 0.5
    valid = (sums.y >= 0) & (sums.y <= sums.x) & (sums.x > 0)
    successes, failures = np.where(valid, successes, np.nan), np.where(valid, failures, np.nan)
    centre = digamma(successes) - digamma(failures)
    error = np.sqrt(polygamma(1, successes) + polygamma(1, failures))
    return Estimates(centre, error, np.full(len(centre), np.inf))


def _count(sums: Sums) -> Estimates:
    """Events over an exposure under Jeffreys' prior: mean and variance of the logarithm of Gamma(y + ½, x)."""
    events = np.where((sums.y >= 0) & (sums.x > 0), sums.y + 0.5, np.nan)
    centre = digamma(events) - np.log(sums.x)
    return Estimates(centre, np.sqrt(polygamma(1, events)), np.full(len(centre), np.inf))


def _mean(sums: Sums) -> Estimates:
    """Σd of n with Σd²: the logarithm of the mean, for days and amounts are positive and skewed to the right."""
    mean = np.where((sums.n >= SMALLEST_SAMPLE) & (sums.y > 0), sums.y / sums.n, np.nan)
    spread = np.maximum(sums.yy - sums.n * mean**2, SMALLEST_SPREAD * sums.yy) / (sums.n - 1)
    return Estimates(np.log(mean), np.sqrt(spread / sums.n) / mean, sums.n - 1)


def _amount_ratio(sums: Sums) -> Estimates:
    """Σy of Σx by the delta method on the log odds, with one case of mean size added, half of it recovered.

    The added case is Jeffreys' prior for amounts: where all cases are of one size and paid in full or not at all,
    the centre is (k + ½) ÷ (n + 1). Without it a court that recovered everything would have no uncertainty at all.
    """
    valid = (sums.n >= SMALLEST_SAMPLE) & (sums.x > 0) & (sums.y >= 0) & (sums.y <= sums.x)
    size = np.where(valid, sums.x / sums.n, np.nan)
    n, x, y = sums.n + 1, sums.x + size, sums.y + size / 2
    ratio = y / x
    residual = (sums.yy + size**2 / 2) - 2 * ratio * (sums.xy + size**2 / 2) + ratio**2 * (sums.xx + size**2)
    spread = np.maximum(residual, SMALLEST_SPREAD * x**2) * n / (n - 1)
    return Estimates(np.log(ratio / (1 - ratio)), np.sqrt(spread) / x / (ratio * (1 - ratio)), sums.n - 1)


def _amount_mean(sums: Sums) -> Estimates:
    """Σy of Σx by the delta method on the logarithm: a mean weighted by amounts, which may exceed one."""
    valid = (sums.n >= SMALLEST_SAMPLE) & (sums.x > 0) & (sums.y > 0)
    ratio = np.where(valid, sums.y / sums.x, np.nan)
    residual = sums.yy - 2 * ratio * sums.xy + ratio**2 * sums.xx
    spread = np.maximum(residual, SMALLEST_SPREAD * sums.y**2) * sums.n / (sums.n - 1)
    return Estimates(np.log(ratio), np.sqrt(spread) / sums.y, sums.n - 1)

"""The 95 % interval of a value, by the method of its indicator.
Estimates and their scales come from estimates.py; intervals of ranks are made in ranks.py."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import betaincinv, gammaincinv, stdtrit

from pipelines.fairness.estimates import METHODS, Floats, Sums, estimates, unlinked

TAIL = 0.025  # on either side


def value_intervals(methods: npt.NDArray[np.str_], sums: Sums) -> tuple[Floats, Floats]:
    """(low, high) for every row by its method; NaN for a method that is none of METHODS or sums that allow none.

    An interval always holds the value it belongs to: where the prior would push it off 0 or 1, it is widened.
    """
    low, high = np.full(len(sums.y), np.nan), np.full(len(sums.y), np.nan)
    for method in METHODS:
        rows = methods == method
        if rows.any():
            low[rows], high[rows] = _intervals(method, sums.where(rows))
    with np.errstate(divide="ignore", invalid="ignore"):
        value = sums.y / sums.x
    return np.fmin(low, np.where(np.isnan(low), np.nan, value)), np.fmax(high, np.where(np.isnan(high), np.nan, value))


def _intervals(method: str, sums: Sums) -> tuple[Floats, Floats]:
    if method == "proportion":
        return _beta(sums)
    if method == "count":
        return _gamma(sums)
    found = estimates(method, sums)
    freedom = np.where(np.isfinite(found.freedom) & (found.freedom >= 1), found.freedom, np.nan)
    reach = -stdtrit(freedom, TAIL) * found.error
    return unlinked(method, found.centre - reach), unlinked(method, found.centre + reach)


def _beta(sums: Sums) -> tuple[Floats, Floats]:
    """Quantiles of Beta(x + ½, n − x + ½); 0 of n begins at 0 and n of n ends at 1 (Brown, Cai and DasGupta 2001)."""
    valid = (sums.y >= 0) & (sums.y <= sums.x) & (sums.x > 0)
    successes = np.where(valid, sums.y + 0.5, np.nan)
    failures = np.where(valid, sums.x - sums.y + 0.5, np.nan)
    low = np.where(valid & (sums.y == 0), 0.0, betaincinv(successes, failures, TAIL))
    high = np.where(valid & (sums.y == sums.x), 1.0, betaincinv(successes, failures, 1 - TAIL))
    return low, high


def _gamma(sums: Sums) -> tuple[Floats, Floats]:
    """Quantiles of Gamma(events + ½) over the exposure; no events begin at 0."""
    valid = (sums.y >= 0) & (sums.x > 0)
    events, exposure = np.where(valid, sums.y + 0.5, np.nan), np.where(valid, sums.x, np.nan)
    low = np.where(valid & (sums.y == 0), 0.0, gammaincinv(events, TAIL) / exposure)
    return low, gammaincinv(events, 1 - TAIL) / exposure

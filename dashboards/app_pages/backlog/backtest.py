"""How wrong projections were: made again at every past month from what was known then, and held against what came.
Intervals are taken from those errors, each from errors that were known at its origin."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboards.app_pages.backlog.projection import Array, History, project

SHARE = 0.80
MOST = 24  # months ahead
ORIGINS = 36
FIRST_KNOWN = 10  # months from which the earliest projection is made
# Errors of large courts are larger, but a smaller share of their stock: between a count's chance (0.5) and a share (1).
POWER = 0.7


@dataclass(frozen=True)
class Errors:
    """court × origin × months ahead, NaN where what came is not known: error over the size of the projection.

    `origins` are the months (of the history) at whose end each was made.
    """

    relative: Array
    projected: Array
    actual: Array
    origins: tuple[int, ...]


def errors(history: History) -> Errors:
    """Of the last 36 origins at which at least ten months were known."""
    first = max(FIRST_KNOWN - 1, history.months - 1 - ORIGINS)
    origins = tuple(range(first, history.months - 1))
    shape = (history.stock.shape[0], len(origins), MOST)
    projected, actual = np.full(shape, np.nan), np.full(shape, np.nan)
    for place, origin in enumerate(origins):
        ahead = min(MOST, history.months - 1 - origin)
        projected[:, place, :ahead] = project(history.until(origin), ahead).stock
        actual[:, place, :ahead] = history.stock[:, origin + 1 : origin + 1 + ahead]
    return Errors((actual - projected) / size(projected), projected, actual, origins)


def size(projected: Array) -> Array:
    return np.asarray((projected + 1.0) ** POWER)


def spread(found: Errors, at: int, least: int = 1) -> Array:
    """Months ahead × (low, high): what 80 % of the relative errors known at the end of a month lay between.

    NaN where none was known. Of horizons with fewer than `least` origins those of the longest one that has them,
    grown with the root of the time.
    """
    ends = np.full((MOST, 2), np.nan)
    tails = [(1 - SHARE) / 2, (1 + SHARE) / 2]
    for ahead in range(1, MOST + 1):
        for nearer in range(ahead, 0, -1):
            places = [place for place, origin in enumerate(found.origins) if origin + nearer <= at]
            if len(places) >= least:
                known = found.relative[:, places, nearer - 1]
                ends[ahead - 1] = np.quantile(known[~np.isnan(known)], tails) * np.sqrt(ahead / nearer)
                break
    return ends


@dataclass(frozen=True)
class Coverage:
    """Of `count` past intervals the share that held what came; `origins` and `longest` say how far it was tried."""

    share: float
    count: int
    origins: int
    longest: int


def coverage(found: Errors, least: int = 1) -> Coverage:
    """Every court, origin and month ahead at which an interval could be made and what came is known."""
    hits, count, tried, longest = 0, 0, 0, 0
    for place, origin in enumerate(found.origins):
        ends = spread(found, origin, least)
        relative = found.relative[:, place]
        is_known = ~np.isnan(relative) & ~np.isnan(ends[:, 0])
        if is_known.any():
            tried += 1
            longest = max(longest, int(np.flatnonzero(is_known.any(axis=0))[-1]) + 1)
        hits += int(((relative >= ends[:, 0]) & (relative <= ends[:, 1]) & is_known).sum())
        count += int(is_known.sum())
    return Coverage(hits / count if count else float("nan"), count, tried, longest)


def interval(found: Errors, projected: Array, at: int, least: int = 1) -> tuple[Array, Array]:
    """Low and high ends around projections (court × months ahead) made at the end of a month."""
    ends = spread(found, at, least)[: projected.shape[1]]
    around = size(projected)
    return np.maximum(projected + around * ends[:, 0], 0.0), projected + around * ends[:, 1]

"""Ranks of draws, the intervals they span, and the bands of courts that cannot be told apart.
Draws are made in draws.py; which courts are compared is decided in leagues.py."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pipelines.fairness.draws import Draws

Ranks = npt.NDArray[np.integer]
Ints = npt.NDArray[np.int64]
COMPARED = 2**19  # comparisons made at once: they stay in the cache of one core


def ranks_of_draws(goodness: Draws) -> Ranks:
    """Rank of every court (row) in every draw (column), 1 for the greatest; ties share the smaller rank."""
    whole = np.dtype(np.uint8 if len(goodness) < 256 else np.uint16)
    ranks = np.empty(goodness.shape, dtype=whole)
    together = max(1, COMPARED // goodness.size)
    for first in range(0, len(goodness), together):
        rows = slice(first, first + together)
        ahead = goodness[:, None, :] > goodness[None, rows, :]
        np.add.reduce(ahead.view(np.uint8), axis=0, dtype=whole, out=ranks[rows])
    ranks += whole.type(1)
    return ranks


def rank_intervals(ranks: Ranks, observed: Ints) -> tuple[Ints, Ints]:
    """(low, high): 2.5 % and 97.5 % quantiles of each court's drawn ranks, widened to hold the rank observed."""
    courts, draws = ranks.shape
    places = ranks + (np.arange(courts, dtype=np.int64) * (courts + 1))[:, None]
    counted = np.bincount(places.ravel(), minlength=courts * (courts + 1)).reshape(courts, courts + 1)
    reached = np.cumsum(counted, axis=1)
    low, high = ((reached < share * draws).sum(axis=1) for share in (0.025, 0.975))
    return np.minimum(low, observed), np.maximum(high, observed)


def points(ranks: Ranks) -> npt.NDArray[np.float32]:
    """100 × (ranked − rank + 1) ÷ ranked, as in the scores."""
    ranked = np.float32(len(ranks))
    return (ranked + 1 - ranks.astype(np.float32)) * (100 / ranked)


def tie_bands(observed: Sequence[int], low: Sequence[int], high: Sequence[int]) -> list[int]:
    """Band of every court: a new band begins where a court's interval no longer meets that of the band's first.

    Courts that share a rank share a band; the first of a band are all courts of its first rank, taken together.
    """
    spans: dict[int, tuple[int, int]] = {}
    for rank, lowest, highest in zip(observed, low, high, strict=True):
        first, last = spans.get(rank, (lowest, highest))
        spans[rank] = min(first, lowest), max(last, highest)
    bands: dict[int, int] = {}
    band, reach = 0, 0
    for rank in sorted(spans):
        if band == 0 or spans[rank][0] > reach:
            band, reach = band + 1, spans[rank][1]
        bands[rank] = band
    return [bands[rank] for rank in observed]

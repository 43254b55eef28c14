"""Closing days that leave exactly the planned number of cases pending at the end of each period.
Where the wished closing days come from belongs to `outcomes`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipelines.samples.world.days import NEVER, Span, on_weekdays

_RUSH_DAYS = 30


def settle(filed: np.ndarray, wished: np.ndarray, periods: Sequence[Span], pending: Sequence[int],
           rng: np.random.Generator) -> np.ndarray:  # fmt: skip
    """Closing days near `wished`, NEVER for cases still open after the last period.

    At each period's end the `pending` cases with the latest wish stay open and all others are closed. ValueError
    if there are fewer cases than are to stay open.
    """
    close = wished.astype(np.int32)
    for span, keep in zip(periods, pending, strict=True):
        close = np.where((filed < span.start) & (close < span.start), close, np.maximum(close, filed))
        stock = np.flatnonzero((filed <= span.end) & (close >= span.start))
        if keep > len(stock):
            raise ValueError(f"{keep} cases are to stay open of {len(stock)}")
        order = stock[np.argsort(-(close[stock] + rng.random(len(stock)) * 0.5), kind="stable")]
        stay, leave = order[:keep], order[keep:]
        early = stay[close[stay] <= span.end]
        close[early] = span.end + rng.geometric(1 / 25, len(early)).astype(np.int32)
        late = leave[close[leave] > span.end]
        low = np.maximum(np.maximum(filed[late], span.start), span.end - _RUSH_DAYS)
        close[late] = low + (rng.random(len(late)) * (span.end - low + 1)).astype(np.int32)
    close = on_weekdays(close, filed, tuple(periods))
    return np.where(close > periods[-1].end, NEVER, close).astype(np.int32)

"""Times of day for events whose day is known, and rows chosen among a court's cases for rarer events.
Which events there are belongs to the modules of each kind."""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.samples.world.days import NEVER

_OPENS, _CLOSES = 9 * 3600, 17 * 3600


def at_work(days: np.ndarray, rng: np.random.Generator, fixed_second: int | None = None) -> pl.Series:
    """Moments within working hours of the given days, null from NEVER on."""
    seconds = rng.integers(_OPENS, _CLOSES, len(days)) if fixed_second is None else fixed_second
    known = days < NEVER
    moment = (np.where(known, days, 0).astype(np.int64) * 86_400 + seconds) * 1000
    stamps = pl.Series(moment).cast(pl.Datetime("ms"))
    return pl.select(pl.when(pl.Series(known)).then(stamps).otherwise(None))[:, 0]


def identifiers(prefix: str, court_index: int) -> pl.Expr:
    """Identifiers of a court's records in the order in which they stand."""
    number = pl.int_range(1, pl.len() + 1).cast(pl.String).str.zfill(8)
    return pl.concat_str(pl.lit(f"{prefix}{court_index + 1:03d}"), number)

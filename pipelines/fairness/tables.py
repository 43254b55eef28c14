"""The two tables of intervals as functions from a frame to a frame: the same on every engine.
Their arithmetic is in leagues.py and intervals.py; where the frames come from and go to is the engine's."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from pipelines.fairness.estimates import Sums
from pipelines.fairness.intervals import value_intervals
from pipelines.fairness.leagues import rank_interval_rows

VALUE_KEY = ["court_code", "scope_code", "window_code", "period_month", "indicator_code", "definition_version"]
SUMS = ["numerator", "denominator", "case_count", "numerator_square", "denominator_square", "product_sum"]


def rank_interval_table(ranked: pd.DataFrame, *, kept: Path | None = None) -> pd.DataFrame:
    """Rank intervals and sets of every league in `ranked`, the rows of int_ranking_inputs; months as `YYYY-MM-DD`.

    What the folder `kept` knows of a month is not computed again.
    """
    months = pd.to_datetime(ranked["period_month"]).dt.strftime("%Y-%m-%d")
    return rank_interval_rows(ranked.assign(period_month=months), kept=kept)


def value_interval_table(inputs: pd.DataFrame) -> pd.DataFrame:
    """VALUE_KEY, value_low and value_high of every row of int_interval_inputs."""
    sums = Sums(*(inputs[name].to_numpy(dtype=np.float64, na_value=np.nan) for name in SUMS))
    low, high = value_intervals(inputs["interval_method"].to_numpy(dtype=object), sums)
    return inputs[VALUE_KEY].assign(value_low=low, value_high=high)

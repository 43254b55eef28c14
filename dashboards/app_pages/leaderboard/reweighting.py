"""The composite under a reader's own weights, by the same rule as the published one.
It answers "what if" only: official ranks come from the snapshot and are never changed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal

import pandas as pd


def composite(points: pd.DataFrame, weights: Mapping[str, float]) -> pd.DataFrame:
    """`points`: court_code, indicator_code, points (NaN: not ranked). Returns court_code, value (points), rank.

    A court whose ranked indicators carry less than half of the weight has no rank (NaN), as in the published rule.
    """
    sums: dict[str, tuple[Decimal, Decimal, Decimal]] = {}
    for row in points.itertuples():
        total, comparable, weighted = sums.get(row.court_code, (Decimal(0), Decimal(0), Decimal(0)))
        weight = Decimal(repr(float(weights.get(row.indicator_code, 0.0))))
        if pd.notna(row.points):
            comparable, weighted = comparable + weight, weighted + weight * Decimal(repr(float(row.points)))
        sums[row.court_code] = (total + weight, comparable, weighted)
    values = {court: _mean(*amounts) for court, amounts in sums.items()}
    ranked = sorted((value for value in values.values() if not math.isnan(value)), reverse=True)
    return pd.DataFrame(
        {
            "court_code": list(values),
            "value": list(values.values()),
            "rank": [float("nan") if math.isnan(v) else float(ranked.index(v) + 1) for v in values.values()],
        }
    )


def _mean(total: Decimal, comparable: Decimal, weighted: Decimal) -> float:
    """Rounded to nine decimals, as published: equal means must not differ in their last bit."""
    if comparable == 0 or 2 * comparable < total:
        return float("nan")
    return math.floor(float(weighted) / float(comparable) * 1e9 + 0.5) / 1e9

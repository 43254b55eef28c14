"""The courts that are ranked with each other in one window and month: rank intervals of each indicator and of the
composite. Only assembles estimates, draws and ranks; reading and writing tables is the dbt model's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.fairness.draws import DRAWS, UNWEIGHTED_DRAWS, Draws, deviations, noise
from pipelines.fairness.estimates import METHODS, Floats, Sums, estimates, unlinked
from pipelines.fairness.ranks import Ints, Ranks, points, rank_intervals, ranks_of_draws, tie_bands

COMPOSITE = "COMPOSITE"
UNWEIGHTED = "unweighted"
LEAGUE = ["province_code", "peer_group", "window_code", "period_month"]
KEY = [*LEAGUE, "indicator_code", "court_code"]


def rank_interval_rows(ranked: pd.DataFrame, draws: int = DRAWS) -> pd.DataFrame:
    """KEY, rank_low, rank_high, tie_band for every ranked row, in the order of KEY.

    `ranked` has KEY, rank, weight, direction, interval_method, draw_group, interval_low, interval_high and the sums
    y, x, n, yy, xx, xy; rows of COMPOSITE have key and rank only. Indicators without a method have no interval.
    """
    frame = ranked.sort_values(KEY, ignore_index=True)
    centre, error = _estimated(frame)
    low, high = np.full(len(frame), -1), np.full(len(frame), -1)
    for league in _slices(frame, LEAGUE):
        _league(frame, league, (centre, error), (low, high), draws)
    bands = np.full(len(frame), -1)
    rank = frame["rank"].to_numpy(dtype=np.int64)
    for table in _slices(frame, [*LEAGUE, "indicator_code"]):
        if (low[table] > 0).all():
            bands[table] = tie_bands(rank[table].tolist(), low[table].tolist(), high[table].tolist())
    found = frame[KEY].assign(rank_low=low, rank_high=high, tie_band=bands)
    columns = ["rank_low", "rank_high", "tie_band"]
    found[columns] = found[columns].astype("Int32").where(found[columns] > 0)
    return found


def _estimated(frame: pd.DataFrame) -> tuple[Floats, Floats]:
    sums = Sums(*(frame[name].to_numpy(dtype=np.float64) for name in ("y", "x", "n", "yy", "xx", "xy")))
    methods = frame["interval_method"].to_numpy(dtype=object)
    centre, error = np.full(len(frame), np.nan), np.full(len(frame), np.nan)
    for method in METHODS:
        rows = methods == method
        if rows.any():
            found = estimates(method, sums.where(rows))
            centre[rows], error[rows] = found.centre, found.error
    return centre, error


def _slices(frame: pd.DataFrame, columns: list[str]) -> Iterator[slice]:
    """Runs of rows that agree in `columns`; the frame is sorted by them."""
    if frame.empty:
        return
    number = frame.groupby(columns, sort=False).ngroup().to_numpy()
    starts = np.flatnonzero(np.r_[True, number[1:] != number[:-1]])
    for start, end in zip(starts, np.r_[starts[1:], len(number)], strict=True):
        yield slice(int(start), int(end))


@dataclass
class _Noise:
    """The draws of one league, made once for every group of indicators that shares them."""

    names: tuple[str, ...]
    courts: int
    draws: int
    kept: dict[str, Draws] = field(default_factory=dict)

    def of(self, indicator: pd.Series, places: npt.NDArray[np.int64]) -> Draws:
        """Draws of their own for what adds up to the composite. What has no weight meets no other draws: one lot, and
        half as many, serves all of it."""
        draw_group, draws = str(indicator["draw_group"]), self.draws
        if not indicator["weight"] > 0:
            draw_group, draws = UNWEIGHTED, min(self.draws, UNWEIGHTED_DRAWS)
        if draw_group not in self.kept:
            self.kept[draw_group] = noise(self.courts, draws, *self.names, draw_group)
        return self.kept[draw_group][places]


def _league(
    frame: pd.DataFrame, league: slice, estimated: tuple[Floats, Floats], intervals: tuple[Ints, Ints], draws: int
) -> None:
    """Fill in the intervals of one league. Weighted points of the draws add up to the draws of the composite."""
    rows = frame.iloc[league].reset_index(drop=True)
    codes, places = np.unique(rows["court_code"].to_numpy(dtype=str), return_inverse=True)
    chance = _Noise(tuple(str(rows.at[0, name]) for name in LEAGUE), len(codes), draws)
    total, weights = np.zeros((len(codes), draws), dtype=np.float32), np.zeros(len(codes), dtype=np.float32)
    rank = rows["rank"].to_numpy(dtype=np.int64)
    composite = np.zeros(0, dtype=np.int64)
    for table in _slices(rows, ["indicator_code"]):
        first, here = rows.iloc[table.start], slice(league.start + table.start, league.start + table.stop)
        if first["indicator_code"] == COMPOSITE:
            composite = np.arange(table.start, table.stop)
            continue
        drawn = _drawn_ranks(first, estimated[0][here], estimated[1][here], chance, places[table])
        if drawn is not None:
            intervals[0][here], intervals[1][here] = rank_intervals(drawn, rank[table])
        if first["weight"] > 0:
            known = rank[table][:, None] if drawn is None else drawn
            total[places[table]] += np.float32(first["weight"]) * points(known)
            weights[places[table]] += np.float32(first["weight"])
    if len(composite):
        drawn = ranks_of_draws(total[places[composite]] / weights[places[composite]][:, None])
        here = slice(league.start + composite[0], league.start + composite[-1] + 1)
        intervals[0][here], intervals[1][here] = rank_intervals(drawn, rank[composite])


def _drawn_ranks(
    first: pd.Series, centre: Floats, error: Floats, chance: _Noise, places: npt.NDArray[np.int64]
) -> Ranks | None:
    """Ranks of the draws of one indicator in one league; None where fewer than two of several have an estimate."""
    if len(centre) == 1:
        return np.ones((1, chance.draws), dtype=np.uint8)
    if np.isfinite(centre + error).sum() < 2:
        return None
    own = chance.of(first, places)
    if first["direction"] == "interval":
        return ranks_of_draws(-_distance(first, deviations(centre, error, own).values))
    sign = -1 if first["direction"] == "lower" else 1
    return ranks_of_draws(deviations(sign * centre, error, own).drawn)


def _distance(first: pd.Series, drawn: Floats) -> Draws:
    """How far each drawn value lies outside the reference interval; 0 inside."""
    values = unlinked(first["interval_method"], drawn)
    low, high = (np.nan if pd.isna(first[name]) else float(first[name]) for name in ("interval_low", "interval_high"))
    outside = np.fmax(np.fmax(low - values, values - high), 0.0)
    return outside.astype(np.float32)

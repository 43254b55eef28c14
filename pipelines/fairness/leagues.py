"""The courts that are ranked with each other in one window and month: rank intervals of each indicator and of the
composite. Only assembles estimates, draws and ranks; reading and writing tables is the dbt model's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields

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
BOUNDS = ["rank_low", "rank_high", "tie_band"]
Objects = npt.NDArray[np.object_]


def rank_interval_rows(ranked: pd.DataFrame, draws: int = DRAWS) -> pd.DataFrame:
    """KEY, rank_low, rank_high, tie_band for every ranked row, in the order of KEY.

    `ranked` has KEY, rank, weight, direction, interval_method, draw_group, interval_low, interval_high and the sums
    y, x, n, yy, xx, xy; rows of COMPOSITE have key and rank only. Indicators without a method have no interval.
    """
    if ranked.empty:
        return ranked[KEY].assign(**dict.fromkeys(BOUNDS, pd.array([], dtype="Int32")))
    numbers = [pd.factorize(ranked[column], sort=True) for column in KEY]
    order = np.lexsort([codes for codes, _ in reversed(numbers)])
    frame, codes = ranked.iloc[order].reset_index(drop=True), [codes[order] for codes, _ in numbers]
    rows = _rows(frame, codes[-1])
    low, high, bands = (np.full(len(frame), -1) for _ in BOUNDS)
    for league in _slices(codes[: len(LEAGUE)]):
        names = tuple(str(frame[name].iat[league.start]) for name in LEAGUE)
        _league(rows.of(league), names, (low[league], high[league], bands[league]), draws)
    found = frame[KEY].assign(**dict(zip(BOUNDS, (low, high, bands), strict=True)))
    found[BOUNDS] = found[BOUNDS].astype("Int32").where(found[BOUNDS] > 0)
    return found


@dataclass(frozen=True)
class _Rows:
    """Ranked rows in the order of KEY, a column to an array; courts are numbers in the order of their codes."""

    court: Ints
    indicator: Objects
    rank: Ints
    weight: Floats
    direction: Objects
    method: Objects
    draw_group: Objects
    interval_low: Floats
    interval_high: Floats
    centre: Floats
    error: Floats

    def of(self, part: slice) -> _Rows:
        return _Rows(*(getattr(self, column.name)[part] for column in fields(self)))


def _rows(frame: pd.DataFrame, court: Ints) -> _Rows:
    centre, error = _estimated(frame)

    def numbers(name: str) -> Floats:
        return frame[name].to_numpy(dtype=np.float64, na_value=np.nan)

    def words(name: str) -> Objects:
        return frame[name].to_numpy(dtype=object)

    return _Rows(
        court, words("indicator_code"), frame["rank"].to_numpy(dtype=np.int64), numbers("weight"), words("direction"),
        words("interval_method"), words("draw_group"), numbers("interval_low"), numbers("interval_high"), centre, error,
    )  # fmt: skip


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


def _slices(columns: Sequence[Ints | Objects]) -> Iterator[slice]:
    """Runs of rows that agree in all `columns`."""
    changes = np.any([column[1:] != column[:-1] for column in columns], axis=0)
    starts = np.flatnonzero(np.r_[True, changes])
    for start, end in zip(starts, np.r_[starts[1:], len(columns[0])], strict=True):
        yield slice(int(start), int(end))


@dataclass
class _Noise:
    """The draws of one league, made once for every group of indicators that shares them."""

    names: tuple[str, ...]
    courts: int
    draws: int
    kept: dict[str, Draws] = field(default_factory=dict)

    def of(self, draw_group: str, weight: float, places: Ints) -> Draws:
        """Draws of their own for what adds up to the composite. What has no weight meets no other draws: one lot, and
        half as many, serves all of it."""
        draws = self.draws
        if not weight > 0:
            draw_group, draws = UNWEIGHTED, min(self.draws, UNWEIGHTED_DRAWS)
        if draw_group not in self.kept:
            self.kept[draw_group] = noise(self.courts, draws, *self.names, draw_group)
        return self.kept[draw_group][places]


def _league(rows: _Rows, names: tuple[str, ...], found: tuple[Ints, Ints, Ints], draws: int) -> None:
    """Fill in the intervals and bands of one league. Weighted points of the draws add up to draws of the composite."""
    courts, places = np.unique(rows.court, return_inverse=True)
    chance = _Noise(names, len(courts), draws)
    total, weights = np.zeros((len(courts), draws), dtype=np.float32), np.zeros(len(courts), dtype=np.float32)
    low, high, bands = found
    tables = list(_slices([rows.indicator]))
    for table in sorted(tables, key=lambda table: rows.indicator[table.start] == COMPOSITE):
        weight, here, rank = rows.weight[table.start], places[table], rows.rank[table]
        if rows.indicator[table.start] == COMPOSITE:
            drawn: Ranks | None = ranks_of_draws(total[here] / weights[here][:, None])
        else:
            drawn = _drawn_ranks(rows.of(table), chance, here)
        if weight > 0:
            total[here] += np.float32(weight) * points(rank[:, None] if drawn is None else drawn)
            weights[here] += np.float32(weight)
        if drawn is not None:
            low[table], high[table] = rank_intervals(drawn, rank)
            bands[table] = tie_bands(rank.tolist(), low[table].tolist(), high[table].tolist())


def _drawn_ranks(table: _Rows, chance: _Noise, places: Ints) -> Ranks | None:
    """Ranks of the draws of one indicator in one league; None where fewer than two of several have an estimate."""
    if len(places) == 1:
        return np.ones((1, chance.draws), dtype=np.uint8)
    if np.isfinite(table.centre + table.error).sum() < 2:
        return None
    own = chance.of(str(table.draw_group[0]), float(table.weight[0]), places)
    if table.direction[0] == "interval":
        return ranks_of_draws(-_distance(table, deviations(table.centre, table.error, own).values))
    sign = -1 if table.direction[0] == "lower" else 1
    return ranks_of_draws(deviations(sign * table.centre, table.error, own).drawn)


def _distance(table: _Rows, drawn: Floats) -> Draws:
    """How far each drawn value lies outside the reference interval; 0 inside."""
    values = unlinked(table.method[0], drawn)
    outside = np.fmax(np.fmax(table.interval_low[0] - values, values - table.interval_high[0]), 0.0)
    return outside.astype(np.float32)

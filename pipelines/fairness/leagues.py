"""The courts that are ranked with each other in one window and month: rank intervals and sets of each indicator and of
the composite. Only assembles estimates, draws, ranks and sets; reading and writing tables is the dbt model's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.fairness.draws import DRAWS, UNWEIGHTED_DRAWS, Draws, deviations, noise
from pipelines.fairness.estimates import METHODS, Floats, Sums, estimates, unlinked
from pipelines.fairness.kept import by_month
from pipelines.fairness.ranks import Ints, Ranks, points, rank_intervals, ranks_of_draws, tie_bands
from pipelines.fairness.sets import (
    Bools,
    ends,
    rank_sets,
    simultaneous_reach,
    surely_above,
    surely_above_by_draws,
    surely_nearer,
)

COMPOSITE = "COMPOSITE"
# Draws are seeded by the months a window holds, not by its name: in December the year so far is the last twelve months.
SEEDED = ["province_code", "peer_group", "start_month_number", "period_month"]
UNWEIGHTED = "unweighted"
LEAGUE = ["province_code", "peer_group", "window_code", "period_month"]
KEY = [*LEAGUE, "indicator_code", "court_code"]
BOUNDS = ["rank_low", "rank_high", "tie_band", "set_low", "set_high", "end_count"]
Objects = npt.NDArray[np.object_]


def rank_interval_rows(ranked: pd.DataFrame, draws: int = DRAWS, kept: Path | None = None) -> pd.DataFrame:
    """KEY and BOUNDS for every ranked row, in the order of KEY. Fewer than three ranked courts have no sets.

    `ranked` has KEY, start_month_number, rank, weight, direction, interval_method, draw_group, interval_low,
    interval_high and the sums y, x, n, yy, xx, xy; rows of COMPOSITE have key, start and rank only. Indicators without
    a method have no interval. Months whose rows the folder `kept` knows are not computed again.
    """
    if ranked.empty:
        return ranked[KEY].assign(**dict.fromkeys(BOUNDS, pd.array([], dtype="Int32")))
    order = np.lexsort(_codes(ranked)[::-1])
    frame = ranked.iloc[order].reset_index(drop=True)
    bounds = by_month(frame, "period_month", len(BOUNDS), lambda rows: _bounds(rows, draws), kept)
    found = frame[KEY].assign(**dict(zip(BOUNDS, bounds.T, strict=True)))
    found[BOUNDS] = found[BOUNDS].astype("Int32").where(found[BOUNDS] > 0)
    return found


def _codes(frame: pd.DataFrame) -> list[Ints]:
    """The columns of KEY as numbers in the order of their values."""
    return [pd.factorize(frame[column], sort=True)[0] for column in KEY]


def _bounds(frame: pd.DataFrame, draws: int) -> Ints:
    """BOUNDS of whole leagues in the order of KEY; −1 where there is none."""
    codes = _codes(frame)
    rows, found = _rows(frame, codes[-1]), np.full((len(frame), len(BOUNDS)), -1)
    for league in _slices(codes[: len(LEAGUE)]):
        names = tuple(str(frame[name].iat[league.start]) for name in SEEDED)
        _league(rows.of(league), names, found[league], draws)
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
    freedom: Floats

    def of(self, part: slice) -> _Rows:
        return _Rows(*(getattr(self, column.name)[part] for column in fields(self)))


def _rows(frame: pd.DataFrame, court: Ints) -> _Rows:
    estimated = _estimated(frame)

    def numbers(name: str) -> Floats:
        return frame[name].to_numpy(dtype=np.float64, na_value=np.nan)

    def words(name: str) -> Objects:
        return frame[name].to_numpy(dtype=object)

    return _Rows(
        court, words("indicator_code"), frame["rank"].to_numpy(dtype=np.int64), numbers("weight"), words("direction"),
        words("interval_method"), words("draw_group"), numbers("interval_low"), numbers("interval_high"), *estimated,
    )  # fmt: skip


def _estimated(frame: pd.DataFrame) -> tuple[Floats, Floats, Floats]:
    sums = Sums(*(frame[name].to_numpy(dtype=np.float64) for name in ("y", "x", "n", "yy", "xx", "xy")))
    methods = frame["interval_method"].to_numpy(dtype=object)
    centre, error, freedom = (np.full(len(frame), np.nan) for _ in range(3))
    for method in METHODS:
        rows = methods == method
        if rows.any():
            found = estimates(method, sums.where(rows))
            centre[rows], error[rows], freedom[rows] = found.centre, found.error, found.freedom
    return centre, error, freedom


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


def _league(rows: _Rows, names: tuple[str, ...], found: Ints, draws: int) -> None:
    """Fill in the bounds of one league. Weighted points of the draws add up to draws of the composite."""
    courts, places = np.unique(rows.court, return_inverse=True)
    chance = _Noise(names, len(courts), draws)
    total, weights = np.zeros((len(courts), draws), dtype=np.float32), np.zeros(len(courts), dtype=np.float32)
    tables = list(_slices([rows.indicator]))
    for table in sorted(tables, key=lambda table: rows.indicator[table.start] == COMPOSITE):
        weight, here, rank = rows.weight[table.start], places[table], rows.rank[table]
        drawn: Ranks | None
        if rows.indicator[table.start] == COMPOSITE:
            values = total[here] / weights[here][:, None]
            drawn, above = ranks_of_draws(values), surely_above_by_draws(values) if ends(len(here)) else None
        else:
            drawn, above = _drawn_ranks(rows.of(table), chance, here), _above(rows.of(table))
        if weight > 0:
            total[here] += np.float32(weight) * points(rank[:, None] if drawn is None else drawn)
            weights[here] += np.float32(weight)
        if drawn is not None:
            _bounded(found[table], rank, drawn, above)


def _bounded(found: Ints, rank: Ints, drawn: Ranks, above: Bools | None) -> None:
    """BOUNDS of one table; a set is widened to hold the rank observed, as an interval is."""
    low, high = rank_intervals(drawn, rank)
    found[:, 0], found[:, 1] = low, high
    found[:, 2] = tie_bands(rank.tolist(), low.tolist(), high.tolist())
    if above is not None:
        first, last = rank_sets(above)
        found[:, 3], found[:, 4], found[:, 5] = np.minimum(first, rank), np.maximum(last, rank), ends(len(rank))


def _above(table: _Rows) -> Bools | None:
    """Courts surely above others by one indicator; None where too few are ranked."""
    if not ends(len(table.rank)):
        return None
    if table.direction[0] != "interval":
        sign = -1 if table.direction[0] == "lower" else 1
        return surely_above(sign * table.centre, table.error, table.freedom)
    reach = simultaneous_reach(len(table.rank), table.freedom) * table.error
    low, high = unlinked(table.method[0], table.centre - reach), unlinked(table.method[0], table.centre + reach)
    nearest = np.fmax(np.fmax(table.interval_low[0] - high, low - table.interval_high[0]), 0.0)
    farthest = np.maximum(_outside(table, low), _outside(table, high))
    return surely_nearer(nearest, np.where(np.isfinite(reach), farthest, np.inf))


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
    return _outside(table, unlinked(table.method[0], drawn)).astype(np.float32)


def _outside(table: _Rows, values: Floats) -> Floats:
    return np.fmax(np.fmax(table.interval_low[0] - values, values - table.interval_high[0]), 0.0)

"""Simulated provinces whose true values are known: courts of unequal size, truths that differ little or much.
Measures coverage and width of rank intervals; what they should be belongs to the tests and to the benchmark."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.fairness.draws import DRAWS
from pipelines.fairness.estimates import Sums, estimates
from pipelines.fairness.leagues import COMPOSITE, KEY, rank_interval_rows
from pipelines.fairness.sets import rank_sets, surely_above

Ints = npt.NDArray[np.int64]
Bounds = tuple[Ints, Ints]
SUMS = ("y", "x", "n", "yy", "xx", "xy")


@dataclass(frozen=True)
class Setting:
    """What a simulated peer group is like: courts, median closures of a window, and the true shares."""

    name: str
    courts: int
    median: float
    mean: float
    spread: float


@dataclass(frozen=True)
class Study:
    """Over all courts: share of intervals that hold the true rank, the same for the true tenths at both ends,
    mean width in places, and the number of courts ranked."""

    coverage: float
    at_the_ends: float
    width: float
    courts: int


@dataclass(frozen=True)
class Ends:
    """Over all provinces: in what share the set of those maybe among the last holds all true last ones, the same for
    the first, and how many courts the set of the last has on the average."""

    last: float
    first: float
    size: float


def ends_study(
    made: Callable[[np.random.Generator], tuple[Ints, Bounds]], count: int, provinces: int, seed: int
) -> Ends:
    """`made` gives the true ranks of a province and the ends of its sets; the first and the last are `count` each."""
    chance, last, first, sizes = np.random.default_rng(seed), 0, 0, []
    for _ in range(provinces):
        true, (low, high) = made(chance)
        worst = high > len(true) - count
        last += bool(worst[true > len(true) - count].all())
        first += bool((low <= count)[true <= count].all())
        sizes.append(int(worst.sum()))
    return Ends(last / provinces, first / provinces, float(np.mean(sizes)))


def sets_of_shares(setting: Setting, chance: np.random.Generator) -> tuple[Ints, Bounds]:
    """True ranks and the ends of the sets of ranks of one simulated indicator."""
    truth, successes, trials = shares(setting, chance)
    y, n, none = successes.astype(float), trials.astype(float), np.zeros(len(trials))
    found = estimates("proportion", Sums(y, n, n, none, none, none))
    return ranks(truth), rank_sets(surely_above(found.centre, found.error, found.freedom))


def sets_of_composite(
    courts: int, median: float, chance: np.random.Generator, draws: int = DRAWS
) -> tuple[Ints, Bounds]:
    """The same of a simulated composite, by the rows that the pipeline makes."""
    frame, true = composite_province(courts, median, chance)
    found = rank_interval_rows(frame, draws)
    found = found[found["indicator_code"] == COMPOSITE]
    return true, (found["set_low"].to_numpy(dtype=int), found["set_high"].to_numpy(dtype=int))


def ranks(values: npt.NDArray[np.float64]) -> Ints:
    """1 for the greatest; ties share the smaller rank."""
    return 1 + (values[None, :] > values[:, None]).sum(axis=1)


def shares(setting: Setting, chance: np.random.Generator) -> tuple[npt.NDArray[np.float64], Ints, Ints]:
    """(true shares, successes, trials) of one province."""
    trials = np.round(np.exp(chance.normal(np.log(setting.median), 0.8, setting.courts))).astype(int).clip(10)
    truth = chance.normal(setting.mean, setting.spread, setting.courts).clip(0.002, 0.998)
    return truth, chance.binomial(trials, truth), trials


def table(
    indicator: str, columns: dict[str, npt.NDArray], direction: str = "higher", method: str = "proportion"
) -> pd.DataFrame:
    """Ranked rows of one indicator in one league; `columns` has y, x, n and the squares if the method wants them."""
    value = columns["y"] / columns["x"]
    frame = pd.DataFrame({name: columns.get(name, np.full(len(value), np.nan)) for name in SUMS}, dtype=float)
    return frame.assign(
        province_code="QH", peer_group="basic", window_code="rolling_12m", period_month="2019-12-01",
        start_month_number=24229,
        indicator_code=indicator, court_code=[f"C{i:03d}" for i in range(len(value))],
        rank=ranks(-value if direction == "lower" else value), weight=1.0, direction=direction,
        interval_method=method, draw_group=indicator, interval_low=None, interval_high=None,
    )  # fmt: skip


def with_composite(tables: list[pd.DataFrame]) -> pd.DataFrame:
    """The tables and the rows of the composite of equally weighted points."""
    points = sum((len(t) - t["rank"].to_numpy() + 1) / len(t) for t in tables)
    composite = tables[0][[*KEY, "start_month_number"]].assign(indicator_code=COMPOSITE, rank=ranks(np.asarray(points)))
    return pd.concat([*tables, composite], ignore_index=True)


def drawn_bounds(successes: Ints, trials: Ints) -> Bounds:
    """The rank intervals of the product."""
    found = rank_interval_rows(table("I", {"y": successes, "x": trials, "n": trials}))
    return found["rank_low"].to_numpy(dtype=int), found["rank_high"].to_numpy(dtype=int)


def study(setting: Setting, provinces: int, seed: int, bounds: Callable[[Ints, Ints], Bounds] = drawn_bounds) -> Study:
    """Coverage and width of `bounds` over simulated provinces."""
    chance = np.random.default_rng(seed)
    held: list[npt.NDArray[np.bool_]] = []
    ends: list[npt.NDArray[np.bool_]] = []
    widths: list[float] = []
    for _ in range(provinces):
        truth, successes, trials = shares(setting, chance)
        low, high = bounds(successes, trials)
        true = ranks(truth)
        holds = (low <= true) & (true <= high)
        held.append(holds)
        ends.append(holds[(true <= setting.courts * 0.1) | (true > setting.courts * 0.9)])
        widths.append(float((high - low + 1).mean()))
    return Study(
        float(np.concatenate(held).mean()), float(np.concatenate(ends).mean()), float(np.mean(widths)), setting.courts
    )


def composite_province(courts: int, median: float, chance: np.random.Generator) -> tuple[pd.DataFrame, Ints]:
    """(ranked rows, true ranks of the composite) of a province whose indicators count the same cases in part.

    Accepted cases are closed or pending, closed ones actual or suspended, actual ones fully satisfied or not: six
    indicators of one table, two of them complements; days and funds beside them.
    """
    accepted = np.round(np.exp(chance.normal(np.log(median), 0.8, courts))).astype(int).clip(40)
    closed_share, actual_share = (chance.normal(m, s, courts).clip(0.01, 0.99) for m, s in ((0.8, 0.05), (0.6, 0.06)))
    full_share, days = chance.normal(0.5, 0.06, courts), np.exp(chance.normal(np.log(120), 0.1, courts))
    paid_share = chance.normal(0.85, 0.04, courts).clip(0, 0.99)
    closed = chance.binomial(accepted, closed_share).clip(10)
    actual = chance.binomial(closed, actual_share)
    full, funds = chance.binomial(actual, full_share), accepted
    spent = [chance.lognormal(np.log(d) - 0.32, 0.8, n) for d, n in zip(days, closed, strict=True)]
    sums = {"y": np.array([s.sum() for s in spent]), "yy": np.array([(s**2).sum() for s in spent])}
    tables = [
        table("I1", {"y": actual, "x": closed, "n": closed}).assign(draw_group="mix"),
        table("I2", {"y": actual, "x": accepted, "n": accepted}).assign(draw_group="mix"),
        table("I3", {"y": closed - actual, "x": closed, "n": closed}, "lower").assign(draw_group="mix"),
        table("I4", {"y": closed - actual, "x": accepted, "n": accepted}, "lower").assign(draw_group="mix"),
        table("I5", {"y": accepted - closed, "x": accepted, "n": accepted}, "lower"),
        table("I7", {"y": full, "x": closed, "n": closed}),
        table("D1", {**sums, "x": closed, "n": closed}, "lower", "mean"),
        table("F1", {"y": chance.binomial(funds, paid_share), "x": funds, "n": funds}),
    ]
    truths = [
        actual_share, actual_share * closed_share, actual_share, -(1 - actual_share) * closed_share, closed_share,
        actual_share * full_share, -days, paid_share,
    ]  # fmt: skip
    true_points = sum(courts + 1 - ranks(truth) for truth in truths)
    return with_composite(tables), ranks(np.asarray(true_points, dtype=float))


def composite_study(courts: int, median: float, provinces: int, seed: int) -> Study:
    """Coverage and width of the composite's rank intervals."""
    chance = np.random.default_rng(seed)
    held, ends, widths = [], [], []
    for _ in range(provinces):
        frame, true = composite_province(courts, median, chance)
        found = rank_interval_rows(frame)
        found = found[found["indicator_code"] == COMPOSITE]
        low, high = found["rank_low"].to_numpy(dtype=int), found["rank_high"].to_numpy(dtype=int)
        holds = (low <= true) & (true <= high)
        held.append(holds)
        ends.append(holds[(true <= courts * 0.1) | (true > courts * 0.9)])
        widths.append(float((high - low + 1).mean()))
    return Study(float(np.concatenate(held).mean()), float(np.concatenate(ends).mean()), float(np.mean(widths)), courts)

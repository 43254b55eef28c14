"""Sets of ranks say what the published method says, hold what they promise, and say nothing where nothing is known."""

from __future__ import annotations

import csv
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pipelines.fairness.leagues import rank_interval_rows
from pipelines.fairness.sets import ends, rank_sets, simultaneous_reach, surely_above, surely_above_by_draws
from tests.unit.fairness.simulated import Setting, ends_study, ranks, sets_of_composite, sets_of_shares, table

# Mean scores and standard errors in mathematics of the OECD's countries, PISA 2018 (OECD, public), as the R package
# csranks 1.2 carries them (data-raw/pisa.csv); its vignette "Inference for Ranks" prints what is expected here.
PISA = list(csv.DictReader((Path(__file__).parent / "pisa_2018.csv").open(encoding="utf-8")))
COUNTRIES = [row["jurisdiction"] for row in PISA]
MEAN, ERROR = (np.array([float(row[name]) for row in PISA]) for name in ("math_score", "math_se"))
CERTAIN = np.full(len(PISA), np.inf)
BEST_FIVE = (
    "Belgium Canada Denmark Estonia Finland Japan Korea Netherlands Poland Slovenia Sweden Switzerland"
)  # fmt: skip


def test_twelve_countries_could_be_among_the_best_five_of_pisa() -> None:
    low, _ = rank_sets(surely_above(MEAN, ERROR, CERTAIN))
    assert " ".join(country for country, first in zip(COUNTRIES, low, strict=True) if first <= 5) == BEST_FIVE


def test_the_united_kingdom_alone_is_seventh_to_twenty_third() -> None:
    """The vignette says 7 to 23 and prints a run with 8: its seventh comparison lies on the critical value, 2.942."""
    own = np.zeros((len(PISA), len(PISA)), dtype=bool)
    kingdom = COUNTRIES.index("United Kingdom")
    own[kingdom] = own[:, kingdom] = True
    low, high = rank_sets(surely_above(MEAN, ERROR, CERTAIN, own))
    assert ranks(MEAN)[kingdom] == 13
    assert low[kingdom] in (7, 8)
    assert high[kingdom] == 23


def test_lower_is_better_turns_the_sets_round() -> None:
    """To a place: once pairs are told apart the samples of the one direction are those of the other no more."""
    low, high = rank_sets(surely_above(MEAN, ERROR, CERTAIN))
    turned_low, turned_high = rank_sets(surely_above(-MEAN, ERROR, CERTAIN))
    assert np.abs(turned_low - (len(PISA) + 1 - high)).max() <= 1
    assert np.abs(turned_high - (len(PISA) + 1 - low)).max() <= 1


@pytest.mark.parametrize(
    "setting, smallest, largest",
    [
        (Setting("a year", 46, 700, 0.35, 0.06), 20, 33),
        (Setting("courts apart", 46, 1500, 0.5, 0.2), 5, 11),
        (Setting("a month", 46, 60, 0.35, 0.06), 40, 46),
        (Setting("few courts", 9, 375, 0.35, 0.06), 3, 8.5),
    ],
    ids=lambda s: getattr(s, "name", ""),
)
def test_the_worst_set_holds_all_true_last_ones(setting: Setting, smallest: float, largest: float) -> None:
    """Over a thousand provinces, in at least 95 %; its size is held beside it: all courts would hold them too."""
    found = ends_study(partial(sets_of_shares, setting), ends(setting.courts), 1000, seed=1)
    assert found.last >= 0.95
    assert found.first >= 0.95
    assert smallest <= found.size <= largest


def test_all_ranks_together_are_held_where_nothing_but_chance_tells_courts_apart() -> None:
    """The worst case: equal courts, in which any pair told apart is told apart wrongly. 95 %, and not far above it."""
    chance, error = np.random.default_rng(2), np.random.default_rng(3).uniform(0.5, 2, 20)
    free = np.full(20, np.inf)
    wrong = [surely_above(chance.normal(0, error), error, free).any() for _ in range(2000)]
    assert 0.035 <= np.mean(wrong) <= 0.065


def test_an_estimate_on_three_records_is_told_apart_from_none() -> None:
    """With two degrees of freedom a difference of fifty standard errors is no proof among twenty courts."""
    centre, error, freedom = np.linspace(0, 0.4, 20), np.full(20, 0.01), np.full(20, np.inf)
    centre[0] = -0.1
    assert surely_above(centre, error, freedom)[:, 0].sum() == 19
    freedom[0] = 2
    assert not surely_above(centre, error, freedom)[:, 0].any()


def test_a_court_without_an_estimate_may_stand_anywhere() -> None:
    centre, error = np.array([0.0, 1, 2, np.nan]), np.array([0.01, 0.01, 0.01, np.nan])
    low, high = rank_sets(surely_above(centre, error, np.full(4, np.inf)))
    assert (low.tolist(), high.tolist()) == ([3, 2, 1, 1], [4, 3, 2, 4])


def test_intervals_for_all_courts_reach_further_than_for_one() -> None:
    assert simultaneous_reach(1, np.array([np.inf]))[0] == pytest.approx(1.96, abs=0.001)
    assert simultaneous_reach(46, np.array([np.inf]))[0] == pytest.approx(3.26, abs=0.01)
    assert simultaneous_reach(1, np.array([2.0]))[0] == pytest.approx(4.303, abs=0.001)


@pytest.mark.parametrize("ranked, count", [(0, 0), (2, 0), (3, 1), (8, 2), (14, 4), (15, 5), (46, 5)])
def test_the_last_are_five_and_of_a_small_group_a_third(ranked: int, count: int) -> None:
    assert ends(ranked) == count


def rows(successes: list[int], trials: int, direction: str = "higher", **columns: object) -> pd.DataFrame:
    y, n = np.array(successes), np.full(len(successes), trials)
    return table("I", {"y": y, "x": n, "n": n}, direction).assign(**columns)


def bounds(found: pd.DataFrame) -> list[tuple[int, int]]:
    return list(found[["set_low", "set_high"]].itertuples(index=False, name=None))


def test_two_courts_have_no_sets_and_three_have() -> None:
    assert rank_interval_rows(rows([10, 90], 100))["set_low"].isna().all()
    found = rank_interval_rows(rows([100, 500, 900], 1000))
    assert bounds(found) == [(3, 3), (2, 2), (1, 1)]
    assert found["end_count"].tolist() == [1, 1, 1]


def test_outside_a_reference_interval_only_distance_counts() -> None:
    """30–70 %: three inside are equal, 10 % and 91 % lie outside by 20 and by 21 points, which differ not surely."""
    frame = rows([400, 500, 600, 100, 910], 1000, "interval", interval_low=0.3, interval_high=0.7)
    frame["rank"] = [1, 1, 1, 4, 5]
    assert bounds(rank_interval_rows(frame)) == [(1, 3)] * 3 + [(4, 5)] * 2


def test_the_composite_has_sets_of_its_draws() -> None:
    """Draws of one value over and over are told apart; draws that cross are not."""
    apart = np.repeat(np.array([[1.0], [2], [3]], dtype=np.float32), 200, axis=1)
    assert rank_sets(surely_above_by_draws(apart))[0].tolist() == [3, 2, 1]
    crossing = np.random.default_rng(1).normal(0, 1, (3, 200)).astype(np.float32)
    assert not surely_above_by_draws(crossing).any()


def test_the_composites_worst_set_holds_its_true_last_ones() -> None:
    """Thirty provinces; a thousand by `python -m tests.benchmarks.coverage --ends --provinces 1000`."""
    found = ends_study(partial(sets_of_composite, 20, 600, draws=300), 5, 30, seed=2)
    assert found.last >= 28 / 30
    assert found.size <= 18

"""Where a published method gives a clear answer, the product gives the same; and it covers where plain draws do not."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.fairness.leagues import rank_interval_rows
from tests.unit.fairness.published_methods import bars_part, log_odds, pairwise_bounds, plain_bounds
from tests.unit.fairness.simulated import Setting, composite_study, drawn_bounds, shares, study, table

MONTH = Setting("month", 40, 125, 0.35, 0.06)
YEAR = Setting("year", 40, 1500, 0.35, 0.06)
ALIKE = Setting("courts alike", 40, 1500, 0.35, 0.01)


def test_pairwise_bounds_by_hand() -> None:
    """0.9, 0.5, 0.49 and 0.1 with errors of 0.05: only the middle two cannot be told apart.

    A difference of 0.4 is 5.7 errors of a difference, 0.01 is 0.14; the critical value for three comparisons is 2.39.
    """
    low, high = pairwise_bounds(np.array([0.9, 0.5, 0.49, 0.1]), np.full(4, 0.05))
    assert list(zip(low.tolist(), high.tolist(), strict=True)) == [(1, 1), (2, 3), (2, 3), (4, 4)]


def test_draws_and_pairwise_bounds_agree_where_the_answer_is_clear() -> None:
    successes, trials = np.array([900, 500, 495, 100]), np.full(4, 1000)
    low, high = drawn_bounds(successes, trials)
    expected = pairwise_bounds(*log_odds(successes, trials))
    assert (low.tolist(), high.tolist()) == (expected[0].tolist(), expected[1].tolist())


@pytest.mark.parametrize("apart", [0.85, 1.15])
def test_two_courts_are_told_apart_where_the_bars_of_goldstein_and_spiegelhalter_part(apart: float) -> None:
    """A pair in a wide field, 15 % nearer and 15 % further than 1.39 errors each: one band, then two."""
    error, centre = 0.1, np.array([-8.0, -5, -3, 0, 0, 3, 5, 8])
    centre[4] = apart * 2 * 1.39 * error
    n = np.full(8, 1000.0)
    mean = np.exp(centre)
    # durations: Σd² that gives the error wanted on the log scale
    squares = n * mean**2 + (error * mean) ** 2 * n * (n - 1)
    found = rank_interval_rows(
        table("D", {"y": mean * n, "x": n, "n": n, "yy": squares}, method="mean").assign(weight=1.0), 8000
    )
    parted = found.loc[3, "rank_low"] > found.loc[4, "rank_high"]
    assert parted == bars_part((centre[3], error), (centre[4], error)) == (apart > 1)
    assert (found.loc[3, "tie_band"] != found.loc[4, "tie_band"]) == parted


def test_intervals_are_narrower_than_simultaneous_pairwise_bounds() -> None:
    """Those hold with 95 % for the worst case, ours on the average over the courts: same centre, less width."""
    chance = np.random.default_rng(11)
    widths = []
    for _ in range(5):
        _, successes, trials = shares(YEAR, chance)
        low, high = drawn_bounds(successes, trials)
        sure_low, sure_high = pairwise_bounds(*log_odds(successes, trials))
        widths.append(((high - low).mean(), (sure_high - sure_low).mean()))
        assert ((low >= sure_low) & (high <= sure_high)).mean() > 0.9
    ours, simultaneous = np.mean(widths, axis=0)
    assert ours < 0.7 * simultaneous


@pytest.mark.parametrize(
    "setting, widest", [(MONTH, 0.75), (YEAR, 0.35), (ALIKE, 0.9)], ids=lambda s: getattr(s, "name", s)
)
def test_intervals_hold_the_true_rank_as_often_as_they_say(setting: Setting, widest: float) -> None:
    """95 % nominal; twenty provinces. Width is held beside it: the whole list would cover and say nothing."""
    found = study(setting, provinces=20, seed=3)
    assert 0.935 <= found.coverage <= 0.985
    assert found.width <= widest * setting.courts


def test_plain_draws_hold_it_less_often_than_they_say() -> None:
    """Why draws are drawn towards the peer group: without it the true best and worst are missed every other time."""
    plain, ours = study(ALIKE, 20, 3, plain_bounds), study(ALIKE, 20, 3)
    assert plain.coverage < 0.9
    assert plain.at_the_ends < 0.75
    assert ours.at_the_ends > plain.at_the_ends + 0.1


def test_the_composite_holds_its_true_rank_about_as_often_as_it_says() -> None:
    found = composite_study(courts=40, median=300, provinces=15, seed=3)
    assert 0.92 <= found.coverage <= 0.985
    assert found.width <= 0.65 * found.courts

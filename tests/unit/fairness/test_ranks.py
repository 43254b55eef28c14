"""Ranks of draws, their intervals and tie bands on small cases worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.fairness.draws import between_variance
from pipelines.fairness.ranks import points, rank_intervals, ranks_of_draws, tie_bands


def test_the_greatest_ranks_first_and_ties_share_the_smaller_rank() -> None:
    drawn = np.array([[3, 1, 5], [2, 2, 5], [2, 3, 1], [1, 4, 1]], dtype=np.float32)
    assert ranks_of_draws(drawn).tolist() == [[1, 4, 1], [2, 3, 1], [2, 2, 3], [4, 1, 3]]


def test_more_courts_than_fit_a_byte_are_ranked_all_the_same() -> None:
    drawn = np.arange(300, dtype=np.float32)[:, None]
    assert ranks_of_draws(drawn)[:, 0].tolist() == list(range(300, 0, -1))


def test_two_and_a_half_percent_are_left_out_at_either_end() -> None:
    """Of a thousand draws 24 rank first and 24 last: too few to count; with 25 at one end the end counts."""
    middle = np.full(1000, 2)
    first, last = middle.copy(), middle.copy()
    first[:24], last[:25] = 1, 1
    first[-24:], last[-26:] = 3, 3
    low, high = rank_intervals(np.stack([first, last, middle]).astype(np.uint8), np.array([2, 2, 2]))
    assert low.tolist() == [2, 1, 2]
    assert high.tolist() == [2, 3, 2]


def test_an_interval_holds_the_rank_that_is_shown() -> None:
    low, high = rank_intervals(np.full((4, 100), 2, dtype=np.uint8), np.array([1, 2, 3, 4]))
    assert (low.tolist(), high.tolist()) == ([1, 2, 2, 2], [2, 2, 3, 4])


def test_points_are_those_of_the_scores() -> None:
    assert points(np.array([[1], [2], [2], [4]], dtype=np.uint8))[:, 0].tolist() == [100, 75, 75, 25]


@pytest.mark.parametrize(
    "low, high, bands",
    [
        ([1, 1, 2, 4], [2, 3, 4, 4], [1, 1, 1, 2]),  # the third meets the first at 2, the fourth no longer
        ([1, 2, 3, 4], [1, 2, 3, 4], [1, 2, 3, 4]),
        ([1, 1, 1, 1], [4, 4, 4, 4], [1, 1, 1, 1]),
        ([1, 2, 2, 3], [1, 4, 4, 4], [1, 2, 2, 2]),
    ],
)
def test_a_band_begins_where_an_interval_no_longer_meets_the_first(
    low: list[int], high: list[int], bands: list[int]
) -> None:
    assert tie_bands([1, 2, 3, 4], low, high) == bands
    order = [2, 0, 3, 1]
    shuffled = tie_bands([order[i] + 1 for i in range(4)], [low[i] for i in order], [high[i] for i in order])
    assert shuffled == [bands[i] for i in order]


def test_courts_that_share_a_rank_share_a_band() -> None:
    assert tie_bands([1, 2, 2, 4], [1, 1, 3, 4], [2, 3, 3, 4]) == [1, 1, 1, 2]


def test_variance_between_courts_is_what_sampling_does_not_explain() -> None:
    """0, 2 and 4 with errors of 1: Q = 8 ÷ (1 + v) = 2 at v = 3. With errors of 2, Q = 2 at v = 0: nothing is left."""
    assert between_variance(np.array([0.0, 2, 4]), np.ones(3)) == pytest.approx((2, 3), abs=1e-4)
    assert between_variance(np.array([0.0, 2, 4]), np.full(3, 2.0))[1] < 1e-7

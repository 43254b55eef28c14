"""When a difference of proportions counts, against results known from elsewhere and by simulation.
What a sentence says of it belongs to the claims."""

from __future__ import annotations

import random

import pytest

from dashboards.bulletin.noise import PEER_LEVEL, Share, difference, interval, is_proportion


@pytest.mark.parametrize(
    "now, before, said",
    [
        ((50, 100), (50, 100), "flat"),
        ((55, 100), (50, 100), "flat"),
        ((5500, 10000), (5000, 10000), "up"),
        ((5000, 10000), (5500, 10000), "down"),
        ((3, 3), (1, 3), "flat"),  # a jump from a third to all, of three cases
        ((0, 5), (5, 5), "down"),
        ((1, 1), (0, 0), "unjudged"),
        ((500001, 10**9), (500000, 10**9), "flat"),
    ],
)
def test_a_difference_counts_only_beyond_its_interval(now: tuple, before: tuple, said: str) -> None:
    assert difference(Share(*now), Share(*before)) == said


def test_peers_are_held_to_a_wider_interval_than_time() -> None:
    court, rest = Share(60, 100), Share(5000, 10000)
    assert difference(court, rest) == "up"
    assert difference(court, rest, PEER_LEVEL) == "flat"


def test_wilson_interval_is_the_published_one() -> None:
    """10 of 100: 0.0552 to 0.1744 (Newcombe 1998, method 3, rounded)."""
    low, high = interval(Share(10, 100))
    assert (round(low, 4), round(high, 4)) == (0.0552, 0.1744)


def test_equal_courts_are_told_apart_in_about_one_of_twenty() -> None:
    chance = random.Random(7)
    told = 0
    for _ in range(2000):
        draws = [sum(chance.random() < 0.6 for _ in range(60)) for _ in range(2)]
        told += difference(Share(draws[0], 60), Share(draws[1], 60)) != "flat"
    assert 0.02 < told / 2000 < 0.07


def test_money_and_days_are_no_proportions() -> None:
    assert is_proportion({"unit": "ratio", "numerator_unit": "cases", "denominator_unit": "cases"})
    assert not is_proportion({"unit": "ratio", "numerator_unit": "yuan", "denominator_unit": "yuan"})
    assert not is_proportion({"unit": "days", "numerator_unit": "days", "denominator_unit": "cases"})

"""Estimates and intervals of values from sums, against figures worked out by hand or printed in a paper."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.fairness.estimates import Sums, estimates
from pipelines.fairness.intervals import value_intervals

NONE = float("nan")


def sums(y: float, x: float, n: float | None = None, yy: float = NONE, xx: float = NONE, xy: float = NONE) -> Sums:
    return Sums(*(np.array([float(v)]) for v in (y, x, x if n is None else n, yy, xx, xy)))


def interval(method: str, of: Sums) -> tuple[float, float]:
    low, high = value_intervals(np.array([method], dtype=object), of)
    return float(low[0]), float(high[0])


def amounts(pairs: list[tuple[float, float]]) -> Sums:
    """Sums of (claimed, recovered) pairs."""
    x, y = np.array(pairs, dtype=float).T
    return sums(y.sum(), x.sum(), len(pairs), (y * y).sum(), (x * x).sum(), (x * y).sum())


@pytest.mark.parametrize(
    "successes, low, high",
    [(0, 0, 0.217), (1, 0.011, 0.381), (2, 0.044, 0.503), (3, 0.093, 0.606), (4, 0.153, 0.696), (5, 0.224, 0.776)],
)
def test_a_share_of_ten_cases_has_the_printed_interval(successes: int, low: float, high: float) -> None:
    """Brown, Cai and DasGupta 2001, table of 95 % Jeffreys intervals, n = 10."""
    assert interval("proportion", sums(successes, 10)) == pytest.approx((low, high), abs=0.0006)


def test_all_of_n_ends_at_one_and_mirrors_none_of_n() -> None:
    assert interval("proportion", sums(10, 10)) == pytest.approx((1 - 0.2172, 1), abs=0.0001)


def test_a_mean_of_days_has_an_interval_on_the_log_scale_by_student() -> None:
    """10, 20 and 30 days: mean 20, s = 10, error 10 ÷ √3 ÷ 20 = 0.288675 on the log scale, t = 4.302653."""
    low, high = interval("mean", sums(60, 3, 3, yy=1400))
    assert low == pytest.approx(20 * np.exp(-4.302653 * 0.288675), rel=1e-5)
    assert high == pytest.approx(20 * np.exp(4.302653 * 0.288675), rel=1e-5)


def test_no_event_has_an_interval_up_to_half_the_chi_square_quantile() -> None:
    """Gamma(½) is half of chi-square with one degree: 97.5 % of it lie below 5.023886 ÷ 2."""
    assert interval("count", sums(0, 10)) == pytest.approx((0, 5.023886 / 2 / 10), rel=1e-5)


def test_amounts_of_one_size_paid_in_full_or_not_at_all_are_a_proportion() -> None:
    """Seven of ten claims of 500: the centre is (7 + ½) ÷ (10 + 1), as with Jeffreys' prior."""
    found = estimates("amount_ratio", amounts([(500, 500)] * 7 + [(500, 0)] * 3))
    assert 1 / (1 + np.exp(-found.centre[0])) == pytest.approx(7.5 / 11)
    exact = estimates("proportion", sums(7, 10))
    assert found.error[0] == pytest.approx(exact.error[0], rel=0.02)


def test_recovering_everything_still_leaves_uncertainty() -> None:
    low, high = interval("amount_ratio", amounts([(100, 100)] * 12))
    assert high == 1
    assert 0.4 < low < 0.9


def test_two_large_cases_make_a_ratio_less_sure_than_many_small_ones() -> None:
    many = [(100, 50), (100, 80), (100, 20)] * 9
    even = estimates("amount_ratio", amounts([*many, (100, 100), (100, 0)]))
    lumped = estimates("amount_ratio", amounts([*many, (4500, 4500), (4500, 0)]))
    assert lumped.centre[0] == pytest.approx(even.centre[0], abs=0.01)
    assert lumped.error[0] > 2 * even.error[0]


def test_sums_that_allow_no_interval_have_none() -> None:
    assert np.isnan(interval("none", sums(1, 2))).all()
    assert np.isnan(interval("proportion", sums(3, 2))).all()
    assert np.isnan(interval("proportion", sums(0, 0))).all()
    assert np.isnan(interval("mean", sums(5, 2, 2, yy=13))).all()


@given(st.lists(st.tuples(st.integers(1, 10**7), st.floats(0, 1)), min_size=3, max_size=40))
def test_an_interval_of_a_ratio_holds_it_and_stays_within_0_and_1(cases: list[tuple[int, float]]) -> None:
    of = amounts([(claim, round(claim * share)) for claim, share in cases])
    low, high = interval("amount_ratio", of)
    assert 0 <= low <= of.y[0] / of.x[0] <= high <= 1


@given(st.lists(st.integers(1, 2000), min_size=3, max_size=60), st.integers(1, 59))
def test_sums_of_two_months_give_the_interval_of_both(days: list[int], cut: int) -> None:
    def of(part: list[int]) -> np.ndarray:
        return np.array([sum(part), len(part), len(part), sum(d * d for d in part)], dtype=float)

    added = of(days[:cut]) + of(days[cut:])
    assert interval("mean", sums(*added)) == interval("mean", sums(*of(days)))


def test_days_weighted_by_amounts_are_a_mean_of_days_where_all_amounts_are_equal() -> None:
    """10, 20 and 30 days of 500 yuan each: as the plain mean of the days."""
    days = np.array([10.0, 20, 30])
    weighted = sums((500 * days).sum(), 1500, 3, ((500 * days) ** 2).sum(), 3 * 500**2, (500 * 500 * days).sum())
    assert interval("amount_mean", weighted) == pytest.approx(interval("mean", sums(60, 3, 3, yy=1400)))

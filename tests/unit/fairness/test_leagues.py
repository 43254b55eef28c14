"""Rank intervals of whole leagues come out the same whatever the order, and know nothing of other leagues."""

from __future__ import annotations

import random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.fairness.leagues import COMPOSITE, rank_interval_rows
from tests.unit.fairness.simulated import composite_province, table

DRAWS = 400


@pytest.fixture(scope="module")
def league() -> pd.DataFrame:
    return composite_province(12, 200, np.random.default_rng(5))[0]


def of_shares(successes: list[int], trials: list[int], direction: str = "higher", **columns: object) -> pd.DataFrame:
    y, n = np.array(successes), np.array(trials)
    return table("I", {"y": y, "x": n, "n": n}, direction).assign(**columns)


def bounds(found: pd.DataFrame) -> list[tuple[int, int, int]]:
    return list(found[["rank_low", "rank_high", "tie_band"]].itertuples(index=False, name=None))


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(chance: random.Random) -> None:
    frame = composite_province(8, 200, np.random.default_rng(5))[0]
    order = list(range(len(frame)))
    chance.shuffle(order)
    pd.testing.assert_frame_equal(
        rank_interval_rows(frame, DRAWS), rank_interval_rows(frame.iloc[order].reset_index(drop=True), DRAWS)
    )


def test_a_second_time_gives_the_same(league: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(rank_interval_rows(league, DRAWS), rank_interval_rows(league.copy(), DRAWS))


@pytest.mark.parametrize(
    "other", [{"peer_group": "intermediate_own"}, {"period_month": "2019-11-01"}, {"window_code": "month"}]
)
def test_courts_of_another_league_change_no_rank(league: pd.DataFrame, other: dict[str, str]) -> None:
    """Another peer group, month or window beside it: to the last place the same intervals and bands."""
    beside = pd.concat([league, league.assign(**other, court_code="Z" + league["court_code"])], ignore_index=True)
    alone, together = rank_interval_rows(league, DRAWS), rank_interval_rows(beside, DRAWS)
    mine = together[~together["court_code"].str.startswith("Z")].reset_index(drop=True)
    pd.testing.assert_frame_equal(alone, mine)


def test_another_month_has_other_draws() -> None:
    frame = of_shares([40, 45, 50, 52, 55, 60], [100] * 6)
    drawn = {
        month: tuple(bounds(rank_interval_rows(frame.assign(period_month=month), 60)))
        for month in ("2019-10-01", "2019-11-01", "2019-12-01")
    }
    assert len(set(drawn.values())) > 1


def test_windows_of_the_same_months_have_the_same_draws(league: pd.DataFrame) -> None:
    """The year so far is in December the last twelve months: one league, whatever its name."""
    one, other = (rank_interval_rows(league.assign(window_code=name), DRAWS) for name in ("rolling_12m", "ytd"))
    pd.testing.assert_frame_equal(one.drop(columns="window_code"), other.drop(columns="window_code"))
    shorter = rank_interval_rows(league.assign(start_month_number=24230), DRAWS)
    assert not shorter.equals(one)


def test_an_indicator_without_weight_is_drawn_apart_and_leaves_the_composite_alone(league: pd.DataFrame) -> None:
    """And half the draws move the ends of its interval by a place at most."""
    other = of_shares([40, 45, 50, 52, 55, 60, 48, 58, 42, 51, 47, 53], [100] * 12).assign(indicator_code="W")
    other["court_code"] = sorted(league["court_code"].unique())
    beside = {weight: pd.concat([league, other.assign(weight=weight)]) for weight in (0.0, 1.0)}
    found = {weight: rank_interval_rows(frame) for weight, frame in beside.items()}
    without = rank_interval_rows(league)
    pd.testing.assert_frame_equal(without, found[0.0].query("indicator_code != 'W'").reset_index(drop=True))
    ends = [found[weight].query("indicator_code == 'W'")[["rank_low", "rank_high"]] for weight in (0.0, 1.0)]
    assert (ends[0].astype(int) - ends[1].astype(int)).abs().to_numpy().max() <= 1


def test_courts_far_apart_keep_their_ranks_and_bands() -> None:
    found = rank_interval_rows(of_shares([100, 300, 500, 700], [1000] * 4))
    assert bounds(found) == [(4, 4, 4), (3, 3, 3), (2, 2, 2), (1, 1, 1)]


def test_the_same_values_the_other_way_round_where_lower_is_better() -> None:
    found = rank_interval_rows(of_shares([100, 300, 500, 700], [1000] * 4, direction="lower"))
    assert bounds(found) == [(1, 1, 1), (2, 2, 2), (3, 3, 3), (4, 4, 4)]


def test_equal_courts_are_one_band_and_may_stand_anywhere() -> None:
    found = rank_interval_rows(of_shares([50] * 5, [100] * 5))
    assert bounds(found) == [(1, 5, 1)] * 5


def test_a_tiny_court_may_stand_almost_anywhere_where_large_ones_are_sure() -> None:
    found = rank_interval_rows(of_shares([2000, 2500, 3000, 3500, 4000, 6], [5000] * 5 + [10]))
    width = (found["rank_high"] - found["rank_low"] + 1).tolist()
    assert width[:5] == pytest.approx([1.5] * 5, abs=0.5)
    assert width[5] >= 3


def test_inside_the_reference_interval_all_are_equal() -> None:
    """Three courts well inside 30–70 %, one far above: nothing beyond reaching the interval is gained."""
    frame = of_shares([4000, 5000, 6000, 9000], [10000] * 4, direction="interval", interval_low=0.3, interval_high=0.7)
    frame["rank"] = [1, 1, 1, 4]
    assert bounds(rank_interval_rows(frame)) == [(1, 1, 1)] * 3 + [(4, 4, 2)]


def test_an_indicator_without_a_method_has_no_interval_but_its_points_count(league: pd.DataFrame) -> None:
    frame = league.copy()
    frame.loc[frame["indicator_code"] == "D1", "interval_method"] = "none"
    found = rank_interval_rows(frame, DRAWS).set_index("indicator_code")
    assert found.loc["D1", "rank_low"].isna().all()
    assert found.loc["D1", "tie_band"].isna().all()
    assert found.loc[COMPOSITE, "rank_low"].notna().all()


def test_a_court_alone_in_its_league_is_first_and_sure() -> None:
    assert bounds(rank_interval_rows(of_shares([3], [10]))) == [(1, 1, 1)]


def test_a_composite_of_one_indicator_has_its_intervals() -> None:
    frame = of_shares([40, 45, 50, 52, 55, 60], [100] * 6)
    both = pd.concat([frame, frame.assign(indicator_code=COMPOSITE, interval_method=None)], ignore_index=True)
    found = rank_interval_rows(both)
    assert bounds(found[found["indicator_code"] == COMPOSITE]) == bounds(found[found["indicator_code"] == "I"])


def test_complements_that_share_their_draws_add_no_certainty() -> None:
    """Shares of actual closures and of suspensions: a composite of both is as unsure as either."""
    successes, trials = [40, 45, 50, 52, 55, 60], [100] * 6
    actual = of_shares(successes, trials, draw_group="mix")
    suspended = of_shares([100 - s for s in successes], trials, "lower", draw_group="mix", indicator_code="J")
    composite = actual.assign(indicator_code=COMPOSITE, interval_method=None)
    found = rank_interval_rows(pd.concat([actual, suspended, composite], ignore_index=True))
    one, two, both = (bounds(found[found["indicator_code"] == code]) for code in ("I", "J", COMPOSITE))
    assert one == two == both


def test_a_court_without_an_estimate_may_stand_anywhere_and_moves_nobody_else() -> None:
    """Two ended cases say nothing about a mean of days: its rank is anybody's, the others keep theirs."""
    n, mean = np.array([900.0, 900, 900, 2]), np.array([50.0, 100, 200, 90])
    squares = n * mean**2 * 1.5
    found = rank_interval_rows(table("D", {"y": n * mean, "x": n, "n": n, "yy": squares}, "lower", "mean"))
    assert bounds(found)[3][:2] == (1, 4)
    assert [(low, high) for low, high, _ in bounds(found)[:3]] == [(1, 2), (2, 3), (3, 4)]

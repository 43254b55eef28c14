"""The arithmetic of the backlog: by hand, by a second way case by case, and its intervals on worlds that are known.
What the page says is tested in test_backlog."""

from __future__ import annotations

import numpy as np
import pytest

from dashboards.app_pages.backlog import backtest
from dashboards.app_pages.backlog.projection import LAST_AGE, MODES, History, Levers, project, rates


def steady(months: int = 12, filings: float = 100.0, chance: float = 0.5, courts: int = 1) -> History:
    """Courts that file the same each month and close the same share of every age, by suspension in one half."""
    pending, closed = np.zeros((courts, months, LAST_AGE + 1)), np.zeros((courts, months, LAST_AGE + 1, len(MODES)))
    open_cases = filings * (1 - chance) ** np.arange(1, LAST_AGE + 2)
    for month in range(months):
        pending[:, month] = open_cases
        exposed = open_cases / (1 - chance)
        closed[:, month, :, 0] = closed[:, month, :, 1] = exposed * chance / 2
    flat = np.full((courts, months), filings)
    return History(pending, closed, flat, np.zeros((courts, months)), np.full((courts, months), 1000.0), calendar=0)


def test_a_steady_court_stays_as_it_is() -> None:
    found = project(steady(), 12)
    assert found.stock[0] == pytest.approx([100.0] * 12, rel=1e-6)
    assert found.filed[0] == pytest.approx([100.0] * 12)
    # Half of every hundred closings is suspended, and nothing is resumed.
    assert found.inactive[0] == pytest.approx([1000 + 50 * n for n in range(1, 13)], rel=1e-6)


def test_a_doubled_inflow_moves_the_stock_by_the_amount_worked_out_by_hand() -> None:
    known = steady()
    moved = project(known, 3, Levers(filings=1.0)).stock - project(known, 3).stock
    # 100 more a month, of which half close in the month they come in and half of the rest in every later one:
    # 50; 50 + 25; 50 + 25 + 12.5.
    assert moved[0] == pytest.approx([50.0, 75.0, 87.5])


def test_each_lever_by_hand() -> None:
    known = steady()
    # Twice the closings: of what would stay (a half) a half more stays away, a quarter of 200 open cases is left.
    assert project(known, 1, Levers(judges=1.0)).stock[0, 0] == pytest.approx(50.0)
    # A campaign of one month works in that month only: 50 are left, then (50 + 100) / 2.
    campaign = project(known, 2, Levers(campaign=1.0, campaign_months=1)).stock[0]
    assert campaign == pytest.approx([50.0, 75.0])
    # One per cent of 1000 suspended cases comes in: ten, of which five are pending at the month's end.
    revived = project(known, 1, Levers(revived=0.01))
    assert revived.stock[0, 0] == pytest.approx(105.0)
    assert revived.inactive[0, 0] == pytest.approx(1000 - 10 + 52.5)


def world(courts: int, months: int, seed: int) -> History:
    """Courts of different sizes whose filings are Poisson and whose cases close by chances that fall with age."""
    random = np.random.default_rng(seed)
    volume = random.uniform(10, 120, courts)
    chance = 0.42 * 0.96 ** np.arange(LAST_AGE + 1)
    stock = np.zeros((courts, LAST_AGE + 1), dtype=int)
    parts = {"pending": [], "closed": [], "first": []}
    for month in range(-24, months):
        first = random.poisson(volume)
        stock = np.column_stack([first, stock[:, :-1]]) + np.eye(LAST_AGE + 1, dtype=int)[-1] * stock[:, -1:]
        gone = random.binomial(stock, chance)
        modes = random.multinomial(gone, [0.5, 0.3, 0.15, 0.05])
        stock = stock - gone
        if month >= 0:
            for name, value in (("pending", stock), ("closed", modes), ("first", first)):
                parts[name].append(value.astype(float))
    made = {name: np.stack(values, axis=1) for name, values in parts.items()}
    nothing = np.zeros((courts, months))
    return History(made["pending"], made["closed"], made["first"], nothing, nothing, calendar=2)


def test_a_projection_is_the_same_followed_case_by_case() -> None:
    known, levers = world(3, 30, 5), Levers(filings=0.1, judges=0.2, campaign=0.5, campaign_months=2)
    by = rates(known)
    for court in range(3):
        ages = {age: float(known.pending[court, -1, age]) for age in range(LAST_AGE + 1)}
        for ahead in range(6):
            month = (2 + 30 + ahead) % 12
            first = by.filings[court] * by.season_filing[month] * 1.1
            first *= 1 + 0.5 * by.growth * (6.5 + ahead) / 12
            older = {age + 1: count for age, count in ages.items() if age < LAST_AGE}
            older[LAST_AGE] = older.get(LAST_AGE, 0.0) + ages[LAST_AGE]
            older[0] = first
            power = by.season_closing[month] * 1.2 * (1.5 if ahead < 2 else 1.0)
            ages = {age: n * (1 - by.closing[court, age].sum()) ** power for age, n in older.items()}
            assert project(known, 6, levers).stock[court, ahead] == pytest.approx(sum(ages.values()), rel=1e-9)


@pytest.mark.parametrize("seed", [1, 2])
def test_past_intervals_held_eighty_per_cent_of_what_came(seed: int) -> None:
    found = backtest.coverage(backtest.errors(world(40, 46, seed)))
    assert 0.75 <= found.share <= 0.85
    assert found.origins == 35 and found.longest == 24


def test_nothing_that_came_later_moves_a_projection_or_its_interval() -> None:
    known = world(6, 40, 3)
    later = known.pending.copy()
    later[:, 31:] *= 7
    changed = History(later, known.closed, known.first, known.resumed, known.inactive, known.calendar)
    one, other = backtest.errors(known), backtest.errors(changed)
    place = one.origins.index(30)
    assert np.array_equal(one.projected[:, : place + 1], other.projected[:, : place + 1], equal_nan=True)
    assert np.array_equal(backtest.spread(one, 30), backtest.spread(other, 30), equal_nan=True)


def test_an_interval_is_never_below_nothing() -> None:
    known = world(6, 40, 4)
    low, high = backtest.interval(backtest.errors(known), np.full((6, 24), 0.5), 39)
    assert (low >= 0).all() and (high > low).all()

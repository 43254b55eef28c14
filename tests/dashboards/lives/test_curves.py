"""The curves of cases' lives, against a second way of working them out and on worlds whose truth is known.
What the page says of them is tested in test_lives."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from dashboards.app_pages.lives.curves import Counts, added, curve, difference, interval

Life = tuple[int, int, str]  # first seen at (0: from the beginning), left at, how ("" still open)
CAUSES = ("paid", "suspended", "ended")


def counted(lives: list[Life], length: int = 60) -> Counts:
    ended = {cause: np.zeros(length) for cause in CAUSES}
    censored, entered = np.zeros(length), np.zeros(length)
    for first, last, how in lives:
        (ended[how] if how else censored)[last] += 1
        if first:
            entered[first] += 1
    return Counts(ended, censored, entered)


def product_integral(lives: list[Life], until: int) -> dict[str, Fraction]:
    """Aalen and Johansen's product of transition matrices, person by person, in fractions."""
    states = ("open", *CAUSES)
    here = {state: Fraction(int(state == "open")) for state in states}
    for day in range(until + 1):
        risk = [life for life in lives if (life[0] < day or life[0] == 0) and life[1] >= day]
        if not risk:
            continue
        steps = {c: Fraction(sum(1 for life in risk if life[1] == day and life[2] == c), len(risk)) for c in CAUSES}
        was = here["open"]
        here = {**here, "open": was * (1 - sum(steps.values()))}
        for cause, step in steps.items():
            here[cause] += was * step
    return here


def drawn(random: np.random.Generator, count: int, hazards: tuple[float, float, float], *, late: bool) -> list[Life]:
    """Cases that end each day with the hazards, are last seen at a day of their own, and are first seen late."""
    total = sum(hazards)
    ends = random.geometric(total, count)
    how = random.choice(CAUSES, count, p=[h / total for h in hazards])
    sight = random.integers(5, 59, count)
    first = random.integers(0, 20, count) * late * (random.random(count) < 0.5)
    lives = []
    for start, end, seen, cause in zip(first, ends, sight, how, strict=True):
        if min(end, seen) > start:
            lives.append((int(start), int(min(end, seen)), str(cause) if end <= seen else ""))
    return lives


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_the_estimate_is_the_product_integral(seed: int, late: bool) -> None:
    lives = drawn(np.random.default_rng(seed), 60, (0.02, 0.03, 0.01), late=late)
    found = curve(counted(lives))
    for day in (0, 1, 7, 20, 40):
        truth = product_integral(lives, day)
        assert found.still_open[day] == pytest.approx(float(truth["open"]), abs=1e-9)
        for cause in CAUSES:
            assert found.incidence[cause][day] == pytest.approx(float(truth[cause]), abs=1e-9)


def test_shares_add_up_to_one() -> None:
    found = curve(counted(drawn(np.random.default_rng(9), 200, (0.02, 0.03, 0.01), late=True)))
    together = sum(found.incidence.values()) + found.still_open
    assert together[~np.isnan(together)] == pytest.approx(1.0)


def test_without_censoring_it_is_the_plain_share_and_its_binomial_variance() -> None:
    lives = [(0, day, cause) for day, cause in zip((1, 2, 2, 5, 9), (*CAUSES, "paid", "ended"), strict=True)]
    found = curve(counted(lives))
    assert found.incidence["paid"][5] == pytest.approx(2 / 5)
    assert found.variance["paid"][9] == pytest.approx(2 / 5 * 3 / 5 / 5)


def test_the_variance_is_the_double_sum_written_out() -> None:
    """Marubini and Valsecchi's sum over the days up to each age, day by day."""
    counts = counted(drawn(np.random.default_rng(3), 80, (0.02, 0.03, 0.01), late=True))
    found = curve(counts)
    every = sum(counts.ended.values())
    before = np.concatenate([[1.0], found.still_open[:-1]])
    for age in (3, 10, 30):
        total = 0.0
        for day in range(age + 1):
            n, d, own = found.at_risk[day], every[day], counts.ended["paid"][day]
            if not n or not d:
                continue
            gap = found.incidence["paid"][age] - found.incidence["paid"][day]
            total += gap**2 * d / (n * (n - d)) if n > d else 0.0
            total += before[day] ** 2 * (n - own) * own / n**3 - 2 * gap * before[day] * own / n**2
        assert found.variance["paid"][age] == pytest.approx(total, abs=1e-12)


def test_closing_only_the_quick_cases_does_not_look_fast() -> None:
    """Of a hundred cases the ten quick ones are closed: on average in two days; after thirty days a tenth is closed."""
    lives = [(0, 2, "paid")] * 10 + [(0, 40, "")] * 90
    assert curve(counted(lives)).incidence["paid"][30] == pytest.approx(0.1)


@pytest.mark.parametrize("late", [False, True])
def test_the_interval_covers_the_truth_of_planted_hazards(late: bool) -> None:
    hazards, day = (0.01, 0.015, 0.005), 25
    total = sum(hazards)
    random, hits, tries = np.random.default_rng(20 + late), 0, 1500
    for _ in range(tries):
        found = curve(counted(drawn(random, 220, hazards, late=late)))
        low, high = interval(float(found.incidence["paid"][day]), float(found.variance["paid"][day]))
        truth = hazards[0] / total * (1 - (1 - total) ** day)
        hits += low <= truth <= high
    assert 0.93 <= hits / tries <= 0.97


def test_a_difference_of_equals_is_beyond_chance_in_about_one_of_twenty() -> None:
    random, beyond, tries = np.random.default_rng(5), 0, 600
    for _ in range(tries):
        pair = [curve(counted(drawn(random, 150, (0.02, 0.02, 0.01), late=False))) for _ in range(2)]
        shares = [(float(one.incidence["paid"][20]), float(one.variance["paid"][20])) for one in pair]
        low, high = difference(shares[0], shares[1])
        beyond += low > 0 or high < 0
    assert 0.02 <= beyond / tries <= 0.08


def test_nothing_is_said_where_nothing_is_known() -> None:
    found = curve(counted([(0, 3, "paid"), (0, 5, "")]))
    assert np.isnan(found.still_open[6]) and not np.isnan(found.still_open[5])
    assert all(
        np.isnan(end) for end in (*interval(0.0, 0.0), *interval(1.0, 0.0), *difference((0.0, 0.0), (0.5, 0.01)))
    )


def test_courts_add_up_as_if_they_were_one() -> None:
    random = np.random.default_rng(1)
    lives = [drawn(random, 40, (0.02, 0.03, 0.01), late=True) for _ in range(3)]
    together = added([counted(part, 60 + place) for place, part in enumerate(lives)])
    whole = curve(counted([life for part in lives for life in part], 62))
    assert curve(together).incidence["paid"][:50] == pytest.approx(whole.incidence["paid"][:50])

"""Every indicator, on cases worked out by hand: value, empty denominator, the edges of its windows, roll-up.
The arithmetic of a figure stands beside it in `worlds/`; the whole pipeline on one world belongs to tests/golden."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from tests.compiled.engine import Engine
from tests.compiled.project import project
from tests.compiled.records import delivered
from tests.unit.catalogue.worlds import COURTS, Expected, everything_expected, names, world

Key = tuple[str, str, str, date, str, str]
Found = dict[Key, tuple[Any, ...]]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(project().up_to("fct_court_indicators"), COURTS)


@pytest.fixture(scope="module")
def computed(engine: Engine) -> Callable[[str], Found]:
    """What the project's SQL makes of a world: key → numerator, denominator, value, status."""
    kept: dict[str, Found] = {}

    def of(name: str) -> Found:
        if name not in kept:
            made = world(name)
            engine.build(delivered(made.months, COURTS, made.records))
            rows = engine.rows(
                """
                select court_code, scope_code, window_code, period_month, indicator_code, definition_version,
                       numerator, denominator, value, status
                from performance.fct_court_indicators
                """
            )
            kept[name] = {row[:6]: row[6:] for row in rows}
        return kept[name]

    return of


def agrees(expected: Expected, found: tuple[Any, ...] | None) -> bool:
    """Sums to the last digit, the value to the last digit a double holds; nothing to divide by is no value at all."""
    if found is None:
        return False
    numerator, denominator, value, status = found
    if Fraction(numerator) != expected.numerator or (status == "not_applicable") != (expected.value is None):
        return False
    if (None if denominator is None else Fraction(denominator)) != expected.denominator:
        return False
    if expected.value is None or value is None:
        return expected.value is None and value is None
    return abs(value - float(expected.value)) <= 1e-12 * max(1, abs(value))


@pytest.mark.parametrize("name", names())
def test_every_figure_is_the_one_worked_out_by_hand(name: str, computed: Callable[[str], Found]) -> None:
    found = computed(name)
    wrong = [
        (e.indicator, e.case, e.court, e.window, f"{e.month:%Y-%m}", f"by hand {e.numerator}/{e.denominator}: {e.why}",
         found.get(e.key))
        for e in world(name).expected
        if not agrees(e, found.get(e.key))
    ]  # fmt: skip
    assert wrong == []


@pytest.mark.parametrize("name", names())
def test_a_jurisdiction_is_not_the_mean_of_its_courts_rates(name: str, computed: Callable[[str], Found]) -> None:
    """Every rolled-up rate worked out by hand is one where the mean of its courts' rates would be another number."""
    found = computed(name)
    same = []
    for e in world(name).expected:
        if e.case == "roll_up" and e.denominator is not None and e.scope == "jurisdiction":
            own = [found[(court, "own", *e.key[2:])][2] for court in COURTS if court != "T00"]
            rates = [rate for rate in own if rate is not None]
            if abs(sum(rates) / len(rates) - float(e.value or 0)) < 1e-6:
                same.append((e.indicator, rates))
    assert same == []


@pytest.mark.parametrize("name", names())
def test_a_roll_up_is_the_sum_of_its_courts_and_then_the_division(name: str, computed: Callable[[str], Found]) -> None:
    """Every indicator of the world, worked out by hand or not; SX35, a difference of rates, is not a sum."""
    found = computed(name)
    for (court, scope, window, month, indicator, version), (numerator, denominator, _, _) in found.items():
        if scope == "jurisdiction" and indicator != "SX35":
            own = [found[(c, "own", window, month, indicator, version)] for c in COURTS if c != "T00"]
            assert numerator == sum(row[0] for row in own), (court, window, month, indicator)
            if denominator is not None:
                assert denominator == sum(row[1] for row in own), (court, window, month, indicator)


def test_every_figure_is_worked_out_once() -> None:
    keys = [(e.world, e.key) for e in everything_expected()]
    assert len(keys) == len(set(keys))

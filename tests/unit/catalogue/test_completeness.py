"""No indicator without cases worked out by hand, and no case that says less than its name.
Whether the figures are right belongs to `test_worlds`."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date

from tests.compiled.project import ROOT
from tests.unit.catalogue.worlds import Expected, everything_expected

NEEDED = {"value", "empty", "edge", "roll_up"}


def versioned(indicator: str, version: str) -> str:
    """A later version is worked out as if it were an indicator of its own."""
    return indicator if version in ("", "1") else f"{indicator} version {version}"


def catalogue() -> dict[str, str]:
    """Indicator → denominator_kind, of every indicator, every other reading and every later version of one."""
    with (ROOT / "dbt_project/seeds/indicators.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    return {versioned(row["indicator_code"], row["definition_version"]): row["denominator_kind"] for row in rows}


def by_indicator() -> dict[str, list[Expected]]:
    found: dict[str, list[Expected]] = defaultdict(list)
    for expected in everything_expected():
        found[versioned(expected.indicator, expected.version)].append(expected)
    return found


def cases_of(indicator: str, case: str) -> list[Expected]:
    return [e for e in by_indicator()[indicator] if e.case == case]


def test_every_indicator_has_a_value_an_empty_denominator_an_edge_and_a_roll_up() -> None:
    worked_out = by_indicator()
    missing = {code: NEEDED - {e.case for e in worked_out[code]} for code in catalogue()}
    assert {code: cases for code, cases in missing.items() if cases} == {}
    assert set(worked_out) == set(catalogue())
    assert len(worked_out) >= 61 + 17


def test_a_value_says_something() -> None:
    kinds = catalogue()
    for code, kind in kinds.items():
        values = cases_of(code, "value")
        assert any(e.numerator != 0 and e.value is not None for e in values), code
        assert all((e.denominator is None) == (kind == "none") for e in by_indicator()[code]), code


def test_an_empty_denominator_is_empty() -> None:
    """A rate of nothing has no value; a count of nothing is nought."""
    for code, kind in catalogue().items():
        for e in cases_of(code, "empty"):
            assert e.value == 0 if kind == "none" else e.denominator == 0, code


def test_an_edge_is_seen_from_both_sides() -> None:
    """The month before the value's, and a window that reaches back beyond it, tell other figures than the value."""
    for code in catalogue():
        value = next(e for e in cases_of(code, "value"))
        edges = [e for e in cases_of(code, "edge") if e.court == value.court]
        months = {e.month for e in edges if e.month < value.month}
        windows = {e.window for e in edges if e.month == value.month and e.window != value.window}
        assert months and windows, code
        told = {(e.numerator, e.denominator) for e in [*edges, value]}
        assert len(told) > 1, code


def test_a_roll_up_has_more_than_one_court() -> None:
    for code in catalogue():
        assert any(e.scope == "jurisdiction" and "+" in e.why for e in cases_of(code, "roll_up")), code


def test_the_windows_are_those_of_the_calendar_and_of_the_statistical_year() -> None:
    """January is the first month of its year and the second of a statistical year: the edges lie between the two."""
    at = date(2019, 1, 1)
    used = {(e.window, e.month) for e in everything_expected()}
    assert {("month", at), ("ytd", at), ("stat_year", at), ("rolling_12m", at), ("rolling_36m", at)} <= used

"""Targets of a province made by hand: met, missed, within chance, mere references, and readings on the other side.
How pages and the pack say it is tested with them."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from dashboards.targets import Target, targets

PLAIN: dict[str, Any] = {
    "variant_of": None, "direction": "higher", "target_value": 0.9, "interval_low": None, "interval_high": None,
    "reference_value": None, "is_working_definition": False, "status": "met", "case_count": 100,
    "judged_status": None, "value": 0.95, "value_low": 0.93, "value_high": 0.97,
}  # fmt: skip


def one(**changed: Any) -> Target:
    (found,) = targets(pd.DataFrame([{**PLAIN, "indicator_code": "X", **changed}]))
    return found


@pytest.mark.parametrize(
    "changed, expected",
    [
        ({}, "met"),
        ({"value": 0.8, "value_low": 0.75, "value_high": 0.85}, "below"),
        # Eight of nine: one petition is no missed target.
        ({"value": 8 / 9, "value_low": 0.59, "value_high": 0.98, "case_count": 9}, "too_few"),
        ({"value": 0.8, "value_low": None, "value_high": None}, "below"),
        ({"direction": "lower", "target_value": 30, "value": 33.8, "value_low": 31.1, "value_high": 36.8}, "above"),
        ({"direction": "lower", "target_value": 30, "value": 33.8, "value_low": 29.0, "value_high": 36.8}, "too_few"),
        ({"status": "not_delivered", "value": 0.2, "value_low": 0.1, "value_high": 0.3}, "not_delivered"),
        # Both sides of the target, by whether its largest case is counted: the snapshot says so.
        ({"judged_status": "too_few"}, "too_few"),
        ({"status": "too_few", "value": 0.2, "value_low": 0.1, "value_high": 0.3}, "too_few"),
        ({"status": "no_target", "value": None, "value_low": None, "value_high": None}, "not_applicable"),
        ({"target_value": None, "interval_low": 0.2, "interval_high": 0.3, "value_low": 0.9}, "above"),
    ],
)
def test_a_target_is_missed_only_beyond_the_interval_of_the_value(changed: dict[str, Any], expected: str) -> None:
    assert one(**changed).status == expected


def test_what_another_place_goes_by_judges_nobody() -> None:
    found = one(target_value=None, reference_value=0.99, value=0.2, value_low=0.1, value_high=0.3)
    assert found.status == "reference"
    assert not found.is_missed


def test_another_reading_is_held_against_the_same_target() -> None:
    own = {**PLAIN, "indicator_code": "X", "is_working_definition": True}
    other = {**PLAIN, "indicator_code": "X_ALT1", "variant_of": "X", "target_value": None, "status": "no_target"}
    other |= {"value": 0.88, "value_low": 0.87, "value_high": 0.89}
    (found,) = targets(pd.DataFrame([own, other]))
    assert found.is_working
    assert [(row["indicator_code"], status) for row, status in found.readings] == [("X_ALT1", "below")]

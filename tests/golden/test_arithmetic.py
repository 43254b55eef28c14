"""The hand-made figures of the golden world agree with a second computation from the delivered files.
What the product makes of the same deliveries belongs to test_golden_world."""

from __future__ import annotations

import pytest

from tests.golden.expectations_by_hand import by_hand, month
from tests.golden.second_way import figures, flow

ALL = {"执", "执恢", "执保", "执异", "执复", "执监", "执协", "执他"}


def test_every_indicator_by_hand_is_what_the_delivered_rows_say() -> None:
    wrong = []
    for row in by_hand("indicators"):
        sums = figures(row["court_code"], row["scope_code"], row["window_code"], month(row["period_month"]))
        numerator, denominator = sums[row["indicator_code"]]
        value = f"{numerator / denominator:.6f}" if denominator else ""
        if (str(numerator), str(denominator), value) != (row["numerator"], row["denominator"], row["value"]):
            wrong.append((row, numerator, denominator, value))
    assert not wrong


def test_the_flow_by_hand_is_what_the_delivered_rows_say() -> None:
    wrong = []
    for row in by_hand("flow"):
        types = {"执"} if row["case_scope"] == "first_enforcement" else ALL
        at = month(row["period_month"])
        opening, new, closed, pending = flow(row["court_code"], "own", types, at, at)
        found = [str(n) for n in (opening, new, len(closed), pending)]
        if found != [row[f"{name}_cases"] for name in ("opening", "new", "closed", "pending")]:
            wrong.append((row, found))
    assert not wrong


def test_each_month_opens_with_what_the_month_before_left() -> None:
    left: dict[tuple[str, str], str] = {}
    for row in by_hand("flow"):
        key = (row["court_code"], row["case_scope"])
        assert left.get(key, row["opening_cases"]) == row["opening_cases"], row
        assert int(row["opening_cases"]) + int(row["new_cases"]) - int(row["closed_cases"]) == int(row["pending_cases"])
        left[key] = row["pending_cases"]


@pytest.mark.parametrize("indicator, lower", [("QX01", False), ("QX03", True), ("QX05", True), ("QX10", True)])
def test_ranks_by_hand_follow_the_values_by_hand(indicator: str, lower: bool) -> None:
    values = {
        row["court_code"]: int(row["numerator"]) / int(row["denominator"])
        for row in by_hand("indicators")
        if (row["indicator_code"], row["window_code"], row["period_month"], row["status"])
        == (indicator, "rolling_12m", "2019-02", "no_target")
    }
    ranks = {
        row["court_code"]: int(row["rank"])
        for row in by_hand("ranks")
        if (row["indicator_code"], row["window_code"], row["period_month"]) == (indicator, "rolling_12m", "2019-02")
        and row["rank"]
    }
    better = {c: sum((v < values[c]) if lower else (v > values[c]) for v in values.values()) for c in ranks}
    assert ranks == {court: ahead + 1 for court, ahead in better.items()}

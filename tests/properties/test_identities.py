"""What has to hold for any province: stocks and flows balance, parts are no larger than their wholes, scopes add up.
Figures of single cases are worked out by hand elsewhere (tests/unit/catalogue, tests/golden)."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.compiled.engine import Engine
from tests.compiled.project import project
from tests.compiled.records import delivered
from tests.properties.provinces import COURTS, FIRST, LAST, MONTHS, Records, provinces

EXAMPLES = 6  # each builds every model on a province of its own, in about a second

# part ≤ whole, in the same month and case scope
PARTS = [
    ("actual_closed_cases", "closed_cases"), ("suspended_cases", "closed_cases"),
    ("on_time_closed_cases", "closed_cases"),
    ("full_satisfaction_cases", "actual_closed_cases"), ("terminated_cases", "actual_closed_cases"),
    ("strict_closed_cases", "actual_closed_cases"), ("on_time_actual_closed_cases", "on_time_closed_cases"),
    ("property_on_time_cases", "property_closed_cases"), ("property_closed_cases", "closed_cases"),
    ("counted_closed_cases", "closed_cases"), ("preserved_cases", "new_cases"),
    ("judged_suspensions", "suspended_cases"),
    ("compliant_suspensions", "judged_suspensions"), ("check_compliant_suspensions", "checked_suspensions"),
    ("checked_suspensions", "suspended_cases"), ("old_pending_cases", "pending_cases"),
    ("overdue_pending_cases", "pending_cases"), ("property_overdue_pending_cases", "overdue_pending_cases"),
    ("judged_recovered_amount", "judged_claim_amount"), ("judged_claim_cases", "closed_cases"),
    ("notice_on_time_cases", "notice_due_cases"), ("query_on_time_cases", "query_due_cases"),
    ("filed_on_time_cases", "filing_due_cases"), ("upheld_cases", "closed_cases"), ("reversed_cases", "closed_cases"),
    ("funds_paid_on_time_amount", "due_funds_amount"), ("late_funds_amount", "held_funds_amount"),
    ("sold_lots", "ended_lots"), ("first_round_sold_lots", "sold_lots"), ("on_time_requests", "due_requests"),
    ("located_persons", "person_searches"), ("seized_vehicles", "vehicle_searches"), ("on_time_clues", "due_clues"),
    ("on_time_files", "due_files"), ("on_time_delistings", "due_delistings"), ("written_off_items", "ledger_items"),
    ("due_petitions_resolved", "due_petitions"), ("on_time_supervised_items", "due_supervised_items"),
    ("on_time_rechecks", "due_rechecks"), ("overdue_key_nodes", "overdue_key_or_local_nodes"),
]  # fmt: skip
# whole = signed sum of parts
SUMS = {
    "pending_cases": {"opening_cases": 1, "new_cases": 1, "closed_cases": -1},
    "accepted_cases": {"opening_cases": 1, "new_cases": 1},
    "closed_cases": {"actual_closed_cases": 1, "suspended_cases": 1},
    "inactive_pending_cases": {
        "inactive_opening_cases": 1, "placed_inactive_cases": 1, "reactivated_cases": -1, "expired_inactive_cases": -1,
    },
    "outstanding_cases": {"pending_cases": 1, "inactive_pending_cases": 1},
    "enforceable_cases": {"actual_closed_cases": 1, "overdue_pending_cases": 1},
    "resumable_suspensions": {"inactive_opening_cases": 1, "placed_inactive_cases": 1},
    "held_funds_amount": {"held_unpaid_amount": 1, "held_residual_amount": 1},
    "late_funds_amount": {"late_unpaid_amount": 1, "late_residual_amount": 1},
    "ledger_items": {"opening_items": 1, "found_items": 1},
}  # fmt: skip
CARRIED = {"opening_cases": "pending_cases", "inactive_opening_cases": "inactive_pending_cases"}
SCOPES = {
    "implementation": ("first_enforcement", "resumed_enforcement"),
    "all_enforcement": (
        "first_enforcement", "resumed_enforcement", "preservation", "objection", "review", "supervision",
        "coordination", "other",
    ),
}  # fmt: skip
MEMBERS = {
    ("T10", "jurisdiction"): ("T10", "T11", "T12", "T13"), ("T20", "jurisdiction"): ("T20", "T21"),
    ("T00", "province"): COURTS,
}  # fmt: skip

Cell = tuple[str, str, date, str]
Measures = dict[Cell, dict[str, Any]]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(project().up_to("fct_court_indicators"), COURTS)


def measures_of(engine: Engine) -> Measures:
    """(court, scope, month, case scope) → measure → value."""
    found: Measures = defaultdict(dict)
    for court, scope, month, case_scope, measure, value in engine.rows(
        """
        select court_code, scope_code, period_month, case_scope, measure_code, measure_value
        from performance.fct_court_measures
        """
    ):
        found[court, scope, month, case_scope][measure] = value
    return found


def no_part_is_larger_than_its_whole(measures: Measures) -> None:
    for cell, values in measures.items():
        assert all(value >= 0 for name, value in values.items() if name != "premium_amount"), cell
        for part, whole in PARTS:
            if part in values:
                assert values[part] <= values[whole], (cell, part, whole)


def wholes_are_the_sums_of_their_parts(measures: Measures) -> None:
    for cell, values in measures.items():
        for whole, parts in SUMS.items():
            if whole in values:
                assert values[whole] == sum(sign * values[part] for part, sign in parts.items()), (cell, whole)


def a_stock_is_carried_into_the_next_month(measures: Measures) -> None:
    for (court, scope, month, case_scope), values in measures.items():
        former = measures.get((court, scope, MONTHS[MONTHS.index(month) - 1], case_scope))
        for opening, pending in CARRIED.items():
            if month > FIRST and opening in values:
                assert former is not None
                assert values[opening] == former[pending], (court, month, case_scope, opening)


def case_scopes_add_up(measures: Measures) -> None:
    for (court, scope, month, case_scope), values in measures.items():
        for name, value in values.items():
            if case_scope in SCOPES:
                parts = [measures[court, scope, month, part].get(name, 0) for part in SCOPES[case_scope]]
                assert value == sum(parts), (court, scope, month, case_scope, name)


def courts_add_up(measures: Measures) -> None:
    for (court, scope, month, case_scope), values in measures.items():
        if scope == "own":
            continue
        for name, value in values.items():
            if name != "distinct_defaulters":
                own = [measures[member, "own", month, case_scope][name] for member in MEMBERS[court, scope]]
                assert value == sum(own), (court, scope, month, case_scope, name)


def flows_are_the_records_counted(measures: Measures, records: Records) -> None:
    """The same cases counted in five lines of Python."""
    for month in MONTHS:
        filed = Counter(c["court_code"] for c in records["cases"] if c["filed_date"].replace(day=1) == month)
        ended = [c for c in records["cases"] if c.get("closed_date") and c["closed_date"].replace(day=1) == month]
        closed = Counter(c["court_code"] for c in ended)
        for court in COURTS:
            values = measures[court, "own", month, "all_enforcement"]
            assert (values["new_cases"], values["closed_cases"]) == (filed[court], closed[court]), (court, month)
    still_open = sum((c.get("closed_date") or date.max) > LAST for c in records["cases"])
    assert measures["T00", "province", MONTHS[-1], "all_enforcement"]["pending_cases"] == still_open


def rates_are_divisions_done_last(engine: Engine) -> None:
    """Every value is numerator ÷ denominator, and nought below the line is no value; three rates make one whole."""
    shares: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for *key, indicator, numerator, denominator, value in engine.rows(
        """
        select court_code, scope_code, window_code, period_month, indicator_code, numerator, denominator, value
        from performance.fct_court_indicators
        """
    ):
        if denominator is not None:
            assert (value is None) == (denominator == 0), (key, indicator)
            if value is not None:
                assert abs(value - float(numerator / denominator)) < 1e-9, (key, indicator)
        if indicator in ("QX02", "QX04", "QX05"):
            shares[tuple(key)].append((numerator, denominator))
    for place, three in shares.items():
        assert sum(numerator for numerator, _ in three) == three[0][1], place


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(records=provinces())
def test_identities_hold_for_any_province(engine: Engine, records: Records) -> None:
    engine.build(delivered(MONTHS, COURTS, records))
    measures = measures_of(engine)
    no_part_is_larger_than_its_whole(measures)
    wholes_are_the_sums_of_their_parts(measures)
    a_stock_is_carried_into_the_next_month(measures)
    case_scopes_add_up(measures)
    courts_add_up(measures)
    flows_are_the_records_counted(measures, records)
    rates_are_divisions_done_last(engine)

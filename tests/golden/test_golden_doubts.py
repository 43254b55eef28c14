"""What the golden world may not be said to show: values that one record makes, and columns that a court did not send.
The hand-made figures stand in README.md; what the product says of everything else belongs to test_golden_world."""

from __future__ import annotations

import duckdb
import pytest

Snapshot = duckdb.DuckDBPyConnection
TO_FEBRUARY = "window_code = 'rolling_12m' and scope_code = 'own' and period_month = date '2019-02-01'"


@pytest.mark.parametrize(
    ("court", "indicator", "without"),
    [
        ("T11", "QX06", 39_000 / 98_000), ("T12", "QX06", 31_600 / 86_000), ("T13", "QX06", 35_500 / 63_000),
        ("T11", "QX24", 25_600 / 36_600), ("T12", "QX24", 1.0), ("T13", "QX24", None), ("T12", "SX09", 30.0),
    ],
)  # fmt: skip
def test_a_value_without_its_largest_record_is_the_one_worked_out_by_hand(
    snapshot: Snapshot, court: str, indicator: str, without: float | None
) -> None:
    found = snapshot.execute(
        f"""
        select is_concentrated, value_without_largest from performance.fct_court_intervals
        where {TO_FEBRUARY} and court_code = ? and indicator_code = ?
        """,
        [court, indicator],
    ).fetchall()
    assert found == [(True, None if without is None else pytest.approx(without))]


@pytest.mark.parametrize(
    ("indicator", "undelivered"), [("SX25", {"T11", "T12", "T13"}), ("SX12", {"T13"}), ("SX14", set())]
)
def test_what_depends_on_a_column_that_was_not_sent_is_not_delivered(
    snapshot: Snapshot, indicator: str, undelivered: set[str]
) -> None:
    found = snapshot.execute(
        f"""
        select court_code from performance.fct_court_indicators
        where {TO_FEBRUARY} and is_in_force and indicator_code = ? and status = 'not_delivered'
            and court_code in ('T11', 'T12', 'T13')
        """,
        [indicator],
    ).fetchall()
    assert {court for (court,) in found} == undelivered


def test_the_columns_that_are_missing_are_those_without_a_heading(snapshot: Snapshot) -> None:
    found = snapshot.execute(
        """
        select distinct court_code, column_name from core.fct_missing_columns
        where kind = 'cases' and reason_code = 'absent'
            and column_name in ('has_property', 'review_outcome', 'original_case_number', 'received_date',
                'closed_date')
        """
    ).fetchall()
    assert set(found) == {
        ("T11", "received_date"), ("T12", "received_date"), ("T13", "received_date"),
        ("T12", "has_property"), ("T13", "has_property"), ("T13", "original_case_number"),
    }  # fmt: skip


def test_a_heading_that_no_row_of_the_file_calls_for_takes_nobody_out(snapshot: Snapshot) -> None:
    """T12 and T13 have no heading for the outcome of a review and closed no review: nothing of theirs is missing."""
    found = snapshot.execute(
        f"""
        select court_code, status from performance.fct_court_indicators
        where {TO_FEBRUARY} and is_in_force and indicator_code = 'SX14' and court_code in ('T12', 'T13')
        order by court_code
        """
    ).fetchall()
    assert found == [("T12", "not_applicable"), ("T13", "not_applicable")]

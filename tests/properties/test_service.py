"""A court counts from the month in which its service begins: sums, statuses and the numbers of courts say the same.
Deliveries that are missing while a court is in service belong to test_deliveries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.compiled.engine import Engine, Rows, broken
from tests.compiled.project import FOR_SERVED, project
from tests.compiled.records import delivered
from tests.properties.provinces import COURTS, MONTHS, Records, province

NOVEMBER, DECEMBER, JANUARY = MONTHS
LATER, NEVER = "T21", "T20"
BEGUN = tuple(court for court in COURTS if court not in (LATER, NEVER))
SUMS = """
    select measure_code, case_scope, measure_value from performance.fct_court_measures
    where scope_code = 'province' and period_month = ? and measure_value <> 0 order by all
"""


def rows_of(records: Records, later_from: date) -> dict[str, Rows]:
    """All courts but one deliver from November; LATER does from `later_from`; NEVER does not."""
    mine = {kind: [record for record in listed if record["court_code"] != NEVER] for kind, listed in records.items()}
    found = delivered(MONTHS, (*BEGUN, LATER), mine)
    for kind, rows in found.items():
        month = "extract_month" if kind.startswith("_ledger") else "_extract_month"
        found[kind] = [
            row for row in rows if row.get("court_code") != LATER or month not in row or row[month] >= later_from
        ]
    return found


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(project().up_to(*FOR_SERVED), COURTS)


@pytest.fixture
def begun(engine: Engine) -> Iterator[Engine]:
    """The province without a word in the register on when anybody begins."""
    engine.build(rows_of(province(7, 240, COURTS), DECEMBER))
    yield engine
    engine.change("update seeds.courts set delivers_from = null, delivers_to = null")


def statuses(engine: Engine, court: str, scope: str, month: date, window: str = "month") -> set[str]:
    query = """
        select distinct status from performance.fct_court_indicators
        where court_code = ? and scope_code = ? and period_month = ? and window_code = ?
    """
    return {status for (status,) in engine.rows(query, court, scope, month, window)}


def missing(engine: Engine, month: date) -> int:
    """Deliveries that the pending rate of the province lacks in the month; every file has its columns."""
    query = """
        select max(deliveries_missing) from performance.fct_court_indicators
        where scope_code = 'province' and window_code = 'month' and period_month = ? and indicator_code = 'QX05'
    """
    return int(engine.rows(query, month)[0][0])


def numbers(engine: Engine, month: date) -> dict[str, list[tuple[Any, ...]]]:
    """(expected, delivered) courts of the cases, as the deliveries, the roll-up and the coverage have them."""
    asked = {
        "deliveries": """
            select count(*) filter (where is_expected), count(*) filter (where is_expected and is_delivered)
            from performance.fct_court_deliveries where extract_kind = 'cases' and period_month = ?
        """,
        "roll-up": """
            select distinct courts_expected, courts_delivered from performance.fct_court_measures
            where scope_code = 'province' and measure_code = 'new_cases' and period_month = ?
        """,
        "coverage": """
            select courts_expected, courts_delivered from rankings.rpt_delivery_coverage where period_month = ?
        """,
    }
    return {name: engine.rows(query, month) for name, query in asked.items()}


def test_a_court_of_the_register_that_never_delivered_takes_no_roll_up_with_it(begun: Engine) -> None:
    assert statuses(begun, NEVER, "own", JANUARY) == {"not_in_service"}
    assert missing(begun, JANUARY) == 0
    assert {tuple(found) for found in numbers(begun, JANUARY).values()} == {((len(COURTS) - 1,) * 2,)}


def test_what_a_later_court_counted_before_its_service_is_in_no_sum_and_breaks_no_test(begun: Engine) -> None:
    shares = "select max(top_ten_share), max(largest_share) from performance.fct_court_intervals"
    assert broken(begun) == []
    assert [share <= 1.000000001 for share in begun.rows(shares)[0]] == [True, True]


def test_no_check_looks_at_a_court_before_its_service(begun: Engine) -> None:
    query = "select min(period_month) from rankings.rpt_gaming_checks where court_code = ?"
    assert begun.rows(query, LATER) == [(DECEMBER,)]


def test_a_court_that_begins_later_changes_no_month_before(begun: Engine) -> None:
    assert statuses(begun, LATER, "own", NOVEMBER) == {"not_in_service"}
    assert "not_in_service" not in statuses(begun, LATER, "own", DECEMBER)
    with_it = begun.rows(SUMS, NOVEMBER)
    assert {tuple(found) for found in numbers(begun, NOVEMBER).values()} == {((len(BEGUN),) * 2,)}
    alone = {
        kind: [record for record in listed if record["court_code"] not in (NEVER, LATER)]
        for kind, listed in province(7, 240, COURTS).items()
    }
    begun.build(delivered(MONTHS, BEGUN, alone))
    assert begun.rows(SUMS, NOVEMBER) == with_it
    assert len(with_it) > 20


@pytest.mark.parametrize("court, scope", [("T00", "province"), ("T20", "jurisdiction"), (LATER, "own")])
def test_a_window_counts_the_stock_that_a_later_court_brings_along(begun: Engine, court: str, scope: str) -> None:
    query = """
        select opened.measure_value, pending.measure_value, closed.measure_value
        from measures.int_window_measures as opened
        inner join measures.int_window_measures as pending
            using (court_code, scope_code, window_code, period_month, case_scope)
        inner join measures.int_window_measures as closed
            using (court_code, scope_code, window_code, period_month, case_scope)
        where opened.measure_code = 'accepted_cases' and pending.measure_code = 'pending_cases'
            and closed.measure_code = 'closed_cases' and window_code = 'rolling_12m' and period_month = ?
            and court_code = ? and scope_code = ? and opened.measure_value <> 0
    """
    found = begun.rows(query, JANUARY, court, scope)
    assert found
    assert [row for row in found if row[0] != row[1] + row[2]] == []


def test_a_court_that_the_register_calls_to_deliver_is_missing_everywhere_alike(begun: Engine) -> None:
    begun.change("update seeds.courts set delivers_from = date '2018-12-15' where court_code = ?", NEVER)
    begun.rebuild()
    assert statuses(begun, NEVER, "own", NOVEMBER) == {"not_in_service"}
    assert statuses(begun, NEVER, "own", DECEMBER) == {"not_delivered"}
    assert statuses(begun, "T00", "province", DECEMBER) == {"not_delivered"}
    assert (missing(begun, NOVEMBER), missing(begun, DECEMBER)) == (0, 1)
    assert {tuple(found) for found in numbers(begun, DECEMBER).values()} == {((len(COURTS), len(COURTS) - 1),)}


def test_what_came_before_the_registers_month_and_after_its_last_is_in_no_sum(begun: Engine) -> None:
    begun.change("update seeds.courts set delivers_from = date '2019-01-01' where court_code = ?", LATER)
    begun.change("update seeds.courts set delivers_to = date '2018-12-31' where court_code = 'T13'")
    begun.rebuild()
    sums = """
        select court_code, sum(measure_value) from performance.fct_court_measures
        where scope_code = 'own' and court_code in (?, 'T13') and period_month = ? group by all order by 1
    """
    (closed, moved), (begins, idle) = begun.rows(sums, LATER, JANUARY)
    assert (closed, moved, begins) == ("T13", 0, LATER)
    assert idle > 0
    assert begun.rows(sums, LATER, DECEMBER)[1] == (LATER, 0)
    assert statuses(begun, "T13", "own", JANUARY) == {"not_in_service"}
    assert statuses(begun, "T13", "own", JANUARY, "rolling_12m") == {"not_in_service"}
    assert broken(begun) == []
    assert {tuple(found) for found in numbers(begun, JANUARY).values()} == {((len(BEGUN),) * 2,)}

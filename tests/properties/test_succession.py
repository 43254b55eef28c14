"""Courts that are merged, or set up out of another: the stock moves, and neither vanishes nor appears as new.
When a court counts at all belongs to test_service."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.compiled.engine import Engine, Rows, broken
from tests.compiled.project import FOR_SERVED, project
from tests.compiled.records import delivered
from tests.properties.provinces import COURTS, MONTHS, Records, province

NOVEMBER, DECEMBER, JANUARY = MONTHS
# What a court tells of its month as a whole: nobody tells it again for another.
TOLD_ONCE = ("linkage_activities", "staffing", "returns")
SUMS = """
    select period_month, measure_code, case_scope, measure_value from performance.fct_court_measures
    where scope_code = 'province' and measure_value <> 0 order by all
"""
OWN = """
    select measure_code, case_scope, sum(measure_value) from performance.fct_court_measures
    where scope_code = 'own' and list_contains(?, court_code) and period_month = ?
        and measure_code <> 'distinct_defaulters'
    group by all having sum(measure_value) <> 0 order by all
"""
FLOW = """
    select
        max(case_count) filter (where stage_code = 'opening'), max(case_count) filter (where stage_code = 'new'),
        max(case_count) filter (where stage_code = 'full_satisfaction'),
        max(case_count) filter (where stage_code = 'pending')
    from rankings.rpt_case_flows
    where case_scope = 'first_enforcement'
        and court_code = ? and scope_code = ? and window_code = ? and period_month = ?
"""


def case(number: int, court: str, filed: str, closed: str | None = None) -> dict[str, Any]:
    record: dict[str, Any] = {
        "case_id": f"K{number}", "court_code": court, "case_type": "执", "filed_date": date.fromisoformat(filed),
        "case_number": f"（2018）青{court}执{number}号",
    }  # fmt: skip
    return record | ({"closed_date": date.fromisoformat(closed), "closing_mode": "执行完毕"} if closed else {})


# T13 goes into T11 at the year's end; T12 has no part in it.
HAND_WORKED = {
    "cases": [
        case(1, "T13", "2018-10-05", "2019-01-20"), case(2, "T13", "2018-12-10"),
        case(3, "T13", "2018-11-03", "2018-12-15"), case(4, "T11", "2018-11-10"), case(5, "T11", "2019-01-08"),
        case(6, "T12", "2018-11-02"),
    ]
}  # fmt: skip


def passed_on(
    records: Records, old: str, new: str, *, since: date = date.min, until: date = date.max
) -> dict[str, Rows]:
    """Deliveries in which, in these months, `new` delivers what `old` would have, and `old` delivers nothing."""
    found = delivered(MONTHS, COURTS, records)
    for kind, rows in found.items():
        if kind.startswith("_ledger"):
            continue
        kept = []
        for row in rows:
            if row["court_code"] == old and since <= row["_extract_month"] <= until:
                if kind in TOLD_ONCE:
                    continue
                row = row | {"court_code": new, "_delivery_id": row["_delivery_id"].replace(old, new)}
            kept.append(row)
        found[kind] = kept
    found["_ledger.delivery_courts"] = [
        row for row in found["_ledger.delivery_courts"]
        if row["court_code"] != old or not since <= row["extract_month"] <= until
    ]  # fmt: skip
    latest = {row["case_id"]: row["court_code"] for row in found["cases"]}
    found["_ledger.case_courts"] = [{"case_id": key, "court_code": court} for key, court in latest.items()]
    return found


def divided(records: Records, old: str, heirs: tuple[str, str], since: date) -> dict[str, Rows]:
    """Deliveries in which, from a month on, two courts deliver what `old` would have, each case by one of them, and had
    delivered nothing before."""
    first, second = heirs
    found = passed_on(records, old, first, since=since)
    for kind, rows in found.items():
        if kind.startswith("_ledger") or not rows or "case_id" not in rows[0]:
            continue
        found[kind] = [
            row | {"court_code": second, "_delivery_id": row["_delivery_id"].replace(first, second)}
            if row["court_code"] == first and int(re.sub(r"\D", "", str(row["case_id"])) or 0) % 2
            else row
            for row in rows
        ]
    found["_ledger.delivery_courts"] = [
        row
        for row in found["_ledger.delivery_courts"]
        if row["court_code"] not in heirs or row["extract_month"] >= since
    ]
    latest = {row["case_id"]: row["court_code"] for row in found["cases"]}
    found["_ledger.case_courts"] = [{"case_id": key, "court_code": court} for key, court in latest.items()]
    return found


def once(records: Records) -> Records:
    return {kind: [] if kind in TOLD_ONCE else listed for kind, listed in records.items()}


@pytest.fixture(scope="module")
def shared() -> Engine:
    return Engine(project().up_to(*FOR_SERVED, "int_case_flow_exceptions_listed"), COURTS)


@pytest.fixture
def engine(shared: Engine) -> Iterator[Engine]:
    yield shared
    shared.change("update seeds.courts set delivers_from = null, delivers_to = null")
    shared.change("update seeds.courts set successor_code = null, predecessor_code = null")


def merged(engine: Engine, old: str, new: str) -> None:
    engine.change(
        "update seeds.courts set delivers_to = date '2018-12-31', successor_code = ? where court_code = ?", new, old
    )


def founded(engine: Engine, new: str, old: str) -> None:
    engine.change(
        "update seeds.courts set delivers_from = date '2018-12-01', predecessor_code = ? where court_code = ?", old, new
    )


def test_a_merger_worked_by_hand(engine: Engine) -> None:
    merged(engine, "T13", "T11")
    engine.build(passed_on(HAND_WORKED, "T13", "T11", since=JANUARY))
    assert broken(engine) == []
    flows = {
        ("T13", "own", "month", DECEMBER): (2, 1, 1, 2),
        ("T13", "own", "rolling_12m", DECEMBER): (1, 2, 1, 2),
        ("T11", "own", "month", DECEMBER): (1, 0, 0, 1),
        # K1 and K2 stand among what January opens with, and are not new.
        ("T11", "own", "month", JANUARY): (3, 1, 1, 3),
        ("T11", "own", "rolling_12m", JANUARY): (2, 2, 1, 3),
        ("T10", "jurisdiction", "rolling_12m", JANUARY): (1, 5, 2, 4),
        ("T00", "province", "rolling_12m", JANUARY): (1, 5, 2, 4),
    }
    assert {key: engine.rows(FLOW, *key) for key in flows} == {key: [flow] for key, flow in flows.items()}
    listed = (
        "select case_id, court_code, exception_code, other_court_code from intermediate.int_case_flow_exceptions_listed"
    )
    assert sorted(engine.rows(listed)) == [
        ("K1", "T11", "court_succeeded", "T13"), ("K2", "T11", "court_succeeded", "T13")
    ]  # fmt: skip


def test_a_court_that_leaves_without_a_successor_leaves_its_last_stock_in_the_windows_it_was_in(engine: Engine) -> None:
    engine.change("update seeds.courts set delivers_to = date '2018-12-31' where court_code = 'T13'")
    alone = {"cases": [case(1, "T13", "2018-10-05"), case(2, "T12", "2018-11-02"), case(3, "T12", "2018-11-03")]}
    engine.build(passed_on(alone, "T13", "", since=JANUARY))
    assert broken(engine) == []
    assert engine.rows(FLOW, "T00", "province", "month", JANUARY) == [(2, 0, 0, 2)]
    assert engine.rows(FLOW, "T00", "province", "rolling_12m", JANUARY) == [(1, 2, 0, 3)]


def test_what_a_successor_never_delivers_stays_pending_at_it_and_breaks_no_test(engine: Engine) -> None:
    merged(engine, "T13", "T11")
    engine.build(passed_on(HAND_WORKED, "T13", "", since=JANUARY))
    assert broken(engine) == []
    assert engine.rows(FLOW, "T11", "own", "month", JANUARY) == [(3, 1, 0, 4)]


@pytest.mark.parametrize("new", ["T11", "T21"])
def test_a_merger_changes_no_sum_of_the_province_nor_what_anybody_had_before(engine: Engine, new: str) -> None:
    records = once(province(11, 240, COURTS))
    engine.build(delivered(MONTHS, COURTS, records))
    before, had = engine.rows(SUMS), engine.rows(OWN, ["T13"], DECEMBER)
    others = engine.rows(OWN, [new], DECEMBER)
    both = engine.rows(OWN, ["T13", new], JANUARY)
    assert len(before) > 60
    merged(engine, "T13", new)
    engine.build(passed_on(records, "T13", new, since=JANUARY))
    assert broken(engine) == []
    assert engine.rows(SUMS) == before
    assert engine.rows(OWN, ["T13"], DECEMBER) == had
    assert engine.rows(OWN, [new], DECEMBER) == others
    assert engine.rows(OWN, [new], JANUARY) == both
    assert engine.rows(OWN, ["T13"], JANUARY) == []


def test_a_court_set_up_out_of_another_changes_no_sum_of_the_province_nor_what_was_before(engine: Engine) -> None:
    records = once(province(12, 240, COURTS))
    engine.build(delivered(MONTHS, COURTS, records))
    before, had = engine.rows(SUMS), engine.rows(OWN, ["T12", "T13"], NOVEMBER)
    later = {court: engine.rows(OWN, [court], JANUARY) for court in ("T12", "T13")}
    founded(engine, "T13", "T12")
    engine.build(passed_on(records, "T13", "T12", until=NOVEMBER))
    assert broken(engine) == []
    assert engine.rows(SUMS) == before
    assert engine.rows(OWN, ["T12"], NOVEMBER) == had
    assert engine.rows(OWN, ["T13"], NOVEMBER) == []
    assert {court: engine.rows(OWN, [court], JANUARY) for court in ("T12", "T13")} == later


def test_a_court_replaced_by_one_of_a_new_code_goes_on(engine: Engine) -> None:
    records = once(province(13, 240, COURTS))
    old, new = "T12", "T13"
    mine = {kind: [record for record in listed if record["court_code"] != new] for kind, listed in records.items()}
    rows = delivered(MONTHS, tuple(court for court in COURTS if court != new), mine)
    engine.build(rows)
    before = engine.rows(SUMS)
    merged(engine, old, new)
    engine.change("update seeds.courts set delivers_from = date '2019-01-01' where court_code = ?", new)
    replaced = passed_on(mine, old, new, since=JANUARY)
    replaced["_ledger.delivery_courts"] = [
        row
        for row in replaced["_ledger.delivery_courts"]
        if row["court_code"] != new or row["extract_month"] >= JANUARY
    ]
    engine.build(replaced)
    assert broken(engine) == []
    assert engine.rows(SUMS) == before


def test_a_court_split_in_two_goes_on_in_both_and_what_it_had_stays_its_own(engine: Engine) -> None:
    """The one that is named to receive has what neither delivers again, and the past where courts are as they are now:
    that cannot be divided."""
    heirs = ("T11", "T12")
    mine = {
        kind: [record for record in listed if record["court_code"] not in heirs]
        for kind, listed in once(province(14, 240, COURTS)).items()
    }
    engine.build(delivered(MONTHS, COURTS, mine))
    before, had, later = engine.rows(SUMS), *(engine.rows(OWN, ["T13"], month) for month in (DECEMBER, JANUARY))
    assert len(before) > 60
    merged(engine, "T13", "T11")
    for heir in heirs:
        engine.change(
            "update seeds.courts set delivers_from = date '2019-01-01', predecessor_code = 'T13' where court_code = ?",
            heir,
        )
    engine.build(divided(mine, "T13", heirs, JANUARY))
    assert broken(engine) == []
    assert engine.rows(SUMS) == before
    assert engine.rows(OWN, ["T13"], DECEMBER) == had
    assert engine.rows(OWN, list(heirs), DECEMBER) == []
    assert engine.rows(OWN, list(heirs), JANUARY) == later
    assert all(engine.rows(OWN, [heir], JANUARY) for heir in heirs)
    assert engine.rows("select * from intermediate.int_case_flow_exceptions_listed") == []
    now = "select court_code, member_court_code from core.dim_court_scopes where scope_code = 'own_now' order by all"
    assert engine.rows(now) == [("T11", "T11"), ("T11", "T13")]

"""A case that goes to another court by cross enforcement neither vanishes from one stock nor appears as new in another.
Every stock is worked out on paper for a handful of cases; the figures of the indicators are in the hand-made worlds."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.compiled.engine import Engine, Rows
from tests.compiled.project import SERVED, project
from tests.compiled.records import delivered
from tests.unit.catalogue.worlds import COURTS

MONTHS = [date(2024, month, 1) for month in (6, 7, 8, 9)]
JULY = MONTHS[1]


def case(identity: str, court: str, number: int, filed: date, **more: Any) -> dict[str, Any]:
    prefix = {"T11": "青0102", "T12": "青0103"}[court]
    made = {"case_id": identity, "court_code": court, "case_type": "执", "filed_date": filed, "claim_amount": 1000}
    return made | {"case_number": f"（2024）{prefix}执{number}号"} | more


# K keeps its number and goes to T12 on 15 July; N is filed there anew on 1 August, after T11 has entered it as ended on
# 20 July; U is urged and stays; W was ordered away, but T12 never took it; O was paid before anybody ordered anything.
CASES = [
    case("K", "T11", 1, date(2024, 5, 6)),
    case("K", "T12", 1, date(2024, 5, 6), case_number="（2024）青0102执1号", closed_date=date(2024, 9, 20),
         closing_mode="执行完毕"),
    case("N", "T11", 2, date(2024, 5, 7), closed_date=date(2024, 7, 20), closing_mode="终结执行"),
    case("M", "T12", 9, date(2024, 8, 1)),
    case("U", "T11", 3, date(2024, 5, 8)),
    case("W", "T11", 4, date(2024, 5, 9)),
    case("O", "T11", 5, date(2024, 5, 10), closed_date=date(2024, 6, 20), closing_mode="执行完毕"),
    case("Q", "T12", 8, date(2024, 8, 5)),
    case("P", "T12", 7, date(2024, 6, 3)),
]  # fmt: skip
CROSSED = [
    {"cross_id": "xK", "cross_kind": "提级", "case_number": "（2024）青0102执1号", "to_court_code": "T12",
     "decided_date": date(2024, 7, 10), "moved_date": date(2024, 7, 15)},
    {"cross_id": "xN", "cross_kind": "指令", "case_number": "（2024）青0102执2号",
     "to_court_code": "西宁市城中区人民法院", "new_case_number": "(2024)青0103执9号",
     "decided_date": date(2024, 7, 18)},
    {"cross_id": "xU", "cross_kind": "督促", "case_number": "（2024）青0102执3号", "decided_date": date(2024, 7, 1)},
    {"cross_id": "xW", "cross_kind": "集中", "case_number": "（2024）青0102执4号", "to_court_code": "T12",
     "new_case_number": "（2024）青0103执99号", "decided_date": date(2024, 7, 2)},
    {"cross_id": "xO", "cross_kind": "集中", "case_number": "（2024）青0102执5号", "to_court_code": "T12",
     "new_case_number": "（2024）青0103执8号", "decided_date": date(2024, 7, 2)},
]  # fmt: skip
# Court and month: opening, new, moved in less moved out, closed, pending.
T11, T12, T10 = ("T11", "own"), ("T12", "own"), ("T10", "jurisdiction")
BY_HAND = {
    T11: [(5, 0, 0, 1, 4), (4, 0, -1, 0, 3), (3, 0, -1, 0, 2), (2, 0, 0, 0, 2)],
    T12: [(0, 1, 0, 0, 1), (1, 0, 1, 0, 2), (2, 1, 1, 0, 4), (4, 0, 0, 1, 3)],
    T10: [(5, 1, 0, 1, 5), (5, 0, 0, 0, 5), (5, 1, 0, 0, 6), (6, 0, 0, 1, 5)],
}
ASKED = """
    select measure_code, cast(measure_value as integer) from performance.fct_court_measures
    where court_code = ? and scope_code = ? and period_month = ? and case_scope = 'first_enforcement'
      and measure_code in
          ('opening_cases', 'new_cases', 'moved_cases', 'closed_cases', 'pending_cases', 'accepted_cases')
"""
ORDER = ("opening_cases", "new_cases", "moved_cases", "closed_cases", "pending_cases")


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(project(), COURTS)


def rows(crossed: list[dict[str, Any]]) -> dict[str, Rows]:
    """T11 delivers K until June, T12 from July on."""
    given = {"cases": CASES, "cross_enforcements": [{"court_code": "T11"} | record for record in crossed]}
    made = delivered(MONTHS, COURTS, given)
    made["cases"] = [
        row
        for row in made["cases"]
        if row["case_id"] != "K" or (row["court_code"] == "T12") == (row["_extract_month"] >= JULY)
    ]
    return made


def flow(engine: Engine, court: str, scope: str, month: date) -> dict[str, int]:
    return dict(engine.rows(ASKED, court, scope, month))


@pytest.mark.parametrize("place", BY_HAND, ids="-".join)
def test_a_moved_case_is_in_one_stock_at_every_months_end(engine: Engine, place: tuple[str, str]) -> None:
    engine.build(rows(CROSSED))
    found = [flow(engine, *place, month) for month in MONTHS]
    assert [tuple(month[code] for code in ORDER) for month in found] == BY_HAND[place]
    for month in found:
        assert month["accepted_cases"] == month["opening_cases"] + month["new_cases"] + month["moved_cases"]
        assert month["accepted_cases"] - month["closed_cases"] == month["pending_cases"]
    assert [month["pending_cases"] for month in found[:-1]] == [month["opening_cases"] for month in found[1:]]


def test_without_the_record_the_past_of_the_former_court_would_change(engine: Engine) -> None:
    engine.build(rows([]))
    assert flow(engine, *T11, MONTHS[0])["opening_cases"] == 4  # K was never its case
    assert flow(engine, *T12, MONTHS[0])["opening_cases"] == 1  # and always T12's
    assert flow(engine, *T12, MONTHS[2])["new_cases"] == 2  # M appears as new
    assert flow(engine, *T11, MONTHS[1])["closed_cases"] == 1  # and N as closed


def test_what_became_of_every_move_is_told(engine: Engine) -> None:
    engine.build(rows(CROSSED))
    asked = "select cross_id, move_status, from_case_id, to_case_id, moved_month from core.fct_cross_enforcements"
    assert sorted(engine.rows(asked), key=str) == [
        ("xK", "taken_over", "K@T11", "K", date(2024, 7, 1)),
        ("xN", "taken_over", "N", "M", date(2024, 8, 1)),
        ("xO", "awaited", None, None, None),
        ("xU", "stays", None, None, None),
        ("xW", "awaited", None, None, None),
    ]


@pytest.mark.parametrize("name", SERVED)
def test_the_identities_of_stocks_hold_with_moved_cases(engine: Engine, name: str) -> None:
    engine.build(rows(CROSSED))
    assert engine.rows(engine.project.proofs[name]) == []


def test_a_court_that_never_sent_the_kind_has_not_delivered_it(engine: Engine) -> None:
    made = rows(CROSSED)
    kept = [
        row
        for row in made["_ledger.delivery_courts"]
        if row["kind"] != "cross_enforcements" or (row["court_code"] == "T11" and row["extract_month"] >= JULY)
    ]
    engine.build(made | {"_ledger.delivery_courts": kept})
    statuses = """
        select court_code, status from performance.fct_court_indicators
        where indicator_code = 'SX40' and scope_code = 'own' and window_code = 'month' and period_month = ?
    """
    told = dict(engine.rows(statuses, MONTHS[2]))
    assert told["T11"] != "not_delivered" and {told[court] for court in ("T10", "T12")} == {"not_delivered"}

"""A court that skips a month and then leaves open cases out is seen: the month it delivered last is compared.
Courts that begin or end their service belong to test_service."""

from __future__ import annotations

from datetime import date

import pytest

from tests.compiled.engine import Engine, Rows
from tests.compiled.project import project
from tests.compiled.records import delivered
from tests.properties.provinces import COURTS, MONTHS, Record, province

NOVEMBER, DECEMBER, JANUARY = MONTHS
COURT = "T11"
LISTED = """
    select case_id, exception_code, flow_effect from "{schema}".int_case_flow_exceptions_listed
    where court_code = ? and period_month = ? and exception_code like 'absent%' order by case_id
"""
COUNTED = """
    select sum(hit_count), count(distinct case_id) from "{schema}".int_checks__vanished_cases
    where court_code = ? and period_month = ?
"""


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(project().up_to("int_checks__vanished_cases"))


def asked(engine: Engine, query: str, name: str, month: date) -> list[tuple[object, ...]]:
    (schema,) = (node.relation.split(".")[0].strip('"') for node in engine.project.nodes if node.name == name)
    return engine.rows(query.format(schema=schema), COURT, month)


def skipped(rows: dict[str, Rows], left_out: set[str]) -> dict[str, Rows]:
    """The court delivers nothing in December, and in January all but these cases."""

    def stays(row: Record) -> bool:
        month = row.get("_extract_month", row.get("extract_month"))
        is_gone = month == DECEMBER or (month == JANUARY and row.get("case_id") in left_out)
        return row.get("court_code") != COURT or not is_gone

    return {kind: [row for row in listed if stays(row)] for kind, listed in rows.items()}


def test_cases_left_out_after_a_month_not_delivered_are_listed_and_counted(engine: Engine) -> None:
    records = province(31, 400)
    mine = [case for case in records["cases"] if case["court_code"] == COURT]
    pending = {
        c["case_id"] for c in mine if c["filed_date"] < DECEMBER and (c.get("closed_date") or DECEMBER) >= DECEMBER
    }
    closed = {c["case_id"] for c in mine if c["case_id"] in pending and (c.get("closed_date") or JANUARY) < JANUARY}
    left_out = set(sorted(pending - closed)[:3])
    assert len(left_out) == 3 and closed
    engine.build(skipped(delivered(MONTHS, COURTS, records), left_out))
    told = asked(engine, LISTED, "int_case_flow_exceptions_listed", JANUARY)
    assert told == [(case, "absent_after_gap", -1) for case in sorted(left_out | closed)]
    ((hits, cases),) = asked(engine, COUNTED, "int_checks__vanished_cases", JANUARY)
    assert hits == cases == len(left_out | closed)


def test_nobody_is_listed_where_all_months_came(engine: Engine) -> None:
    engine.build(delivered(MONTHS, COURTS, province(31, 400)))
    assert asked(engine, LISTED, "int_case_flow_exceptions_listed", JANUARY) == []

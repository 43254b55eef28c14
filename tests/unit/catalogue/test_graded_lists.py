"""A court that does not send the columns of the graded sanctions is said not to have delivered them, never nought.
What the figures come to where the columns are sent is worked out in the hand-made worlds."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.extracts.contracts import contract
from tests.compiled.engine import Engine, Rows
from tests.compiled.project import project
from tests.compiled.records import delivered
from tests.unit.catalogue.worlds import COURTS

MONTHS = [date(2024, 12, 1), date(2025, 1, 1), date(2025, 2, 1)]
GRADED = {"sanction_grade": "一级", "grace_to_date": date(2025, 1, 31), "single_release_count": 0}
# Which indicator goes by which column.
NEEDS = {"SX37": "grace_to_date", "SX38": "sanction_grade", "SX39": "single_release_count"}
DECEMBER_2024 = """
    select count(*) from core.fct_missing_columns
    where extract_month = date '2024-12-01'
      and column_name in ('sanction_grade', 'grace_to_date', 'single_release_count')
"""
ASKED = """
    select indicator_code, status from performance.fct_court_indicators
    where court_code = ? and scope_code = ? and window_code = 'month' and period_month = ?
      and indicator_code in ('SX37', 'SX38', 'SX39')
"""


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(project().up_to("fct_court_indicators"), COURTS)


def listings(court: str, graded: dict[str, object]) -> Rows:
    return [
        {"listing_id": f"{court}-{day:%m%d}-{number}", "court_code": court, "published_date": day} | graded
        for day in (date(2024, 12, 2), date(2025, 2, 3))
        for number in range(12)
    ]


def sent(left_out: tuple[str, ...]) -> dict[str, Rows]:
    """T11 sends all columns with every row filled in; T12's files do not have those left out."""
    graded = {name: value for name, value in GRADED.items() if name not in left_out}
    rows = delivered(MONTHS, COURTS, {"defaulters": listings("T11", dict(GRADED)) + listings("T12", dict(graded))})
    names = [column.name for column in contract("defaulters").columns]
    rows["_ledger.deliveries"] = [
        {"delivery_id": f"{month:%Y-%m}|defaulters|{court}", "kind": "defaulters", "extract_month": month,
         "status": "accepted", "row_count": 12, "accepted_count": 12,
         "delivered_columns": ",".join(n for n in names if court != "T12" or n not in left_out)}
        for month in MONTHS for court in COURTS
    ]  # fmt: skip
    return rows


def statuses(engine: Engine, court: str, scope: str, month: date) -> dict[str, str]:
    return dict(engine.rows(ASKED, court, scope, month))


@pytest.mark.parametrize("indicator", NEEDS)
def test_a_court_without_the_column_has_not_delivered_it(engine: Engine, indicator: str) -> None:
    engine.build(sent((NEEDS[indicator],)))
    february = MONTHS[-1]
    mine, other = statuses(engine, "T12", "own", february), statuses(engine, "T11", "own", february)
    assert mine[indicator] == "not_delivered"
    assert {status for code, status in mine.items() if code != indicator} == {"no_target"}
    assert set(other.values()) == {"no_target"}
    assert statuses(engine, "T10", "jurisdiction", february)[indicator] == "not_delivered"


def test_files_from_before_the_columns_began_are_not_asked_for_them(engine: Engine) -> None:
    engine.build(sent(tuple(GRADED)))
    assert engine.rows(DECEMBER_2024) == [(0,)]
    assert statuses(engine, "T12", "own", MONTHS[0]) == {}

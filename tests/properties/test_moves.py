"""Courts that are renamed or come under another court: what was said of the months before stays as it was.
Courts that are merged or set up belong to test_succession."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from tests.compiled.engine import Engine, broken
from tests.compiled.project import FOR_SERVED, project
from tests.compiled.records import delivered
from tests.properties.provinces import COURTS, MONTHS, province
from tests.properties.test_succession import FLOW, OWN, SUMS, case, merged, once, passed_on

NOVEMBER, DECEMBER, JANUARY = MONTHS
MOVE = """
    insert into seeds.courts select * replace (
        'T20' as parent_court_code, '平川市第一人民法院' as name_zh, '青0299' as case_prefix,
        date '2019-01-01' as valid_from
    ) from seeds.courts where court_code = 'T13'
"""
HELD = """
    select measure_code, case_scope, sum(measure_value) from performance.fct_court_measures
    where scope_code = ? and list_contains(?, court_code) and period_month = ? and measure_code <> 'distinct_defaulters'
    group by all having sum(measure_value) <> 0 order by all
"""
# T13 comes from under T10 to under T20 at the year's end.
HAND_WORKED = {
    "cases": [
        case(1, "T13", "2018-10-05", "2019-01-20"), case(2, "T13", "2018-12-10"),
        case(3, "T13", "2018-11-03", "2018-12-15"), case(4, "T11", "2018-11-10"), case(5, "T21", "2019-01-08"),
        case(6, "T13", "2019-01-09"),
    ]
}  # fmt: skip


@pytest.fixture(scope="module")
def shared() -> Engine:
    return Engine(project().up_to(*FOR_SERVED, "int_case_flow_exceptions_listed"), COURTS)


@pytest.fixture
def engine(shared: Engine) -> Iterator[Engine]:
    yield shared
    shared.change("delete from seeds.courts where valid_from is not null")
    shared.change("update seeds.courts set delivers_to = null, successor_code = null")


def test_a_move_worked_by_hand(engine: Engine) -> None:
    engine.change(MOVE)
    engine.build(delivered(MONTHS, COURTS, HAND_WORKED))
    assert broken(engine) == []
    flows = {
        ("T10", "jurisdiction", "month", DECEMBER): (3, 1, 1, 3),
        # What T13 took along is in no sum of T10 any more, and T20 opens with it.
        ("T10", "jurisdiction", "month", JANUARY): (1, 0, 0, 1),
        ("T20", "jurisdiction", "month", JANUARY): (2, 2, 1, 3),
        # Over the window T10 had three cases in and one out; the two that were left when T13 went are its last stock.
        ("T10", "jurisdiction", "rolling_12m", JANUARY): (1, 3, 1, 3),
        ("T20", "jurisdiction", "rolling_12m", JANUARY): (2, 2, 1, 3),
        ("T20", "jurisdiction_now", "rolling_12m", JANUARY): (1, 4, 2, 3),
        ("T10", "jurisdiction_now", "month", DECEMBER): (1, 0, 0, 1),
        ("T13", "own", "rolling_12m", JANUARY): (1, 3, 2, 2),
    }
    assert {key: engine.rows(FLOW, *key) for key in flows} == {key: [flow] for key, flow in flows.items()}
    assert engine.rows("select count(*) from intermediate.int_case_flow_exceptions_listed") == [(0,)]


def test_a_move_changes_no_sum_of_the_province_nor_what_anybody_had_before(engine: Engine) -> None:
    records = once(province(17, 240, COURTS))
    engine.build(delivered(MONTHS, COURTS, records))
    sums, own = engine.rows(SUMS), engine.rows(OWN, ["T13"], JANUARY)
    before = {court: engine.rows(HELD, "jurisdiction", [court], DECEMBER) for court in ("T10", "T20")}
    both = engine.rows(HELD, "jurisdiction", ["T10", "T20"], JANUARY)
    alone = engine.rows(HELD, "jurisdiction", ["T10"], JANUARY)
    assert len(sums) > 60
    engine.change(MOVE)
    engine.rebuild()
    assert broken(engine) == []
    assert engine.rows(SUMS) == sums
    assert engine.rows(OWN, ["T13"], JANUARY) == own
    assert {court: engine.rows(HELD, "jurisdiction", [court], DECEMBER) for court in before} == before
    assert engine.rows(HELD, "jurisdiction", ["T10", "T20"], JANUARY) == both
    assert engine.rows(HELD, "jurisdiction", ["T10"], JANUARY) != alone


def test_what_a_jurisdiction_is_today_can_be_read_back_into_the_months_before(engine: Engine) -> None:
    records = once(province(18, 240, COURTS))
    engine.change("update seeds.courts set parent_court_code = 'T20' where court_code = 'T13'")
    engine.build(delivered(MONTHS, COURTS, records))
    always = {month: engine.rows(HELD, "jurisdiction", ["T20"], month) for month in MONTHS}
    engine.change("update seeds.courts set parent_court_code = 'T10' where court_code = 'T13'")
    engine.change(MOVE)
    engine.rebuild()
    assert {month: engine.rows(HELD, "jurisdiction_now", ["T20"], month) for month in MONTHS} == always
    assert engine.rows(HELD, "jurisdiction", ["T20"], DECEMBER) != always[DECEMBER]


def test_what_a_successor_is_today_can_be_read_back_into_the_months_before(engine: Engine) -> None:
    records = once(province(19, 240, COURTS))
    merged(engine, "T13", "T11")
    engine.build(passed_on(records, "T13", "T11", since=JANUARY))
    assert broken(engine) == []
    for month in MONTHS:
        assert engine.rows(HELD, "own_now", ["T11"], month) == engine.rows(OWN, ["T11", "T13"], month)
    assert engine.rows(HELD, "own", ["T11"], DECEMBER) != engine.rows(HELD, "own_now", ["T11"], DECEMBER)
    assert engine.rows("select distinct scope_code from core.dim_court_scopes where scope_code like '%_now'") == [
        ("own_now",)
    ]


def test_names_and_prefixes_are_kept_with_their_months(engine: Engine) -> None:
    engine.change(MOVE)
    engine.build(delivered(MONTHS, COURTS, HAND_WORKED))
    periods = """
        select first_month, last_month, case_prefix, parent_court_code, prefecture_code
        from core.dim_court_periods where court_code = 'T13' order by all
    """
    assert engine.rows(periods) == [
        (date(1900, 1, 1), date(2018, 12, 1), "青0104", "T10", "T10"),
        (date(2019, 1, 1), date(9999, 12, 1), "青0299", "T20", "T20"),
    ]
    now = engine.rows("select name_zh, parent_court_code from core.dim_courts where court_code = 'T13'")
    assert now == [("平川市第一人民法院", "T20")]

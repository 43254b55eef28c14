"""Legal limits and thresholds come from the seeds: a seed that is changed moves the figure, one that does not resolve
fails the build. What an unchanged limit comes to belongs to the hand-made worlds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.compiled.engine import Engine
from tests.compiled.project import PROOFS, ROOT, Node, project
from tests.compiled.records import delivered
from tests.properties.provinces import COURTS, MONTHS, province

HELD_ONCE, NO_OVERLAP = PROOFS
NAMED = re.compile(r"limit_code='(\w+)'|='(\w+) in \w+'")
MODELS = {path.stem: path for path in sorted((ROOT / "dbt_project/models").rglob("*.sql"))}
# What was delivered when, and what was not, is no part of the compiled world: unit tests beside the models have others.
SHOWN_BESIDE_THEIR_MODEL = {"COVERAGE", "LATE_DELIVERY", "NOTHING_TO_REPORT", "SILENT_KIND"}
DIVIDED = """
    insert into seeds.node_limits by name
    select * replace ('15' as limit_value, 'workday' as limit_unit, date '2018-12-03' as valid_from)
    from seeds.node_limits where node_code = 'N25'
"""
SUSPENDED = {
    "case_id": "S1", "court_code": "T11", "case_type": "执", "case_number": "（2018）青0102执1号",
    "filed_date": date(2017, 6, 1), "closed_date": date(2018, 1, 10), "closing_mode": "终结本次执行程序",
    "claim_amount": 100, "recovered_amount": 0,
}  # fmt: skip


def named(model: str) -> set[str]:
    return {a or b for a, b in NAMED.findall(MODELS[model].read_text(encoding="utf-8"))}


# A limit that is chosen among several is changed where it is written.
CHOSEN = {"PETITION_CLOSING": "N58"}
FROM_THE_START = (
    "delete from seeds.node_limits where node_code in ('N25a', 'N25b') and limit_unit = 'none';"
    "update seeds.node_limits set valid_from = null where node_code in ('N25a', 'N25b')"
)
CODES = sorted(set().union(*(named(model) for model in MODELS)))
# What a random province of three months has too rarely for its limit to matter.
PLANTED = {
    "N25a": FROM_THE_START,
    "N25b": FROM_THE_START,
    "N32b": "update intermediate.int_listings_deduplicated set term_end_date = published_date + 5,"
    " delisted_date = null, deletion_trigger_date = null",
    "PETITION_CLOSING": "delete from seeds.limit_choices where chosen_code is null;"
    "update seeds.limit_choices set valid_from = null",
    "CROSS_DEBTOR": "update intermediate.int_cases_deduplicated set closed_date = null, case_type = '执',"
    " person_hash = cast(cast(substr(delivered_case_id, 2) as integer) % 20 as varchar)",
    "GC07": "update intermediate.int_cases_deduplicated set court_code = 'T11', person_hash = 'p', cause = 'c',"
    " claim_amount = 1, case_type = '执', closing_mode = '终结执行', closed_date = date '2018-11-05'",
    "GC11": "update core.fct_resumptions set is_linked = 1, original_closing_code = 'suspension',"
    " original_closed_date = filed_date - 40",
    "GC12": "update core.fct_resumptions set closing_code = 'full_satisfaction', closed_date = filed_date + 5",
    "GC20": "update intermediate.int_claims_changed set first_claim_amount = 110, last_claim_amount = 100",
    "GC25": "update core.fct_defaulter_listings set court_code = 'T11', case_number = 'n', person_key = 1,"
    " delisted_date = date '2018-10-01'",
    "GC_OWN_SCORE": "update seeds.gaming_checks set min_trials = 1, min_hits = 0, min_lift = 1, alert_score = -100;"
    "update measures.int_gaming_windowed set base_trial_count = 20, base_hit_count = 1, trial_count = 20,"
    " hit_count = case when court_code = 'T11' then 4 else 2 end",
    "SATURATED_SHARE": "update seeds.thresholds set limit_value = 2 where threshold_code = 'SATURATED_COURTS';"
    "update performance.fct_court_indicators set value = case when court_code = 'T11' then 1 else 0.5 end",
    "SC02_SLACK": "update intermediate.int_requests_deduplicated as r set channel = '总对总', matter = '查询',"
    " unit_type = '银行', sent_at = c.closed_date - interval 3 month - interval 2 day"
    " from intermediate.int_cases_deduplicated as c where c.case_id = r.case_id and c.closed_date is not null",
    "STREAK": "update performance.fct_rank_intervals set place_code = 'maybe_first'",
    "SUPERSEDED": "insert into seeds.definition_choices values"
    " ('QX01', 'QX01_ALT1', '2018-12-01', '问题', 'Question', '测试 | test')",
}


@pytest.fixture(scope="module")
def built() -> Engine:
    engine = Engine(project(), COURTS)
    engine.build(delivered(MONTHS, COURTS, province(7, 400)))
    return engine


@pytest.fixture
def engine(built: Engine) -> Iterator[Engine]:
    """The province of the module; whatever a test changes is taken back."""
    built.connection.execute("begin")
    yield built
    built.connection.execute("rollback")


def content(engine: Engine, node: Node) -> list[tuple[Any, ...]]:
    return sorted(engine.rows(node.sql), key=repr)


def lengthen(engine: Engine, code: str, factor: float) -> None:
    """The limit or threshold as a multiple of itself, in its own unit, time in whole units."""
    engine.change(
        "update seeds.node_limits set limit_value = cast(ceil(cast(limit_value as double) * ?) as integer)"
        " where node_code = ?",
        factor,
        code,
    )
    engine.change(
        "update seeds.thresholds set limit_value = case when limit_unit in ('ratio', 'score') then limit_value * $1"
        " else ceil(limit_value * $1) end where threshold_code = $2",
        factor,
        code,
    )


@pytest.mark.parametrize("code", sorted(set(CODES) - SHOWN_BESIDE_THEIR_MODEL))
def test_a_limit_that_is_changed_in_its_seed_changes_what_is_computed(engine: Engine, code: str) -> None:
    users = [node for node in engine.project.nodes if node.name in MODELS and code in named(node.name)]
    assert users
    engine.change(PLANTED.get(code, "select 1"))
    before = [content(engine, node) for node in users]
    after = []
    for factor in (4, 1 / 64):  # four times as long, then a sixteenth of what it was
        lengthen(engine, CHOSEN.get(code, code), factor)
        after.append([content(engine, node) for node in users])
    becoming = zip(*after, strict=True)
    assert [
        node.name for node, was, now in zip(users, before, becoming, strict=True) if set(map(str, now)) == {str(was)}
    ] == []


def test_the_six_months_between_two_rechecks_are_those_of_the_seed(engine: Engine) -> None:
    """Suspended on 10 January 2018, delivered to December: due on 10 July, by three months thrice."""
    engine.build(delivered([date(2018, m, 1) for m in range(1, 13)], COURTS, {"cases": [SUSPENDED]}))
    asked = "select due_date from core.fct_suspension_rechecks where is_due_recheck = 1 order by due_date"
    assert engine.rows(asked) == [(date(2018, 7, 10),)]
    engine.change("update seeds.node_limits set limit_value = '3' where node_code = 'N30'")
    engine.rebuild()
    assert engine.rows(asked) == [(date(2018, 4, 10),), (date(2018, 7, 10),), (date(2018, 10, 10),)]
    engine.change("update seeds.node_limits set limit_value = '40', limit_unit = 'workday' where node_code = 'N30'")
    engine.rebuild()
    # Working days of 2018: 10 January is the seventh of the year, 12 March the 47th, 9 May the 87th.
    assert [day for (day,) in engine.rows(asked)][:2] == [date(2018, 3, 12), date(2018, 5, 9)]


def test_a_payment_limit_in_working_days_from_a_date_on_leaves_no_receipt_without_a_due_day(engine: Engine) -> None:
    """Received on Friday 30 November 2018: thirty days end on 30 December, a day off, so 2 January. Received on Monday
    3 December under fifteen working days: 24 December."""
    funds = [
        {"fund_id": day.isoformat(), "case_id": "S1", "court_code": "T11", "received_date": day, "received_amount": 100}
        for day in (date(2018, 11, 30), date(2018, 12, 3))
    ]
    engine.connection.execute("update seeds.node_limits set valid_to = date '2018-12-02' where node_code = 'N25'")
    engine.change(DIVIDED)
    engine.connection.execute(
        "update seeds.node_limits set valid_to = null where node_code = 'N25' and valid_from is not null"
    )
    engine.change("select 1")
    engine.build(delivered(MONTHS, COURTS, {"funds": funds}))
    found = engine.rows("select received_date, due_date from core.fct_funds order by received_date")
    assert found == [(date(2018, 11, 30), date(2019, 1, 2)), (date(2018, 12, 3), date(2018, 12, 24))]
    assert engine.rows(engine.project.proofs[HELD_ONCE]) == engine.rows(engine.project.proofs[NO_OVERLAP]) == []


def test_which_of_two_limits_is_in_force_is_a_row_of_a_seed(engine: Engine) -> None:
    """Assigned on 5 January 2022: thirty days end on 4 February, in the Spring Festival, so 7 February. Thirty working
    days: 6 January is the first, 30 January (worked) the 19th, 7 February the 20th, 21 February the 30th."""
    petitions = [{"petition_id": "P1", "court_code": "T11", "assigned_date": date(2022, 1, 5)}]
    engine.build(delivered([date(2022, 1, 1)], COURTS, {"petitions": petitions}))
    asked = "select rule_due_date, ruled_month from core.fct_petitions"
    assert engine.rows(asked) == [(date(2022, 2, 7), date(2022, 2, 1))]
    engine.change("update seeds.limit_choices set chosen_code = 'N58b' where chosen_code = 'N58'")
    engine.rebuild()
    assert engine.rows(asked) == [(date(2022, 2, 21), date(2022, 2, 1))]


BROKEN = {
    "a limit that is gone": "delete from seeds.node_limits where node_code = 'N30'",
    "a unit nobody counts in": "update seeds.node_limits set limit_unit = 'fortnight' where node_code = 'N25'",
    "no number": "update seeds.node_limits set limit_value = '1-3' where node_code = 'N29'",
    "a day between two limits": "update seeds.node_limits set valid_to = date '2018-12-24' where node_code = 'N01'",
    "a threshold in another unit": "update seeds.thresholds set limit_unit = 'day' where threshold_code = 'GC03'",
    "a threshold that starts too late": "update seeds.thresholds set valid_from = date '2019-01-02'",
    "two limits on one day": DIVIDED,
    "a limit that nobody chose": "delete from seeds.limit_choices",
    "the term of a kind of case": "update seeds.case_term_rules set node_code = 'N99' where case_type = '执'",
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_limit_that_does_not_resolve_on_a_date_of_the_data_is_found(engine: Engine, broken: str) -> None:
    assert engine.rows(engine.project.proofs[HELD_ONCE]) == []
    engine.change(BROKEN[broken])
    assert engine.rows(engine.project.proofs[HELD_ONCE]) != []


def test_overlapping_limits_of_a_code_that_only_nodes_carry_are_found(engine: Engine) -> None:
    assert engine.rows(engine.project.proofs[NO_OVERLAP]) == []
    engine.change(DIVIDED.replace("N25", "N14"))
    assert engine.rows(engine.project.proofs[NO_OVERLAP]) != []


def test_a_limit_that_expressly_does_not_exist_is_no_fault(engine: Engine) -> None:
    engine.change("update seeds.node_limits set limit_value = null, limit_unit = 'none' where node_code = 'N08'")
    assert engine.rows(engine.project.proofs[HELD_ONCE]) == []

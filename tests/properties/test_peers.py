"""Ranks are made within a peer group: what another group does changes none of them, nor their uncertainty.
Ranks worked out by hand belong to tests/golden, the arithmetic of draws to tests/unit/fairness."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.compiled.engine import Engine
from tests.compiled.project import project
from tests.compiled.records import delivered
from tests.properties.provinces import MONTHS, Records, province

EXAMPLES = 2  # each ranks two provinces, draws and all, in some seconds
BEFORE = ("T00", "T10", "T11", "T12", "T13")
JOINING = "T20"  # an intermediate court: a peer of T10 and of nobody else
BASIC = """
    select * from rankings.rpt_court_rankings
    where peer_group = 'basic'
    order by window_code, period_month, indicator_code, court_code
"""


@pytest.fixture(scope="module")
def before() -> Engine:
    return Engine(project().up_to("rpt_court_rankings"), BEFORE)


@pytest.fixture(scope="module")
def after() -> Engine:
    return Engine(project().up_to("rpt_court_rankings"), (*BEFORE, JOINING))


def ranking(engine: Engine, courts: tuple[str, ...], records: Records) -> list[tuple[Any, ...]]:
    engine.build(delivered(MONTHS, courts, records))
    return engine.rows(BASIC)


@settings(max_examples=EXAMPLES, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9))
def test_a_court_joining_another_peer_group_changes_no_rank(before: Engine, after: Engine, seed: int) -> None:
    records = province(seed, 160, BEFORE)
    joining = province(seed + 1, 40, (JOINING,))
    expected = ranking(before, BEFORE, records)
    both = {kind: listed + [_renamed(record) for record in joining[kind]] for kind, listed in records.items()}
    found = ranking(after, (*BEFORE, JOINING), both)
    assert expected == found
    names = [column[0] for column in before.rows(f"describe {BASIC}")]
    ranked = [row for row in expected if row[names.index("rank")] is not None]
    assert len({row[names.index("rank")] for row in ranked}) >= 3
    assert any(row[names.index("rank_low")] is not None for row in ranked)
    others = "select count(*) from rankings.rpt_court_rankings where court_code = ? and value is not null"
    assert after.rows(others, JOINING)[0][0] > 0, "nobody joined"


def _renamed(record: dict[str, Any]) -> dict[str, Any]:
    """The joining court's records under identifiers of their own: both provinces count from one."""
    own = {"case_id", "fund_id", "lot_id", "request_id", "petition_id", "item_id", "listing_id"}
    return {name: f"{JOINING}-{value}" if name in own else value for name, value in record.items()}

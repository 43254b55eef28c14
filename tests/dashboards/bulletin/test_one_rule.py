"""Who is called is one rule: circular and meeting, in rank and in interval mode, call the same courts on the same data.
The rule's parts have their own tests; here the doors that use it are compared."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from dashboards import snapshot
from dashboards.app_pages.meeting import agenda
from dashboards.app_pages.meeting import queries as meeting
from dashboards.bulletin import facts, outline
from dashboards.bulletin.facts import Facts

Home = Callable[..., Path]
MONTH, GROUP = "2019-12", "basic"
# A target that QX02 misses beyond its interval at T13 and T14, and within it at T15.
MISSED = """
    update rankings.rpt_court_rankings set interval_status = case court_code when 'T15' then 'too_few' else 'below' end
    where window_code = 'ytd' and indicator_code in ('QX02', 'QX06') and court_code in ('T13', 'T14', 'T15')
"""
FUNNEL = """
    update rankings.rpt_funnel_limits set funnel_signal = 'alarm', is_favourable = false
    where window_code = 'ytd' and indicator_code in ('QX02', 'QX10') and court_code in ('T16', 'T13')
"""


def gathered(edition: str) -> tuple[Facts, duckdb.DuckDBPyConnection]:
    source = snapshot.find(snapshot.current_id())
    assert source is not None
    cursor = duckdb.connect(str(source.database), read_only=True)
    return facts.gather(cursor, source, MONTH, edition, "zh"), cursor


@pytest.mark.parametrize("change", ["select 1", MISSED, FUNNEL])
def test_circular_and_meeting_call_the_same_courts_in_both_modes(home: Home, change: str) -> None:
    home("full", change)
    called: dict[str, list[str]] = {}
    for edition in ("rank", "interval"):
        found, cursor = gathered(edition)
        w = outline.writing(found)
        called[f"circular, {edition}"] = sorted(w.says.called(GROUP))
        standings = meeting.standings(cursor, GROUP, found.province, MONTH, "ytd")
        core = agenda.agenda(standings, is_ranked=edition == "rank").core
        assert core == list(w.core())
        called[f"meeting, {edition}"] = sorted(agenda.called(standings, core, is_ranked=edition == "rank"))
    assert len({tuple(courts) for courts in called.values()}) == 1, called
    assert called["circular, rank"]

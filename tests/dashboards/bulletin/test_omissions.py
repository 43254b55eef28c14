"""What a bulletin may not leave out: each demand of the month's facts dropped on purpose, and the text refused.
What may not be said is in test_rules."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from dashboards import snapshot
from dashboards.bulletin.chapters.writing import Writing
from dashboards.bulletin.check import faults, prove
from dashboards.bulletin.claim_verifier import Place, Verifier
from dashboards.bulletin.claims import Claim, Statement, compose
from dashboards.bulletin.facts import gather
from dashboards.bulletin.omissions import omissions
from dashboards.bulletin.outline import write, writing
from dashboards.bulletin.refusals import UnprovenTextError
from dashboards.month import Month

Bench = tuple[Writing, Verifier]
Whole = tuple[list[Statement], Verifier, Writing]
MONTH = Month.parse("2019-12")
# A target missed by a working definition, a court beyond its limits, an amount that one record carries, open weights.
DEMANDING = (
    "update core.dim_indicators set is_working_definition = indicator_code in ('QX02', 'QX06')",
    "update core.dim_indicators set target_value = 0.99 where indicator_code = 'QX02'",
    "update performance.fct_court_indicators set status = 'below' where indicator_code = 'QX02' and value < 0.99",
    "update performance.fct_court_intervals set judged_status = 'below' where indicator_code = 'QX02'",
    "update core.dim_indicator_weights set is_decided = false",
    "update performance.fct_court_intervals set is_concentrated = true, value_without_largest = value / 2 "
    "where indicator_code = 'QX06' and court_code = 'T13'",
    "update rankings.rpt_funnel_limits set funnel_signal = 'alarm', expected_value = value + 0.015, "
    "alarm_low = value + 0.01, alarm_high = value + 0.02, is_favourable = false where indicator_code = 'QX02'",
)


@pytest.fixture(scope="module")
def whole(data_directories: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    """A whole bulletin of a month that demands much, with its verifier; made once, for no test changes it."""
    place = tmp_path_factory.mktemp("demanding") / "full"
    shutil.copytree(data_directories["full"], place)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENFORCEMENT_DATA_DIR", str(place))
        for file in place.glob("published/*/enforcement.duckdb"):
            with duckdb.connect(str(file)) as connection:
                for change in DEMANDING:
                    connection.execute(change)
        w, verifier = opened("rank")
        yield list(write(w).statements()), verifier, w


def opened(edition: str) -> Bench:
    """What a bulletin of the tree in force is written with, and the verifier against it."""
    found = snapshot.find(snapshot.current_id())
    assert found is not None
    cursor = snapshot.connect(found).cursor()
    w = writing(gather(cursor, found, MONTH, edition, "zh"))
    return w, Verifier(cursor, MONTH, "zh", Place(found.snapshot_id, w.facts.province, w.facts.subject))


def without(said: list[Statement], kinds: tuple[str, ...]) -> list[Statement]:
    """The text with its claims of these kinds taken out, as if nobody had written them."""
    return [replace(s, claims=tuple((at, c) for at, c in s.claims if c.kind not in kinds)) for s in said]


def test_a_whole_bulletin_leaves_nothing_out_in_either_edition(whole: Whole) -> None:
    said, verifier, w = whole
    assert omissions(said, verifier, "rank") == []
    interval = list(write(writing(replace(w.facts, edition="interval"))).statements())
    assert omissions(interval, verifier, "interval") == []


@pytest.mark.parametrize(
    ("kinds", "missing"),
    [
        (("label",), "label"),
        (("open_weights",), "open_weights"),
        (("working",), "working"),
        (("target_status",), "target_status"),
        (("target_working",), "target_working"),
        (("source",), "source"),
        (("gap",), "gap"),
        (("check",), "check"),
        (("item_state",), "item_state"),
        (("called_court",), "called_court"),
        (("at_end_court",), "at_end_court"),
        (("move",), "move"),
        (("side",), "side"),
        (("without", "rests"), "without"),
        (("n",), "n"),
    ],
)
def test_what_the_facts_demand_cannot_be_left_out(whole: Whole, kinds: tuple[str, ...], missing: str) -> None:
    said, verifier, _ = whole
    assert any(c.kind in kinds for s in said for _, c in s.claims), "the month demands it"
    found = omissions(without(said, kinds), verifier, "rank")
    assert any(f"left out: {missing} " in line for line in found)


def test_a_bulletin_that_leaves_a_called_court_out_is_not_written(whole: Whole) -> None:
    said, verifier, _ = whole
    fewer = [s for s in said if all(c.kind != "called_court" for _, c in s.claims)]
    with pytest.raises(UnprovenTextError) as refused:
        prove(fewer, verifier, "rank")
    assert any("left out: called_court " in fault for fault in refused.value.faults)


def test_a_list_that_stops_at_a_display_limit_is_refused(whole: Whole) -> None:
    """Each list with its last entry dropped: courts called, changes, checks, items."""
    said, verifier, _ = whole
    for kind in ("called_court", "move", "check", "item_state"):
        last = [c for s in said for _, c in s.claims if c.kind == kind][-1]
        fewer = [replace(s, claims=tuple((at, c) for at, c in s.claims if c.about[:2] != last.about[:2])) for s in said]
        assert any(f"left out: {kind} " in line for line in omissions(fewer, verifier, "rank")), kind


def test_a_change_within_chance_the_wrong_way_or_a_smaller_count_is_refused(bench: Bench) -> None:
    w, verifier = bench
    moves = {(g, court, code): way for (g, court, code), way in w.facts.moved.items() if g == "basic"}
    flat = next(place for place, way in moves.items() if way == "flat")
    told = next(place for place, way in moves.items() if way != "flat")
    side = moves[told]
    true = w.says.move(*told, side)
    assert faults([compose("{c}", c=true)], verifier)[1] == []
    other = "worse" if side == "better" else "better"
    for claim in (
        Claim("move", true.text, (*told, other)),
        Claim("move", w.says.move(*flat, "better").text, (*flat, "better")),
        replace(w.says.move_count("basic", side), text=f"{'好转' if side == 'better' else '变差'}0项"),
        replace(w.says.move_courts("basic", side), text="0"),
        replace(w.says.compared("basic", "all"), text="1"),
    ):
        assert faults([compose("{c}", c=claim)], verifier)[1], claim


def test_a_change_that_is_none_without_the_largest_record_is_refused(bench: Bench) -> None:
    w, verifier = bench
    told, side = next((place, way) for place, way in w.facts.moved.items() if way != "flat")
    said = [compose("{c}", c=w.says.move(*told, side))]
    key = (told[1], verifier.scope(told[0]), told[2])
    now, before = (verifier.ends("rolling_12m", month)[key] for month in (MONTH, MONTH.shifted(-1)))
    now |= {"is_concentrated": True, "value_without_largest": 0.5}
    before |= {"value_without_largest": 0.5}
    assert faults(said, verifier)[1]


def test_the_value_without_the_largest_record_is_the_published_one_and_is_said_of_amounts_alone(whole: Whole) -> None:
    _, verifier, w = whole
    key = ("T13", "own", "QX06")
    true = w.says.without(key)
    assert true is not None
    assert faults([compose("{c}", c=true)], verifier)[1] == []
    assert w.says.without(("T14", "own", "QX06")) is None
    for claim in (replace(true, text="99.99%"), Claim("without", true.text, ("T14", "own", "QX06"))):
        assert faults([compose("{c}", c=claim)], verifier)[1]


def test_what_was_not_delivered_is_neither_zero_nor_another_status(home: Callable[..., Path]) -> None:
    home(
        "full",
        "update performance.fct_court_indicators set status = 'not_delivered', numerator = null, denominator = null, "
        "value = null where court_code = 'T13' and indicator_code = 'QX24' and period_month = date '2019-12-01'",
        "delete from performance.fct_court_measures where court_code = 'T13' and measure_code in "
        "(select denominator_measure from core.dim_indicators where indicator_code = 'QX24')",
        "delete from performance.fct_court_intervals where court_code = 'T13' and indicator_code = 'QX24' "
        "and period_month = date '2019-12-01'",
    )
    w, verifier = opened("interval")
    key = ("T13", "own", "QX24")
    value, status = w.says.value(key), w.says.status(key)
    assert (value.text, status.text) == ("—", "未报送")
    assert faults([compose("{v}{s}", v=value, s=status)], verifier)[1] == []
    for claim in (replace(value, text="0.00%"), replace(status, text="数据不足"), replace(status, text="偏低")):
        assert faults([compose("{c}", c=claim)], verifier)[1], claim


def test_a_working_definition_and_open_weights_are_said_only_where_they_are(bench: Bench) -> None:
    w, verifier = bench
    known = next(code for code, row in w.facts.indicators.items() if row["is_working_definition"] is not True)
    name = w.says.indicator(known).text
    assert faults([compose("{c}", c=Claim("working", name, (known,)))], verifier)[1]
    verifier.has_open_weights = False
    assert faults([compose("{c}", c=w.says.open_weights())], verifier)[1]

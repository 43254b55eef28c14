"""When a difference counts: against the method's published example, by simulation, and against the snapshot's own.
What a sentence says of it belongs to the claims."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboards import snapshot
from dashboards.bulletin import UnprovenTextError, make_pack
from dashboards.bulletin.claim_builders import ClaimBuilders
from dashboards.bulletin.facts import gather
from dashboards.bulletin.judgement import Reading, by_ends, difference
from dashboards.month import Month

Home = Callable[..., Path]


def wilson(hits: int, n: int) -> Reading:
    z, p = 1.959964, hits / n
    centre, half = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return Reading(p, (centre - half) / (1 + z * z / n), (centre + half) / (1 + z * z / n))


@pytest.mark.parametrize(
    "now, before, said",
    [
        ((56, 70), (48, 80), "up"),  # Newcombe 1998, method 10: 0.0524 to 0.3339
        ((9, 10), (3, 10), "up"),  # 0.1705 to 0.8090
        ((6, 7), (2, 7), "up"),  # 0.0582 to 0.8062
        ((5, 56), (0, 29), "flat"),  # −0.0381 to 0.1926
        ((48, 80), (56, 70), "down"),
        ((50, 100), (50, 100), "flat"),
    ],
)
def test_a_difference_counts_as_in_the_published_examples(now: tuple, before: tuple, said: str) -> None:
    assert difference(wilson(*now), wilson(*before), 1e-4) == said


def test_a_difference_that_would_be_printed_as_zero_is_flat() -> None:
    near = Reading(0.50004, 0.500039, 0.500041)
    assert difference(near, Reading(0.5, 0.499999, 0.500001), 1e-4) == "flat"
    assert difference(near, Reading(0.5, 0.499999, 0.500001), 1e-6) == "up"


def test_without_an_interval_nothing_is_judged_and_without_a_value_nothing_compared() -> None:
    assert difference(Reading(1.0, None, None), wilson(1, 2), 1e-4) == "unjudged"
    assert difference(None, wilson(1, 2), 1e-4) == "absent"
    assert by_ends(1.0, None, None, 1e-4) == "unjudged"


def test_equal_courts_are_told_apart_in_about_one_of_twenty() -> None:
    chance = random.Random(7)
    told = 0
    for _ in range(2000):
        draws = [sum(chance.random() < 0.6 for _ in range(60)) for _ in range(2)]
        told += difference(wilson(draws[0], 60), wilson(draws[1], 60), 1e-4) != "flat"
    assert 0.02 < told / 2000 < 0.07


def test_the_verdict_from_month_to_month_is_the_snapshots_own(home: Home) -> None:
    home("full")
    found = snapshot.find(snapshot.current_id())
    assert found is not None
    cursor = snapshot.connect(found).cursor()
    says = ClaimBuilders(gather(cursor, found, Month.parse("2019-12"), "rank", "zh"))
    rows = cursor.execute(
        """
        select court_code, scope_code, indicator_code, is_change_significant, change_low > 0
        from performance.fct_court_intervals
        where window_code = 'month' and period_month = date '2019-12-01'
        """
    ).fetchall()
    words = {(True, True): "up", (True, False): "down", (False, False): "flat", (None, None): "unjudged"}
    mine = [(tuple(row[:3]), tuple(row[3:])) for row in rows if row[2] in says.f.indicators]
    published = {key: words[flags] for key, flags in mine}
    told = {key: says.verdict(key, "month", Month.parse("2019-11")) for key in published}
    compared = {key: said for key, said in told.items() if said != "absent"}  # a base cut short is no base
    assert len(compared) > 50
    assert len(set(compared.values())) == 4
    assert compared == {key: published[key] for key in compared}


@pytest.mark.parametrize(
    "change",
    [
        # An interval that its own value has left.
        "update performance.fct_court_intervals set value_low = value + 0.01, value_high = value + 0.02 "
        "where scope_code = 'province' and indicator_code = 'QX02' and window_code = 'rolling_12m'",
        # A court called out though the published limits hold it.
        "update rankings.rpt_funnel_limits set funnel_signal = 'alarm' "
        "where window_code = 'rolling_12m' and indicator_code = 'QX02' and funnel_signal = 'none'",
        # A streak that the rank intervals do not bear out.
        "update rankings.rpt_ranking_streaks set month_count = month_count + 1 "
        "where window_code = 'rolling_12m' and indicator_code = 'COMPOSITE'",
        # A place that the sets of ranks do not bear out: the last called first, and sets that say nothing.
        "update rankings.rpt_court_rankings set place_code = 'maybe_first' where place_code like '%_last'",
        "update performance.fct_rank_intervals set set_low = 1, set_high = 99 where indicator_code = 'COMPOSITE'",
    ],
)
def test_a_snapshot_that_contradicts_its_own_intervals_is_not_handed_out(home: Home, change: str) -> None:
    home("full", change)
    with pytest.raises(UnprovenTextError):
        make_pack(Month.parse("2019-12"), "rank")


ALL_BELOW = """
    update rankings.rpt_funnel_limits set funnel_signal = 'alarm', expected_value = value + 0.015,
        alarm_low = value + 0.01, alarm_high = value + 0.02, is_concentrated = {concentrated}, z_without_largest = {z}
    where window_code = 'rolling_12m' and indicator_code = 'QX02'
"""


@pytest.mark.parametrize(
    ("concentrated", "z", "proven"), [("false", "0", True), ("true", "-3.2", True), ("true", "0", False)]
)
def test_who_is_beyond_the_limits_by_one_case_alone_is_not_named(
    home: Home, concentrated: str, z: str, *, proven: bool
) -> None:
    home("full", ALL_BELOW.format(concentrated=concentrated, z=z))
    if proven:
        assert make_pack(Month.parse("2019-12"), "rank")
        return
    with pytest.raises(UnprovenTextError):
        make_pack(Month.parse("2019-12"), "rank")


def test_a_restated_figure_is_marked_and_explained(home: Home) -> None:
    import docx
    from python_calamine import CalamineWorkbook

    key = "court_code = 'T13' and scope_code = 'own' and window_code = 'rolling_12m' and indicator_code = 'QX02'"
    home(
        "full",
        f"update performance.fct_published_values set value_label = 'restated' where {key} "
        "and period_month = date '2019-12-01'",
        f"""insert into rankings.rpt_restatements by name
        select court_code, scope_code, window_code, period_month, indicator_code, definition_version,
               1 as old_numerator, 4 as old_denominator, 0.25 as old_value, value as new_value,
               true as is_value_restated, '迟报' as cause_zh, 'late' as cause_en
        from performance.fct_court_indicators where {key} and period_month = date '2019-12-01'""",
    )
    pack = make_pack(Month.parse("2019-12"))
    file = docx.Document(str(pack.files["docx"]))
    said = [p.text for p in file.paragraphs]
    assert any(p.startswith("数据性质：已重述") for p in said[:3])
    assert any("城西区实际执结率关账后重述：原公布25.00%，现为" in p for p in said)
    marked = {c.text for t in file.tables for row in t.rows for c in row.cells if c.text.endswith("※")}
    assert len(marked) == 1
    assert "已重述" in str(CalamineWorkbook.from_path(str(pack.files["xlsx"])).get_sheet_by_index(0).to_python()[1])

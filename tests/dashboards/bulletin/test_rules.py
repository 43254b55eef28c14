"""Every rule of what may be said of a court, broken on purpose: places, changes, praise, blame, targets, gaps, n.
Figures, and how claims stand in sentences, are in test_claims."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboards.bulletin.chapters.writing import Writing
from dashboards.bulletin.check import faults
from dashboards.bulletin.claim_verifier import Verifier
from dashboards.bulletin.claims import Claim, Statement, compose, uncovered
from dashboards.bulletin.facts import has
from dashboards.findings import COMPOSITE, LAST
from dashboards.month import Month
from dashboards.queries import rankings, windows
from dashboards.rows import records

Bench = tuple[Writing, Verifier]


@pytest.mark.parametrize(
    "text",
    [
        "久治法院居末段。",
        "德令哈法院表现突出。",
        "班玛法院工作滞后。",
        "名次靠后的法院。",
        "该院明显好转。",
        "多数指标达标。",
        "An outstanding court.",
        "Results are better.",
        "The bottom of the table.",
    ],
)
def test_a_place_a_change_an_excellence_or_a_lag_needs_a_claim(text: str) -> None:
    assert uncovered(Statement(text)) != []


def test_who_is_not_among_the_last_cannot_be_listed_with_them(bench: Bench) -> None:
    w, verifier = bench
    listed = set(w.says.at_end("basic", LAST))
    outside = next(c for c in w.facts.of_group("basic") if c not in listed)
    assert faults([compose("{c}", c=w.says.at_end_court("basic", outside, LAST))], verifier)[1]
    assert all(not faults([compose("{c}", c=w.says.at_end_court("basic", c, LAST))], verifier)[1] for c in listed)
    for claim in (w.says.apart("basic", outside), Claim("place", "可能在后3位、确定不在前3位", ("basic", outside))):
        assert faults([compose("{c}", c=claim)], verifier)[1]


def test_nobody_is_called_who_does_not_meet_the_rule_and_nobody_is_left_out(bench: Bench) -> None:
    w, verifier = bench
    called = w.says.called("basic")
    free = next(c for c in w.facts.of_group("basic") if c not in called)
    assert called
    assert faults([compose("{c}", c=w.says.called_court("basic", free))], verifier)[1]
    assert not faults([compose("{c}", c=w.says.called_court("basic", called[0]))], verifier)[1]
    fewer = replace(w.says.called_count(), text=str(int(w.says.called_count().text) - 1))
    assert faults([compose("{c}", c=fewer)], verifier)[1]
    assert faults([compose("{c}", c=w.says.nobody_called())], verifier)[1]


def beyond(bench: Bench) -> tuple[Statement, tuple[str, str, str]]:
    """A court above its limits, in the eyes of the verifier: what says so, and court, scope, indicator."""
    w, verifier = bench
    court = next(c for c in w.facts.of_group("basic") if has(w.facts.ranks["basic", c, "QX02"]["rank"]))
    value = w.facts.ranks["basic", court, "QX02"]["value"]
    limits = {"alarm_low": value - 0.2, "alarm_high": value - 0.01, "expected_value": value - 0.1}
    verifier.limits["basic", "QX02", court] |= {**limits, "funnel_signal": "alarm", "is_concentrated": False}
    return compose("{c}", c=w.says.side("basic", "QX02", "up", (court,))), (court, "own", "QX02")


def test_courts_beyond_the_limits_cannot_be_said_not_to_be_there(bench: Bench) -> None:
    w, verifier = bench
    nobody = compose("{c}", c=w.says.nobody_beyond(is_adverse=False))
    assert faults([nobody], verifier)[1] == []
    beyond(bench)
    assert faults([nobody], verifier)[1]


@pytest.mark.parametrize("change", ["few", "one case", "too near", "inside"])
def test_an_excellence_or_a_lag_needs_limits_n_and_more_than_one_case(bench: Bench, change: str) -> None:
    _, verifier = bench
    said, place = beyond(bench)
    assert faults([said], verifier)[1] == []
    row = verifier.limits["basic", "QX02", place[0]]
    if change == "few":
        verifier._status_of("rolling_12m", Month.parse("2019-12"))[place] = "too_few"
    elif change == "one case":
        row |= {"is_concentrated": True, "z_without_largest": -4.0}
    elif change == "too near":
        row |= {"is_concentrated": True, "z_without_largest": 2.5}
    else:
        row |= {"alarm_low": -1.0, "alarm_high": 2.0}
    assert faults([said], verifier)[1]


def test_a_streak_cannot_be_longer_than_its_sets(bench: Bench) -> None:
    w, verifier = bench
    if not w.facts.streaks:
        pytest.fail("the small world has streaks")
    group, court = next(iter(w.facts.streaks))
    true = w.says.streak(group, court)
    longer = replace(true, text=true.text.replace(str(w.facts.streaks[group, court]), "99"))
    assert faults([compose("{c}", c=true)], verifier)[1] == []
    assert faults([compose("{c}", c=longer)], verifier)[1]


def test_a_target_within_the_interval_is_not_missed(bench: Bench) -> None:
    """QX24 of the small world lies below its target, which its interval holds: neither met nor missed may be said."""
    w, verifier = bench
    true = w.aims.status("QX24")
    assert true.text == "数据不足"
    for word in ("达标", "未达标"):
        assert faults([compose("{c}", c=replace(true, text=word))], verifier)[1]
    assert faults([compose("{c}", c=replace(w.aims.count("missed"), text="未达标1项"))], verifier)[1]


def test_a_gap_has_the_reason_it_has(bench: Bench) -> None:
    w, verifier = bench
    missing = w.facts.deliveries[~w.facts.deliveries["is_delivered"].astype(bool)]
    reasons = {
        str(kind): w.says.gap(str(court), str(kind))
        for court, kind in zip(missing["court_code"], missing["kind"], strict=True)
    }
    assert reasons["linkage"].text == "文件被拒收"
    assert reasons["cases"].text == "没有收到文件"
    for claim in reasons.values():
        assert faults([compose("{c}", c=claim)], verifier)[1] == []
        assert faults([compose("{c}", c=replace(claim, text="质量关口未予采用"))], verifier)[1]


def test_page_and_pack_show_the_same_months_intervals_and_places(bench: Bench) -> None:
    """What the pack prints of a court is what the pages ask for by default: value, n, rank, interval, set, streak."""
    w, verifier = bench
    at = ("basic", w.facts.province, w.facts.month, windows.DEFAULT)
    for code in (COMPOSITE, *w.facts.indicators):
        for row in records(rankings.ranking(verifier.cursor, *at, code)):
            own = w.facts.ranks["basic", row["court_code"], code]
            names = ("value", "case_count", "rank", "rank_low", "rank_high", "set_low", "set_high", "place_code")
            assert [plain(row[name]) for name in names] == [plain(own[name]) for name in names], (
                code,
                row["court_code"],
            )
            if code == COMPOSITE and row["streak_code"] == "bottom":
                assert w.facts.streaks["basic", row["court_code"]] == row["streak_months"]


def plain(value: object) -> object:
    return None if value is None or value != value else value

"""Meeting, circular and verifier call the same courts, on rows made by hand: peers, targets, intervals and places.
What is printed of a called court is in test_files; the rules of claims are in test_rules."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pandas as pd
import pytest

from dashboards.app_pages.meeting import agenda
from dashboards.bulletin.blocks import Paragraph
from dashboards.bulletin.called_claims import CalledClaims
from dashboards.bulletin.called_verifier import CalledVerifier
from dashboards.bulletin.chapters.findings import named
from dashboards.bulletin.chapters.writing import Writing
from dashboards.bulletin.claims import uncovered
from dashboards.bulletin.facts import WINDOW, Facts, Key, Row
from dashboards.bulletin.target_claims import TargetClaims
from dashboards.bulletin.wording import Share
from dashboards.findings import COMPOSITE
from dashboards.month import Month
from dashboards.texts import texts

BLANK = {"interval_low": None, "interval_high": None, "target_value": None, "target_window": None}
DEFINITIONS: dict[str, Row] = {
    "QX02": {**BLANK, "unit": "ratio", "direction": "higher", "target_value": 0.8},
    "QX03": {**BLANK, "unit": "ratio", "direction": "lower"},
    "QX06": {**BLANK, "unit": "ratio", "direction": "higher", "target_value": 0.5, "target_window": "rolling_36m"},
    "QX10": {**BLANK, "unit": "days", "direction": "lower", "interval_low": 10.0, "interval_high": 60.0},
}
NAMES = {"QX02": "执结率", "QX03": "终本率", "QX06": "到位率", "QX10": "用时"}
FAR, NEAR, GOOD = (0.70, 0.65, 0.75), (0.79, 0.75, 0.83), (0.90, 0.85, 0.95)
SLOW, ALMOST, QUICK = (90.0, 80.0, 95.0), (62.0, 55.0, 70.0), (5.0, 4.0, 6.0)
# Court → place; (value, low, high) of QX02 and of QX10 with what the pipeline publishes of them; QX03 beyond limits;
# QX02 beyond limits; days without the largest record of QX10, where ten records decide it.
COURTS: dict[str, tuple[Any, ...]] = {
    "two targets missed": ("anywhere", FAR, "below", SLOW, "above", False, True, None),
    "a target and the peers": ("anywhere", FAR, "below", QUICK, "met", True, False, None),
    "one indicator twice": ("anywhere", FAR, "below", QUICK, "met", False, True, None),
    "within both intervals": ("anywhere", NEAR, "too_few", ALMOST, "too_few", False, False, None),
    "surely not last": ("between", FAR, "below", SLOW, "above", True, True, None),
    "one record decides": ("anywhere", FAR, "below", SLOW, "too_few", False, False, 50.0),
    "nobody knows without it": ("anywhere", FAR, "below", SLOW, "too_few", False, False, float("nan")),
    "maybe last": ("maybe_last", GOOD, "met", QUICK, "met", False, False, None),
}
CALLED = ["two targets missed", "a target and the peers", "maybe last"]


def rows(court: str) -> dict[str, Row]:
    """Indicator → what the snapshot publishes of the court."""
    place, share, share_status, days, days_status, is_apart, is_share_apart, without = COURTS[court]

    published = {
        "QX02": (share, share_status, is_share_apart, None),
        "QX03": ((0.4, 0.3, 0.5), "no_target", is_apart, None),
        "QX06": ((0.2, 0.1, 0.3), "no_target", False, None),
        "QX10": (days, days_status, False, without),
        COMPOSITE: ((50.0, 40.0, 60.0), "no_target", False, None),
    }
    found = {code: row(court, code, *parts) for code, parts in published.items()}
    return {**found, COMPOSITE: {**found[COMPOSITE], "place_code": place, "set_low": 1.0, "end_count": 2}}


def row(court: str, code: str, value: tuple[float, ...], status: str, *doubts: Any) -> Row:
    """One of them: value with the ends of its interval, what may be said of it, and whether it is beyond its limits."""
    is_beyond, without = doubts
    return {
        "court_code": court,
        "indicator_code": code,
        "value": value[0],
        "value_low": value[1],
        "value_high": value[2],
        "case_count": 100,
        "rank": None,
        "place_code": None,
        "status": "no_target",
        "interval_status": status,
        "funnel_signal": "alarm" if is_beyond else "none",
        "is_favourable": False if is_beyond else None,
        "is_above_peers": code == "QX03",
        "is_concentrated": without is not None,
        "value_without_largest": without,
    }


MONTH = Month.parse("2019-12")


class HandMade(CalledVerifier):
    """A verifier whose recount is the rows by hand; statuses it judges itself."""

    def __init__(self) -> None:
        self.t, self.month, self.definitions = texts("zh"), MONTH, DEFINITIONS
        self.courts = {court: {"name_zh": court} for court in COURTS}
        self.groups = {"basic": {"scope_code": "own", "level": "basic"}}

    def _members(self, group: str) -> list[str]:
        return list(COURTS) if group == "basic" else []

    def places(self, group: str, month: Month) -> dict[str, str]:
        return {court: made[0] for court, made in COURTS.items()}

    def outliers(self, group: str, indicator: str, side: str) -> list[str]:
        found = [(court, rows(court)[indicator]) for court in COURTS]
        return [c for c, r in found if r["funnel_signal"] == "alarm" and r["is_above_peers"] == (side == "up")]

    def share(self, court: str, scope: str, indicator: str, window: str, month: Month) -> Share | None:
        return Share(rows(court)[indicator]["value"], 1.0)

    def ends(self, window: str, month: Month) -> dict[Key, Row]:
        return {(court, "own", code): rows(court)[code] for court in COURTS for code in DEFINITIONS}

    def _status_of(self, window: str, month: Month) -> dict[Key, str]:
        return dict.fromkeys(self.ends(window, month), "no_target")


@pytest.fixture
def w() -> Writing:
    """A circular that is written from the rows by hand."""
    facts = SimpleNamespace(
        t=texts("zh"),
        edition="rank",
        month=MONTH,
        courts={court: {"name_zh": court, "short_name_zh": court} for court in COURTS},
        indicators={code: {"short_name_zh": NAMES[code], **row} for code, row in DEFINITIONS.items()},
        groups={"basic": {"scope_code": "own"}},
        ranks={("basic", court, code): row for court in COURTS for code, row in rows(court).items()},
        figures={(WINDOW, MONTH): {(c, "own", code): rows(c)[code] for c in COURTS for code in DEFINITIONS}},
        now={(c, "own", code): rows(c)[code] for c in COURTS for code in DEFINITIONS},
        of_group=lambda group: list(COURTS) if group == "basic" else [],
        streaks={},
        targets={},
    )
    made = cast(Facts, facts)
    return Writing(made, CalledClaims(made), TargetClaims(made))


def test_meeting_circular_and_verifier_call_the_same_courts(w: Writing) -> None:
    standings = pd.DataFrame([row for court in COURTS for row in rows(court).values()])
    verifier = HandMade()
    assert agenda.agenda(standings, is_ranked=False).courts == CALLED
    assert w.says.called("basic") == CALLED
    assert [court for court in COURTS if verifier.says_called_court("basic", court) != "—"] == CALLED
    assert verifier.says_called_count() == w.says.called_count().text == "3"


def test_the_verifier_judges_every_target_of_a_court_as_the_snapshot_does(w: Writing) -> None:
    verifier = HandMade()
    for court in COURTS:
        for code in DEFINITIONS:
            is_missed = verifier.says_missed("basic", court, code) == "未达标"
            assert is_missed == w.says.misses("basic", court, code), (court, code)


def test_what_a_court_is_called_for_is_said_of_its_target_and_of_its_peers(w: Writing) -> None:
    said = [block.said for block in named(w) if isinstance(block, Paragraph) and block.number]
    assert [statement.text for statement in said] == [
        "two targets missed：执结率70.00%（n=100），低于本组总体，超出控制限，且未达标，目标≥80%；"
        "用时90.0天（n=100），未达标，目标10天–60天。",
        "a target and the peers：执结率70.00%（n=100），未达标，目标≥80%；"
        "终本率40.00%（n=100），高于本组总体，超出控制限。",
        "maybe last：可能在后2位、确定不在前2位。",
    ]
    assert all(uncovered(statement) == [] for statement in said)

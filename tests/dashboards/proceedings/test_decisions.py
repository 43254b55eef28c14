"""Decisions: who notes and follows one, what the next meeting opens with, and what became of its number.
How they look in the room is tested with the meeting."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from dashboards.month import Month
from dashboards.proceedings import decisions, outcomes
from dashboards.proceedings.decisions import Decision
from dashboards.proceedings.numbers import Number
from dashboards.proceedings.store import NotPossibleError, Writer

DUE = date(2020, 1, 20)
MONTHS = (Month.parse("2019-12"), Month.parse("2020-01"))


def about(month: str = "2019-12") -> Number:
    return Number("T13", "own", "QX04", "month", Month.parse(month), "1")


def decided(bureau: Writer, month: str = "2019-12", said: str = "一个月内清理超期未结") -> Decision:
    decisions.decide(bureau, about(month), said, "执行局", DUE)
    return decisions.decisions("QH")[-1]


def test_a_decision_is_open_until_it_is_done_and_overdue_after_its_day(bureau: Writer) -> None:
    decision = decided(bureau)
    assert [decision.stands(day) for day in (DUE, date(2020, 1, 21))] == ["open", "overdue"]
    decisions.step(bureau, decision, "finish", "全部清理")
    (found,) = decisions.decisions("QH")
    assert found.stands(date(2020, 1, 21)) == "done" and found.reports == ("全部清理",)
    with pytest.raises(NotPossibleError, match="too_late"):
        decisions.step(bureau, decision, "report", "再报")


def test_the_next_meeting_opens_with_what_is_open_and_what_the_last_one_decided(bureau: Writer) -> None:
    for month, said in (("2019-09", "旧的已办"), ("2019-09", "旧的未办"), ("2019-11", "上次已办"), ("2019-12", "本次")):
        decision = decided(bureau, month, said)
        if said.endswith("已办"):
            decisions.step(bureau, decision, "finish", "办结")
    found = decisions.decisions("QH")
    assert [decision.said for decision in decisions.followed(found, Month.parse("2019-12"))] == ["旧的未办", "上次已办"]
    assert [decision.said for decision in decisions.of_meeting(found, Month.parse("2019-12"))] == ["本次"]
    assert decisions.followed(found, Month.parse("2019-09")) == []


def test_the_court_reports_on_its_own_and_does_nothing_else(bureau: Writer, court: Writer) -> None:
    decision = decided(bureau)
    decisions.step(court, decision, "report", "已清理三件", own_courts=("T13",))
    assert decisions.decisions("QH")[0].reports == ("已清理三件",)
    for deed, own in (("finish", ("T13",)), ("withdraw", ("T13",)), ("report", ("T14",))):
        with pytest.raises(NotPossibleError, match="not_allowed"):
            decisions.step(court, decision, deed, "文字", own_courts=own)
    with pytest.raises(NotPossibleError, match="not_allowed"):
        decisions.decide(court, about(), "决定", "执行局", DUE)


def test_a_withdrawn_decision_is_followed_no_more(bureau: Writer) -> None:
    decisions.step(bureau, decided(bureau), "withdraw", "")
    assert decisions.decisions("QH") == []


@pytest.mark.parametrize("said, owner, reason", [(" ", "执行局", "nothing_said"), ("决定", "", "no_owner")])
def test_a_decision_says_what_and_who(bureau: Writer, said: str, owner: str, reason: str) -> None:
    with pytest.raises(NotPossibleError, match=reason):
        decisions.decide(bureau, about(), said, owner, DUE)


def reading(month: str, value: float, low: float | None, high: float | None, **more: str) -> dict[str, object]:
    known = {"definition_version": "1", "unit": "ratio", "direction": "higher"} | more
    return {"month": month, "value": value, "value_low": low, "value_high": high, **known}


@pytest.mark.parametrize(
    "now, verdict",
    [
        (reading("2020-01", 0.80, 0.75, 0.85), "better"),
        (reading("2020-01", 0.20, 0.15, 0.25), "worse"),
        # The intervals meet, and the difference is beyond chance: 0.13 − √(0.05² + 0.05²) = 0.059 > 0.
        (reading("2020-01", 0.63, 0.58, 0.68), "better"),
        (reading("2020-01", 0.56, 0.51, 0.61), "same"),  # 0.06 − 0.071 < 0
        (reading("2020-01", 0.80, None, None), "unjudged"),
        (reading("2020-01", 0.80, 0.75, 0.85, definition_version="2"), "absent"),
        (reading("2020-02", 0.80, 0.75, 0.85), "absent"),
    ],
)
def test_a_change_is_one_beyond_its_interval_only(now: dict[str, object], verdict: str) -> None:
    frame = pd.DataFrame([reading("2019-12", 0.50, 0.45, 0.55), now])
    assert outcomes.outcome(frame, *MONTHS).verdict == verdict


def test_of_an_indicator_that_should_fall_less_is_better() -> None:
    frame = pd.DataFrame(
        [reading("2019-12", 90, 85, 95, direction="lower"), reading("2020-01", 60, 55, 65, direction="lower")]
    )
    assert outcomes.outcome(frame, *MONTHS).verdict == "better"

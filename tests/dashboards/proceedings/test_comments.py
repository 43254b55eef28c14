"""A court's comment: one text in force a number and month, its own numbers only, and the bureau's word on it.
How it stands beside the number is tested with the pages."""

from __future__ import annotations

import pytest

from dashboards.month import Month
from dashboards.proceedings import comments, store
from dashboards.proceedings.numbers import Number
from dashboards.proceedings.store import NotPossibleError, Writer

NUMBER = Number("T13", "own", "QX04", "month", Month.parse("2019-12"), "1")
OWN = ("T13",)


def in_force() -> list[tuple[str, str]]:
    return [(one.said, one.status) for one in comments.comments("QH").values()]


def test_a_later_text_takes_the_place_of_the_one_before_in_every_window(court: Writer) -> None:
    comments.say(court, OWN, NUMBER, "系统切换，少报两件")
    comments.say(court, OWN, Number("T13", "own", "QX04", "ytd", Month.parse("2019-12"), "1"), "已补报")
    comments.say(court, OWN, Number("T13", "own", "QX04", "month", Month.parse("2019-11"), "1"), "上月")
    assert sorted(in_force()) == [("上月", ""), ("已补报", "")]
    assert [act.content["said"] for act in store.acts("comment", "QH")] == ["系统切换，少报两件", "已补报", "上月"]


def test_the_bureau_says_that_it_is_under_examination_and_a_new_text_does_not_end_that(
    court: Writer, bureau: Writer
) -> None:
    comments.say(court, OWN, NUMBER, "少报两件")
    comments.examine(bureau, NUMBER, is_examined=True)
    comments.say(court, OWN, NUMBER, "少报三件")
    assert in_force() == [("少报三件", "under_examination")]
    comments.examine(bureau, NUMBER, is_examined=False)
    assert in_force() == [("少报三件", "")]


def test_a_text_that_was_withdrawn_is_shown_no_more(court: Writer, bureau: Writer) -> None:
    comments.say(court, OWN, NUMBER, "误写")
    comments.withdraw(court, OWN, NUMBER)
    assert in_force() == []
    with pytest.raises(NotPossibleError, match="unknown"):
        comments.examine(bureau, NUMBER, is_examined=True)


def test_nobody_speaks_for_another(court: Writer, bureau: Writer) -> None:
    other = Number("T14", "own", "QX04", "month", Month.parse("2019-12"), "1")
    for writer, number in ((court, other), (bureau, NUMBER)):
        with pytest.raises(NotPossibleError, match="not_allowed"):
            comments.say(writer, OWN, number, "说明")
    comments.say(court, OWN, NUMBER, "说明")
    with pytest.raises(NotPossibleError, match="not_allowed"):
        comments.examine(court, NUMBER, is_examined=True)
    with pytest.raises(NotPossibleError, match="not_allowed"):
        comments.withdraw(bureau, OWN, NUMBER)


@pytest.mark.parametrize("said, reason", [(" \n", "nothing_said"), ("长" * 501, "too_long")])
def test_nothing_and_too_much_is_refused(court: Writer, said: str, reason: str) -> None:
    with pytest.raises(NotPossibleError, match=reason):
        comments.say(court, OWN, NUMBER, said)

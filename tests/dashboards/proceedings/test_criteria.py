"""Objections to criteria: who files and answers, and from which year an answer applies.
How they look on the definitions' page is tested with the pages."""

from __future__ import annotations

from datetime import date

import pytest

from dashboards.proceedings import criteria
from dashboards.proceedings.store import NotPossibleError, Writer
from grammar import freezing


@pytest.mark.parametrize(
    "accepted, begins",
    [
        (date(2019, 6, 1), date(2020, 1, 1)),
        (date(2019, 12, 2), date(2020, 1, 1)),  # thirty days before the year begins
        (date(2019, 12, 3), date(2021, 1, 1)),
        (date(2020, 1, 1), date(2021, 1, 1)),
        (date(2020, 12, 31), date(2022, 1, 1)),
    ],
)
def test_what_is_accepted_after_the_freeze_applies_a_year_later(accepted: date, begins: date) -> None:
    assert freezing.applies_from(accepted, 30) == begins == freezing.applies_from(accepted, "12-02")


def test_the_court_objects_the_bureau_answers_once_and_says_why(court: Writer, bureau: Writer) -> None:
    criteria.file(court, "QX01", "1", "销案不应计入实结")
    (one,) = criteria.criteria("QH")
    assert (one.state, one.applies_from, one.said) == ("filed", None, "销案不应计入实结")
    with pytest.raises(NotPossibleError, match="no_reason"):
        criteria.answer(bureau, one, "accept", " ", 30)
    criteria.answer(bureau, one, "accept", "采纳", 30)
    (done,) = criteria.criteria("QH")
    assert done.state == "accepted" and done.applies_from is not None and done.applies_from.day == 1
    with pytest.raises(NotPossibleError, match="too_late"):
        criteria.answer(bureau, one, "refuse", "不采纳", 30)


def test_nobody_does_the_others_part(court: Writer, bureau: Writer) -> None:
    criteria.file(court, "QX01", "1", "意见")
    (one,) = criteria.criteria("QH")
    with pytest.raises(NotPossibleError, match="not_allowed"):
        criteria.answer(court, one, "accept", "采纳", 30)
    with pytest.raises(NotPossibleError, match="not_allowed"):
        criteria.file(bureau, "QX01", "1", "意见")
    with pytest.raises(NotPossibleError, match="nothing_said"):
        criteria.file(court, "QX01", "1", "\n")

"""The reason of a value that is not delivered although its file came: which column, which court, which months, where.
The small snapshot's T14 left the closing date out of two months' case files."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboards.shown import frame_with, html

OpenPage = Callable[..., AppTest]
SENTENCE = {
    "en": "Chengbei: the file of cases has no column “Closing date” (2 months between 2019-10 and 2019-12)",
    "zh": "城北区的执行案件文件没有“结案日期”栏（2019-10至2019-12之间的2个月）",
}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("page", ["about", "court"])
def test_a_court_s_missing_column_is_said_in_words(open_page: OpenPage, page: str, lang: str) -> None:
    asked = {"court": "T14", "scope": "own", "indicator": "QX04", "window": "rolling_12m", "lang": lang}
    assert SENTENCE[lang].casefold() in html(open_page(page, **asked)).casefold()


def test_a_roll_up_names_the_court_that_left_it_out(open_page: OpenPage) -> None:
    asked = {"court": "T10", "scope": "jurisdiction", "indicator": "QX04", "lang": "en"}
    assert "Chengbei: the file of" in html(open_page("about", **asked))


@pytest.mark.parametrize(
    "changed",
    [{"indicator": "QX24"}, {"window": "month", "month": "2019-11"}, {"court": "T13"}],
    ids=["an indicator that does not need it", "a month that has it", "another court"],
)
def test_nothing_is_said_where_nothing_is_missing(open_page: OpenPage, changed: dict[str, str]) -> None:
    asked = {"court": "T14", "scope": "own", "indicator": "QX04", "window": "rolling_12m", "lang": "en"}
    assert "has no column" not in html(open_page("about", **{**asked, **changed}))


def test_the_quality_page_lists_a_month_s_missing_columns_and_what_cannot_do_without(open_page: OpenPage) -> None:
    app = open_page("quality", list="columns", month="2019-12", lang="en")
    row = frame_with(app, "needed_by").iloc[0]
    assert (row["header"], row["row_count"]) == ("Closing date", 5)
    assert row["missing_reason"] == "no such column"
    assert row["needed_by"].count(",") == 2  # two indicators and a check
    assert "every column that a figure needs" in html(open_page("quality", list="columns", month="2019-11", lang="en"))

"""Several courts in one picture, the period and what it is held against, notes, and the files for slides.
The panels are tested in test_trends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.access.readers import Reader
from dashboards.app_pages.trends import period, together
from dashboards.app_pages.trends.together import Line
from dashboards.charts.theme import LIGHT
from dashboards.month import Month
from dashboards.proceedings import trend_notes
from dashboards.proceedings.store import NotPossibleError, Writer
from tests.dashboards.shown import html

OpenPage = Callable[..., AppTest]
CHOSEN = {"court": ["T13", "T14", "T15"], "indicator": "QX02", "window": "month", "scope": "own", "lang": "en"}
WORDS = {"title": "QX02 <甲&乙>", "source": "来源：20200105"}


def lines(values: list[float | None]) -> list[Line]:
    months = [date(2019, n + 1, 1) for n in range(len(values))]
    frame = pd.DataFrame({"period_month": months, "shown": values, "hover": ["" for _ in values]})
    return [Line("甲法院", frame), Line("乙法院", frame.assign(shown=frame["shown"].astype(float) + 1))]


def test_courts_stand_in_one_picture_within_the_period(open_page: OpenPage, figures: Any) -> None:
    chosen = {**CHOSEN, "from": "2019-03", "until": "2019-08"}
    traces = figures(open_page("trends", shape="together", **chosen), "together_QX02")
    assert len(traces) == 3 and {len(trace["x"]) for trace in traces} == {6}
    assert len({trace["line"]["dash"] for trace in traces}) == 3


def test_a_window_that_is_not_full_is_no_value(open_page: OpenPage, figures: Any) -> None:
    traces = figures(open_page("trends", shape="together", **{**CHOSEN, "window": "rolling_12m"}), "together_QX02")
    drawn = [[y is not None for y in trace["y"]] for trace in traces]
    assert drawn and all(not any(months[:11]) and months[11] for months in drawn)


def test_the_comparison_goes_back_as_far_as_is_asked_and_by_one_definition() -> None:
    keys = {"court_code": "T13", "scope_code": "own", "indicator_code": "QX02"}
    rows = [
        {**keys, "definition_version": version, "period_month": pd.Timestamp(year, 5, 1), "value": float(year)}
        for year, version in ((2016, "1"), (2017, "1"), (2018, "1"), (2019, "2"))
    ]
    series = pd.DataFrame(rows).assign(same_month_last_year_value=0.5, months_in_window=12, months_expected=12)
    assert period.compared(series, 12) is series
    found = period.compared(series, 24)["same_month_last_year_value"].tolist()
    assert found[2] == 2016.0 and pd.isna(found[0]) and pd.isna(found[3])
    series.loc[0, "months_in_window"] = 3
    assert period.compared(series, 24)["same_month_last_year_value"].isna().all(), "2016 has no full window"


@pytest.mark.parametrize("compare, first, apart", [
    ("1", "2019-03", 12), ("3", "2019-03", 36), ("2018-10", "2019-03", 5), ("2019-02", "2019-03", 1),
    ("2017-12", "2019-01", 13),
])  # fmt: skip
def test_the_earlier_period_is_years_before_or_begins_in_any_month(compare: str, first: str, apart: int) -> None:
    assert period.between(compare, first) == apart


def test_the_page_holds_each_month_against_the_one_as_far_before_as_the_periods_are_apart(
    open_page: OpenPage, figures: Any, truth: Any
) -> None:
    chosen = {**CHOSEN, "court": "T13", "from": "2019-06", "until": "2019-09", "month": "2019-09", "compare": "2018-11"}
    values = dict(
        truth.execute(
            "select strftime(period_month, '%Y-%m'), value from performance.fct_court_indicators where"
            " court_code = 'T13' and scope_code = 'own' and indicator_code = 'QX02' and window_code = 'month'"
            " and is_in_force"
        ).fetchall()
    )
    app = open_page("trends", **chosen)
    assert "against 7 months earlier" in html(app)
    earlier = [round(values[month] * 100, 6) for month in ("2018-11", "2018-12", "2019-01", "2019-02")]
    drawn = [[y and round(y, 6) for y in trace["y"]] for trace in figures(app, "trend_QX02")]
    assert earlier in drawn
    assert app.selectbox(key="pick_compare").value == "2018-11"


@pytest.mark.parametrize("kind, begins", [("svg", b"<?xml"), ("png", b"\x89PNG")])
def test_a_picture_has_its_title_and_source_and_is_the_same_each_time(kind: str, begins: bytes) -> None:
    made = together.picture(lines([1.0, None, 3.0]), "%", WORDS, kind)
    assert made.startswith(begins) and made == together.picture(lines([1.0, None, 3.0]), "%", WORDS, kind)
    if kind == "svg":
        text = made.decode()
        assert "来源：20200105" in text and "&lt;甲&amp;乙&gt;" in text and "乙法院" in text


def test_a_court_without_a_value_has_no_name_in_the_picture() -> None:
    assert together.picture(lines([None, None]), "", WORDS, "svg")
    assert not together.drawn(lines([None, None]), LIGHT, "").layout.annotations


def test_a_note_is_seen_by_everybody_until_it_is_taken_back(
    open_page: OpenPage, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENFORCEMENT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("ENFORCEMENT_AUDIT_KEY_FILE", str(tmp_path / "audit.key"))
    bureau, court = Writer(Reader("b", "bureau", None), "QH", "s"), Writer(Reader("c", "court", ("T13",)), "QH", "s")
    month = Month(2019, 6, 1)
    with pytest.raises(NotPossibleError, match="not_allowed"):
        trend_notes.note(court, "T13", month, "x")
    with pytest.raises(NotPossibleError, match="nothing_said"):
        trend_notes.note(bureau, "T13", month, " ")
    trend_notes.note(bureau, "T13", month, "迁入新址，联系人张三")
    (one,) = trend_notes.in_force("QH")
    assert one.month == month and "张三" not in one.said and trend_notes.in_force("other") == []
    trend_notes.withdraw(bureau, one)
    with pytest.raises(NotPossibleError, match="too_late"):
        trend_notes.withdraw(bureau, one)
    assert trend_notes.in_force("QH") == []


def test_the_page_lists_a_note_as_an_event(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    one = trend_notes.Annotation(1, "T13", Month(2019, 6, 1), "<b>迁址</b>", datetime.now(UTC))
    monkeypatch.setattr(trend_notes, "in_force", lambda _: [one])
    text = html(open_page("trends", **CHOSEN))
    assert "&lt;b&gt;迁址" in text and "2019-06-01" in text
    assert "迁址" not in html(open_page("trends", **{**CHOSEN, "court": "T14"}))

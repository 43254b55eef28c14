"""The meeting as PowerPoint: a slide or more a step, native tables and charts with the screens' figures, in both modes.
What the steps are is tested with the meeting."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import duckdb
import pytest
import streamlit
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from dashboards.app_pages.meeting import deck
from dashboards.app_pages.meeting import slides as slides_made
from dashboards.texts import texts
from tests.dashboards.shown import headline

OpenPage = Callable[..., AppTest]
RANKED = re.compile(r"第\s?\d+\s?(?:位|名)|\brank \d")


@pytest.fixture
def slides(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[AppTest, list[Any]]]:
    """The page and the slides that it hands out."""
    offered: dict[str, Callable[[], bytes]] = {}

    def kept(_label: str, data: Any, *_: Any, key: str, **__: Any) -> bool:
        offered[key] = data
        return False

    monkeypatch.setattr(streamlit, "download_button", kept)

    def opened(**parameters: str) -> tuple[AppTest, list[Any]]:
        app = open_page("meeting", **parameters)
        made = Presentation(BytesIO(offered["download_slides"]()))
        return app, list(made.slides)

    return opened


def said(slide: Any) -> str:
    parts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    for shape in slide.shapes:
        if shape.has_table:
            parts += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(parts)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("mode", ["rank", "interval"])
def test_every_step_has_its_slide_with_table_or_chart_and_its_source(
    slides: Callable[..., tuple[AppTest, list[Any]]], mode: str, lang: str
) -> None:
    app, found = slides(mode=mode, lang=lang, step="QX02")
    assert len(found) >= 10
    for slide in found:
        assert [shape for shape in slide.shapes if shape.has_table or shape.has_chart], said(slide)
        assert "20200105-0800-full" in said(slide)
    assert any(headline(app) in said(slide) for slide in found)
    whole = "\n".join(said(slide) for slide in found)
    assert bool(RANKED.search(whole)) == (mode == "rank")
    for shape in (shape for slide in found for shape in slide.shapes):
        assert shape.left >= 0 and shape.left + shape.width <= deck.WIDE


def test_a_charts_bars_are_the_courts_values(
    slides: Callable[..., tuple[AppTest, list[Any]]], truth: duckdb.DuckDBPyConnection
) -> None:
    _, found = slides(lang="en", step="QX02")
    slide = next(slide for slide in found if any(shape.has_chart for shape in slide.shapes))
    chart = next(shape.chart for shape in slide.shapes if shape.has_chart)
    (series,) = chart.plots[0].series
    shown = dict(zip(chart.plots[0].categories, series.values, strict=True))
    code = "QX01" if "QX01" in said(slide) else "QX02"
    expected = dict(
        truth.execute(
            "select c.short_name_en, r.value from rankings.rpt_court_rankings as r join core.dim_courts as c"
            " using (court_code) where r.peer_group = 'basic' and r.indicator_code = $code"
            " and r.window_code = 'rolling_12m' and r.period_month = date '2019-12-01'",
            {"code": code},
        ).fetchall()
    )
    same = [name for name in shown if expected.get(name) is not None and shown[name] is not None]
    assert same and shown.keys() == expected.keys()
    assert any(shown[name] == pytest.approx(100 * expected[name]) for name in same)


def test_courts_beside_a_chart_are_all_there_or_their_number_is() -> None:
    courts = [[f"C{n}", "far"] for n in range(12)]
    assert slides_made.fitted(texts("en"), courts[:9]) == courts[:9]
    assert slides_made.fitted(texts("en"), courts) == [*courts[:8], ["", "4 more"]]


def test_a_long_table_goes_on_on_the_next_slide() -> None:
    made = deck.Deck("where", "en")
    made.table("title", "sentence", ["a", "b"], [[str(n), "=1+1"] for n in range(25)])
    found = list(Presentation(BytesIO(made.bytes())).slides)
    assert [sum(len(s.table.rows) - 1 for s in slide.shapes if s.has_table) for slide in found] == [11, 11, 3]
    assert "(2/3)" in said(found[1]) and "=1+1" in said(found[2])

"""The wall screen: every screen on every snapshot, figures as published, no order in interval mode, and the turning.
What fits on a screen of 1920×1080 is tested in the browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace

import duckdb
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.app_pages.wall import showing, turning
from dashboards.texts import texts

OpenPage = Callable[..., AppTest]
STEPS = [str(step) for step in range(1, len(showing.SCREENS) + 1)]


def screen(app: AppTest) -> str:
    return next(e.proto.body for e in app.get("html") if 'class="g-wall"' in e.proto.body)


@pytest.mark.parametrize("mode", ["rank", "interval"])
@pytest.mark.parametrize("step", STEPS)
def test_every_screen_opens_in_both_languages(open_page: OpenPage, step: str, mode: str) -> None:
    for lang in ("zh", "en"):
        app = open_page("wall", lang=lang, step=step, mode=mode)
        assert [e.message for e in app.exception] == []
        assert f"{step}/{len(STEPS)}" in screen(app)
        assert "20200105-0800-full" in screen(app)


@pytest.mark.parametrize("state", ["one", "empty", "none"])
def test_a_wall_without_figures_says_so(open_page: OpenPage, state: str) -> None:
    for step in STEPS if state == "one" else STEPS[:1]:
        app = open_page("wall", state, step=step)
        assert [e.message for e in app.exception] == []


def test_nobody_is_shown_first_or_last_where_the_sets_of_ranks_say_nothing(open_page: OpenPage) -> None:
    text = screen(open_page("wall", step="4", lang="en"))
    assert "<td>" not in text
    assert "No court is surely outside" in text


def test_the_standings_name_who_may_be_first_and_who_last(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of eight ranked courts two may be first and one last: the last but one, who may stand anywhere, is not shown."""
    places = ["maybe_first", "maybe_first", *["anywhere"] * 5, "maybe_last"]
    standings = pd.DataFrame({"rank": range(1, 9), "place_code": places, "court_code": list("ABCDEFGH")}).assign(
        indicator_code="COMPOSITE", value=1.0, unit="points", rank_low=1, rank_high=8, end_count=2
    )
    monkeypatch.setattr(showing, "_facts", lambda view: (None, None, standings, []))
    names = SimpleNamespace(peer=lambda: "basic courts", court=str, value=lambda value, unit: str(value))
    view = SimpleNamespace(t=texts("en"), choice=SimpleNamespace(is_ranked=True), names=names)
    _, _, body = showing._standings(view)
    assert re.findall(r"<tr><td>(\d+)</td><td>(.*?)</td>", body) == [("1", "A"), ("2", "B"), ("8", "H")]
    assert "Maybe among the last 2, surely not the first 2 (1; 1 shown)" in body


def test_interval_mode_shows_counts_and_no_rank(open_page: OpenPage, truth: duckdb.DuckDBPyConnection) -> None:
    counted = truth.execute(
        """
        select count(*) from rankings.rpt_court_rankings
        where peer_group = 'basic' and window_code = 'rolling_12m' and period_month = date '2019-12-01'
          and indicator_code = 'QX24' and interval_status = 'met'
        """
    ).fetchone()
    text = screen(open_page("wall", step="4", lang="en", mode="interval"))
    assert "<td>" not in text and "rank" not in text.lower()
    row = re.search(r"<span>[^<]*</span><div>(.*?)</div></div>", text)
    assert row
    met = re.search(r'g-p-met" style="flex-grow:(\d+)"', row.group(1))
    assert int(met.group(1) if met else 0) == counted[0]


@pytest.mark.parametrize("said, meant", [("3", 2), ("0", 0), ("-1", 0), ("x", 0), ("7", 0), ("999999999999", 2)])
def test_a_step_from_the_address_is_always_a_screen(monkeypatch: pytest.MonkeyPatch, said: str, meant: int) -> None:
    monkeypatch.setattr(turning.st, "query_params", {"step": said})
    assert turning.step(6) == meant


@pytest.mark.parametrize("said, meant", [("20", 20), ("0", 0), ("1", 5), ("x", 0), ("99999", 3600), ("-3", 0)])
def test_a_screen_stays_no_shorter_than_it_can_be_read(monkeypatch: pytest.MonkeyPatch, said: str, meant: int) -> None:
    monkeypatch.setattr(turning.st, "query_params", {"rotate": said})
    assert turning.seconds() == meant


def test_the_arrow_keys_turn_and_the_round_begins_again(open_page: OpenPage) -> None:
    app = open_page("wall", step="7")
    app.button(key="wall_on").click().run()
    assert "1/7" in screen(app)
    app.button(key="wall_back").click().run()
    assert "7/7" in screen(app)

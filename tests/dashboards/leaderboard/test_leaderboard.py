"""The leaderboard against independent queries, in rank mode and in interval mode, and the trial with other weights.
How it looks is tested in the browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import duckdb
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.app_pages.leaderboard import reweighting
from dashboards.month import Month
from dashboards.queries import rankings
from tests.dashboards.shown import html

OpenPage = Callable[..., AppTest]
STANDING = """
    select r.*, c.short_name_en, c.sort_order
    from rankings.rpt_court_rankings as r inner join core.dim_courts as c using (court_code)
    where r.peer_group = 'basic' and r.window_code = 'rolling_12m' and r.period_month = date '2019-12-01'
      and r.indicator_code = $indicator
    order by r.rank nulls last, c.sort_order
"""


def table(app: AppTest, column: str) -> pd.DataFrame:
    return next(element.value for element in app.dataframe if column in element.value.columns)


def visible(app: AppTest) -> str:
    """All that a reader sees in words: blocks, table heads and cells, chart texts."""
    shown = re.sub(r"<style>.*?</style>", "", html(app), flags=re.S)
    cells = " ".join(f"{' '.join(map(str, e.value.columns))} {e.value.to_string()}" for e in app.dataframe)
    charts = " ".join(element.proto.spec for element in app.get("plotly_chart"))
    return " ".join([re.sub(r"<[^>]*>", " ", shown), cells, charts])


@pytest.mark.parametrize("indicator", ["QX02", "QX10", "COMPOSITE"])
def test_ranks_intervals_places_and_streaks_are_shown_as_published(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection, indicator: str
) -> None:
    expected = truth.execute(STANDING, {"indicator": indicator}).df()
    ranked = expected[expected["rank"].notna()]
    shown = table(open_page("leaderboard", indicator=indicator, lang="en"), "ranks")
    assert shown["short_name"].tolist() == ranked["short_name_en"].tolist()
    assert shown["rank"].tolist() == ranked["rank"].tolist()
    pairs = zip(ranked["rank_low"], ranked["rank_high"], strict=True)
    assert shown["ranks"].tolist() == [f"{low}–{high}" for low, high in pairs]
    count = len(ranked)
    end = count // 3
    words = {1: f"maybe first {end}, not last {end}", count: f"maybe last {end}, not first {end}"}
    assert shown["place"].tolist() == [words.get(rank, "at neither end") for rank in ranked["rank"]]
    streaks = ["front 5" if rank == 1 and indicator != "QX10" else "" for rank in ranked["rank"]]
    assert shown["streak"].tolist() == streaks
    assert set(shown["label"]) == {"may be amended"}


def test_the_picture_draws_values_and_ranks_with_their_published_intervals(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection, figures: Any
) -> None:
    expected = truth.execute(STANDING, {"indicator": "QX02"}).df()
    whiskers = [t for t in figures(open_page("leaderboard", indicator="QX02"), "ranking") if t.get("mode") == "lines"]
    drawn = {trace["xaxis"]: [x for x in trace["x"] if x is not None] for trace in whiskers}
    known = expected[expected["value_low"].notna()]
    assert drawn["x"] == pytest.approx(
        [100 * x for pair in known[["value_low", "value_high"]].to_numpy() for x in pair]
    )
    ranked = expected[expected["rank"].notna()]
    assert drawn["x2"] == [x for pair in ranked[["rank_low", "rank_high"]].to_numpy() for x in pair]


def test_the_headline_names_who_could_be_first_and_says_when_nobody_can_be_placed(open_page: OpenPage) -> None:
    said = html(open_page("leaderboard", indicator="QX02"))
    assert "可能在前2位且确定不在后2位的1家（" in said
    assert "可能在后2位且确定不在前2位的1家（" in said
    assert "其余5家不归入任何一头" in said
    assert "没有一家能断定不在前" in html(open_page("leaderboard", indicator="QX05"))


def test_a_cell_of_the_grid_has_the_tone_of_an_end_only_where_the_sets_of_ranks_say_so(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection
) -> None:
    """A place says nothing by itself: without its set it has the tone of the middle, be it the first or the last."""
    question = """
        select r.rank, r.place_code from rankings.rpt_court_rankings as r
        inner join core.dim_courts as c on r.court_code = c.court_code
        where r.indicator_code = 'COMPOSITE' and r.peer_group = 'basic' and r.window_code = 'rolling_12m'
          and r.period_month = date '2019-12-01' and r.rank is not null and c.province_code = 'QH'
    """
    steps = {"surely_last": 0, "maybe_last": 1, "maybe_first": 3, "surely_first": 4}
    expected = {(rank, steps.get(place, 2)) for rank, place in truth.execute(question).fetchall()}
    grid = html(open_page("overview", lang="en"))
    shown = re.findall(r'<td class="g-s(\d)" title="[^"]* Composite[^"]*rank (\d+) of', grid)
    assert {(int(rank), int(step)) for step, rank in shown} == expected
    assert {step for _, step in expected} == {1, 2, 3}


def test_both_modes_call_the_same_courts_to_attention(open_page: OpenPage) -> None:
    """Interval mode says what follows from ranks without a rank, and leaves nobody out."""
    ranked, judged = (html(open_page("overview", mode=mode)) for mode in ("rank", "interval"))
    named = [set(re.findall(r'<div><a href="court\?[^"]*court=(T\d\d)', text)) for text in (ranked, judged)]
    assert named[0] == named[1]
    assert "可能在后2位、确定不在前2位（排第" in re.sub(r"<[^>]+>", "", ranked)
    assert "可能属于较差的2家、确定不属于较好的2家" in re.sub(r"<[^>]+>", "", judged)


def test_a_saturated_indicator_is_flagged_and_others_are_not(open_page: OpenPage) -> None:
    assert "该指标已饱和：7家中6家" in html(open_page("leaderboard", indicator="QX24"))
    assert "饱和" not in html(open_page("leaderboard", indicator="QX02"))
    assert "已饱和、不再区分法院的有1项" in html(open_page("leaderboard", indicator="COMPOSITE"))


def test_a_change_within_chance_is_marked_and_one_beyond_is_not(open_page: OpenPage) -> None:
    changes = table(open_page("leaderboard", indicator="QX02", lang="en"), "ranks").set_index("short_name")["change"]
    assert not changes["Chengxi"].startswith("≈")
    assert changes["Chengbei"].startswith("≈")


def test_interval_mode_shows_statuses_in_the_official_order_and_no_rank(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection
) -> None:
    expected = truth.execute(STANDING, {"indicator": "QX24"}).df().sort_values("sort_order")
    app = open_page("leaderboard", indicator="QX24", mode="interval", lang="en")
    shown = table(app, "interval_status")
    assert shown["short_name"].tolist() == expected["short_name_en"].tolist()
    words = {"met": "● Met", "below": "▼ Below", "not_delivered": "× Not delivered", "too_few": "◌ Too few"}
    assert shown["interval_status"].tolist() == [words[code] for code in expected["interval_status"]]
    counts = expected["interval_status"].value_counts()
    assert f"Met {counts['met']}, Below {counts['below']}" in html(app)
    assert not set(shown.columns) & {"rank", "ranks", "place", "places", "streak", "rank_low", "rank_high"}


@pytest.mark.parametrize("indicator", ["QX02", "QX24", "SX18", "COMPOSITE"])
def test_interval_mode_says_nothing_of_first_last_or_rank(open_page: OpenPage, indicator: str) -> None:
    app = open_page("leaderboard", indicator=indicator, mode="interval")
    assert not app.exception
    said = visible(app).replace("不排名次", "").replace("杜绝排名排序", "").replace("不排名", "")
    said = said.replace("综合得分由名次折算，区间方式下不显示。", "")
    assert re.findall(r"第\s*\d+\s*名|居首|居末|前\s*\d+\s*位|后\s*\d+\s*位|名次|参与排名|升\d+位|降\d+位", said) == []


def test_an_indicator_that_is_only_watched_stands_without_ranks_in_rank_mode_too(open_page: OpenPage) -> None:
    app = open_page("leaderboard", indicator="SX18", lang="en")
    shown = table(app, "interval_status")
    assert set(shown["interval_status"]) <= {"○ Monitored", "× Not delivered", "◌ Too few"}
    assert "rank" not in shown.columns


def test_the_composite_is_made_from_ranks_and_is_not_offered_in_interval_mode(open_page: OpenPage) -> None:
    app = open_page("leaderboard", indicator="COMPOSITE", mode="interval")
    assert app.query_params["indicator"] in ("QX01", ["QX01"])
    assert len(app.selectbox(key="pick_indicator").options) == 9


def test_the_funnel_shows_every_court_with_its_published_limits(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection, figures: Any
) -> None:
    expected = truth.execute(
        """
        select case_count, 100 * value as value, 100 * alert_low as alert_low, 100 * alarm_high as alarm_high
        from rankings.rpt_funnel_limits
        where peer_group = 'basic' and window_code = 'rolling_12m' and period_month = date '2019-12-01'
          and indicator_code = 'QX02'
        order by case_count, court_code
        """
    ).df()
    traces = figures(open_page("leaderboard", indicator="QX02"), "funnel")
    dots = next(trace for trace in traces if trace["mode"] == "markers")
    curves = [trace["y"] for trace in traces if trace["mode"] == "lines"]
    assert dots["y"] == pytest.approx(expected["value"].tolist())
    assert dots["x"] == expected["case_count"].tolist()
    for name in ("alert_low", "alarm_high"):
        assert any(y == pytest.approx(expected[name].tolist()) for y in curves)


def test_a_count_has_no_funnel(open_page: OpenPage) -> None:
    assert "没有可画漏斗图的法院" in html(open_page("leaderboard", indicator="SX18"))


def test_unchanged_weights_give_exactly_the_published_ranks_and_points(truth: duckdb.DuckDBPyConnection) -> None:
    """Every group, window and month of the snapshot."""
    published = truth.execute(
        """
        select peer_group, window_code, strftime(period_month, '%Y-%m') as month, court_code, rank, value
        from rankings.rpt_court_rankings where indicator_code = 'COMPOSITE'
        """
    ).df()
    compared = 0
    for (peer, window, month), part in published.groupby(["peer_group", "window_code", "month"]):
        points = rankings.points(truth, peer, "QH", Month.parse(month), window)
        weights = points.groupby("indicator_code")["weight"].first().to_dict()
        trial = reweighting.composite(points, weights).set_index("court_code")
        for row in part.itertuples():
            is_same = pd.isna(row.rank) if pd.isna(trial.loc[row.court_code, "rank"]) else (
                trial.loc[row.court_code, "rank"] == row.rank
            )  # fmt: skip
            assert is_same, (peer, window, month, row)
            if pd.notna(row.rank):
                assert trial.loc[row.court_code, "value"] == row.value
                compared += 1
    assert compared > 500


def test_other_weights_are_a_weighted_mean_and_half_of_the_weight_must_be_ranked() -> None:
    points = pd.DataFrame(
        [("A", "I", 100.0), ("A", "J", 40.0), ("B", "I", 50.0), ("B", "J", 80.0), ("C", "I", 90.0), ("C", "J", None)],
        columns=["court_code", "indicator_code", "points"],
    )
    equal = reweighting.composite(points, {"I": 1.0, "J": 1.0}).set_index("court_code")
    assert equal["value"].to_dict() == {"A": 70.0, "B": 65.0, "C": 90.0}
    assert equal["rank"].to_dict() == {"A": 2.0, "B": 3.0, "C": 1.0}
    other = reweighting.composite(points, {"I": 1.0, "J": 3.0}).set_index("court_code")
    assert other["value"].fillna(-1).to_dict() == {"A": 55.0, "B": 72.5, "C": -1}
    assert other["rank"].fillna(0).to_dict() == {"A": 2.0, "B": 1.0, "C": 0}
    short = reweighting.composite(points, {"I": 1.0, "J": 1.01}).set_index("court_code")
    assert pd.isna(short.loc["C", "rank"]), "just under half of the weight is not enough"
    assert reweighting.composite(points, {"I": 0.0, "J": 0.0})["rank"].isna().all()


def test_weights_in_the_link_move_the_trial_ranks_and_never_the_published(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection
) -> None:
    expected = truth.execute(
        """
        with moved as (
            select court_code, sum(points * w) / sum(w) as value
            from (
                select court_code, points, case indicator_code when 'QX02' then 3 when 'QX10' then 0 else 1 end as w
                from performance.fct_court_scores
                where peer_group = 'basic' and window_code = 'rolling_12m' and period_month = date '2019-12-01'
                  and weight > 0 and points is not null
            )
            group by court_code
        )
        select r.court_code, r.rank, rank() over (order by round(m.value, 9) desc) as trial
        from rankings.rpt_court_rankings as r inner join moved as m using (court_code)
        where r.peer_group = 'basic' and r.window_code = 'rolling_12m' and r.period_month = date '2019-12-01'
          and r.indicator_code = 'COMPOSITE' and r.rank is not null
        order by r.rank, r.court_code
        """
    ).df()
    app = open_page("leaderboard", indicator="COMPOSITE", weights="QX02:3,QX10:0,NONE:2,QX04:x,QX05:-1")
    shown = table(app, "tried_rank")
    assert shown["published_rank"].tolist() == expected["rank"].tolist()
    assert shown["tried_rank"].tolist() == expected["trial"].tolist()
    assert "改动2项权重" in html(app)
    assert "不是公布的名次" in html(app)
    assert table(app, "ranks")["rank"].tolist() == expected["rank"].tolist()
    plain = open_page("leaderboard", indicator="COMPOSITE")
    assert "试算名次与公布名次完全一致" in html(plain)
    assert table(plain, "tried_rank")["moved"].tolist() == [0.0] * len(expected)


def test_a_slider_writes_its_weight_to_the_url_and_the_button_takes_it_back(open_page: OpenPage) -> None:
    app = open_page("leaderboard", indicator="COMPOSITE")
    app.slider(key="amount_weights_QX02").set_value(3.0).run()
    assert app.query_params["weights"] in ("QX02:3", ["QX02:3"])
    assert "改动1项权重" in html(app)
    next(button for button in app.button if button.label == "恢复公布的权重").click().run()
    assert "weights" not in app.query_params
    assert "试算名次与公布名次完全一致" in html(app)

"""Trends against independent queries: panels, bands, marks, ranks over time, and the words of interval mode.
How they look is tested in the browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import duckdb
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.app_pages.trends import chart_panels, queries
from tests.dashboards.shown import html

OpenPage = Callable[..., AppTest]
CHOSEN = {"court": ["T13", "T14"], "indicator": ["QX02", "QX10"], "scope": "own", "lang": "en"}


def own_lines(traces: list[dict[str, Any]]) -> list[list[float | None]]:
    return [trace["y"] for trace in traces if trace.get("mode") == "lines+markers"]


def test_a_panel_per_court_draws_its_own_history(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection, figures: Any
) -> None:
    drawn = own_lines(figures(open_page("trends", **CHOSEN), "trend_QX02"))
    for court, values in zip(("T13", "T14"), drawn, strict=True):
        expected = truth.execute(
            """
            select case when months_in_window = months_expected then 100 * value end
            from performance.fct_court_indicators
            where court_code = $court and scope_code = 'own' and window_code = 'rolling_12m'
              and indicator_code = 'QX02'
            order by period_month
            """,
            {"court": court},
        ).fetchall()
        assert [v is None for v in values] == [v is None for (v,) in expected] and None in values
        assert [v for v in values if v is not None] == pytest.approx([v for (v,) in expected if v is not None])


def test_the_peers_middle_half_and_the_interval_are_the_published_ones(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection, figures: Any
) -> None:
    expected = truth.execute(
        """
        select 100 * t.peer_q25 as q25,
               case when f.months_in_window = f.months_expected then 100 * i.value_low end as low
        from rankings.rpt_indicator_trends as t
        inner join performance.fct_court_indicators as f
            using (court_code, scope_code, window_code, period_month, indicator_code)
        inner join performance.fct_court_intervals as i
            using (court_code, scope_code, window_code, period_month, indicator_code)
        where t.court_code = 'T13' and t.scope_code = 'own' and t.window_code = 'rolling_12m'
          and t.indicator_code = 'QX02'
        order by t.period_month
        """
    ).df()
    traces = figures(open_page("trends", **{**CHOSEN, "court": "T13"}), "trend_QX02")
    areas = [trace["y"] for trace in traces if trace.get("fill") == "toself"]
    for name in ("q25", "low"):
        ends = expected[name].dropna().tolist()[::-1]
        assert any(area[len(area) // 2 :] == pytest.approx(ends) for area in areas), name


def test_the_value_of_a_year_ago_is_drawn(open_page: OpenPage, truth: duckdb.DuckDBPyConnection, figures: Any) -> None:
    (expected,) = truth.execute(
        """
        select 100 * value from performance.fct_court_indicators
        where court_code = 'T13' and scope_code = 'own' and window_code = 'rolling_12m' and indicator_code = 'QX02'
          and period_month = date '2018-12-01'
        """
    ).fetchone()
    traces = figures(open_page("trends", **{**CHOSEN, "court": "T13"}), "trend_QX02")
    dotted = next(trace for trace in traces if (trace.get("line") or {}).get("dash") == "dot")
    assert dotted["y"][-1] == pytest.approx(expected)


def test_a_restated_value_is_marked_where_it_stood_before_and_listed_with_its_cause(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection, figures: Any
) -> None:
    old, new = truth.execute(
        "select old_value, new_value from rankings.rpt_restatements where window_code = 'rolling_12m'"
    ).fetchone()
    app = open_page("trends", **CHOSEN)
    marks = [t for t in figures(app, "trend_QX02") if (t.get("marker") or {}).get("symbol") == "x-thin"]
    assert [trace["y"] for trace in marks] == [[pytest.approx(100 * old)]]
    assert f"published as {100 * old:.2f}%, now {100 * new:.2f}%; redelivered" in html(app)
    assert "1 of the values shown was corrected" in html(app)


def test_ranks_over_time_are_the_published_ones_and_the_others_are_threads(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection, figures: Any
) -> None:
    expected = truth.execute(
        """
        select court_code, list(rank order by period_month) as ranks from rankings.rpt_court_rankings
        where peer_group = 'basic' and window_code = 'rolling_12m' and indicator_code = 'QX10' and rank is not null
        group by court_code
        """
    ).df()
    published = dict(zip(expected["court_code"], expected["ranks"], strict=True))
    traces = figures(open_page("trends", board="QX10", **CHOSEN), "bump")
    chosen = [[y for y in ranks if y is not None] for ranks in own_lines(traces)]
    assert chosen == [list(published["T13"]), list(published["T14"])]
    threads = next(trace["y"] for trace in traces if trace.get("name") == "others")
    others = [rank for court, ranks in published.items() if court not in ("T13", "T14") for rank in ranks]
    assert sorted(y for y in threads if y is not None) == sorted(others)


def test_interval_mode_has_no_ranks_over_time_and_its_own_words(open_page: OpenPage) -> None:
    app = open_page("trends", **{**CHOSEN, "indicator": ["QX24", "QX02"], "mode": "interval"})
    keys = [element.proto.id for element in app.get("plotly_chart")]
    assert len(keys) == 2
    assert not any(key.endswith("-bump") for key in keys)
    text = re.sub(r"<[^>]*>", " ", html(app))
    assert re.findall(r"\brank(?!s over)\w*", text.replace("are not to be ranked", ""), flags=re.I) == []
    shown = next(e.value for e in app.dataframe if "last_year" in e.value.columns)
    assert set(shown["status"].str[2:]) <= {"Met", "Above", "Below", "Not published", "Too few", "Not applicable"}


def test_a_change_within_chance_is_no_change_in_the_headline(open_page: OpenPage) -> None:
    within = html(open_page("trends", **{**CHOSEN, "court": "T14"}))
    beyond = html(open_page("trends", **{**CHOSEN, "court": "T13"}))
    assert "no change: within chance" in within
    assert "no change: within chance" not in beyond


def test_a_definition_that_takes_over_is_an_event_and_the_other_is_drawn_beside_it() -> None:
    with duckdb.connect() as own:
        own.execute(
            """
            create schema core; create schema performance;
            create table core.dim_events (
                event_date date, indicator_code text, kind text, title_zh text, title_en text);
            create table core.dim_indicators as select * from (values
                ('X', '1', 'x', 'x', date '2016-01-01', date '2019-03-01'),
                ('X', '2', 'x', 'x', date '2018-03-01', null), ('Y', '1', 'y', 'y', date '2016-01-01', null)
            ) as i(indicator_code, definition_version, short_name_zh, short_name_en, valid_from, superseded_from);
            create table performance.fct_court_indicators as select * from (values
                ('A', 'own', 'month', date '2019-04-01', 'X', '1', 0.4, false),
                ('A', 'own', 'month', date '2019-04-01', 'X', '2', 0.5, true)
            ) as f(court_code, scope_code, window_code, period_month, indicator_code, definition_version, value,
                   is_in_force);
            """
        )
        events = queries.events(own, ("X", "Y"))
        assert events["event_date"].dt.date.tolist() == [date(2019, 3, 1)]
        assert events["title_en"].tolist() == ["x: definition version 2 takes over from 1"]
        others = queries.other_versions(own, ("A",), ("X",), "month")
        assert others[["definition_version", "value"]].to_numpy().tolist() == [["1", 0.4]]


def test_all_panels_of_an_indicator_share_a_scale_that_holds_its_target() -> None:
    def panel(values: list[float]) -> chart_panels.Panel:
        frame = pd.DataFrame({"shown": values, "low": [0.0, 0.0], "high": [90.0, 90.0]})
        for name in ("last_year", "q25", "q75"):
            frame[name] = float("nan")
        return chart_panels.Panel("", frame, pd.DataFrame(), pd.DataFrame())

    low, high = chart_panels.bounds(
        [panel([40.0, 50.0]), panel([45.0, 55.0])], chart_panels.Scale("%", {}, targets=[60.0])
    )
    assert low < 40 and high > 60
    assert low > 25 and high < 75, "wide intervals stretch the scale by half of it at most"

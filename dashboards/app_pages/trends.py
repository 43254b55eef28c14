"""Trends: chosen courts and indicators over all months, with peers, bounds, a year earlier, and what marks the line.
A row of panels per indicator, a panel per court, one scale per indicator; in rank mode ranks over time below."""

import streamlit as st

from dashboards.app_pages.frame import bar, parts, state, trends_blocks, trends_table_blocks
from dashboards.queries import trends

view = bar.open_page()
with st.container(horizontal=True, vertical_alignment="bottom", key="chosen"):
    courts = state.choose_several(
        "court",
        view.t("bar.courts"),
        view.courts.index.tolist(),
        [view.root or view.courts.index[0]],
        view.court_name,
        trends_blocks.MOST_COURTS,
    )
    indicators = state.choose_several(
        "indicator",
        view.t("bar.indicators"),
        view.indicators.index.tolist(),
        view.choices[1:2],
        lambda code: f"{code} {view.indicator_name(code)}",
        trends_blocks.MOST_INDICATORS,
    )
    scope = state.choose(
        "scope",
        view.t("bar.scope"),
        trends_blocks.SCOPES,
        "province" if courts == (view.root,) else "own",
        lambda code: view.t(f"scope.{code}"),
        190,
    )

series = view.ask(trends.series, courts, indicators, scope, view.window)
marks = {
    "events": view.ask(trends.events, indicators),
    "restated": view.ask(trends.restatements, courts, indicators, view.window),
    "others": view.ask(trends.other_versions, courts, indicators, view.window),
}

parts.headline(view, trends_blocks.sentence(view, series, courts, indicators))
trends_blocks.pictures(view, series, marks, (courts, indicators, scope))

if view.is_ranked:
    trends_table_blocks.ranks(view, courts, indicators)

parts.section(view.t("trends.events"), view.t("trends.events_measure"))
trends_blocks.event_list(view, series, marks)

parts.section(view.t("trends.table"), view.t("trends.table_measure"))
trends_table_blocks.table(view, series, (courts, indicators, scope))

"""Trends: chosen courts and indicators over all months, with peers, target and events.
Several indicators become small multiples; those in one unit share one scale."""

import streamlit as st

from dashboards.app_pages.frame import bar, parts, state, trends_blocks
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
events = view.ask(trends.events, indicators)

parts.headline(view, trends_blocks.sentence(view, series, courts, indicators))
trends_blocks.pictures(view, series, events, indicators)

parts.section(view.t("trends.events"), view.t("trends.events_measure"))
trends_blocks.event_list(view, series, events)

parts.section(view.t("trends.table"), view.t("trends.table_measure"))
trends_blocks.table(view, series)

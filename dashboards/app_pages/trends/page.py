"""Trends: chosen courts and indicators over all months, with peers, bounds, a year earlier, and what marks the line.
A row of panels per indicator, a panel per court, one scale per indicator; in rank mode ranks over time below."""

import streamlit as st

from dashboards.app_pages.trends import noted, panels, period, pictures, queries, tables
from dashboards.components import under_objection
from dashboards.shell import elements, header, url_state

view = header.open_page()
with st.container(horizontal=True, vertical_alignment="bottom", key="chosen"):
    courts = url_state.choose_several(
        "court",
        view.t("bar.courts"),
        view.data.courts.index.tolist(),
        [view.data.root or view.data.courts.index[0]],
        view.names.court,
        panels.MOST_COURTS,
    )
    indicators = url_state.choose_several(
        "indicator",
        view.t("bar.indicators"),
        view.data.indicators.index.tolist(),
        view.data.choices[1:2],
        lambda code: f"{code} {view.names.indicator(code)}",
        panels.MOST_INDICATORS,
    )
    scope = url_state.choose(
        "scope",
        view.t("bar.scope"),
        panels.scopes(view, courts),
        "province" if courts == (view.data.root,) else "own",
        lambda code: view.t(f"scope.{code}"),
        190,
    )

whole = view.data.ask(queries.series, courts, indicators, scope, view.choice.window)
series, apart, shape = period.choose(view, whole)
notes = noted.known(view, courts)
marks = {
    "events": noted.added(view, view.data.ask(queries.events, indicators), notes),
    "restated": view.data.ask(queries.restatements, courts, indicators, view.choice.window),
    "others": view.data.ask(queries.other_versions, courts, indicators, view.choice.window),
}

elements.headline(view, panels.sentence(view, series, courts, indicators, apart))
for indicator in indicators:
    under_objection.show(view, indicator=indicator)
if shape == "together":
    pictures.show(view, series, indicators)
else:
    panels.pictures(view, series, marks, (courts, indicators, scope), apart)

if view.choice.is_ranked:
    tables.ranks(view, courts, indicators)

elements.section(view.t("trends.events"), view.t("trends.events_measure"))
panels.event_list(view, series, marks)
noted.form(view, courts, notes)

elements.section(view.t("trends.table"), view.t("trends.table_measure"))
tables.table(view, series, (courts, indicators, scope), apart)

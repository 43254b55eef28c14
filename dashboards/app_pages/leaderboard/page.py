"""Leaderboard: one indicator or the composite, one window, one peer group, ranks with their intervals.
In interval mode the same courts stand in the official order with a status in words and no rank."""

import streamlit as st

from dashboards.app_pages.leaderboard import summary, tables, weights
from dashboards.components import funnel, under_objection
from dashboards.findings import COMPOSITE
from dashboards.queries import rankings
from dashboards.shell import elements, header, url_state

view = header.open_page()
options = summary.options(view)
with view.more:
    indicator = url_state.choose(
        "indicator",
        view.t("bar.indicator"),
        options,
        options[0],
        lambda code: summary.option(view, code),
        270,
    )
ranking = view.data.ask(rankings.ranking, *view.choice.compared, indicator)
kind = "composite" if indicator == COMPOSITE else "" if view.choice.is_ranked else "interval"

elements.headline(view, summary.sentence(view, indicator, ranking))
summary.remarks(view, indicator, ranking)
summary.counts(view, ranking)
under_objection.show(view, indicator="" if indicator == COMPOSITE else indicator)

picture, beside = st.columns([7, 5], gap="medium")
with picture:
    heading = f"leaderboard.picture_{kind}" if kind else "leaderboard.picture"
    elements.section(view.t(heading), view.names.indicator(indicator, short=False))
    summary.picture(view, indicator, ranking)
    if indicator == COMPOSITE:
        tables.standing(view, indicator, ranking)
with beside:
    if indicator == COMPOSITE:
        weights.weights(view)
    elif len(ranking):
        funnel.funnel(view, indicator, ranking)
    if view.choice.is_ranked:
        tables.unranked(view, ranking, indicator)

if indicator != COMPOSITE:
    tables.standing(view, indicator, ranking)

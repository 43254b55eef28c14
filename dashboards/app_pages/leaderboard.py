"""Leaderboard: one indicator or the composite, one window, one peer group, ranks with their intervals.
In interval mode the same courts stand in the official order with a status in words and no rank."""

import streamlit as st

from dashboards.app_pages.frame import (
    bar,
    leaderboard_blocks,
    leaderboard_funnel_blocks,
    leaderboard_table_blocks,
    leaderboard_weight_blocks,
    parts,
    state,
)
from dashboards.app_pages.frame.view import COMPOSITE
from dashboards.queries import leaderboard

view = bar.open_page()
options = leaderboard_blocks.options(view)
with view.more:
    indicator = state.choose(
        "indicator",
        view.t("bar.indicator"),
        options,
        options[0],
        lambda code: leaderboard_blocks.option(view, code),
        270,
    )
ranking = view.ask(leaderboard.ranking, view.peer, view.province, view.month, view.window, indicator)
kind = "composite" if indicator == COMPOSITE else "" if view.is_ranked else "interval"

parts.headline(view, leaderboard_blocks.sentence(view, indicator, ranking))
leaderboard_blocks.remarks(view, indicator, ranking)
leaderboard_blocks.counts(view, ranking)

picture, beside = st.columns([7, 5], gap="medium")
with picture:
    heading = f"leaderboard.picture_{kind}" if kind else "leaderboard.picture"
    parts.section(view.t(heading), view.indicator_name(indicator, short=False))
    leaderboard_blocks.picture(view, indicator, ranking)
    if indicator == COMPOSITE:
        leaderboard_table_blocks.standing(view, indicator, ranking)
with beside:
    if indicator == COMPOSITE:
        leaderboard_weight_blocks.weights(view)
    elif len(ranking):
        leaderboard_funnel_blocks.funnel(view, indicator, ranking)
    if view.is_ranked:
        leaderboard_table_blocks.unranked(view, ranking, indicator)

if indicator != COMPOSITE:
    leaderboard_table_blocks.standing(view, indicator, ranking)

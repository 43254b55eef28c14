"""Leaderboard: one indicator or the composite, one window, one peer group, in rank order.
Courts that are not ranked are listed with the reason; the whole list can be taken along as XLSX."""

import streamlit as st

from dashboards.app_pages.frame import bar, leaderboard_blocks, parts, state
from dashboards.app_pages.frame.view import COMPOSITE
from dashboards.queries import leaderboard

view = bar.open_page()
options = [COMPOSITE, *view.choices]
with view.more:
    indicator = state.choose(
        "indicator",
        view.t("bar.indicator"),
        options,
        COMPOSITE,
        lambda code: leaderboard_blocks.option(view, code),
        270,
    )
ranking = view.ask(leaderboard.ranking, view.peer, view.province, view.month, view.window, indicator)
ranked, unranked = ranking[ranking["rank"].notna()], ranking[ranking["rank"].isna()]

parts.headline(view, leaderboard_blocks.sentence(view, indicator, ranked))

picture, table = st.columns([2, 3], gap="medium")
with picture:
    parts.section(view.t("leaderboard.picture"), view.indicator_name(indicator, short=False))
    leaderboard_blocks.picture(view, indicator, ranked)
with table:
    parts.section(
        view.t("leaderboard.table"), view.t("leaderboard.table_measure", ranked=len(ranked), total=len(ranking))
    )
    leaderboard_blocks.table(view, ranked, indicator)
    leaderboard_blocks.export(view, ranking, indicator)
    parts.section(view.t("leaderboard.unranked"), view.t("leaderboard.unranked_measure", n=len(unranked)))
    leaderboard_blocks.unranked(view, unranked, indicator)

"""Overview: how the province stands, who falls behind and why, and whether it can be believed.
From every card and court the way leads on to the court page, the leaderboard and the trends; the pack is at hand."""

import streamlit as st

from dashboards import findings
from dashboards.app_pages.frame import (
    attention_blocks,
    bar,
    flow_blocks,
    grid_blocks,
    meeting_pack,
    overview_blocks,
    parts,
)
from dashboards.queries import overview

view = bar.open_page()
core = overview_blocks.core(view)
province = view.ask(overview.province_indicators, view.root, view.month, view.window)
others = province[~province["indicator_code"].isin(core["indicator_code"])]
standings = view.ask(overview.standings, view.peer, view.province, view.month, view.window, view.is_ranked)
grounds = attention_blocks.grounds(view, standings)
concerns = findings.attention(attention_blocks.members(view), grounds, view.is_ranked)

parts.headline(view, overview_blocks.sentence(view, core, others, len(concerns)))
parts.mode_notice(view)
with view.more:
    meeting_pack.button(view)

if len(core):
    parts.section(view.t("overview.core"), view.t("overview.core_measure"))
    overview_blocks.cards(view, core, is_core=True)

left, right = st.columns([5, 6], gap="medium")
with left:
    parts.section(view.t("overview.attention"), view.t("overview.attention_measure", peer=view.peer_name()))
    attention_blocks.listed(view, concerns)
with right:
    parts.section(view.t("overview.tiles"), view.t("overview.tiles_measure"))
    attention_blocks.tiles(view, core, concerns)

parts.section(view.t("overview.cards"), view.t("overview.cards_measure", n=len(others)))
overview_blocks.cards(view, others)

grid_blocks.show(view, standings)

left, right = st.columns(2, gap="medium")
with left:
    parts.section(view.t("overview.flow"), view.t("overview.flow_measure"))
    flow_blocks.province(view)
with right:
    if view.is_ranked:
        parts.section(view.t("overview.movers"), view.t("overview.movers_measure"))
        attention_blocks.movers(view, standings)
    else:
        parts.section(view.t("overview.counts"), view.t("overview.counts_measure", peer=view.peer_name()))
        attention_blocks.status_counts(view, standings)

parts.section(view.t("overview.totals"), view.t("overview.totals_measure"))
overview_blocks.totals(view)

parts.section(view.t("overview.coverage"), view.t("overview.coverage_measure", month=view.month_name()))
overview_blocks.coverage(view)

"""Overview: how the province stands, who falls behind and why, and whether it can be believed.
From every card and court the way leads on to the court page, the leaderboard and the trends; the pack is at hand."""

import streamlit as st

from dashboards import findings
from dashboards.app_pages.overview import flow, heat_grid, summary
from dashboards.components import attention, judged_targets, pack_button, province_summary, under_objection
from dashboards.queries import province_facts
from dashboards.shell import elements, header

view = header.open_page()
core = province_summary.core(view)
province = view.data.ask(province_facts.province_indicators, view.data.root, view.choice.month, view.choice.window)
others = province[~province["indicator_code"].isin(core["indicator_code"])]
standings = view.data.ask(
    province_facts.standings,
    *view.choice.compared,
    view.choice.is_ranked,
)
grounds = attention.grounds(view)
concerns = findings.attention(attention.members(view), grounds, view.choice.is_ranked)
judged = judged_targets.found(view)

elements.headline(view, province_summary.sentence(view, core, others, judged, len(concerns)))
summary.gaps(view)
elements.mode_notice(view)
under_objection.show(view)
with view.more:
    pack_button.button(view)

if len(core):
    elements.section(view.t("overview.core"), view.t("overview.core_measure"))
    summary.cards(view, core, judged, is_core=True)

summary.targets(view, judged)

left, right = st.columns([5, 6], gap="medium")
with left:
    elements.section(view.t("overview.attention"), view.t("overview.attention_measure", peer=view.names.peer()))
    attention.listed(view, concerns)
with right:
    elements.section(view.t("overview.tiles"), view.t("overview.tiles_measure"))
    attention.tiles(view, core, concerns)

elements.section(view.t("overview.cards"), view.t("overview.cards_measure", n=len(others)))
summary.cards(view, others, judged)

heat_grid.show(view, standings)

left, right = st.columns(2, gap="medium")
with left:
    elements.section(view.t("overview.flow"), view.t("overview.flow_measure"))
    flow.province(view)
with right:
    if view.choice.is_ranked:
        elements.section(view.t("overview.movers"), view.t("overview.movers_measure"))
        attention.movers(view, standings)
    else:
        elements.section(view.t("overview.counts"), view.t("overview.counts_measure", peer=view.names.peer()))
        attention.status_counts(view, standings)

elements.section(view.t("overview.totals"), view.t("overview.totals_measure"))
summary.totals(view)

elements.section(view.t("overview.coverage"), view.t("overview.coverage_measure", month=view.names.month()))
summary.coverage(view)

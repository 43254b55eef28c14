"""Defaulters: who was listed, delisted on time or not, whose term ends, and whether listings carry a restriction.
Persons are counted beside listings; nobody is named."""

import streamlit as st

from dashboards.app_pages.frame import bar, defaulters_blocks, parts, subject_blocks

view = bar.open_page()
group = subject_blocks.choose(view)
found = defaulters_blocks.listings(view, group)

parts.headline(view, defaulters_blocks.sentence(view, group, found))
parts.mode_notice(view)
subject_blocks.cards(view, group, defaulters_blocks.INDICATORS, "defaulters.indicators_reading")

parts.section(view.t("defaulters.counts"), view.t("defaulters.counts_measure", month=view.month_name()))
defaulters_blocks.counts(view, group, found)

left, right = st.columns(2, gap="medium")
with left:
    parts.section(view.t("defaulters.delistings"), view.t("defaulters.delistings_measure", month=view.month_name()))
    defaulters_blocks.delistings(view, group, found)
with right:
    parts.section(view.t("defaulters.ahead"), view.t("defaulters.ahead_measure", month=view.month_name()))
    defaulters_blocks.ahead(view, group, found)

parts.section(view.t("defaulters.months"), view.t("defaulters.months_measure"))
defaulters_blocks.months(view, group)

parts.section(view.t("defaulters.consistency"), view.t("defaulters.consistency_measure", month=view.month_name()))
defaulters_blocks.consistency(view, group, found)

parts.section(view.t("defaulters.courts"), view.t("defaulters.courts_measure", month=view.month_name()))
defaulters_blocks.courts(view, group, found)

parts.section(view.t("defaulters.grounds"), view.t("defaulters.grounds_measure", window=view.window_name()))
defaulters_blocks.grounds(view, group)

"""Defaulters: who was listed, delisted on time or not, whose term ends, and whether listings carry a restriction.
Persons are counted beside listings; nobody is named."""

import streamlit as st

from dashboards.app_pages.defaulters import listings
from dashboards.components import subject
from dashboards.shell import elements, header

view = header.open_page()
group = subject.choose(view)
found = listings.listings(view, group)

elements.headline(view, listings.sentence(view, group, found))
elements.mode_notice(view)
subject.cards(view, group, listings.INDICATORS, "defaulters.indicators_reading")

elements.section(view.t("defaulters.counts"), view.t("defaulters.counts_measure", month=view.names.month()))
listings.counts(view, group, found)

left, right = st.columns(2, gap="medium")
with left:
    elements.section(view.t("defaulters.delistings"), view.t("defaulters.delistings_measure", month=view.names.month()))
    listings.delistings(view, group, found)
with right:
    elements.section(view.t("defaulters.ahead"), view.t("defaulters.ahead_measure", month=view.names.month()))
    listings.ahead(view, group, found)

elements.section(view.t("defaulters.months"), view.t("defaulters.months_measure"))
listings.months(view, group)

elements.section(view.t("defaulters.consistency"), view.t("defaulters.consistency_measure", month=view.names.month()))
listings.consistency(view, group, found)

elements.section(view.t("defaulters.courts"), view.t("defaulters.courts_measure", month=view.names.month()))
listings.courts(view, group, found)

elements.section(view.t("defaulters.grounds"), view.t("defaulters.grounds_measure", window=view.names.window()))
listings.grounds(view, group)

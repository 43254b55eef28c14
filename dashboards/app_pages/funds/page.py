"""Funds: what came in and was paid out, and what is held at the month's end: overdue, near due, new.
The courts of the chosen group, one by one, and the overdue receipts themselves."""

import streamlit as st

from dashboards.app_pages.funds import receipts
from dashboards.components import subject
from dashboards.shell import elements, header

view = header.open_page()
group = subject.choose(view)
held = receipts.held(view, group)

elements.headline(view, receipts.sentence(view, group, held))
elements.mode_notice(view)
receipts.three_lights(view, held)

elements.section(view.t("funds.indicators"), view.t("funds.indicators_measure", place=group.name))
subject.cards(view, group, receipts.INDICATORS, "funds.indicators_reading")

left, right = st.columns(2, gap="medium")
with left:
    elements.section(view.t("funds.ageing"), view.t("funds.ageing_measure", month=view.names.month()))
    receipts.ageing(view, group, held)
with right:
    elements.section(view.t("funds.balance"), view.t("funds.balance_measure"))
    receipts.balance(view, held)

elements.section(view.t("funds.movements"), view.t("funds.movements_measure"))
receipts.movements(view, group)
receipts.payments(view, group)

elements.section(view.t("funds.courts"), view.t("funds.courts_measure", month=view.names.month()))
receipts.courts(view, group, held)

elements.section(view.t("funds.receipts"), view.t("funds.receipts_measure", month=view.names.month()))
receipts.receipts(view, group)

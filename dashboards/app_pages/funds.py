"""Funds: what came in and was paid out, and what is held at the month's end: overdue, near due, new.
The courts of the chosen group, one by one, and the overdue receipts themselves."""

import streamlit as st

from dashboards.app_pages.frame import bar, funds_blocks, parts, subject_blocks

view = bar.open_page()
group = subject_blocks.choose(view)
held = funds_blocks.held(view, group)

parts.headline(view, funds_blocks.sentence(view, group, held))
parts.mode_notice(view)
funds_blocks.three_lights(view, held)

parts.section(view.t("funds.indicators"), view.t("funds.indicators_measure", place=group.name))
subject_blocks.cards(view, group, funds_blocks.INDICATORS, "funds.indicators_reading")

left, right = st.columns(2, gap="medium")
with left:
    parts.section(view.t("funds.ageing"), view.t("funds.ageing_measure", month=view.month_name()))
    funds_blocks.ageing(view, group, held)
with right:
    parts.section(view.t("funds.balance"), view.t("funds.balance_measure"))
    funds_blocks.balance(view, held)

parts.section(view.t("funds.movements"), view.t("funds.movements_measure"))
funds_blocks.movements(view, group)
funds_blocks.payments(view, group)

parts.section(view.t("funds.courts"), view.t("funds.courts_measure", month=view.month_name()))
funds_blocks.courts(view, group, held)

parts.section(view.t("funds.receipts"), view.t("funds.receipts_measure", month=view.month_name()))
funds_blocks.receipts(view, group)

"""Court: one court on one printable page beside its peers, why it moved, what it has to look at, and its records.
Intermediate courts are shown with their own cases or with their jurisdiction."""

import streamlit as st

from dashboards.app_pages.frame import (
    bar,
    court_blocks,
    court_duty_blocks,
    court_standing_blocks,
    evidence_blocks,
    parts,
    state,
)
from dashboards.queries import court as queries
from dashboards.rows import records

view = bar.open_page()
with view.more:
    default = court_blocks.default_court(view)
    names = court_blocks.option(view)
    court = state.choose("court", view.t("bar.court"), view.courts.index.tolist(), default, names, 300)
    scopes = court_blocks.scopes(view, court)
    scope = state.choose("scope", view.t("bar.scope"), scopes, scopes[0], lambda code: view.t(f"scope.{code}"), 170)

indicators = view.ask(queries.indicators, court, scope, view.month, view.window)
history = view.ask(queries.history, court, scope, view.month, view.window)
composite = view.ask(queries.composite, court, scope, view.month, view.window)

parts.headline(view, court_blocks.sentence(view, court, scope, indicators, composite))
parts.mode_notice(view)
court_standing_blocks.standouts(view, court, scope)

parts.section(view.t("court.indicators"), view.t("court.indicators_measure"))
court_blocks.table(view, court, scope, indicators, history)

left, right = st.columns([7, 5], gap="medium")
with left:
    parts.section(view.t("court.flow"), view.t("court.flow_measure"))
    court_blocks.flow(view, court, scope)
with right:
    indicator = court_blocks.choose_indicator(view, indicators)
    court_blocks.peers(view, court, scope, indicator)

left, right = st.columns([7, 5], gap="medium")
with left:
    if indicator:
        court_standing_blocks.moved(view, court, scope, indicators, indicator)
with right:
    court_duty_blocks.streaks(view, court, scope)
    court_duty_blocks.checks(view, court)
court_duty_blocks.items(view, court, scope)

with st.container(key="screen_evidence"):
    parts.section(view.t("court.evidence"), view.t("court.evidence_measure"))
    if indicator:
        chosen = records(indicators[indicators["indicator_code"] == indicator])[0]
        evidence_blocks.show(view, court, scope, chosen)

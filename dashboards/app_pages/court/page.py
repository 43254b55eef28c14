"""Court: one court on one printable page beside its peers, why it moved, what it has to look at, and its records.
Intermediate courts are shown with their own cases or with their jurisdiction."""

import streamlit as st

from dashboards.app_pages.court import duties, queries, standing, summary
from dashboards.components import court_comments, evidence, under_objection
from dashboards.rows import records
from dashboards.shell import court_scope, elements, header, url_state

view = header.open_page()
with view.more:
    default = summary.default_court(view)
    names = court_scope.option(view)
    court = url_state.choose("court", view.t("bar.court"), view.data.courts.index.tolist(), default, names, 300)
    scopes = court_scope.scopes(view, court)
    scope = url_state.choose("scope", view.t("bar.scope"), scopes, scopes[0], lambda code: view.t(f"scope.{code}"), 170)

indicators = view.data.ask(queries.indicators, court, scope, view.choice.month, view.choice.window)
history = view.data.ask(queries.history, court, scope, view.choice.month, view.choice.window)
composite = view.data.ask(queries.composite, court, scope, view.choice.month, view.choice.window)

elements.headline(view, summary.sentence(view, court, scope, indicators, composite))
elements.mode_notice(view)
under_objection.show(view, court, scope)
standing.standouts(view, court, scope)

court_comments.listed(view, court, scope)

elements.section(view.t("court.indicators"), view.t("court.indicators_measure"))
summary.table(view, court, scope, indicators, history)
summary.missing(view, court, scope)

left, right = st.columns([7, 5], gap="medium")
with left:
    elements.section(view.t("court.flow"), view.t("court.flow_measure"))
    summary.flow(view, court, scope)
with right:
    indicator = summary.choose_indicator(view, indicators)
    summary.peers(view, court, scope, indicator)

left, right = st.columns([7, 5], gap="medium")
with left:
    if indicator:
        standing.moved(view, court, scope, indicators, indicator)
with right:
    duties.streaks(view, court, scope)
    duties.checks(view, court)
duties.items(view, court, scope)

with st.container(key="screen_evidence"):
    elements.section(view.t("court.evidence"), view.t("court.evidence_measure"))
    if indicator:
        chosen = records(indicators[indicators["indicator_code"] == indicator])[0]
        evidence.show(view, court, scope, chosen)

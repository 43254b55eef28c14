"""About this number: what it means, how it came about, what it rests on, and its cases; reached from any number.
The way back to the boards is the court's page and the indicator's ranking."""

from dashboards.app_pages.frame import about_blocks, bar, card_blocks, court_blocks, evidence_blocks, parts, state
from dashboards.queries import about as queries
from dashboards.queries import definitions

view = bar.open_page()
with view.more:
    names = court_blocks.option(view)
    court = state.choose("court", view.t("bar.court"), view.courts.index.tolist(), about_blocks.root(view), names, 300)
    scopes = court_blocks.scopes(view, court)
    scope = state.choose("scope", view.t("bar.scope"), scopes, scopes[-1], lambda code: view.t(f"scope.{code}"), 170)
    indicator = about_blocks.choose_indicator(view)

first, month, _ = view.bounds
number = queries.Number(court, scope, indicator, view.window, first, month)
row = about_blocks.choose_version(view, view.ask(queries.versions, number))
if row is None:
    parts.headline(view, view.t("about.headline_none", indicator=about_blocks.indicator_name(view, indicator)))
else:
    parts.headline(view, about_blocks.sentence(view, number, row))
    about_blocks.facts(view, row)
    about_blocks.ways_on(view, number)

    parts.section(view.t("about.definition"), view.t("about.definition_measure"))
    card_blocks.show(view, view.ask(definitions.indicators), indicator, str(row["definition_version"]))

    parts.section(view.t("about.months"), view.t("about.months_measure"))
    kinds = about_blocks.months(view, number, row)

    parts.section(view.t("about.cases"), view.t("about.cases_measure"))
    evidence_blocks.show(view, court, scope, row)

    parts.section(view.t("about.sql"), view.t("about.sql_measure"))
    about_blocks.derivation(view, number, row)

    parts.section(view.t("about.deliveries"), view.t("about.deliveries_measure"))
    about_blocks.deliveries(view, number, kinds)

    parts.section(view.t("about.history"), view.t("about.history_measure"))
    about_blocks.history(view, number, row)

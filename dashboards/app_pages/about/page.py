"""About this number: what it means, how it came about, what it rests on, and its cases; reached from any number.
The way back to the boards is the court's page and the indicator's ranking."""

from dashboards.app_pages.about import grounds, objecting
from dashboards.components import court_comments, definition_card, evidence, indicator_choice, under_objection
from dashboards.proceedings.numbers import Number
from dashboards.queries import definitions
from dashboards.queries import numbers as queries
from dashboards.shell import court_scope, elements, header, url_state

view = header.open_page()
with view.more:
    names = court_scope.option(view)
    court = url_state.choose(
        "court", view.t("bar.court"), view.data.courts.index.tolist(), grounds.root(view), names, 300
    )
    scopes = court_scope.scopes(view, court)
    widest = [scope for scope in scopes if scope not in court_scope.NOW][-1]
    scope = url_state.choose("scope", view.t("bar.scope"), scopes, widest, lambda code: view.t(f"scope.{code}"), 170)
    indicator = indicator_choice.choose_indicator(view)

first, month, _ = view.data.bounds
number = queries.Number(court, scope, indicator, view.choice.window, first, month)
row = grounds.choose_version(view, view.data.ask(queries.versions, number))
if row is None:
    elements.headline(view, view.t("about.headline_none", indicator=indicator_choice.indicator_name(view, indicator)))
else:
    elements.headline(view, grounds.sentence(view, number, row))
    under_objection.show(view, court, scope, indicator)
    grounds.facts(view, row)
    grounds.missing(view, number)
    grounds.ways_on(view, number)

    elements.section(view.t("about.definition"), view.t("about.definition_measure"))
    definition_card.show(view, view.data.ask(definitions.indicators), indicator, str(row["definition_version"]))

    elements.section(view.t("about.months"), view.t("about.months_measure"))
    kinds = grounds.months(view, number, row)

    elements.section(view.t("about.cases"), view.t("about.cases_measure"))
    evidence.show(view, court, scope, row, objecting.ticking(view, court))

    elements.section(view.t("comment.section"), view.t("comment.section_measure"))
    about = Number(court, scope, indicator, view.choice.window, view.choice.month, str(row["definition_version"]))
    court_comments.beside(view, about)

    elements.section(view.t("objection.section"), view.t("objection.section_measure"))
    objecting.show(view, about, row)

    elements.section(view.t("about.sql"), view.t("about.sql_measure"))
    grounds.derivation(view, number, row)

    elements.section(view.t("about.deliveries"), view.t("about.deliveries_measure"))
    grounds.deliveries(view, number, kinds)

    elements.section(view.t("about.history"), view.t("about.history_measure"))
    grounds.history(view, number, row)

"""Definitions: the indicator cards, their sets and weights, and the measures, limits, windows and scopes under them.
Everything is read from the snapshot, so that a card always belongs to the figures beside it."""

from dashboards.app_pages.definitions import catalogue, criteria, indicators
from dashboards.queries import definitions
from dashboards.shell import elements, header, url_state

view = header.open_page()
cards = view.data.ask(definitions.indicators)
elements.headline(view, indicators.sentence(view, cards))

lists = {
    "indicators": indicators.indicators,
    "sets": catalogue.sets,
    "weights": catalogue.weights,
    "limits": catalogue.limits,
    "measures": catalogue.measures,
    "windows": catalogue.windows,
    "scopes": catalogue.scopes,
    "rules": catalogue.rules,
    "criteria": criteria.show,
}
tabs = tuple(lists)
tab = url_state.choose("list", view.t("bar.list"), tabs, tabs[0], lambda name: view.t(f"definitions.{name}"))
lists[tab](view)

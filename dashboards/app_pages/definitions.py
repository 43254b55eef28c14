"""Definitions: the indicator cards, their sets and weights, and the measures, limits, windows and scopes under them.
Everything is read from the snapshot, so that a card always belongs to the figures beside it."""

from dashboards.app_pages.frame import bar, catalogue_blocks, definition_blocks, parts, state
from dashboards.queries import definitions

view = bar.open_page()
cards = view.ask(definitions.indicators)
parts.headline(view, definition_blocks.sentence(view, cards))

lists = {
    "indicators": definition_blocks.indicators,
    "sets": catalogue_blocks.sets,
    "weights": catalogue_blocks.weights,
    "limits": catalogue_blocks.limits,
    "measures": catalogue_blocks.measures,
    "windows": catalogue_blocks.windows,
    "scopes": catalogue_blocks.scopes,
    "rules": catalogue_blocks.rules,
}
tabs = tuple(lists)
tab = state.choose("list", view.t("bar.list"), tabs, tabs[0], lambda name: view.t(f"definitions.{name}"))
lists[tab](view)

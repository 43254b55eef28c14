"""Definitions: the indicator cards, and the measures, windows and case scopes they are made of.
Everything is read from the snapshot, so that a card always belongs to the figures beside it."""

from dashboards.app_pages.frame import bar, definition_blocks, parts, state
from dashboards.queries import definitions

view = bar.open_page()
cards = view.ask(definitions.indicators)
parts.headline(view, definition_blocks.sentence(view, cards))

tabs = ("indicators", "measures", "windows", "scopes", "rules")
tab = state.choose("list", view.t("bar.list"), tabs, tabs[0], lambda name: view.t(f"definitions.{name}"))
getattr(definition_blocks, tab)(view)

"""Lineage: what an indicator is made from, back to the files delivered; what rests on a table; all published tables.
Definitions and values are on the pages of those names; here it is only said what comes from what."""

from dashboards.app_pages.lineage import engines, tables
from dashboards.shell import elements, header, url_state

view = header.open_page()
ways = {
    "indicator": tables.of_indicator,
    "table": tables.of_table,
    "tables": tables.tables,
    "documents": tables.documents,
    "engines": engines.proven,
}
with view.more:
    asked = tables.Asked(tables.choose_indicator(view), tables.choose_table(view))

elements.headline(view, tables.sentence(view, asked, url_state.current("way", tuple(ways), "indicator")))
way = url_state.choose("way", view.t("lineage.way"), tuple(ways), "indicator", lambda name: view.t(f"lineage.{name}"))
ways[way](view, asked)

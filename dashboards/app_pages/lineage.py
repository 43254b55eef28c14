"""Lineage: what an indicator is made from, back to the files delivered; what rests on a table; all published tables.
Definitions and values are on the pages of those names; here it is only said what comes from what."""

from dashboards.app_pages.frame import bar, lineage_blocks, parts, state

view = bar.open_page()
ways = {
    "indicator": lineage_blocks.of_indicator,
    "table": lineage_blocks.of_table,
    "tables": lineage_blocks.tables,
    "documents": lineage_blocks.documents,
}
with view.more:
    asked = lineage_blocks.Asked(lineage_blocks.choose_indicator(view), lineage_blocks.choose_table(view))

parts.headline(view, lineage_blocks.sentence(view, asked, state.current("way", tuple(ways), "indicator")))
way = state.choose("way", view.t("lineage.way"), tuple(ways), "indicator", lambda name: view.t(f"lineage.{name}"))
ways[way](view, asked)

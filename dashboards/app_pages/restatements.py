"""Restatements (更正与核对): closed months and what changed since, both definitions, returns and published figures.
What was delivered and refused is on the page of data quality."""

from dashboards.app_pages.frame import bar, members, parts, restatement_checks, restatements_blocks, state

view = bar.open_page()
group = members.choose(view)

parts.headline(view, restatements_blocks.sentence(view, group))

TABS = {
    "closings": restatements_blocks.closings,
    "restated": restatements_blocks.restated,
    "definitions": restatements_blocks.definitions,
    "returns": restatement_checks.returns,
    "published": restatement_checks.published,
}
tab = state.choose("list", view.t("bar.list"), tuple(TABS), "closings", lambda code: view.t(f"restatements.{code}"))
parts.section(view.t(f"restatements.{tab}"), view.t(f"restatements.{tab}_measure"))
TABS[tab](view, group)

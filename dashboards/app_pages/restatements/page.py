"""Restatements (更正与核对): closed months and what changed since, both definitions, returns and published figures.
What was delivered and refused is on the page of data quality."""

from dashboards.app_pages.restatements import changes, comparisons
from dashboards.shell import court_scope, elements, header, url_state

view = header.open_page()
group = court_scope.choose(view)

elements.headline(view, changes.sentence(view, group))

TABS = {
    "closings": changes.closings,
    "restated": changes.restated,
    "definitions": changes.definitions,
    "returns": comparisons.returns,
    "published": comparisons.published,
}
tab = url_state.choose("list", view.t("bar.list"), tuple(TABS), "closings", lambda code: view.t(f"restatements.{code}"))
elements.section(view.t(f"restatements.{tab}"), view.t(f"restatements.{tab}_measure"))
TABS[tab](view, group)

"""Search: a court, an indicator or a case number in any writing, and the ways on from each; a person never.
The box is in the bar of every page; a court's readers find their own cases only."""

from dashboards.app_pages.search import hits
from dashboards.shell import elements, header, url_state

view = header.open_page()
with view.more:
    words = url_state.sought("q", view.t("search.box"), 260)
found = hits.find(view, words)
elements.headline(view, hits.sentence(view, words, found))
hits.show(view, found)

"""Linkage: what assisting units answered and left unanswered, entrusted matters, auctions, meetings and agreements.
Which unit the province should ask about what is a list of its own."""

from dashboards.app_pages.linkage import other_lists, requests
from dashboards.components import subject
from dashboards.shell import elements, header, url_state

view = header.open_page()
group = subject.choose(view)

elements.headline(view, requests.sentence(view, group))
elements.mode_notice(view)

tabs = {
    "requests": requests.requests,
    "asks": requests.asks,
    "entrustments": other_lists.entrustments,
    "auctions": other_lists.auctions,
    "activities": other_lists.activities,
}
names = tuple(tabs)
tab = url_state.choose("list", view.t("bar.list"), names, names[0], lambda name: view.t(f"linkage.tab_{name}"))
elements.section(view.t(f"linkage.tab_{tab}"), view.t(f"linkage.about_{tab}", place=group.name))
tabs[tab](view, group)

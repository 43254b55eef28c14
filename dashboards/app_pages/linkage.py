"""Linkage: what assisting units answered and left unanswered, entrusted matters, auctions, meetings and agreements.
Which unit the province should ask about what is a list of its own."""

from dashboards.app_pages.frame import bar, linkage_blocks, linkage_more_blocks, parts, state, subject_blocks

view = bar.open_page()
group = subject_blocks.choose(view)

parts.headline(view, linkage_blocks.sentence(view, group))
parts.mode_notice(view)

tabs = {
    "requests": linkage_blocks.requests,
    "asks": linkage_blocks.asks,
    "entrustments": linkage_more_blocks.entrustments,
    "auctions": linkage_more_blocks.auctions,
    "activities": linkage_more_blocks.activities,
}
names = tuple(tabs)
tab = state.choose("list", view.t("bar.list"), names, names[0], lambda name: view.t(f"linkage.tab_{name}"))
parts.section(view.t(f"linkage.tab_{tab}"), view.t(f"linkage.about_{tab}", place=group.name))
tabs[tab](view, group)

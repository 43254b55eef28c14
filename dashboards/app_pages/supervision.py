"""Supervision items (督办销号): from list to ledger to write-off, by class and source, ageing, on time, per court.
Checks that raise items, and the ranking, have their own pages."""

from dashboards.app_pages.frame import bar, members, parts, supervision_blocks, supervision_lists

view = bar.open_page()
group = members.choose(view)
ledger = supervision_blocks.ledger(view, group)

parts.headline(view, supervision_blocks.sentence(view, group, ledger))
parts.mode_notice(view)

parts.section(view.t("supervision.flow"), view.t("supervision.flow_measure"))
supervision_blocks.flow(view, ledger)

parts.section(view.t("supervision.ageing"), view.t("supervision.ageing_measure", month=view.month_name()))
supervision_blocks.ageing(view, group)

parts.section(view.t("supervision.courts"), view.t("supervision.courts_measure"))
supervision_blocks.courts(view, group)

parts.section(view.t("supervision.items"), view.t("supervision.items_measure"))
supervision_lists.items(view, group)

parts.section(
    view.t("supervision.candidates"),
    view.t("supervision.candidates_measure", window=view.window_name(), month=view.month_name()),
)
supervision_lists.candidates(view, group)

"""Supervision items (督办销号): from list to ledger to write-off, by class and source, ageing, on time, per court.
Checks that raise items, and the ranking, have their own pages."""

from dashboards.app_pages.supervision import lists, summary
from dashboards.shell import court_scope, elements, header

view = header.open_page()
group = court_scope.choose(view)
ledger = summary.ledger(view, group)

elements.headline(view, summary.sentence(view, group, ledger))
elements.mode_notice(view)

elements.section(view.t("supervision.flow"), view.t("supervision.flow_measure"))
summary.flow(view, ledger)

elements.section(view.t("supervision.ageing"), view.t("supervision.ageing_measure", month=view.names.month()))
summary.ageing(view, group)

elements.section(view.t("supervision.courts"), view.t("supervision.courts_measure"))
summary.courts(view, group)

elements.section(view.t("supervision.items"), view.t("supervision.items_measure"))
lists.items(view, group)

elements.section(
    view.t("supervision.candidates"),
    view.t("supervision.candidates_measure", window=view.names.window(), month=view.names.month()),
)
lists.candidates(view, group)

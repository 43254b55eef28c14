"""Objections (核查申请): how many there are in the province, the reader's own list with its clocks, and one of them.
A court sees its own; the bureau sees all and decides. They are filed from *about this number*."""

from dashboards.app_pages.objections import handling, queue
from dashboards.shell import elements, header

view = header.open_page()
everything = queue.read(view)
elements.headline(view, queue.sentence(view, everything))
mine = queue.mine(view, everything)

elements.section(view.t("objections.queue"), view.t("objections.queue_measure"))
queue.table(view, mine)

chosen = queue.choose(view, mine)
if chosen is not None:
    elements.section(view.t("objections.one", number=chosen.objection.thread), queue.numbered(view, chosen.objection))
    handling.show(view, chosen)

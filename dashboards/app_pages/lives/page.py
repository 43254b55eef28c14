"""Life tables (办案历程): by which age cases ended in which way, those still open counted as still open, against peers.
An average over closed cases looks fast where only the quick ones are closed; this does not."""

from dashboards import formats
from dashboards.app_pages.lives import blocks, chart, lives
from dashboards.shell import court_scope, elements, header

view = header.open_page()
group = court_scope.choose_of_province(view)
span = lives.months(view)
found = lives.lives(view, group, span) if span else None
if found is None:
    elements.headline(view, view.t("lives.headline_none"))
else:
    elements.headline(view, blocks.sentence(view, group, found))

    elements.section(view.t("lives.curves"), view.t("lives.curves_measure", n=formats.number(found.count)))
    words = {cause: view.t(f"stage.{cause}") for cause in lives.CAUSES} | {chart.OPEN: view.t("lives.still_open")}
    drawn = chart.drawn(found.own, found.peers, view.colours, words)
    peers = view.t("lives.reading_peers", n=found.peer_count) if found.peers else view.t("lives.reading_none")
    elements.picture(drawn, "lives", f"{view.t('lives.how')} {peers}")

    elements.section(view.t("lives.table"), view.t("lives.table_measure"))
    blocks.table(view, found)
    elements.reading(view.t("lives.table_reading"))

    elements.section(view.t("lives.resumed"), view.t("lives.resumed_measure"))
    blocks.resumptions(view, lives.resumptions(view, group))

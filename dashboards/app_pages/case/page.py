"""One case: its life on a line, the numbers in which it counts or does not, and why, and the checks that it met.
It is reached from every row that names a case and from search; whether a reader may see it is decided by their file."""

from dashboards.app_pages.case import counting, facts, life, met
from dashboards.shell import elements, header, url_state

view = header.open_page()
with view.more:
    words = url_state.sought("number", view.t("case.box"), 260)
number = facts.read(words)
cases = facts.find(view, number)
chosen = facts.choose(view, cases)
elements.headline(view, facts.sentence(view, words, number, chosen))
if chosen is not None:
    facts.show(view, chosen)
    life.show(view, chosen)

    elements.section(view.t("case.counting"), view.t("case.counting_measure", court=view.names.court(chosen.court)))
    counting.show(view, chosen)

    elements.section(view.t("case.checks"), view.t("case.checks_measure"))
    met.show(view, chosen)

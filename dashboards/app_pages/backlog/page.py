"""The backlog (存案推演): pending cases of a court or group some months ahead, and what levers would do to them.
A projection is no target and judges nobody; how far it may be believed is said from its own past errors."""

from dashboards.app_pages.backlog import blocks, chart, outlook
from dashboards.app_pages.backlog.backtest import FIRST_KNOWN
from dashboards.app_pages.backlog.projection import Levers
from dashboards.shell import court_scope, elements, header

view = header.open_page()
group = court_scope.choose_of_province(view)
known = outlook.past(view)
if known is None:
    elements.headline(view, view.t("backlog.headline_none", n=FIRST_KNOWN + 1))
else:
    months, levers = blocks.choose_levers(view)
    made = outlook.projected(view, known, months, levers)
    found = outlook.outlook(known, group, made)
    elements.headline(view, blocks.sentence(view, group, found))

    elements.section(view.t("backlog.picture"), view.t("backlog.picture_measure"))
    words = {name: view.t(f"backlog.{name}") for name in ("stock", "expected", "pulled_short")}
    drawn = chart.stocks(found, view.colours, {**words, "pulled": words["pulled_short"]}, levers != Levers())
    reading = "backlog.reading" if found.low is not None else "backlog.reading_sum"
    elements.picture(drawn, "backlog", view.t(reading))
    if levers != Levers():
        blocks.pulled(view, found)

    elements.section(view.t("backlog.monthly"), view.t("backlog.monthly_measure"))
    blocks.monthly(view, found)

    if group.scope != "own":
        elements.section(view.t("backlog.courts"), view.t("backlog.courts_measure", n=months))
        blocks.by_court(view, known, group, made)

    elements.section(view.t("backlog.trust"), view.t("backlog.trust_measure"))
    blocks.trust(view, known)

"""Data quality: can the figures be believed? Deliveries, refused rows, gate, redeliveries, flow, reported returns.
Every list can be narrowed to one court, so that a court can be shown its own."""

from dashboards.app_pages.quality import deliveries
from dashboards.shell import elements, header, url_state

view = header.open_page()
courts = ["", *view.data.courts.index]
with view.more:
    court = url_state.choose("court", view.t("bar.court"), courts, "", lambda code: deliveries.option(view, code), 190)

elements.headline(view, deliveries.sentence(view))
deliveries.sums(view)

tabs = ("deliveries", "columns", "rejects", "gate", "redeliveries", "flow", "returns")
tab = url_state.choose("list", view.t("bar.list"), tabs, tabs[0], lambda name: view.t(f"quality.{name}"))
elements.section(view.t(f"quality.{tab}"), view.t(f"quality.{tab}_measure"))
getattr(deliveries, tab)(view, court)

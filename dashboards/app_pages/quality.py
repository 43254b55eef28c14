"""Data quality: can the figures be believed? Deliveries, refused rows, gate, redeliveries, flow, reported returns.
Every list can be narrowed to one court, so that a court can be shown its own."""

from dashboards.app_pages.frame import bar, parts, quality_blocks, state

view = bar.open_page()
courts = ["", *view.courts.index]
with view.more:
    court = state.choose("court", view.t("bar.court"), courts, "", lambda code: quality_blocks.option(view, code), 190)

parts.headline(view, quality_blocks.sentence(view))
quality_blocks.sums(view)

tabs = ("deliveries", "rejects", "gate", "redeliveries", "flow", "returns")
tab = state.choose("list", view.t("bar.list"), tabs, tabs[0], lambda name: view.t(f"quality.{name}"))
parts.section(view.t(f"quality.{tab}"), view.t(f"quality.{tab}_measure"))
getattr(quality_blocks, tab)(view, court)

"""Overview: how the province stands, who falls behind and why, and whether it can be believed.
From every card and court the way leads on to the court page, the leaderboard and the trends."""

from dashboards import findings
from dashboards.app_pages.frame import bar, overview_blocks, parts
from dashboards.queries import overview

view = bar.open_page()
province = view.ask(overview.province_indicators, view.root, view.month, view.window)
history = view.ask(overview.province_history, view.root, view.month, view.window)
standings = view.ask(overview.standings, view.peer, view.province, view.month, view.window)
concerns = findings.attention(standings, view.coverage)

parts.headline(view, overview_blocks.sentence(view, findings.tally(province), len(concerns)))

parts.section(view.t("overview.cards"), view.t("overview.cards_measure", n=len(province)))
overview_blocks.cards(view, province, history)

overview_blocks.concerns_and_movers(view, standings, concerns)

parts.section(view.t("overview.grid"), view.t("overview.grid_measure", peer=view.peer_name()))
overview_blocks.grid(view, standings)

parts.section(view.t("overview.totals"), view.t("overview.totals_measure"))
overview_blocks.totals(view)

parts.section(view.t("overview.coverage"), view.t("overview.coverage_measure", month=view.month_name()))
overview_blocks.coverage(view)

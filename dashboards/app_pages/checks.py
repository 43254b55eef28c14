"""Checks (真实性核查): which figures may have been shaped, at which court, against what, and the cases behind it.
A flag is a reason to look: threshold and innocent explanation stand beside it."""

from dashboards.app_pages.frame import attention_blocks, bar, checks_blocks, parts

view = bar.open_page()
court, check = checks_blocks.choices(view)
results = checks_blocks.results(view)

parts.headline(view, checks_blocks.sentence(view, results) + attention_blocks.checks_counted(view))
parts.mode_notice(view)
checks_blocks.caution(view)

parts.section(view.t("checks.grid"), view.t("checks.grid_measure", month=view.month_name()))
checks_blocks.grid(view, results, court, check)

parts.section(view.t("checks.about"), view.t("checks.about_measure"))
checks_blocks.about(view, results, court, check)

parts.section(view.t("checks.cases"), view.t("checks.cases_measure"))
checks_blocks.cases(view, court, check)

parts.section(view.t("checks.history"), view.t("checks.history_measure"))
checks_blocks.history(view)

parts.section(view.t("checks.catalogue"), view.t("checks.catalogue_measure"))
checks_blocks.catalogue(view)

"""Checks (真实性核查): which figures may have been shaped, at which court, against what, and the cases behind it.
A flag is a reason to look: threshold and innocent explanation stand beside it."""

from dashboards.app_pages.checks import flags
from dashboards.components import attention
from dashboards.shell import elements, header

view = header.open_page()
court, check = flags.choices(view)
results = flags.results(view)

elements.headline(view, flags.sentence(view, results) + attention.checks_counted(view))
elements.mode_notice(view)
flags.caution(view)

elements.section(view.t("checks.grid"), view.t("checks.grid_measure", month=view.names.month()))
flags.grid(view, results, court, check)

elements.section(view.t("checks.about"), view.t("checks.about_measure"))
flags.about(view, results, court, check)

elements.section(view.t("checks.cases"), view.t("checks.cases_measure"))
flags.cases(view, court, check)

elements.section(view.t("checks.history"), view.t("checks.history_measure"))
flags.history(view)

elements.section(view.t("checks.catalogue"), view.t("checks.catalogue_measure"))
flags.catalogue(view)

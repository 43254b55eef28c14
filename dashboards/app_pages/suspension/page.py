"""Suspension (终本): the official count and the inactive stock side by side, compliance, re-checks, resumptions.
Checks on figures that look gamed are on their own page."""

from dashboards.app_pages.suspension import compliance, lenses
from dashboards.shell import court_scope, elements, header, url_state

view = header.open_page()
group = court_scope.choose(view)
with view.more:
    cases = url_state.choose(
        "cases", view.t("bar.cases"), lenses.CASES, "implementation", lambda c: view.t(f"cases.{c}"), 150
    )
flows = lenses.flows(view, group, cases)

elements.headline(view, lenses.sentence(view, group, flows))

elements.section(view.t("suspension.lenses"), view.t("suspension.lenses_measure", cases=view.t(f"cases.{cases}")))
lenses.lenses(view, flows)

elements.section(view.t("suspension.compliance"), view.t("suspension.compliance_measure"))
compliance.compliance(view, group)

elements.section(view.t("suspension.rechecks"), view.t("suspension.rechecks_measure"))
compliance.rechecks(view, group)

elements.section(view.t("suspension.cohorts"), view.t("suspension.cohorts_measure"))
compliance.cohorts(view, group)

elements.section(view.t("suspension.lists"), view.t("suspension.lists_measure"))
compliance.lists(view, group)

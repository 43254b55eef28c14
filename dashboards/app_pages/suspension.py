"""Suspension (终本): the official count and the inactive stock side by side, compliance, re-checks, resumptions.
Checks on figures that look gamed are on their own page."""

from dashboards.app_pages.frame import bar, members, parts, state, suspension_blocks, suspension_lenses

view = bar.open_page()
group = members.choose(view)
with view.more:
    cases = state.choose(
        "cases", view.t("bar.cases"), suspension_lenses.CASES, "implementation", lambda c: view.t(f"cases.{c}"), 150
    )
flows = suspension_lenses.flows(view, group, cases)

parts.headline(view, suspension_lenses.sentence(view, group, flows))

parts.section(view.t("suspension.lenses"), view.t("suspension.lenses_measure", cases=view.t(f"cases.{cases}")))
suspension_lenses.lenses(view, flows)

parts.section(view.t("suspension.compliance"), view.t("suspension.compliance_measure"))
suspension_blocks.compliance(view, group)

parts.section(view.t("suspension.rechecks"), view.t("suspension.rechecks_measure"))
suspension_blocks.rechecks(view, group)

parts.section(view.t("suspension.cohorts"), view.t("suspension.cohorts_measure"))
suspension_blocks.cohorts(view, group)

parts.section(view.t("suspension.lists"), view.t("suspension.lists_measure"))
suspension_blocks.lists(view, group)

"""The suspension page's blocks: compliance by check, re-check duty, cohorts, lists of cases.
Counts are summed in SQL over the group's courts; nothing here adds up cases."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.app_pages.suspension import chart_cohorts as heat
from dashboards.app_pages.suspension import queries
from dashboards.app_pages.suspension.lenses import ratio
from dashboards.charts import stacks
from dashboards.markup import blocks
from dashboards.rows import records
from dashboards.shell import elements, url_state
from dashboards.shell import record_table as tables
from dashboards.shell.court_scope import Group
from dashboards.shell.view import View

COHORTS, FOLLOWED = 36, 12  # months of suspension shown, and months after which a cohort is summed up
LISTS = ("failing", "differences", "missed", "unlinked")


def compliance(view: View, group: Group) -> None:
    """Each check as one bar of pass, fail, not checkable; beside it our verdict against the source system's."""
    first, last, _ = view.data.bounds
    verdicts = view.data.ask(queries.verdicts, group.members, first, last).iloc[0]
    frame = view.data.ask(queries.compliance, group.members, first, last)
    if not int(verdicts["suspended_count"]):
        st.html(blocks.reading(view.t("empty.table")))
        return
    st.html(blocks.reading(verdict_words(view, verdicts)))
    left, right = st.columns([7, 5], gap="medium")
    with left:
        shown = frame.assign(
            label=[f"{row['check_id']} {view.t.name(row)}" for row in records(frame)],
            end=[f"{view.t('check_result.failed')} {formats.number(n)}" for n in frame["failed_count"]],
        )
        stack = [
            stacks.Part(f"{result}_count", view.t(f"check_result.{result}"), tone)
            for result, tone in (("passed", "met"), ("failed", "below"), ("not_checkable", "unjudged"))
        ]
        elements.picture(
            stacks.rows(shown, stack, view.colours, is_share=True), "checks", view.t("suspension.checks_reading")
        )
    with right:
        _against_source(view, verdicts)
    with st.expander(view.t("suspension.conditions")):
        wanted = tables.List(
            "conditions",
            "suspension_column",
            (
                "check_id",
                "name",
                "condition",
                "coverage",
                "carried",
                "legal_basis",
                "passed_count",
                "failed_count",
                "not_checkable_count",
            ),
            {"coverage": "check_coverage"},
        )
        tables.show(view, frame, wanted)


def verdict_words(view: View, row: pd.Series) -> str:
    checked = int(row["compliant_count"]) + int(row["not_compliant_count"])
    return view.t(
        "suspension.verdict",
        n=formats.number(row["suspended_count"]),
        compliant=formats.number(row["compliant_count"]),
        checked=formats.number(checked),
        share=formats.percent(ratio(int(row["compliant_count"]), checked)),
        source=formats.number(row["source_compliant_count"]),
        stated=formats.number(row["source_stated_count"]),
        source_share=formats.percent(ratio(int(row["source_compliant_count"]), int(row["source_stated_count"]))),
    )


def _against_source(view: View, row: pd.Series) -> None:
    """How many suspensions the two verdicts agree on, in the five ways they can."""
    t = view.t
    codes = ("agree", "source_compliant_only", "computed_compliant_only", "source_silent", "not_compared")
    total = int(row["suspended_count"])
    frame = pd.DataFrame(
        {
            "comparison": [t(f"suspension_difference.{code}") for code in codes],
            "n": [int(row[code]) for code in codes],
            "share": [ratio(int(row[code]), total) for code in codes],
        }
    )
    wanted = tables.List("against_source", "suspension_column", ("comparison", "n", "share"), ratios=("share",))
    tables.show(view, frame, wanted)
    st.html(blocks.reading(t("suspension.source_reading")))


def rechecks(view: View, group: Group) -> None:
    """The duty of six-monthly queries: due, on time, late, missed, by the month they fell due."""
    t, (first, last, _) = view.t, view.data.bounds
    frame = view.data.ask(queries.recheck_months, group.members, first, last)
    if frame.empty:
        st.html(blocks.reading(t("empty.table")))
        return
    sums = frame[["due_count", "on_time_count", "late_count", "missed_count"]].sum()
    st.html(
        blocks.facts(
            (t(f"recheck.{name}"), formats.number(sums[f"{name}_count"]), _of(int(sums[f"{name}_count"]), sums))
            for name in ("due", "on_time", "late", "missed")
        )
    )
    stack = [
        stacks.Part(f"{name}_count", t(f"recheck.{name}"), tone)
        for name, tone in (("missed", "below"), ("late", "near"), ("on_time", "met"))
    ]
    figure = stacks.columns(frame.assign(label=frame["month"]), stack, view.colours)
    elements.picture(figure, "rechecks", t("suspension.rechecks_reading"))


def _of(count: int, sums: pd.Series) -> str:
    return formats.percent(ratio(count, int(sums["due_count"])), 1)


def cohorts(view: View, group: Group) -> None:
    """Each month's first-enforcement suspensions followed: what share has been resumed so many months later."""
    t = view.t
    frame = view.data.ask(queries.cohorts, group.court, group.scope, view.choice.month, COHORTS)
    if frame.empty:
        st.html(blocks.reading(t("empty.table")))
        return
    st.html(blocks.reading(_followed(view, group, frame)))
    frame = frame.assign(
        share=frame["resumed_ratio"] * 100,
        hover=[
            t(
                "suspension.cohort_hover",
                cohort=row["cohort_month"],
                months=int(row["months_since"]),
                n=formats.number(row["suspended_count"]),
                resumed=formats.number(row["resumed_count"]),
                share=formats.percent(row["resumed_ratio"], 1),
                satisfied=formats.number(row["satisfied_count"]),
            )
            for row in records(frame)
        ],
    )
    elements.picture(
        heat.heat(frame, view.colours, t("suspension.months_since")), "cohorts", t("suspension.cohorts_reading")
    )


def _followed(view: View, group: Group, frame: pd.DataFrame) -> str:
    """The cohorts that have been followed for a year, summed before they are divided, and the linking of cases."""
    year = frame[frame["months_since"] == FOLLOWED]
    linked = view.data.ask(queries.resumptions, group.court, group.scope, view.choice.window, view.choice.month).iloc[0]
    suspended, resumed = int(year["suspended_count"].sum()), int(year["resumed_count"].sum())
    return view.t(
        "suspension.followed",
        cohorts=len(year),
        n=formats.number(suspended),
        resumed=formats.number(resumed),
        share=formats.percent(ratio(resumed, suspended), 1),
        satisfied=formats.percent(ratio(int(year["satisfied_count"].sum()), suspended), 1),
        filed=formats.number(linked["resumption_count"]),
        linked=formats.number(linked["linked_count"]),
        days=formats.number(linked["median_days"]),
    )


def lists(view: View, group: Group) -> None:
    """The cases themselves: failing a check, differing from the source, not re-checked, not linked."""
    t, (first, last, _) = view.t, view.data.bounds
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = url_state.choose("list", t("bar.list"), LISTS, LISTS[0], lambda code: t(f"suspension_list.{code}"))
        check = _check(view) if chosen == "failing" else ""
    values = (group.members, first, last)
    if chosen == "failing":
        tables.paged(view, queries.failing, (*values, check), _LISTED["failing"])
    elif chosen == "differences":
        tables.paged(view, queries.differences, values, _LISTED["differences"])
    elif chosen == "missed":
        tables.paged(view, queries.missed_rechecks, values, _LISTED["missed"])
    else:
        tables.paged(view, queries.unlinked, values, _LISTED["unlinked"])
    st.html(blocks.reading(t(f"suspension.{chosen}_reading")))


def _check(view: View) -> str:
    names = view.data.ask(queries.check_names).set_index("check_id")
    return url_state.choose(
        "check",
        view.t("suspension.check"),
        ["", *names.index],
        "",
        lambda code: f"{code} {view.t.name(names.loc[code])}" if code else view.t("suspension.any_check"),
        300,
    )


_LISTED = {
    "failing": tables.List(
        "failing",
        "suspension_column",
        ("court", "case_number", "suspended_date", "check_id", "name", "reason", "source_compliant"),
    ),
    "differences": tables.List(
        "differences",
        "suspension_column",
        ("court", "case_number", "suspended_month", "difference_code", "check_id", "detail"),
        {"difference_code": "suspension_difference"},
    ),
    "missed": tables.List(
        "missed", "suspension_column", ("court", "case_number", "suspended_date", "duty_number", "due_date")
    ),
    "unlinked": tables.List(
        "unlinked",
        "suspension_column",
        ("court", "case_number", "month", "original_case_number", "link_status", "detail"),
        {"link_status": "link_status"},
    ),
}

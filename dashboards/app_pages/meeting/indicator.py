"""One core indicator for the room: the province's figure, the courts that stand apart, and the funnel beside them.
The rules are in dashboards.app_pages.meeting.agenda."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboards import findings, formats
from dashboards.app_pages.meeting import agenda as rules
from dashboards.app_pages.meeting import markup
from dashboards.components import amounts
from dashboards.components.funnel import funnel
from dashboards.markup import blocks
from dashboards.rows import records
from dashboards.shell.view import View

LISTED = 8


def summary(view: View, province: pd.DataFrame, standings: pd.DataFrame, code: str) -> str:
    """The province's value and its change, and how many courts stand out on the bad side."""
    rows = records(province[province["indicator_code"] == code])
    apart = _adverse(standings, code)["court_code"].nunique()
    if not rows:
        return view.t("meeting.indicator_apart", apart=apart)
    row = rows[0]
    return view.t("meeting.indicator", value=amounts.worded(view, row), change=changed(view, row), apart=apart)


def changed(view: View, row: dict[str, Any]) -> str:
    """The change from the month before, called one only beyond its interval."""
    if formats.is_absent(row["value_change"]):
        return view.t("verdict.none")
    verdict = findings.verdict(row["value_change"], row["direction"], row["unit"])
    change = view.names.change(row["value_change"], row["unit"])
    if row["status"] in findings.INCOMPLETE:
        return view.t("verdict.incomplete", change=change)
    if formats.is_absent(row["is_change_significant"]):
        return view.t("meeting.unjudged", change=change)
    if not row["is_change_significant"] or verdict == "same":
        return view.t("meeting.same")
    return view.t("meeting.changed", change=view.t(f"verdict.{verdict}", change=change))


def sentence(view: View, province: pd.DataFrame, standings: pd.DataFrame, code: str) -> str:
    between = "：" if view.lang == "zh" else ": "
    return f"{view.names.indicator(code, short=False)}{between}{summary(view, province, standings, code)}"


def screen(view: View, province: pd.DataFrame, standings: pd.DataFrame, code: str) -> None:
    """Left the figure and the courts, right the funnel."""
    rows = standings[standings["indicator_code"] == code]
    left, right = st.columns([5, 7], gap="large")
    with left:
        st.html(blocks.facts(_facts(view, province, code), is_tight=True))
        st.html(blocks.section(view.t("meeting.apart"), view.t(f"direction.{rows['direction'].iloc[0]}")))
        _listed(view, _adverse(standings, code), "meeting.apart_none")
        st.html(blocks.section(view.t("meeting.ahead")))
        _listed(view, rules.favourable(rows), "meeting.ahead_none")
        st.html(blocks.reading(view.t("meeting.apart_reading")))
    with right:
        funnel(view, code, rows)


def _facts(view: View, province: pd.DataFrame, code: str) -> list[tuple[str, str, str]]:
    found = records(province[province["indicator_code"] == code])
    if not found:
        return []
    row, t = found[0], view.t
    before = row["same_month_last_year_value"]
    target = (
        t("word.unpublished") if pd.isna(row["target_value"]) else view.names.value(row["target_value"], row["unit"])
    )
    return [
        (t("meeting.province"), amounts.worded(view, row), f"n = {formats.number(row['case_count'])}"),
        (t("meeting.last_year"), view.names.value(before, row["unit"]), ""),
        (t("meeting.target"), target, view.names.status(row["status"])),
    ]


def _adverse(standings: pd.DataFrame, code: str) -> pd.DataFrame:
    return rules.adverse(standings[standings["indicator_code"] == code])


def _listed(view: View, rows: pd.DataFrame, nobody: str) -> None:
    """In the order of value where courts are ranked, in the official order otherwise."""
    if rows.empty:
        st.html(blocks.reading(view.t(nobody)))
        return
    shown = rows.sort_values("rank", ascending=False, kind="stable") if view.choice.is_ranked else rows
    st.html(_lines(view, shown.head(LISTED)))
    if len(rows) > LISTED:
        with st.expander(view.t("meeting.others", n=len(rows) - LISTED)):
            st.html(_lines(view, shown.tail(len(rows) - LISTED)))


def _lines(view: View, rows: pd.DataFrame) -> str:
    return markup.lines(
        (view.names.court(row["court_code"]), view.address("court", court=row["court_code"]), line(view, row))
        for row in records(rows)
    )


def line(view: View, row: dict[str, Any]) -> str:
    """A court's value with its rank and interval, or with its status where courts are not ranked."""
    value, n = amounts.worded(view, row), formats.number(row["case_count"])
    if view.choice.is_ranked and not pd.isna(row["rank_low"]):
        span = f"{int(row['rank_low'])}–{int(row['rank_high'])}"
        return view.t("meeting.line_rank", value=value, n=n, rank=int(row["rank"]), span=span)
    status = view.names.interval_statuses.get(str(row["interval_status"]), "")
    return view.t("meeting.line", value=value, n=n, status=status)

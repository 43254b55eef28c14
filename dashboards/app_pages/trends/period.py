"""The months that are shown, and the earlier period that they are held against, both in the address.
What is drawn of them belongs to the panels."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from dashboards.month import Month
from dashboards.shell import url_state
from dashboards.shell.view import View

YEARS, YEAR = ("1", "2", "3"), 12
SHAPES = ("panels", "together")
KEYS = ["court_code", "scope_code", "indicator_code", "definition_version"]


def choose(view: View, series: pd.DataFrame) -> tuple[pd.DataFrame, int, str]:
    """The series of the months chosen, the months between the periods, and how courts are drawn.

    The earlier period lies whole years before, or begins in any month before the first one shown.
    """
    t = view.t
    months = [str(Month.of(month)) for month in sorted(series["period_month"].unique())] or [str(view.choice.month)]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        first = url_state.choose("from", t("trends.from"), months, months[0], str, 120, is_silent=True)
        later = [month for month in months if month >= first]
        last = url_state.choose("until", t("trends.until"), later, later[-1], str, 120, is_silent=True)
        earlier = [month for month in months if month < first][::-1]
        compare = url_state.choose(
            "compare", t("trends.compare"), [*YEARS, *earlier], "1", partial(_worded, view), 210, is_silent=True
        )
        shape = url_state.choose(
            "shape", t("trends.shape"), SHAPES, "panels", lambda code: t(f"trends.shape_{code}"), 150, is_silent=True
        )
    apart = between(compare, first)
    return within(compared(series, apart), Month.parse(first), Month.parse(last)), apart, shape


def _worded(view: View, code: str) -> str:
    return view.t("trends.years", n=code) if code in YEARS else view.t("trends.since", month=code)


def between(compare: str, first: str) -> int:
    """Months between the periods: so many years, or from the earlier one's first month to the first shown."""
    if compare in YEARS:
        return 12 * int(compare)
    (year, month), (before, its_month) = ([int(part) for part in said.split("-")] for said in (first, compare))
    return 12 * (year - before) + month - its_month


def said(view: View, apart: int) -> str:
    """What a value of the earlier period is called: of a year before, or so many years or months."""
    if apart == YEAR:
        return view.t("trends.last_year")
    if apart % YEAR == 0:
        return view.t("trends.years", n=apart // YEAR)
    return view.t("trends.months_before", n=apart)


def within(frame: pd.DataFrame, first: Month, last: Month) -> pd.DataFrame:
    months = pd.to_datetime(frame["period_month"])
    return frame[(months >= pd.Timestamp(first)) & (months <= pd.Timestamp(last))]


def compared(series: pd.DataFrame, apart: int) -> pd.DataFrame:
    """The value so many months before in place of the published one of a year before, by the same definition only.

    A window that was not full yet is no period to compare with.
    """
    if apart == YEAR or series.empty:
        return series
    is_full = series["months_in_window"] >= series["months_expected"]
    before = series.loc[is_full, [*KEYS, "period_month", "value"]].copy()
    before["period_month"] = pd.to_datetime(before["period_month"]) + pd.DateOffset(months=apart)
    joined = series.assign(period_month=pd.to_datetime(series["period_month"])).merge(
        before, on=[*KEYS, "period_month"], how="left", suffixes=("", "_before")
    )
    earlier = joined["value_before"].astype("float64")
    return joined.assign(same_month_last_year_value=earlier).drop(columns="value_before")

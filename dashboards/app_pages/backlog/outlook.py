"""The outlook of one court or group: its history, its projection with and without levers, its interval where one holds.
The arithmetic is in projection and backtest; the picture and the tables are in their own blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from dashboards.app_pages.backlog import backtest, queries
from dashboards.app_pages.backlog.backtest import Coverage, Errors
from dashboards.app_pages.backlog.projection import (
    LAST_AGE,
    MODES,
    Array,
    History,
    Levers,
    Projection,
    project,
)
from dashboards.month import Month
from dashboards.rows import records
from dashboards.shell.court_scope import Group
from dashboards.shell.view import View


@dataclass(frozen=True)
class Past:
    """The province's history by court, in the order of `courts`, and the months it has."""

    history: History
    courts: tuple[str, ...]
    months: tuple[Month, ...]


@dataclass(frozen=True)
class Outlook:
    """`low` and `high` are None for a sum of courts; `expected` is without levers, `pulled` with them."""

    stock: Array
    months: tuple[Month, ...]
    ahead: tuple[Month, ...]
    expected: Projection
    pulled: Projection
    low: Array | None
    high: Array | None


@dataclass(frozen=True)
class Projected:
    """Every court's projection without levers and with them, and the ends of the interval around the one without."""

    expected: Projection
    pulled: Projection
    low: Array
    high: Array


def past(view: View) -> Past | None:
    """None where the snapshot does not tell the ages, or less than a year of them."""
    if not bool(view.data.ask(queries.is_known).iloc[0]["known"]):
        return None
    asked = (view.choice.province, view.choice.month)
    flows = view.data.ask(queries.flows, *asked)
    months = tuple(Month.of(month) for month in sorted(flows["period_month"].unique()))
    if len(months) <= backtest.FIRST_KNOWN or months[-1] != view.choice.month:
        return None
    courts = tuple(code for code in view.data.courts.index if code in set(flows["court_code"]))
    ages = view.data.ask(queries.ages, *asked, LAST_AGE)
    return Past(history_of(ages, flows, courts, months), courts, months)


def history_of(ages: pd.DataFrame, flows: pd.DataFrame, courts: tuple[str, ...], months: tuple[Month, ...]) -> History:
    """The history that the rows of `queries.ages` and `queries.flows` tell, in the order of courts and months."""
    court_at = {code: place for place, code in enumerate(courts)}
    month_at = {pd.Timestamp(month): place for place, month in enumerate(months)}
    shape = (len(courts), len(months))
    pending, closed = np.zeros((*shape, LAST_AGE + 1)), np.zeros((*shape, LAST_AGE + 1, len(MODES)))
    for row in records(ages):
        place: tuple[Any, ...] = (court_at[row["court_code"]], month_at[pd.Timestamp(row["period_month"])], row["age"])
        if row["outcome_code"] == "pending":
            pending[place] += row["case_count"]
        else:
            closed[(*place, MODES.index(row["outcome_code"]))] += row["case_count"]
    parts = {name: np.zeros(shape) for name in ("first", "resumed", "inactive")}
    for row in records(flows):
        parts[row["part"]][court_at[row["court_code"]], month_at[pd.Timestamp(row["period_month"])]] = row["amount"]
    return History(pending, closed, **parts, calendar=months[0].month - 1)


@st.cache_data(max_entries=40, show_spinner=False)
def tried(state: tuple[str, str, Month], _history: History) -> tuple[Errors, Coverage]:
    """The back-test of all courts: of a sealed snapshot and a month it is always the same."""
    found = backtest.errors(_history)
    return found, backtest.coverage(found)


def projected(view: View, known: Past, months: int, levers: Levers) -> Projected:
    """All courts at once: a page shows a group and each of its members from it."""
    expected = project(known.history, months)
    found, _ = tried(_state(view), known.history)
    low, high = backtest.interval(found, expected.stock, known.history.months - 1)
    return Projected(expected, project(known.history, months, levers), low, high)


def outlook(known: Past, group: Group, made: Projected) -> Outlook:
    """A single court with its interval; a sum of courts without, for its own past errors are too few to give one."""
    places = [known.courts.index(code) for code in group.members if code in known.courts]
    is_single, last = group.scope == "own", known.months[-1]
    expected = _summed(made.expected, places)
    return Outlook(
        stock=known.history.stock[places].sum(axis=0),
        months=known.months,
        ahead=tuple(last.shifted(step + 1) for step in range(len(expected.stock))),
        expected=expected,
        pulled=_summed(made.pulled, places),
        low=made.low[places].sum(axis=0) if is_single else None,
        high=made.high[places].sum(axis=0) if is_single else None,
    )


def tested(view: View, known: Past) -> Coverage:
    return tried(_state(view), known.history)[1]


def _state(view: View) -> tuple[str, str, Month]:
    return (view.data.source.snapshot_id, view.choice.province, view.choice.month)


def _summed(found: Projection, places: list[int]) -> Projection:
    parts = (found.stock, found.inactive, found.filed, found.closed)
    return Projection(*(part[places].sum(axis=0) for part in parts))

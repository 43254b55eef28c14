"""The lives of one court's or group's cases in the last twelve months, and of its peers', as counts by age and curves.
The arithmetic is in curves; pictures and tables are in their own blocks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboards.app_pages.lives import queries
from dashboards.app_pages.lives.curves import Counts, Curve, added, curve
from dashboards.month import Month
from dashboards.rows import records
from dashboards.shell.court_scope import Group
from dashboards.shell.view import View

MONTHS = 12
CAUSES = ("full_satisfaction", "suspension", "termination", "other_closure")
RESUMED = "resumed"


@dataclass(frozen=True)
class Lives:
    """`peers` is None for a sum of courts, and for a court without peers."""

    own: Curve
    count: float
    peers: Curve | None
    peer_count: int


def months(view: View) -> tuple[Month, Month] | None:
    """First and last of the twelve; None where the month before them is not known, or the ages are not."""
    if not bool(view.data.ask(queries.is_known).iloc[0]["known"]):
        return None
    last = view.choice.month
    first = last.shifted(1 - MONTHS)
    return (first, last) if first > view.data.bounds[2] else None


def lives(view: View, group: Group, span: tuple[Month, Month]) -> Lives | None:
    """None where nothing is counted."""
    found = view.data.ask(queries.lives, view.choice.province, *span)
    length = int(found["age"].max()) + 1 if len(found) else 1
    by_court = {str(code): _counts(part, length) for code, part in found.groupby("court_code")}
    own = _together(by_court, group.members)
    if own is None or own.count == 0:
        return None
    others = _peers(view, group)
    around = _together(by_court, others)
    return Lives(curve(own), own.count, curve(around) if around else None, len(set(others) & set(by_court)))


def _peers(view: View, group: Group) -> list[str]:
    """The other courts of its peer group; a sum of courts has none."""
    if group.scope != "own":
        return []
    kind = view.data.courts["peer_group"]
    return [code for code in kind.index[kind == kind[group.court]] if code != group.court]


def _together(by_court: dict[str, Counts], courts: Collection[str]) -> Counts | None:
    parts = [by_court[code] for code in courts if code in by_court]
    return added(parts) if parts else None


def _counts(part: pd.DataFrame, length: int) -> Counts:
    arrays = {name: np.zeros(length) for name in (*CAUSES, "censored", "entered")}
    for row in records(part):
        arrays[row["part"]][int(row["age"])] += float(row["case_count"])
    return Counts({cause: arrays[cause] for cause in CAUSES}, arrays["censored"], arrays["entered"])


def resumptions(view: View, group: Group) -> Curve | None:
    """Of suspended first-enforcement cases, the share resumed by so many months after (index)."""
    found = view.data.ask(queries.resumed, group.court, group.scope, view.choice.month)
    if found.empty:
        return None
    length = int(found["months_since"].max()) + 1
    ended, censored = np.zeros(length), np.zeros(length)
    for _, cohort in found.groupby("cohort_month"):
        so_far = cohort["resumed_count"].to_numpy(dtype=float)
        since = cohort["months_since"].to_numpy(dtype=int)
        ended[since] += np.diff(so_far, prepend=0.0)
        censored[since[-1]] += float(cohort["suspended_count"].iloc[-1]) - so_far[-1]
    return curve(Counts({RESUMED: ended}, censored, np.zeros(length)))

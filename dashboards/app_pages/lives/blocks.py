"""The page's sentence and tables: shares by age with their intervals, against peers, and resumptions after suspension.
What the figures are is said once in the line under the picture."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.app_pages.lives.curves import Curve, difference, interval
from dashboards.app_pages.lives.lives import CAUSES, RESUMED, Lives
from dashboards.markup import blocks
from dashboards.shell import elements
from dashboards.shell.court_scope import Group
from dashboards.shell.view import View

DAYS = (30, 90, 180, 365)
AFTER = (6, 12, 24, 36)  # months
LEAST = 30  # cases: of fewer nothing is said


def at(found: Curve, cause: str, age: int) -> tuple[float, float] | None:
    """Share and variance at an age; None where nobody is followed that long."""
    place = min(age, len(found.at_risk) - 1)
    share, variance = float(found.incidence[cause][place]), float(found.variance[cause][place])
    is_past = age > place and found.still_open[place] > 0
    return None if is_past or math.isnan(share) else (share, variance)


def sentence(view: View, group: Group, found: Lives) -> str:
    """How many ended in which way within half a year; that too few are followed, where that is so."""
    said = {"name": group.name, "n": formats.number(found.count)}
    half = {cause: at(found.own, cause, 180) for cause in CAUSES}
    if found.count < LEAST or any(one is None for one in half.values()):
        return view.t("lives.headline_few", **said)
    shares = {cause: formats.percent(one[0], 1) for cause, one in half.items() if one}
    return view.t("lives.headline", **said, **shares)


def table(view: View, found: Lives) -> None:
    """Cause × age: share, interval, peers', and whether they differ beyond chance; nothing of few cases."""
    t, causes = view.t, CAUSES if found.count >= LEAST else ()
    rows = [_row(view, found, cause, age) for cause in causes for age in DAYS]
    names = ("outcome", "age", "share", "interval", "peers", "verdict")
    shown = names if found.peers is not None else names[:4]
    frame = pd.DataFrame(rows, columns=list(names))[list(shown)]
    columns = {name: elements.text(t(f"lives.column_{name}")) for name in shown}
    elements.table(view, frame, columns, "lives", rows=16)
    labels = {name: t(f"lives.column_{name}") for name in shown}
    elements.download(
        view, frame.rename(columns=labels), "lives", [t("page.lives"), view.names.where(), t("lives.how")]
    )


def _row(view: View, found: Lives, cause: str, age: int) -> list[str]:
    own, peers = at(found.own, cause, age), at(found.peers, cause, age) if found.peers else None
    return [
        view.t(f"stage.{cause}"),
        view.t("lives.days", n=age),
        formats.percent(own[0], 1) if own else formats.ABSENT,
        _ends(interval(*own)) if own else formats.ABSENT,
        formats.percent(peers[0], 1) if peers else formats.ABSENT,
        view.t(f"lives.{verdict(own, peers)}"),
    ]


def verdict(own: tuple[float, float] | None, peers: tuple[float, float] | None) -> str:
    """above, below or within what chance alone makes; unjudged where one of the two says nothing."""
    if own is None or peers is None:
        return "unjudged"
    low, high = difference(own, peers)
    if math.isnan(low) or math.isnan(high):
        return "unjudged"
    return "above" if low > 0 else "below" if high < 0 else "within"


def _ends(ends: tuple[float, float]) -> str:
    if any(math.isnan(end) for end in ends):
        return formats.ABSENT
    return f"{formats.percent(ends[0], 1)} – {formats.percent(ends[1], 1)}"


def resumptions(view: View, found: Curve | None) -> None:
    """The share of suspended cases that were resumed by so many months after."""
    t = view.t
    rows: list[list[Any]] = []
    for months in AFTER if found else ():
        assert found is not None
        one = at(found, RESUMED, months)
        ends = _ends(interval(*one)) if one else formats.ABSENT
        rows.append([t("lives.months", n=months), formats.percent(one[0], 1) if one else formats.ABSENT, ends])
    frame = pd.DataFrame(rows, columns=["age", "share", "interval"])
    columns = {
        "age": elements.text(t("lives.column_after")),
        "share": elements.text(t("lives.column_resumed")),
        "interval": elements.text(t("lives.column_interval")),
    }
    elements.table(view, frame, columns, "lives_resumed", rows=6)
    st.html(blocks.reading(t("lives.resumed_reading")))

"""The courts that have to explain themselves: where they stand, what stands out, and what they answered last time.
Who they are is decided in dashboards.app_pages.meeting.agenda."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.app_pages.meeting import agenda as rules
from dashboards.app_pages.meeting import markup, minutes
from dashboards.components import amounts, ranking_words
from dashboards.findings import COMPOSITE, LAST
from dashboards.markup import blocks
from dashboards.rows import records
from dashboards.shell.view import View
from dashboards.targets import MISSED

MOST_REASONS, MOST_LINES = 5, 2


def screen(
    view: View,
    courts: list[str],
    standings: pd.DataFrame,
    flags: pd.DataFrame,
    items: pd.DataFrame,
    notes: list[minutes.Note],
) -> None:
    """One sheet per court."""
    sheets = []
    for court in courts:
        own = standings[standings["court_code"] == court]
        mine = {"flags": flags[flags["court_code"] == court], "items": items[items["court_code"] == court]}
        told = lines(view, own, mine["flags"], mine["items"], [note for note in notes if note.court_code == court])
        sheets.append(markup.Sheet(view.names.court(court, short=False), view.address("court", court=court), told))
    st.html(markup.sheets(sheets))
    composite = standings[standings["indicator_code"] == COMPOSITE]
    st.html(blocks.reading(rule(view, standings)))
    if view.choice.is_ranked and (said := ranking_words.unnamed(view, composite)):
        st.html(blocks.reading(said))


def rule(view: View, standings: pd.DataFrame) -> str:
    """By what rule courts are called, in words."""
    return view.t(f"meeting.rule_{view.choice.mode}", n=len(rules.core(standings)))


def flagged(view: View, row: dict[str, Any]) -> str:
    """A check's finding with its innocent explanation."""
    return view.t(
        "meeting.flag",
        check=view.t.name(row),
        hits=formats.number(row["hit_count"]),
        n=formats.number(row["n"]),
        share=formats.percent(row["value"], 1),
        peers=formats.percent(row["peer_median"], 1),
        innocent=view.t.name(row, "innocent"),
    )


def lines(
    view: View, own: pd.DataFrame, flags: pd.DataFrame, items: pd.DataFrame, notes: list[minutes.Note]
) -> list[tuple[str, str]]:
    """What the room reads of a court: (label, text), the text empty where there is nothing."""
    t = view.t
    answers = [note for note in notes if note.period_month < view.choice.month]
    last = _listed(view, [_noted(view, note) for note in answers], MOST_LINES) or t("meeting.answer_none")
    now = "\n".join(_noted(view, note) for note in notes if note.period_month == view.choice.month)
    overdue = int(items["is_overdue"].sum())
    said = t("meeting.court_items", n=len(items), overdue=overdue) if len(items) else ""
    return [
        (t("meeting.stands"), _stands(view, own)),
        (t("meeting.reasons"), _reasons(view, own)),
        (t("meeting.data"), _listed(view, [flagged(view, row) for row in records(flags)], MOST_LINES)),
        (t("meeting.open"), said),
        (t("meeting.last_time"), last),
        (t("meeting.this_time"), now),
    ]


def _stands(view: View, own: pd.DataFrame) -> str:
    """The composite's rank with its interval and streak; in interval mode its set alone, which is no order."""
    rows = records(own[own["indicator_code"] == COMPOSITE])
    if not rows or pd.isna(rows[0]["rank"]):
        return ""
    row = rows[0]
    if not view.choice.is_ranked:
        place = str(row["place_code"])
        return view.t(f"reason.{place}_unranked", n=int(row["end_count"])) if place in LAST else ""
    span = f"{int(row['rank_low'])}–{int(row['rank_high'])}" if not pd.isna(row["rank_low"]) else formats.ABSENT
    placed = view.t("meeting.placed", rank=int(row["rank"]), of=int(row["ranked_count"]), span=span)
    placed += view.t(f"meeting.{row['place_code']}", n=int(row["end_count"])) if row["place_code"] in LAST else ""
    return placed + (view.t("meeting.streak", n=int(row["streak"])) if not pd.isna(row["streak"]) else "")


def _reasons(view: View, own: pd.DataFrame) -> str:
    """Indicators beyond the limits or outside a target; in rank mode also where it may be among the last."""
    rows = own[own["indicator_code"] != COMPOSITE]
    bad = rules.adverse(rows)
    if view.choice.is_ranked:
        last = rules.among_last(rows)
        bad = pd.concat([bad, last[~last["indicator_code"].isin(bad["indicator_code"])]])
    said = [
        view.t(
            "meeting.reason",
            indicator=view.names.indicator(row["indicator_code"]),
            value=amounts.worded(view, row),
            expected=view.names.value(row["expected_value"], row["unit"]),
            n=formats.number(row["case_count"]),
        )
        + _why(view, row)
        for row in records(bad)
    ]
    return _listed(view, said, MOST_REASONS) or view.t("meeting.reasons_none")


def _why(view: View, row: dict[str, Any]) -> str:
    """A target missed, the funnel's limits, or else the place in this one indicator."""
    said = view.t("meeting.reason_missed") if row["interval_status"] in MISSED else ""
    if row["funnel_signal"] == "alarm" and not pd.isna(row["is_favourable"]) and not row["is_favourable"]:
        said += view.t("meeting.reason_apart")
    return said or view.t("meeting.reason_last", n=int(row["end_count"]))


def _listed(view: View, lines: list[str], most: int) -> str:
    """As many as a sheet holds, and how many more there are: none is left out in silence."""
    more = [view.t("meeting.more", n=len(lines) - most)] if len(lines) > most else []
    return "\n".join([*lines[:most], *more])


def _noted(view: View, note: minutes.Note) -> str:
    return view.t(
        "meeting.noted",
        month=view.names.month(note.period_month),
        kind=view.t(f"meeting_kind.{note.kind}"),
        said=note.said,
    )

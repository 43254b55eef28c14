"""The sheets that were sent: who sent them, what came of each, the faults with their remedies, and what would move.
Each act is done by proceedings, which asks for the reader's right again and writes it to the audit log first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.app_pages.settings.in_force import Known
from dashboards.app_pages.settings.sending import CHOSEN
from dashboards.components import writing
from dashboards.markup import blocks
from dashboards.proceedings import handover
from dashboards.proceedings.handover import Sheet
from dashboards.shell import elements, url_state
from dashboards.shell.view import View

MOST = 50  # sheets listed
MOST_MOVED = 200  # of what moves, on the page; all of it is in the file
COLUMNS = ("sheet", "state", "sent_by", "sent_at", "handed_over_by", "ended_at", "number")
FAULT = ("file", "row", "column", "value", "reason", "remedy")
LOOK_SECONDS = 5.0
MOVED = "effects.csv"  # beside the sheet


def show(view: View, known: Known) -> None:
    """The list, then one of them."""
    t, every = view.t, handover.sheets()[:MOST]
    elements.section(t("settings.sent"), t("settings.sent_measure"))
    if not every:
        st.html(blocks.reading(t("settings.sent_none")))
        return
    shown = {name: elements.text(t(f"settings.{name}")) for name in COLUMNS}
    elements.table(view, pd.DataFrame([_line(view, known, one) for one in every]), shown, "settings_sent", rows=8)
    numbers = {one.number: one for one in every}
    number = url_state.choose(
        CHOSEN, t("settings.one"), tuple(numbers), every[0].number, lambda each: _named(view, known, numbers[each]), 420
    )
    _one(view, numbers[number])


def _line(view: View, known: Known, one: Sheet) -> dict[str, str]:
    return {
        "sheet": _title(view, known, one),
        "state": view.t(f"settings_state.{one.state}"),
        "sent_by": str(one.said.get("by", "")),
        "sent_at": _moment(one.said.get("at")),
        "handed_over_by": str(one.handed.get("by") or formats.ABSENT),
        "ended_at": _moment(one.outcome.get("at") or one.withdrawn.get("at")),
        "number": one.number,
    }


def _title(view: View, known: Known, one: Sheet) -> str:
    return known.title(one.table, view.lang) if one.table in known.tables else one.table


def _named(view: View, known: Known, one: Sheet) -> str:
    return f"{_title(view, known, one)} · {_moment(one.said.get('at'))} · {view.t(f'settings_state.{one.state}')}"


def _moment(said: Any) -> str:
    try:
        return formats.moment(datetime.fromisoformat(str(said)))
    except ValueError:
        return formats.ABSENT


def _one(view: View, one: Sheet) -> None:
    t = view.t
    is_good = one.state in ("checked", "handed", "taken")
    st.html(blocks.check(is_good, t(f"settings_told.{one.state}", n=len(one.faults), by=one.handed.get("by", ""))))
    if one.faults:
        lines = [
            {
                "file": each.get("file"),
                "row": str(each.get("row") or formats.ABSENT),
                "column": each.get("column") or formats.ABSENT,
                "value": each.get("value") or formats.ABSENT,
                "reason": each.get(view.lang),
                "remedy": each.get(f"remedy_{view.lang}"),
            }
            for each in one.faults
        ]
        shown = {name: elements.text(t(f"settings.{name}")) for name in FAULT}
        elements.table(view, pd.DataFrame(lines), shown, "settings_faults", rows=10)
    elif changed := one.answer.get("rows"):
        elements.section(t("settings.changed"), t("settings.changed_measure", n=one.answer.get("row_count", 0)))
        st.html(blocks.lines(str(each.get(view.lang)) for each in changed))
    if one.state in ("checked", "handed", "taken"):
        _effects(view, one)
    _acts(view, one)


def _effects(view: View, one: Sheet) -> None:
    """How many values, verdicts and ranks would move, and which; looked at again by itself while it is computed."""
    t = view.t
    elements.section(t("settings.effects"), t("settings.effects_measure"))
    if one.effects_state == "computing":
        st.fragment(_waited, run_every=LOOK_SECONDS)(view, one.number)
        return
    if one.effects_state != "done":
        st.html(blocks.reading(t(f"settings_effects.{one.effects_state}")))
        return
    counts = one.effects.get("counts", {})
    facts = [(t(f"settings_moved.{what}"), formats.number(count), "") for what, count in counts.items()]
    st.html(blocks.facts(facts))
    if not any(counts.values()):
        st.html(blocks.reading(t("settings.nothing_moves", snapshot=one.effects.get("snapshot_id", ""))))
        return
    months = {name: str(one.effects.get(name, "")) for name in ("first_month", "last_month")}
    st.html(blocks.reading(t("settings.moves", snapshot=one.effects.get("snapshot_id", ""), **months)))
    moved = pd.read_csv(one.folder / MOVED, dtype=str, nrows=MOST_MOVED).fillna("")
    moved.columns = [t(f"settings_moved.{name}") for name in ("what", "court", "scope", "window", "month", "indicator",
                     "version", "before", "now")]  # fmt: skip
    elements.table(view, moved, {name: elements.text(name) for name in moved.columns}, "settings_moved", rows=10)
    elements.download_file(
        view, t("settings.all_moved"), (one.folder / MOVED).read_bytes, "settings_moved", f"effects_{one.number}.csv"
    )


def _waited(view: View, number: str) -> None:
    now = next((one for one in handover.sheets() if one.number == number), None)
    if now is None or now.effects_state != "computing":
        st.rerun()
    st.html(blocks.reading(view.t("settings_effects.computing")))


def _acts(view: View, one: Sheet) -> None:
    acts: dict[str, Callable[[], object]] = {}
    writer = writing.writer(view)
    if one.state in ("checked", "handed") and one.effects_state != "computing":
        acts["effects"] = lambda: handover.ask_effects(writer, one.number)
    if one.state in ("sent", "checked", "faulty"):
        acts["again"] = lambda: handover.check(writer, one.number)
    if one.state == "checked":
        acts["hand_over"] = lambda: handover.hand_over(writer, one.number)
    if one.state in ("sent", "checked", "faulty", "handed"):
        acts["withdraw"] = lambda: handover.withdraw(writer, one.number)
    with st.container(horizontal=True):
        pressed = [
            name
            for name in acts
            if st.button(
                view.t(f"settings_act.{name}"), key=f"settings_do_{name}",
                type="primary" if name == "hand_over" else "secondary",
            )
        ]  # fmt: skip
    if pressed and writing.done(view, acts[pressed[0]]):
        st.rerun()

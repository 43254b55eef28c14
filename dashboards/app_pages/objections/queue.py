"""The list of objections: the province's counts for everybody, the lines of those a reader may see, their clocks.
One objection with its cases and its steps is in handling."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.markup import blocks
from dashboards.proceedings import corrections, objections
from dashboards.proceedings.corrections import Correction
from dashboards.proceedings.objections import ACCEPTED, CLOSED, OPEN, Objection
from dashboards.proceedings.store import StoreError
from dashboards.shell import elements, url_state
from dashboards.shell.view import View

COLUMNS = ("number", "state", "court", "indicator", "month", "cases", "filed", "last_day", "clock")


@dataclass(frozen=True)
class Line:
    """An objection as it stands in the snapshot that is shown; `correction` is None where none is asked for."""

    objection: Objection
    correction: Correction | None
    state: str
    last_day: date | None

    @property
    def is_overdue(self) -> bool:
        return corrections.is_overdue(self.last_day, datetime.now(UTC))


def read(view: View) -> list[Objection]:
    """Every objection of the province; stops with the reason where they cannot be read."""
    try:
        return objections.objections(view.choice.province)
    except StoreError:  # the header says why
        elements.headline(view, view.t("objections.unread"))
        st.stop()


def sentence(view: View, everything: list[Objection]) -> str:
    """The province's counts, which are for all: by state as decided, whatever has been delivered since."""
    if not everything:
        return view.t("objections.headline_none")
    counts = dict.fromkeys(objections.STATES, 0)
    for one in everything:
        counts[one.state] += 1
    return view.t("objections.headline", total=len(everything), **counts)


def mine(view: View, everything: list[Objection]) -> list[Line]:
    """Those that the reader may see, open ones first, the newest of each first."""
    limits = corrections.limits(view.data.ask(corrections.clocks))
    lines = [_line(view, one, limits) for one in objections.seen_by(everything, view.data.own_courts)]
    return sorted(lines, key=lambda line: (line.state not in OPEN, -line.objection.thread))


def _line(view: View, one: Objection, limits: dict[str, int]) -> Line:
    found = corrected(view, one) if one.state == ACCEPTED else None
    state = corrections.state(one, found) if found else one.state
    return Line(one, found, state, corrections.due(one, state, limits))


def corrected(view: View, one: Objection) -> Correction:
    """What the snapshot says of deliveries that came after the filing."""
    since = one.filed_at.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="seconds")
    keys = tuple(one.keys.values())
    return corrections.correction(one, view.data.ask(corrections.changed_since, since, one.named, keys))


def numbered(view: View, one: Objection) -> str:
    about = one.about
    named = (
        view.names.court(about.court),
        view.names.indicator_or_code(about.indicator),
        view.names.month(about.month),
    )
    return " · ".join(named)


def table(view: View, lines: list[Line]) -> None:
    t = view.t
    frame = pd.DataFrame([_row(view, line) for line in lines], columns=list(COLUMNS))
    columns = {name: elements.text(t(f"objections.{name}")) for name in COLUMNS}
    elements.table(view, frame, columns, "objections", rows=10)
    st.html(blocks.reading(t("objections.queue_reading")))
    if len(frame):
        shown = frame.rename(columns={name: t(f"objections.{name}") for name in COLUMNS})
        elements.download(view, shown, "objections", [t("page.objections"), view.names.where()])


def _row(view: View, line: Line) -> dict[str, str]:
    one, t = line.objection, view.t
    clock = "objections.overdue" if line.is_overdue else "objections.running"
    return {
        "number": str(one.thread),
        "state": t(f"objection_state.{line.state}"),
        "court": view.names.court(one.about.court),
        "indicator": view.names.indicator_or_code(one.about.indicator),
        "month": view.names.month(one.about.month),
        "cases": formats.number(len(one.named)),
        "filed": formats.moment(one.filed_at),
        "last_day": line.last_day.isoformat() if line.last_day else formats.ABSENT,
        "clock": t(clock) if line.last_day else formats.ABSENT,
    }


def choose(view: View, lines: list[Line]) -> Line | None:
    """One of them, by its number in the address, the first one otherwise; with what corrected it if it is over.

    What is over keeps its state whatever was delivered: in the list nobody has to look for that.
    """
    if not lines:
        return None
    by_number = {str(line.objection.thread): line for line in lines}
    options = list(by_number)
    with view.more:
        said = url_state.choose("objection", view.t("page.objections"), options, options[0], lambda n: f"№ {n}", 120)
    line = by_number[said]
    return replace(line, correction=corrected(view, line.objection)) if line.state == CLOSED else line

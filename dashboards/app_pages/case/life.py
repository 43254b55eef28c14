"""The life of one case in order of time, drawn on a line and as a table: filed, frozen, paid, closed, resumed.
Whether the reader may see the case is decided by the database that their role is given."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboards.app_pages.case import chart, queries
from dashboards.app_pages.case.facts import Case
from dashboards.components import narrowing
from dashboards.rows import records
from dashboards.shell import elements
from dashboards.shell.cached_queries import by_code
from dashboards.shell.view import View

MOST = 300
NAMED = ("check", "node", "seizure")  # events whose note is a code


def show(view: View, case: Case) -> None:
    """The stations of the case; of a case without a single day, nothing."""
    found = records(view.data.ask(queries.life, case.case_id, MOST, 1))
    if not found:
        return
    t = view.t
    elements.section(t("case.life"), t("case.life_measure", n=len(found)))
    stations = [
        chart.Station(row["event_date"], t(f"case_event.{row['event_code']}"), _note(view, row)) for row in found
    ]
    end = max(
        [case.row["closed_date"]] if not pd.isna(case.row["closed_date"]) else [row["event_date"] for row in found]
    )
    elements.picture(
        chart.drawn(stations, case.row["filed_date"], end, view.colours), "case_line", t("case.line_reading")
    )
    frame = pd.DataFrame(
        {
            "event_date": [f"{row['event_date']:%Y-%m-%d}" for row in found],
            "event": [station.event for station in stations],
            "note": [station.note for station in stations],
            "court": [view.names.court(row["court_code"]) for row in found],
        }
    )
    columns = {name: elements.text(t(f"case.life_{name}")) for name in frame.columns}
    elements.table(view, frame.assign(case_id=case.case_id), columns, "case_life", rows=16)
    elements.reading(t("case.life_reading"))


def _note(view: View, row: dict[str, Any]) -> str:
    note = row["note"]
    if not isinstance(note, str):
        return ""
    if row["event_code"] == "closed":
        return narrowing.closing_names(view).get(note, note)
    if row["event_code"] not in NAMED:
        return note
    known = by_code(view.data.source, queries.names, "code").get(note)
    return f"{note} {view.t.name(known)}" if known else note

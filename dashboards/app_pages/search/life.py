"""The life of one case in order of time: filed, queried, listed, auctioned, paid, closed, re-checked, resumed.
Whether the reader may see the case is decided by the database that their role is given."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboards.app_pages.search import queries
from dashboards.rows import records
from dashboards.shell import elements
from dashboards.shell.cached_queries import by_code
from dashboards.shell.view import View

MOST = 200


def show(view: View, number: str) -> None:
    """The stations of the cases with the number; of none, nothing."""
    found = view.data.ask(queries.life, number, MOST, 1)
    if found.empty:
        return
    t = view.t
    elements.section(t("search.life"), number)
    frame = pd.DataFrame(
        {
            "event_date": [f"{row['event_date']:%Y-%m-%d}" for row in records(found)],
            "event": [t(f"case_event.{row['event_code']}") for row in records(found)],
            "note": [_note(view, row) for row in records(found)],
            "court": [view.names.court(row["court_code"]) for row in records(found)],
        }
    )
    columns = {name: elements.text(t(f"search.life_{name}")) for name in frame.columns}
    elements.table(view, frame.assign(case_number=number), columns, "case_life", rows=16)
    elements.reading(t("search.life_reading"))


def _note(view: View, row: dict[str, Any]) -> str:
    if not isinstance(row["note"], str):
        return ""
    if row["event_code"] != "check":
        return row["note"]
    known = by_code(view.data.source, queries.checks, "check_code").get(row["note"])
    return f"{row['note']} {view.t.name(known)}" if known else row["note"]

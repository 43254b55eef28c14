"""The checks that a case met: patterns of gaming that it is a hit of, and what was checked of its suspension.
A pattern is a reason to look, never an accusation; what the checks are is on their own pages."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboards.app_pages.case import queries
from dashboards.app_pages.case.facts import Case
from dashboards.rows import records
from dashboards.shell import elements
from dashboards.shell.view import View

MOST = 200


def show(view: View, case: Case) -> None:
    t = view.t
    found = records(view.data.ask(queries.checks, case.case_id, MOST, 1))
    if not found:
        elements.reading(t("case.checks_none"))
        return
    frame = pd.DataFrame([_worded(view, row) for row in found])
    columns = {name: elements.text(t(f"case.check_{name}")) for name in frame.columns}
    elements.table(view, frame.assign(case_id=case.case_id), columns, "case_checks", rows=12)
    elements.reading(t("case.checks_reading"))


def _worded(view: View, row: dict[str, Any]) -> dict[str, str]:
    return {
        "name": f"{row['code']} {view.t.name(row)}",
        "month": f"{row['event_month']:%Y-%m}" if row["event_month"] else "",
        "result": view.t(f"case_result.{row['result']}"),
        "detail": view.t.name(row, "detail"),
    }

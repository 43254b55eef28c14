"""In which numbers a case counts, window by window, and in the window shown why not: the side, the reason, the number.
How near a case comes to a number is asked in dashboards.queries.case_counting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboards import formats
from dashboards.app_pages.case.facts import Case
from dashboards.queries import case_counting, definitions, dimensions
from dashboards.queries.case_counting import COUNTED
from dashboards.rows import records
from dashboards.shell import elements, links
from dashboards.shell.cached_queries import by_code
from dashboards.shell.view import View

Row = Mapping[str, Any]
BOTH, NUMERATOR, DENOMINATOR, NEITHER = "both", "numerator", "denominator", "neither"


def show(view: View, case: Case) -> None:
    """A row an indicator of the court's own number; the window shown first, with the reason."""
    t, here = view.t, view.choice.window
    windows = by_code(view.data.source, dimensions.windows, "window_code")
    asked = view.choice.province, case.case_id, case.court, view.choice.month, tuple(windows)
    found: dict[str, list[Row]] = {code: [] for code in windows}
    for each in records(view.data.ask(case_counting.counting, *asked)):
        found[each["window_code"]].append(each)
    rows = [row for row in found[here] if is_asked(row)]
    if not rows:
        elements.reading(t("case.counting_none"))
        return
    counted = sum(side(row) != NEITHER for row in rows)
    frame = pd.DataFrame([_worded(view, case, row) for row in rows])
    columns = {
        "indicator": elements.text(t("column.indicator"), width=210, pinned=True),
        "side": elements.text(t("case.side")),
        "why": elements.text(t("case.why"), width="large"),
        "value": elements.text(t("case.value")),
    }
    for code, known in windows.items():
        if code != here:
            other = {row["indicator_code"]: side(row) for row in found[code] if is_asked(row)}
            frame[f"in_{code}"] = [t(f"case_side.{other.get(row['indicator_code'], NEITHER)}") for row in rows]
            columns[f"in_{code}"] = elements.text(t.name(known))
    frame["about"] = [links.about(view, str(row["indicator_code"]), case.court, "own") for row in rows]
    columns["about"] = links.column(view)
    elements.reading(t("case.counting_said", n=counted, total=len(rows), window=t.name(windows[here])))
    elements.table(view, frame.assign(case_id=case.case_id), columns, "case_counting", rows=16)
    elements.reading(t("case.counting_reading"))
    shown = frame[[name for name in columns if name != "about"]]
    labels = {name: t(label) for name, label in (("indicator", "column.indicator"), ("side", "case.side"),
                                                 ("why", "case.why"), ("value", "case.value"))}  # fmt: skip
    labels |= {f"in_{code}": t.name(known) for code, known in windows.items()}
    elements.download(view, shown.rename(columns=labels), "case_counting", [case.number, view.names.where()])


def is_asked(row: Row) -> bool:
    """Whether the indicator has a list of records that may name a case at all."""
    stages = [row[f"{name}_stage"] for name in case_counting.SIDES]
    return any(isinstance(stage, str) and stage != case_counting.NO_LIST for stage in stages)


def side(row: Row) -> str:
    numerator, denominator = (row[f"{name}_stage"] == COUNTED for name in case_counting.SIDES)
    if numerator and denominator:
        return BOTH
    return NUMERATOR if numerator else DENOMINATOR if denominator else NEITHER


def _worded(view: View, case: Case, row: Row) -> dict[str, str]:
    return {
        "indicator": view.names.indicator_or_code(str(row["indicator_code"])),
        "side": view.t(f"case_side.{side(row)}"),
        "why": _why(view, case, row),
        "value": view.names.value(row["value"], str(row["unit"])),
    }


def _why(view: View, case: Case, row: Row) -> str:
    """Why it does not count on the side on which it is missing; nothing where it counts on every side there is."""
    missing = [name for name in ("denominator", "numerator") if isinstance(row[f"{name}_stage"], str)]
    missing = [name for name in missing if row[f"{name}_stage"] != COUNTED]
    if not missing:
        return ""
    name = missing[0]
    known = by_code(view.data.source, definitions.measures, "measure_code")[str(row[f"{name}_measure"])]
    month = row[f"{name}_month"]
    said = {
        "side": view.t(f"column.{name}"),
        "measure": view.t.name(known),
        "definition": view.t.name(known, "definition"),
        "month": formats.ABSENT if formats.is_absent(month) else f"{month:%Y-%m}",
        "type": case.row["case_type"] or formats.ABSENT,
        "scope": view.t.known("cases", str(row[f"{name}_scope"])),
    }
    return view.t(f"case_why.{row[f'{name}_stage']}", **said)

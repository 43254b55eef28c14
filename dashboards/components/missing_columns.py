"""Why a value is not delivered although its files came: the column that they lack, at which courts, in which months.
Which columns are missing is published with the snapshot."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboards.markup import blocks
from dashboards.month import Month
from dashboards.queries import missing_columns as queries
from dashboards.rows import records
from dashboards.shell import elements
from dashboards.shell.view import View

ALIKE = ["kind", "column_name", "reason_code", "first_month", "last_month", "month_count"]
MOST_NAMED = 8


def found(view: View, courts: tuple[str, ...], first: Month, last: Month, indicator: str = "") -> pd.DataFrame:
    """What these courts left out in these months; of one indicator only what it needs."""
    return view.data.ask(queries.spans, courts, first, last, indicator)


def notices(view: View, missing: pd.DataFrame) -> None:
    """A sentence per column, courts with the same months in one; nothing where nothing is missing."""
    for line in sentences(view, missing):
        st.html(blocks.notice(line))


def sentences(view: View, missing: pd.DataFrame) -> list[str]:
    """Which column of which file is missing, how, when, at which courts, and what cannot do without it."""
    if missing.empty:
        return []
    return [_sentence(view, part) for _, part in missing.groupby(ALIKE, sort=False)]


def _sentence(view: View, part: pd.DataFrame) -> str:
    row = records(part)[0]
    courts = [view.names.court(code) for code in part["court_code"]]
    more = len(courts) - MOST_NAMED
    said = view.t("word.comma").join(courts[:MOST_NAMED]) + (view.t("missing.more", n=more) if more > 0 else "")
    return view.t(
        "missing.sentence",
        courts=said,
        kind=view.t(f"kind.{row['kind']}"),
        reason=view.t(f"missing.{row['reason_code']}", header=view.t.name(row, "header")),
        months=span(view, row),
        needed=needed(view, row),
    )


def span(view: View, row: dict[str, Any]) -> str:
    """The months in which the column is missing: one, all from one to another, or some between two."""
    first, last, count = row["first_month"], row["last_month"], int(row["month_count"])
    if first == last:
        return str(first)
    is_whole = first.shifted(count - 1) == last
    return view.t("missing.months" if is_whole else "missing.some_months", first=first, last=last, n=count)


def needed(view: View, row: dict[str, Any]) -> str:
    """Indicators and checks that cannot do without the column."""
    named = [view.t.name(row, stem) for stem in ("indicators", "checks")]
    return view.t("word.comma").join(name for name in named if name)


def table(view: View, missing: pd.DataFrame) -> None:
    """court × column of a month with reason, rows and what needs it."""
    rows = records(missing)
    frame = pd.DataFrame(
        {
            "court": [view.names.court(row["court_code"]) for row in rows],
            "kind": [view.t(f"kind.{row['kind']}") for row in rows],
            "header": [view.t.name(row, "header") for row in rows],
            "missing_reason": [view.t(f"missing.short_{row['reason_code']}") for row in rows],
            "row_count": [int(row["row_count"]) for row in rows],
            "needed_by": [needed(view, row) for row in rows],
        }
    )
    columns = {name: elements.text(view.t(f"column.{name}")) for name in frame.columns if name != "row_count"}
    columns["row_count"] = elements.figure(view.t("column.row_count"))
    elements.table(view, frame, {name: columns[name] for name in frame.columns}, "missing_columns", rows=15)

"""What a court has to look at: flags of the checks, streaks at either end, and its open items.
A flag is a reason to look and is never shown without what may explain it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.app_pages.court import queries
from dashboards.findings import COMPOSITE
from dashboards.markup import blocks
from dashboards.rows import records
from dashboards.shell import court_scope, elements, url_state
from dashboards.shell.view import View


def checks(view: View, court: str) -> None:
    """The flags of the month with threshold and innocent explanation, and how many checks found nothing."""
    t, found = view.t, view.data.ask(queries.checks, court, view.choice.month)
    elements.section(t("court.checks"), t("court.checks_measure"))
    if not view.data.sees([court]):
        elements.reading(t("door.empty_table"))
        return
    flagged = found[found["flag"] != "none"]
    for row in records(flagged):
        st.html(blocks.definition(_flag(view, row)))
    elements.reading(t("court.checks_reading", flagged=len(flagged), looked=len(found)))


def _flag(view: View, row: dict[str, Any]) -> list[tuple[str, str]]:
    t = view.t
    figures = t(
        "court.check_figures",
        hits=formats.number(row["hit_count"]),
        n=formats.number(row["n"]),
        value=formats.percent(row["value"]),
        own=formats.percent(row["own_base"]),
        peers=formats.percent(row["peer_median"]),
    )
    protected = row["indicator_code"]
    named = f"{protected} {view.names.indicator(protected)}" if protected in view.data.indicators.index else ""
    return [
        (t(f"flag.{row['flag']}"), t.name(row)),
        (t("court.check_shows"), t.name(row, "shows")),
        (t("court.check_seen"), figures),
        (t("court.check_threshold"), t.name(row, "threshold")),
        (t("court.check_innocent"), t.name(row, "innocent")),
        (t("court.check_protects"), named),
    ]


def streaks(view: View, court: str, scope: str) -> None:
    """Months in a row maybe among the last or the first; shown in rank mode alone, because they are places."""
    if not view.choice.is_ranked:
        return
    t, found = view.t, view.data.ask(queries.streaks, court, scope, view.choice.month, view.choice.window)
    elements.section(t("court.streaks"), t("court.streaks_measure"))
    lines = [
        t(
            f"court.streak_{row['streak_code']}",
            indicator=t("word.composite") if row["indicator_code"] == COMPOSITE else _name(view, row["indicator_code"]),
            first=row["first_month"],
            months=int(row["month_count"]),
            n=formats.number(row["end_count"]),
        )
        for row in records(found)
    ]
    st.html(blocks.lines(lines) if lines else blocks.reading(t("court.streaks_none")))
    elements.reading(t("court.streaks_reading"))


def _name(view: View, code: str) -> str:
    return view.names.indicator(code) if code in view.data.indicators.index else code


def items(view: View, court: str, scope: str) -> None:
    """The open items of the ledger as of the month's end: what, found how and when, due when, overdue or not."""
    t = view.t
    if not view.data.sees(court_scope.members(view, court, scope)):
        elements.section(t("court.items"))
        elements.reading(t("door.empty_table"))
        return
    size, asked = elements.PAGE_SIZE, (court, scope, view.choice.month)
    found = view.data.ask(queries.items, *asked, size, 1)
    count, overdue = (int(found.iloc[0][name]) if len(found) else 0 for name in ("total_count", "overdue_count"))
    elements.section(t("court.items"), t("court.items_measure", open=count, overdue=overdue))
    if found.empty:
        elements.reading(t("court.items_none"))
        return
    pages = -(-count // size)
    with st.container(key="screen_items"):
        page = url_state.page_number("items_page", pages)
        frame = _worded(view, found if page == 1 else view.data.ask(queries.items, *asked, size, page))
        _item_table(view, frame)
    headings = [t("record.item_id"), t("record.problem_class"), t("record.found_by"), t("record.due_date")]
    named = ("item_id", "problem_class", "found_by", "due_date", "state")
    listed = ([_paper(row[name]) for name in named] for row in records(frame))
    st.html(blocks.sheet([*headings, t("column.status")], listed))
    if pages > 1:
        elements.reading(t("evidence.page", page=page, pages=pages, count=formats.number(count)))


def _worded(view: View, found: pd.DataFrame) -> pd.DataFrame:
    rows = records(found)
    return pd.DataFrame(
        {
            "item_id": found["item_id"].tolist(),
            "court": [view.names.court(code) for code in found["court_code"]],
            "problem_class": found["problem_class"].tolist(),
            "found_by": [row["found_by"] or formats.ABSENT for row in rows],
            "indicator": [_name(view, row["indicator_code"]) if row["indicator_code"] else "" for row in rows],
            "found_date": found["found_date"].tolist(),
            "due_date": found["due_date"].tolist(),
            "open_days": found["open_days"].tolist(),
            "state": [view.t("court.item_overdue" if row["is_overdue"] else "court.item_open") for row in rows],
        }
    )


def _item_table(view: View, frame: pd.DataFrame) -> None:
    t = view.t
    columns: dict[str, Any] = {
        "item_id": elements.text(t("record.item_id")),
        "court": elements.text(t("column.court")),
        "problem_class": elements.text(t("record.problem_class")),
        "found_by": elements.text(t("record.found_by")),
        "indicator": elements.text(t("column.indicator")),
        "found_date": st.column_config.DateColumn(t("record.found_date"), format="YYYY-MM-DD"),
        "due_date": st.column_config.DateColumn(t("record.due_date"), format="YYYY-MM-DD"),
        "open_days": elements.figure(t("court.open_days")),
        "state": elements.text(t("column.status")),
    }
    elements.table(view, frame, columns, "items", rows=10)


def _paper(cell: Any) -> str:
    if formats.is_absent(cell):
        return formats.ABSENT
    return f"{cell:%Y-%m-%d}" if isinstance(cell, pd.Timestamp) else str(cell)

"""The items themselves with the indicators that raised them, and what was raised and has no item yet.
Sums over items are in supervision_blocks."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.app_pages.supervision import queries
from dashboards.markup import blocks
from dashboards.rows import records
from dashboards.shell import record_table as tables
from dashboards.shell import url_state
from dashboards.shell.court_scope import Group
from dashboards.shell.view import View

STATES = ("", "overdue", "open", "written_off_late", "written_off")
SHOWN = (
    "item_id",
    "court",
    "item_state",
    "problem_class",
    "found_by",
    "found_date",
    "due_date",
    "written_off_date",
    "indicator",
    "found_value",
    "last_value",
    "value_change",
    "last_status",
)


def items(view: View, group: Group) -> None:
    """Items of the window's ledger, overdue first; ranks only where the mode allows them."""
    t, (first, last, _) = view.t, view.data.bounds
    status = url_state.choose("list", t("bar.list"), STATES, "", lambda code: t(f"item_status.{code or 'all'}"))
    columns = (*SHOWN, "found_rank", "last_rank") if view.choice.is_ranked else SHOWN
    wanted = tables.List("items", "supervision_column", columns)

    def worded(frame: pd.DataFrame) -> pd.DataFrame:
        return item_words(view, frame)

    tables.paged(view, queries.items, (group.members, first, last, status), wanted, worded)
    st.html(blocks.reading(t("supervision.items_reading")))


def item_words(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    """Vocabulary in the reader's language; values in their indicator's unit."""
    shown = frame.copy()
    for section in ("problem_class", "found_by"):
        shown[section] = [view.t.known(section, str(value)) for value in shown[section]]
    shown["item_state"] = [view.t(f"item_status.{code}") for code in shown["status"]]
    for name in ("found_value", "last_value"):
        shown[name] = [view.names.value(v, str(u)) for v, u in zip(shown[name], shown["unit"], strict=True)]
    shown["value_change"] = [
        view.names.change(v, str(u)) for v, u in zip(shown["value_change"], shown["unit"], strict=True)
    ]
    shown["last_status"] = [
        formats.ABSENT if pd.isna(code) else view.names.status(code) for code in shown["last_status"]
    ]
    return shown


def candidates(view: View, group: Group) -> None:
    """Bottom streaks and flags without an open item of the same court and indicator."""
    t = view.t
    values = (group.members, view.choice.window, view.choice.month, view.choice.is_ranked)
    columns = ("court", "raised_words", "indicator", "check", "flag", "since", "month_count")
    wanted = tables.List("candidates", "supervision_column", columns, {"flag": "flag"})

    def worded(frame: pd.DataFrame) -> pd.DataFrame:
        shown = frame.copy()
        shown["raised_words"] = [t(f"raised_by.{code}") for code in shown["raised_by"]]
        shown["check"] = [
            formats.ABSENT if pd.isna(row["check_code"]) else f"{row['check_code']} {t.name(row)}"
            for row in records(shown)
        ]
        return shown

    count = tables.paged(view, queries.candidates, values, wanted, worded)
    st.html(blocks.reading(t("supervision.candidates_reading" if count else "supervision.no_candidates")))
    if not view.choice.is_ranked:
        st.html(blocks.reading(t("supervision.candidates_interval")))

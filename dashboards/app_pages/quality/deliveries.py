"""The data-quality page's blocks: sums that add up, and one list each for deliveries, rejects, gate and so on.
Every list is paged in SQL."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.app_pages.quality import queries
from dashboards.components import missing_columns
from dashboards.markup import blocks
from dashboards.rows import records
from dashboards.shell import elements, url_state
from dashboards.shell.view import View


def option(view: View, code: str) -> str:
    return view.names.court(code) if code else view.t("word.all_courts")


def sentence(view: View) -> str:
    row = view.data.ask(queries.sums, view.choice.province, view.choice.month).iloc[0]
    returns = view.data.ask(queries.reported_figures, view.choice.province, view.choice.month, "")
    differing = int((~returns["is_within"].fillna(value=True).astype(bool)).sum())
    return view.t(
        "quality.headline",
        month=view.names.month(),
        files=int(row["file_count"]),
        refused=int(row["refused_file_count"]),
        rows=formats.number(row["row_count"]),
        share=formats.percent(_share(row)),
        differing=differing,
    )


def _share(row: pd.Series) -> float | None:
    return float(row["accepted_count"]) / float(row["row_count"]) if row["row_count"] else None


def sums(view: View) -> None:
    """Files and rows of the month; rows = accepted + rejected + held, and the page says whether they do."""
    t, row = view.t, view.data.ask(queries.sums, view.choice.province, view.choice.month).iloc[0]
    names = (
        "file_count",
        "refused_file_count",
        "duplicate_file_count",
        "row_count",
        "accepted_count",
        "rejected_count",
        "held_count",
    )
    st.html(blocks.facts((t(f"column.{name}"), formats.number(row[name]), "") for name in names))
    same = row["row_count"] == row["accepted_count"] + row["rejected_count"] + row["held_count"]
    st.html(blocks.reading(t("quality.adds_up" if same else "quality.not_adding_up")))


def deliveries(view: View, court: str) -> None:
    t = view.t
    grid = view.data.ask(queries.delivery_grid, view.choice.province, view.choice.month)
    grid = grid[grid["court_code"] == court] if court else grid
    if court and len(grid):
        _list(
            view, grid, ("kind", "status_words", "row_count", "refused_count", "last_received_at"), "court_deliveries"
        )
    files = view.data.ask(queries.deliveries, view.choice.province, view.choice.month)
    refused = files[files["status"] == "refused"]
    if len(refused):
        elements.section(t("quality.refused_files"), t("quality.refused_files_measure"))
        _list(view, refused, ("kind", "file_name", "message", "remedy", "received_at"), "refused")
    wanted = (
        "kind",
        "file_name",
        "format",
        "encoding",
        "status_words",
        "row_count",
        "accepted_count",
        "rejected_count",
        "held_count",
        "adds_up",
        "received_at",
        "extra_column_count",
    )
    _list(view, files, wanted, "deliveries")
    st.html(blocks.reading(t("quality.deliveries_reading")))


def columns(view: View, court: str) -> None:
    """The columns that files of the month lack, and what is not delivered for want of them."""
    month, courts = view.choice.month, (court,) if court else tuple(view.data.courts.index)
    missing = missing_columns.found(view, courts, month, month)
    if missing.empty:
        st.html(blocks.reading(view.t("missing.none")))
    else:
        missing_columns.table(view, missing)
    st.html(blocks.reading(view.t("missing.reading")))


def rejects(view: View, court: str) -> None:
    wanted = ("court", "kind", "file_name", "row_number", "disposition", "header", "value", "reason", "remedy")
    _paged(view, queries.rejected_rows, (view.choice.province, view.choice.month, court), wanted, "rejects")
    st.html(blocks.reading(view.t("quality.rejects_reading")))
    elements.section(view.t("quality.months"), view.t("quality.months_measure"))
    months = ("month", "refused_file_count", "rejected_count", "held_count", "row_count")
    _list(view, view.data.ask(queries.months_with_refusals, view.choice.province), months, "months")


def gate(view: View, court: str) -> None:
    results = view.data.ask(queries.gate_results, view.choice.month)
    wanted = (
        "kind",
        "rule",
        "severity",
        "checked_count",
        "failed_count",
        "failed_ratio",
        "threshold",
        "passed",
        "rule_code",
    )
    _list(view, results, wanted, "gate")
    st.html(blocks.reading(view.t("quality.gate_reading")))
    elements.section(view.t("quality.failing"), view.t("quality.failing_measure"))
    rows = ("court", "kind", "rule_code", "severity", "row_number", "record_key", "column_name", "value")
    _paged(view, queries.gate_failing_rows, (view.choice.province, view.choice.month, court), rows, "failing")


def redeliveries(view: View, court: str) -> None:
    wanted = ("month", "court", "kind", "change_words", "record_key", "changed_columns")
    _paged(view, queries.redeliveries, (view.choice.province, court), wanted, "redeliveries")
    st.html(blocks.reading(view.t("quality.redeliveries_reading")))


def flow(view: View, court: str) -> None:
    wanted = ("month", "court", "case_number", "detail", "exception_code")
    _paged(view, queries.flow_exceptions, (view.choice.province, view.choice.month, court), wanted, "flow")
    st.html(blocks.reading(view.t("quality.flow_reading")))


def returns(view: View, court: str) -> None:
    found = view.data.ask(queries.reported_figures, view.choice.province, view.choice.month, court)
    wanted = ("court", "item", "reported_value", "recomputed_value", "difference", "is_within", "reason")
    _list(view, found, wanted, "returns")
    st.html(blocks.reading(view.t("quality.returns_reading")))


def _paged(view: View, query: Any, values: tuple[Any, ...], wanted: tuple[str, ...], name: str) -> None:
    size = elements.PAGE_SIZE
    first = view.data.ask(query, *values, size, 1)
    count = int(first.iloc[0]["total_count"]) if len(first) else 0
    pages = max(1, -(-count // size))
    page = url_state.page_number(f"{name}_page", pages)
    _list(view, first if page == 1 else view.data.ask(query, *values, size, page), wanted, name)
    st.html(blocks.reading(view.t("evidence.page", page=page, pages=pages, count=formats.number(count))))


def _list(view: View, frame: pd.DataFrame, wanted: tuple[str, ...], name: str) -> None:
    t, shown = view.t, worded(view, frame)
    columns: dict[str, Any] = {}
    for column in wanted:
        label = t(f"column.{column}")
        if column in ("failed_ratio", "threshold"):
            columns[column] = elements.share(label)
        elif column in ("adds_up", "is_within", "passed"):
            columns[column] = elements.text(label)
        elif column.endswith("_at"):
            columns[column] = st.column_config.DatetimeColumn(label, format="YYYY-MM-DD HH:mm")
        elif column in shown and pd.api.types.is_numeric_dtype(shown[column]):
            columns[column] = elements.figure(label)
        else:
            columns[column] = elements.text(label)
    elements.table(view, shown, columns, f"list_{name}", rows=15)


def worded(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    """Codes as words of the language, and the language's own column of each bilingual pair."""
    t, shown = view.t, frame.copy()
    if "court_code" in shown:
        shown["court"] = [view.names.court(code) for code in shown["court_code"]]
    if "item_code" in shown:
        shown["item"] = [t.known("return_item", str(code)) for code in shown["item_code"]]
    if "kind" in shown:
        shown["kind"] = [t(f"kind.{kind}") for kind in shown["kind"]]
    for stem, target in (
        ("message", "message"),
        ("remedy", "remedy"),
        ("reason", "reason"),
        ("rule", "rule"),
        ("detail", "detail"),
    ):
        if f"{stem}_zh" in shown:
            shown[target] = [t.name(row, stem) for row in records(shown[[f"{stem}_zh", f"{stem}_en"]])]
    for source, target, section in (
        ("status", "status_words", "delivery"),
        ("change", "change_words", "change"),
        ("severity", "severity", "severity"),
        ("disposition", "disposition", "disposition"),
    ):
        if source in shown:
            shown[target] = [t(f"{section}.{code}") for code in shown[source]]
    for flag in ("adds_up", "is_within", "passed"):
        if flag in shown:
            shown[flag] = [formats.ABSENT if pd.isna(v) else t("word.yes" if v else "word.no") for v in shown[flag]]
    return shown

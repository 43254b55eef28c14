"""The blocks of the access log's page: choices, whether the chain is whole, the lines themselves.
How lines are written and chained is in access."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.access import audit
from dashboards.access.audit_proof import Finding
from dashboards.markup import blocks
from dashboards.shell import elements, url_state
from dashboards.shell.view import View

MOST_SAID = 3
ALL = "all"
COLUMNS = ("number", "happened_at", "reader", "role", "deed", "what", "snapshot_id")


def choices(view: View) -> tuple[str, str, str]:
    """Month of the log ('' when there is none), part of a reader's name, deed ('' for all)."""
    t, months = view.t, audit.months()
    with view.more:
        month = url_state.choose("log", t("audit.month"), months, months[0], str, 132) if months else ""
        deed = url_state.choose(
            "deed", t("audit.what_deed"), (ALL, *audit.DEEDS), ALL, lambda code: t(f"deed.{code}"), 132, is_silent=True
        )
        reader = url_state.sought("reader", t("audit.reader"), 190)
    return month, reader, "" if deed == ALL else deed


def sentence(view: View, month: str) -> str:
    """How many lines a month has, and whether the log is whole, in all its months, or what is wrong with it."""
    if not month:
        return view.t("audit.headline_none")
    total = formats.number(audit.deeds(month, size=1)[1])
    found = audit.wrong()
    if not found:
        return view.t("audit.headline", month=month, total=total)
    said = [_said(view, each) for each in found[:MOST_SAID]]
    more = [view.t("audit.more_findings", count=formats.number(len(found) - MOST_SAID))] if found[MOST_SAID:] else []
    return view.t("audit.headline_broken", month=month, total=total, found=view.t("audit.between").join(said + more))


def _said(view: View, found: Finding) -> str:
    number = formats.number(found.number)
    return view.t(f"audit.found_{found.code}", month=found.month, number=number, detail=found.detail)


def log(view: View, month: str, reader: str, deed: str) -> None:
    """One page of the lines, newest first, with a workbook of them all."""
    t, total = view.t, audit.deeds(month, reader, deed, size=1)[1]
    pages = max(1, -(-total // elements.PAGE_SIZE))
    page = url_state.page_number("log_page", pages)
    shown = _frame(view, audit.deeds(month, reader, deed, elements.PAGE_SIZE, page)[0])
    columns = {name: elements.text(t(f"audit.{name}")) for name in COLUMNS}
    columns["happened_at"] = st.column_config.DatetimeColumn(t("audit.happened_at"), format="YYYY-MM-DD HH:mm:ss")
    columns["what"] = elements.text(t("audit.what"), width="large")
    elements.table(view, shown, columns, "audit_log", rows=15)
    st.html(blocks.reading(t("evidence.page", page=page, pages=pages, count=formats.number(total))))

    def made() -> pd.DataFrame:
        whole = _frame(view, audit.deeds(month, reader, deed, elements.EXPORT_ROWS, 1)[0])
        return whole.rename(columns={name: t(f"audit.{name}") for name in COLUMNS})

    elements.download_made(view, made, f"audit_{month}", [t("audit.log"), month])


def _frame(view: View, lines: list[audit.Deed]) -> pd.DataFrame:
    t = view.t
    return pd.DataFrame(
        [
            {
                "number": str(line.number),
                "happened_at": pd.Timestamp(line.happened_at).tz_convert(formats.BEIJING).tz_localize(None),
                "reader": t("role.local") if line.role == "local" else line.reader,
                "role": t(f"role.{line.role}") if line.role else formats.ABSENT,
                "deed": t(f"deed.{line.deed}"),
                "what": t.known("sign_in_way", line.what) if line.deed == "sign_in" else line.what,
                "snapshot_id": line.snapshot_id,
            }
            for line in lines
        ],
        columns=list(COLUMNS),
    )

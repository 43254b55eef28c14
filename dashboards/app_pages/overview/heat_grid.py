"""The heat grid of courts and indicators: places in rank mode, status against interval or target otherwise.
Courts stand in their prefectures and in the official order in both."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboards import findings, formats
from dashboards.components import amounts, ranking_words
from dashboards.findings import COMPOSITE
from dashboards.markup import grids
from dashboards.markup.blocks import TONES
from dashboards.rows import records
from dashboards.shell import elements
from dashboards.shell.view import View

# The simultaneous sets say who stands at an end: a rank alone does not, and has the tone of the middle.
STEPS = {"surely_last": 0, "maybe_last": 1, "maybe_first": 3, "surely_first": 4}
MIDDLE = 2
UNJUDGED = ("too_few", "not_applicable", "not_delivered", "not_in_service")


def show(view: View, standings: pd.DataFrame) -> None:
    """Courts × indicators, with the key and a line on how to read it."""
    kind = "ranked" if view.choice.is_ranked else "interval"
    elements.section(view.t("overview.grid"), view.t(f"overview.grid_measure_{kind}", peer=view.names.peer()))
    # The page's state and the sealed file determine the grid: 46 courts × 19 cells are worded once.
    st.html(_grid((str(view.data.source.database), view.choice.mode, *view.carried.items()), view, standings))
    if view.choice.is_ranked:
        steps = ("surely_last", "maybe_last", "middle", "maybe_first", "surely_first")
        signs = [(status, view.names.status(status)) for status in UNJUDGED]
        st.html(grids.scale([view.t(f"overview.step_{step}") for step in steps], signs))
    else:
        words = view.names.interval_statuses
        st.html(grids.key((s, words.get(s, s)) for s in ("met", "above", "below", *UNJUDGED)))
    elements.reading(view.t(f"overview.grid_reading_{kind}"))


@st.cache_data(max_entries=300, show_spinner=False)
def _grid(state: tuple[Any, ...], _view: View, _standings: pd.DataFrame) -> str:
    view, standings = _view, _standings
    codes = [COMPOSITE, *view.data.choices]
    codes = [code for code in codes if code in set(standings["indicator_code"])]
    cells = {(row["court_code"], row["indicator_code"]): row for row in records(standings)}
    order = standings.drop_duplicates("court_code").sort_values(["prefecture_code", "sort_order"])
    rows = [
        grids.Row(
            view.t.name(court, "prefecture_name"),
            view.names.court(court["court_code"]),
            view.address("court", court=court["court_code"]),
            [_cell(view, cells.get((court["court_code"], code))) for code in codes],
        )
        for court in records(order)
    ]
    heads = [(view.names.indicator(code), f"{code} {view.names.indicator(code, short=False)}") for code in codes]
    return grids.grid(heads, rows, view.t("overview.grid_corner"), is_turned=view.lang == "en")


def _cell(view: View, row: dict[str, Any] | None) -> grids.Cell:
    if row is None:
        return grids.Cell(None, "", "not_applicable", "")
    return _ranked(view, row) if view.choice.is_ranked else _judged(view, row)


def _ranked(view: View, row: dict[str, Any]) -> grids.Cell:
    ranked = not pd.isna(row["rank"])
    has_bounds = ranked and not pd.isna(row["rank_low"]) and not pd.isna(row["rank_high"])
    bounds = view.t("overview.bounds", low=int(row["rank_low"]), high=int(row["rank_high"])) if has_bounds else ""
    title = view.t(
        "overview.cell_ranked" if ranked else "overview.cell_unranked",
        **_said(view, row),
        rank=int(row["rank"]) if ranked else 0,
        count=int(row["ranked_count"] or 0),
        bounds=bounds,
        status=view.names.status(row["status"]),
        place=ranking_words.place(view, row),
    )
    monitor = row["direction"] == "monitor" and row["status"] in findings.JUDGED
    text = str(int(row["rank"])) if ranked else view.names.value(row["value"], row["unit"], 0) if monitor else ""
    return grids.Cell(STEPS.get(str(row["place_code"]), MIDDLE) if ranked else None, text, row["status"], title)


def _judged(view: View, row: dict[str, Any]) -> grids.Cell:
    status = str(row["interval_status"])
    word = view.names.interval_statuses.get(status) or view.names.status(row["status"])
    title = view.t("overview.cell_judged", **_said(view, row), status=word, target=view.names.aim(row))
    return grids.Cell(None, "", status, title, tone=TONES.get(status, "unjudged"))


def _said(view: View, row: dict[str, Any]) -> dict[str, str]:
    return {
        "court": view.names.court(row["court_code"]),
        "indicator": view.names.indicator(row["indicator_code"]),
        "value": amounts.worded(view, row),
        "n": formats.number(row["case_count"]),
    }

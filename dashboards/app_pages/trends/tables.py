"""The trends page's ranks over time and its table month by month.
Ranks are read as published, and in interval mode there are none."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.app_pages.trends import panels, period, queries
from dashboards.app_pages.trends.chart_ranks import bump
from dashboards.components import amounts, ranking_words
from dashboards.components.ranking_words import SIGNS
from dashboards.findings import COMPOSITE
from dashboards.markup import blocks
from dashboards.rows import records
from dashboards.shell import elements, url_state
from dashboards.shell.view import View


def ranks(view: View, courts: tuple[str, ...], indicators: tuple[str, ...]) -> None:
    """The chosen courts' ranks among their peers over two years, the others as grey threads."""
    t = view.t
    elements.section(t("trends.ranks"), t("trends.ranks_measure", peer=view.names.peer()))
    options = [COMPOSITE, *(code for code in indicators if view.data.indicators.loc[code, "direction"] != "monitor")]
    board = url_state.choose(
        "board", t("trends.board"), options, options[-1], view.names.indicator, 270, is_silent=True
    )
    found = view.data.ask(queries.ranks, *view.choice.compared, board)
    chosen = {code: view.names.court(code) for code in courts if code in set(found["court_code"])}
    if not chosen:
        st.html(blocks.reading(t("trends.ranks_none", peer=view.names.peer())))
        return
    frame = _complete(found)
    frame["hover"] = [_hover(view, row) for row in records(frame)]
    reading = t(
        "trends.ranks_reading",
        indicator=view.names.indicator(board, short=False),
        least=int(found["ranked_count"].min()),
        most=int(found["ranked_count"].max()),
        window=view.names.window(),
    )
    elements.picture(bump(frame, chosen, view.colours), "bump", reading)


def _complete(found: pd.DataFrame) -> pd.DataFrame:
    """Every court in every month, without a rank where it has none: a line then breaks and does not bridge."""
    courts, months = found["court_code"].unique(), sorted(found["period_month"].unique())
    every = pd.MultiIndex.from_product([courts, months], names=["court_code", "period_month"])
    return found.set_index(["court_code", "period_month"]).reindex(every).astype("float64").reset_index()


def _hover(view: View, row: dict[str, Any]) -> str:
    if pd.isna(row["rank"]):
        return ""
    low, high = row["rank_low"], row["rank_high"]
    return view.t(
        "trends.ranks_hover",
        court=view.names.court(row["court_code"]),
        month=formats.month(row["period_month"], view.lang),
        rank=int(row["rank"]),
        count=int(row["ranked_count"]),
        interval=formats.ABSENT if pd.isna(low) else f"{int(low)}–{int(high)}",
    )


def table(view: View, series: pd.DataFrame, asked: panels.Asked, apart: int) -> None:
    """Month by month, newest first, as shown and as a workbook."""
    t = view.t
    frame = _worded(panels.state(view, asked), view, series)
    columns = {name: elements.text(t(f"column.{name}")) for name in ("month", "court", "indicator", "value")}
    columns |= {"interval": elements.text(t("trends.column_interval")), "without": elements.text(t("column.without"))}
    columns |= {"n": elements.figure("n")}
    if not frame["without"].any():
        del columns["without"]
    columns |= {name: elements.figure(t(f"column.{name}")) for name in ("numerator", "denominator")}
    columns |= {name: elements.text(t(f"column.{name}")) for name in ("change",)}
    columns |= {"last_year": elements.text(period.said(view, apart))}
    columns |= {name: elements.text(t(f"column.{name}")) for name in ("median", "status", "version")}
    elements.table(view, frame, columns, "trend_table", rows=12)
    names = {name: t(f"column.{name}") for name in frame.columns if name not in ("n", "interval", "last_year")}
    names |= {"interval": t("trends.column_interval"), "last_year": period.said(view, apart)}
    elements.download(view, frame.rename(columns=names), "trends", [t("page.trends"), view.names.where()])


@st.cache_data(max_entries=100, show_spinner=False)
def _worded(state: tuple[Any, ...], _view: View, _series: pd.DataFrame) -> pd.DataFrame:
    view, ordered = _view, _series.sort_values(["period_month"], ascending=False, kind="stable")
    rows = records(ordered)
    units = [view.data.indicators.loc[code, "unit"] for code in ordered["indicator_code"]]
    pairs = list(zip(rows, units, strict=True))
    return pd.DataFrame(
        {
            "month": [f"{row['period_month']:%Y-%m}" for row in rows],
            "court": [panels.place_name(view, row) for row in rows],
            "indicator": [view.names.indicator(row["indicator_code"]) for row in rows],
            "value": [view.names.value(row["value"], unit) for row, unit in pairs],
            "interval": [ranking_words.interval(view, {**row, "unit": unit}) for row, unit in pairs],
            "without": [amounts.without(view, {**row, "unit": unit}) for row, unit in pairs],
            "n": [row["case_count"] for row in rows],
            "numerator": [row["numerator"] for row in rows],
            "denominator": [row["denominator"] for row in rows],
            "change": [_change(view, row, unit) for row, unit in pairs],
            "last_year": [view.names.value(row["same_month_last_year_value"], unit) for row, unit in pairs],
            "median": [view.names.value(row["peer_median"], unit) for row, unit in pairs],
            "status": [f"{SIGNS.get(row['status'], '')} {panels.status(view, row)}" for row in rows],
            "version": [row["definition_version"] for row in rows],
        }
    )


def _change(view: View, row: dict[str, Any], unit: str) -> str:
    """The change on last month, marked where it lies within chance."""
    said = view.names.change(row["value_change"], unit)
    is_chance = not formats.is_absent(row["is_change_significant"]) and not row["is_change_significant"]
    return f"≈ {said}" if is_chance and not formats.is_absent(row["value_change"]) else said

"""The leaderboard's tables: the courts as shown, those without a rank and why, and the workbook of both.
Pictures and sentences belong to leaderboard_blocks."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.components import amounts, court_comments, under_objection
from dashboards.components import ranking_words as words
from dashboards.findings import COMPOSITE
from dashboards.markup import blocks
from dashboards.rows import records
from dashboards.shell import elements
from dashboards.shell.view import View

TARGETED = ("met", "above", "below")
RANKED_ONLY = (
    "rank",
    "ranks",
    "place",
    "pairs",
    "places",
    "streak",
    "rank_low",
    "rank_high",
)  # never shown in interval mode


def standing(view: View, indicator: str, ranking: pd.DataFrame) -> None:
    """Rank mode: the ranked courts. Interval mode: all courts in the official order with their statuses."""
    t = view.t
    ranked, has_ranks = ranking[ranking["rank"].notna()], words.has_ranks(view, ranking)
    if has_ranks:
        elements.section(t("leaderboard.table"), t("leaderboard.table_measure", ranked=len(ranked), total=len(ranking)))
        shown = worded(view, ranked, indicator)
    else:
        elements.section(t("leaderboard.table_interval"), t("leaderboard.table_interval_measure", total=len(ranking)))
        shown = worded(view, words.official(ranking), indicator)
    columns = _columns(view, shown, indicator)
    with st.container(key="screen_ranking"):
        elements.table(view, shown, columns, "ranking_table", rows=24)
    st.html(_on_paper(shown, columns))
    phrase = "leaderboard.table_reading" if has_ranks else "leaderboard.table_interval_reading"
    st.html(blocks.reading(t(phrase)))
    _export(view, ranking, indicator)


def _on_paper(shown: pd.DataFrame, columns: dict[str, Any]) -> str:
    """The whole table for print, in the columns of the screen."""
    headings = [columns[name]["label"] for name in columns if name in shown.columns]
    lines = shown[[name for name in columns if name in shown.columns]].to_numpy().tolist()
    return blocks.sheet(
        headings, ([cell if isinstance(cell, str) else formats.number(cell) for cell in line] for line in lines)
    )


def worded(view: View, frame: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """The courts in words and figures, as the table and the workbook show them."""
    rows, names = records(frame), view.names.interval_statuses
    scope = str(view.data.peer_groups.loc[view.choice.peer, "scope_code"])
    doubted = {court for court, of, code in under_objection.numbers(view) if (of, code) == (scope, indicator)}
    said = court_comments.cells(view, scope, indicator)
    marks = [f" · {view.t('objection.mark')}" if row["court_code"] in doubted else "" for row in rows]
    shown = pd.DataFrame(
        {
            "rank": frame["rank"].tolist(),
            "court": [view.names.court(row["court_code"], short=False) for row in rows],
            "short_name": [view.names.court(row["court_code"]) for row in rows],
            "interval_status": [_status(names, row["interval_status"]) for row in rows],
            "value": [view.names.value(row["value"], row["unit"]) for row in rows],
            "interval": [words.interval(view, row) for row in rows],
            "without": [amounts.without(view, row) for row in rows],
            "n": frame["case_count"].tolist(),
            "ranks": [words.ranks(row) for row in rows],
            "place": [words.place(view, row) for row in rows],
            "pairs": [_pairs(view, row) for row in rows],
            "places": [elements.rank_step(view, row) for row in rows],
            "streak": [words.streak(view, row) for row in rows],
            "change": [words.change(view, row) for row in rows],
            "status": [_mark(view, row) for row in rows],
            "label": [view.t(f"label.{_label(row)}") + mark for row, mark in zip(rows, marks, strict=True)],
            "numerator": frame["numerator"].round().tolist(),
            "denominator": frame["denominator"].round().tolist(),
            "rank_low": frame["rank_low"].tolist(),
            "rank_high": frame["rank_high"].tolist(),
            "court_code": frame["court_code"].tolist(),
            "comment": [said.get(row["court_code"], "") for row in rows],
        }
    )
    return shown if words.has_ranks(view, frame) else shown.drop(columns=[*RANKED_ONLY, "status"])


def _mark(view: View, row: dict[str, Any]) -> str:
    """The status with its sign; a missed target that the interval holds, or one case decides, is too little to tell."""
    code = str(row["interval_status"]) if row["status"] in TARGETED else str(row["status"])
    return f"{blocks.MARKS.get(code, '')} {view.names.status(code)}"


def _pairs(view: View, row: dict[str, Any]) -> str:
    """How many courts are surely ahead, and how many surely behind."""
    found = words.pairs(row)
    return formats.ABSENT if found is None else view.t("leaderboard.pairs", ahead=found[0], behind=found[1])


def _status(names: dict[str, str], code: str) -> str:
    return f"{words.SIGNS.get(code, '')} {names.get(code, code)}"


def _label(row: dict[str, Any]) -> str:
    return row["value_label"] if isinstance(row["value_label"], str) else "none"


def _columns(view: View, frame: pd.DataFrame, indicator: str) -> dict[str, Any]:
    """Columns of the table, those that have something to say only."""
    t = view.t
    right = {
        name: st.column_config.TextColumn(label, alignment="right", width=width)
        for name, label, width in (
            ("value", t("column.value"), 80),
            ("interval", t("leaderboard.column_interval"), 140),
            ("ranks", t("leaderboard.column_ranks"), 124),
            ("change", t("column.change"), 130),
        )
    }
    chosen: dict[str, Any] = {
        "rank": st.column_config.NumberColumn(t("column.rank"), format="%d", width=50, pinned=True),
        "short_name": elements.text(t("column.court"), width=120, pinned=True),
        "interval_status": elements.text(t("leaderboard.column_status"), width=100),
        "value": right["value"],
        "interval": right["interval"],
        "without": elements.text(t("column.without"), width=120),
        "n": elements.figure("n" if indicator != COMPOSITE else t("column.indicator_count"), width=70),
        "ranks": right["ranks"],
        "place": elements.text(t("leaderboard.column_place"), width=160),
        "pairs": elements.text(t("leaderboard.column_pairs"), width=165),
        "places": elements.text(t("column.places"), width=90),
        "streak": elements.text(t("leaderboard.column_streak"), width=110),
        "change": right["change"],
        "status": elements.text(t("column.status"), width=90),
        "label": elements.text(t("leaderboard.column_label"), width=100),
        "numerator": elements.figure(t("column.numerator")),
        "denominator": elements.figure(t("column.denominator")),
    }
    silent: set[str] = {"interval_status"} if "rank" in frame.columns else set()
    if not frame["without"].any():
        silent.add("without")
    if indicator == COMPOSITE:
        silent |= {"interval", "change", "status", "numerator", "denominator"}
    return {name: config for name, config in chosen.items() if name not in silent and name in frame.columns}


def unranked(view: View, ranking: pd.DataFrame, indicator: str) -> None:
    """Courts without a rank, each with its reason and its last delivery."""
    frame = ranking[ranking["rank"].isna()]
    elements.section(view.t("leaderboard.unranked"), view.t("leaderboard.unranked_measure", n=len(frame)))
    if frame.empty:
        st.html(blocks.reading(view.t("leaderboard.unranked_none")))
        return
    last, shown = words.last_deliveries(view), worded(view, frame, indicator)
    shown["reason"] = [words.reason(view, row, indicator, last) for row in records(frame)]
    wanted = {
        "short_name": elements.text(view.t("column.court"), width=130),
        "reason": elements.text(view.t("column.reason"), width="large"),
        "value": elements.text(view.t("column.value")),
        "n": elements.figure("n"),
    }
    elements.table(view, shown, wanted, "unranked_table", rows=8)


def _export(view: View, ranking: pd.DataFrame, indicator: str) -> None:
    """The whole group as a workbook, figures as figures; made when it is asked for."""
    heads = {
        "interval": "interval",
        "ranks": "ranks",
        "place": "place",
        "pairs": "pairs",
        "streak": "streak",
        "label": "label",
    }
    names = {name: view.t(f"leaderboard.column_{head}") for name, head in heads.items()}
    names["interval_status"] = view.t("leaderboard.column_status")
    value = view.t("column.value")

    def made() -> pd.DataFrame:
        has_ranks = words.has_ranks(view, ranking)
        ordered = ranking if has_ranks else words.official(ranking)
        frame = worded(view, ordered, indicator).drop(columns="short_name")
        frame[["numerator", "denominator"]] = ordered[["numerator", "denominator"]].to_numpy()
        frame["value"] = [formats.scaled(v, u) for v, u in zip(ordered["value"], ordered["unit"], strict=True)]
        others = {name: view.t(f"column.{name}") for name in frame.columns if name not in names and name != "n"}
        return frame.drop(columns="interval_status" if has_ranks else []).rename(columns={**names, **others})

    heading = [
        f"{view.names.indicator(indicator, short=False)} · {view.names.peer()}",
        view.names.where(),
        view.names.notice,
    ]
    elements.download_made(view, made, f"ranking_{indicator}_{view.choice.peer}", heading, {value: "0.00"})

"""The court page's blocks: sentence, indicator table with sparklines, flow of cases, peers.
The records behind a number are in evidence_blocks."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboards import findings, formats
from dashboards.app_pages.court import chart_peers, queries
from dashboards.charts import flow as flow_chart
from dashboards.components import amounts, case_flow, missing_columns, ranking_words
from dashboards.markup import blocks
from dashboards.queries import windows
from dashboards.rows import records
from dashboards.shell import court_scope, elements, links, url_state
from dashboards.shell.view import View

FLOW_SCOPES = ("all_enforcement", "first_enforcement", "resumed_enforcement")


def default_court(view: View) -> str:
    """The first court of the chosen peer group."""
    members = view.data.members
    return str((members if len(members) else view.data.courts).index[0])


def sentence(view: View, court: str, scope: str, indicators: pd.DataFrame, composite: pd.DataFrame) -> str:
    """Where the court stands: its composite rank in rank mode, counts by status in interval mode."""
    name = view.names.court(court, short=False)
    if scope != "own":
        name = view.t(f"scope.named_{scope}", court=name)
    if not view.choice.is_ranked:
        return _statuses(view, name, indicators)
    placed = indicators[indicators["rank"].notna()]["place_code"]
    counts = {"front": int(placed.isin(findings.FIRST).sum()), "back": int(placed.isin(findings.LAST).sum())}
    counts["ranked"] = len(placed)
    if composite.empty or pd.isna(composite.iloc[0]["rank"]):
        return view.t("court.headline_unranked", court=name, **counts)
    row = composite.iloc[0]
    return view.t(
        "court.headline",
        court=name,
        rank=int(row["rank"]),
        count=int(row["ranked_count"]),
        span=_span(view, row),
        change=_step(view, row),
        **counts,
    )


def _span(view: View, row: Any) -> str:
    """The interval of the rank as part of a sentence; nothing where none was published."""
    if formats.is_absent(row["rank_low"]):
        return ""
    return view.t("court.span", low=formats.number(row["rank_low"]), high=formats.number(row["rank_high"]))


def _step(view: View, row: dict[str, Any]) -> str:
    """Places gained or lost since last month, as part of a sentence; without evidence it says so."""
    if formats.is_absent(row["rank_change"]):
        return view.t("rank.unknown")
    said = elements.rank_step(view, row).split(" ", 1)[-1]
    is_told = not row["rank_change"] or findings.is_beyond_chance(row)
    return said if is_told else view.t("rank.chance", said=said)


def _statuses(view: View, name: str, indicators: pd.DataFrame) -> str:
    found = indicators["interval_status"].value_counts().to_dict()
    said = [f"{name} {found[code]}" for code, name in view.names.interval_statuses.items() if code in found]
    return view.t("court.headline_interval", court=name, count=len(indicators), said=view.t("word.comma").join(said))


def table(view: View, court: str, scope: str, indicators: pd.DataFrame, history: pd.DataFrame) -> None:
    """All indicators: value with interval, n, peers, standing, change, twenty-four months, label, and the grounds."""
    t = view.t
    past = {code: part["value"].dropna().tolist() for code, part in history.groupby("indicator_code")}
    rows = records(indicators)
    standing = _ranks(view, rows) if view.choice.is_ranked else {"status": _words(view, rows)}
    cells: dict[str, list[Any]] = {
        "code": [row["indicator_code"] for row in rows],
        "indicator": [t.name(row) for row in rows],
        "value": [view.names.value(row["value"], row["unit"]) for row in rows],
        "interval": [ranking_words.interval(view, row) for row in rows],
        "without": [amounts.without(view, row) for row in rows],
        "n": [row["case_count"] for row in rows],
        "median": [view.names.value(row["peer_median"], row["unit"]) for row in rows],
        **standing,
        "change": [view.names.change(row["value_change"], row["unit"]) for row in rows],
        "direction": [t(f"direction.short_{row['direction']}") for row in rows],
        "history": [past.get(row["indicator_code"], []) for row in rows],
        "label": [t(f"badge.{row['value_label']}") if isinstance(row["value_label"], str) else "" for row in rows],
        "about": [links.about(view, row["indicator_code"], court, scope) for row in rows],
    }
    if not any(cells["without"]):
        del cells["without"]
    frame = pd.DataFrame(cells)
    columns: dict[str, Any] = {name: elements.text(t(f"column.{name}")) for name in cells if name != "n"}
    for name in ("value", "interval", "median", "change"):
        columns[name] = st.column_config.TextColumn(t(f"column.{name}"), alignment="right")
    columns["code"] = elements.text(t("column.code"), width=64, pinned=True)
    columns["indicator"] = elements.text(t("column.indicator"), width=268)
    if "status" in columns:
        columns["status"] = elements.text(t("column.status"), width=112)
    columns["history"] = st.column_config.LineChartColumn(t("column.history"), width=130)
    columns["about"] = links.column(view)
    ordered = {name: columns.get(name, elements.figure("n")) for name in cells}
    with st.container(key="screen_indicators"):
        elements.table(view, frame, ordered, "court_indicators", rows=20)
    kept = frame.drop(columns=["history", "about"])
    headed = kept.rename(columns={name: t(f"column.{name}") for name in kept.columns if name != "n"})
    elements.download(view, headed, f"court_{court}", [view.names.court(court, short=False), view.names.where()])
    st.html(blocks.sheet(headed.columns, ([_cell(cell) for cell in line] for line in headed.to_numpy().tolist())))
    elements.reading(
        t(
            "court.indicators_reading" if view.choice.is_ranked else "court.intervals_reading",
            window=view.names.window(),
        )
    )


def missing(view: View, court: str, scope: str) -> None:
    """The columns that the court's files of the window lack, and what is not delivered for want of them."""
    first, last, _ = view.data.bounds
    lacking = missing_columns.found(view, court_scope.members(view, court, scope), first, last)
    missing_columns.notices(view, lacking)


def _cell(cell: Any) -> str:
    if formats.is_absent(cell):
        return formats.ABSENT
    return cell if isinstance(cell, str) else formats.number(cell)


def _ranks(view: View, rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    return {
        "rank": [_rank(view, row) for row in rows],
        "rank_interval": [_rank_interval(row) for row in rows],
        "places": [elements.rank_step(view, row) for row in rows],
        "status": [f"{blocks.MARKS.get(row['status'], '')} {view.names.status(row['status'])}" for row in rows],
    }


def _rank(view: View, row: dict[str, Any]) -> str:
    if pd.isna(row["rank"]):
        return formats.ABSENT
    return view.t("court.rank", rank=int(row["rank"]), count=int(row["ranked_count"]))


def _rank_interval(row: dict[str, Any]) -> str:
    return formats.ABSENT if pd.isna(row["rank_low"]) else f"{int(row['rank_low'])}–{int(row['rank_high'])}"


def _words(view: View, rows: list[dict[str, Any]]) -> list[str]:
    """The words of interval mode; a scope without peers keeps the plain status."""
    words = view.names.interval_statuses
    return [words.get(row["interval_status"]) or view.names.status(row["status"]) for row in rows]


def flow(view: View, court: str, scope: str) -> None:
    """Opening + new − closed by mode = pending, as a picture and as the table's figures."""
    t, (first, last, _) = view.t, view.data.bounds
    found = view.data.ask(windows.measures, court, scope, first, last)
    available = [code for code in FLOW_SCOPES if code in set(found["case_scope"])]
    if not available:
        elements.reading(t("empty.table"))
        return
    case_scope = url_state.choose("cases", t("bar.cases"), available, available[0], lambda code: t(f"cases.{code}"))
    of_scope = found[found["case_scope"] == case_scope].set_index("measure_code")["value"].astype(float).to_dict()
    steps = case_flow.flow_steps(of_scope)
    frame = pd.DataFrame(steps, columns=["code", "amount", "kind"])
    frame["label"] = [t(f"flow.{code}") for code in frame["code"]]
    frame["text"] = [formats.number(abs(amount)) for amount in frame["amount"]]
    elements.picture(flow_chart.waterfall(frame, view.colours), "flow", t("court.flow_reading", first=first, last=last))
    st.html(blocks.facts(((row["label"], row["text"], "") for row in records(frame)), is_tight=True))
    gap = case_flow.flow_gap(of_scope)
    phrase = "court.flow_adds_up" if gap == 0 else "court.flow_gap"
    elements.reading(t(phrase, gap=formats.number(gap)))
    _inactive(view, court, scope, case_scope)


def _inactive(view: View, court: str, scope: str, case_scope: str) -> None:
    """The other lens: cases suspended lie inactive and may be resumed; their flow, with its own check."""
    t = view.t
    found = view.data.ask(queries.flows, court, scope, view.choice.month, view.choice.window, case_scope)
    found = found[found["lens"] == "inactive"] if len(found) else found
    if found.empty:
        return
    rows = records(found)
    items = [(t(f"flow.{row['stage_code']}"), formats.number(row["case_count"]), "") for row in rows]
    st.html(blocks.facts(items, is_tight=True))
    gap = sum(row["flow_effect"] * row["case_count"] for row in rows)
    gap -= sum(row["case_count"] for row in rows if row["flow_effect"] == 0)
    elements.reading(t("court.inactive_adds_up" if gap == 0 else "court.inactive_gap", gap=formats.number(gap)))


def choose_indicator(view: View, indicators: pd.DataFrame) -> str:
    """The indicator that the peers and the evidence are about; empty when the court has none."""
    elements.section(view.t("court.peers"), view.t("court.peers_measure"))
    options = indicators["indicator_code"].tolist()
    if not options:
        return ""
    return url_state.choose(
        "indicator",
        view.t("bar.indicator"),
        options,
        options[min(1, len(options) - 1)],
        lambda code: f"{code} {view.names.indicator(code)}",
        300,
    )


def peers(view: View, court: str, scope: str, indicator: str) -> None:
    """The court's peer group in rank order, the court itself marked."""
    t = view.t
    group = (
        view.data.ask(queries.peers, court, scope, view.choice.month, view.choice.window, indicator)
        if indicator
        else pd.DataFrame()
    )
    ranked = _compared(view, group)
    if ranked.empty:
        elements.reading(t("court.peers_none"))
        return
    unit = str(ranked.iloc[0]["unit"])
    frame = pd.DataFrame(
        {
            "court_code": ranked["court_code"].tolist(),
            "label": [
                f"{int(r)}  {view.names.court(c)}" if view.choice.is_ranked else view.names.court(c)
                for r, c in zip(ranked["rank"].fillna(0), ranked["court_code"], strict=True)
            ],
            "shown": [formats.scaled(v, unit) for v in ranked["value"]],
            "is_small": [bool(n < ranking_words.SMALL) for n in ranked["case_count"].fillna(0)],
            "hover": [
                f"{view.names.court(c)} {view.names.value(v, unit)} n = {formats.number(n)}"
                for c, v, n in zip(ranked["court_code"], ranked["value"], ranked["case_count"], strict=True)
            ],
        }
    )
    suffix = formats.suffix(unit, view.lang)
    words = t("leaderboard.median", value=view.names.value(float(ranked["value"].median()), unit))
    near = around(frame, court)
    chart = chart_peers.ranking(near, view.colours, suffix, (float(frame["shown"].median()), words), court)
    phrase = "court.peers_reading" if view.choice.is_ranked else "court.peers_reading_interval"
    elements.picture(chart, "peers", t(phrase, shown=len(near), total=len(frame)))


def _compared(view: View, group: pd.DataFrame) -> pd.DataFrame:
    """Ranked courts in their order in rank mode; all with a value, in the official order, in interval mode."""
    if group.empty:
        return group
    if view.choice.is_ranked:
        return group[group["rank"].notna()]
    return group[group["value"].notna()].sort_values("sort_order")


def around(frame: pd.DataFrame, court: str, most: int = 15) -> pd.DataFrame:
    """At most `most` rows, the court in the middle where that is possible."""
    at = frame.index[frame["court_code"] == court]
    centre = frame.index.get_loc(at[0]) if len(at) else 0
    start = max(0, min(int(centre) - most // 2, len(frame) - most))
    return frame.iloc[start : start + most].reset_index(drop=True)

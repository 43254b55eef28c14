"""The overview's blocks about courts: who needs attention and why, where they lie, who moved, how many meet what.
The rules behind concerns and movers are in findings."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboards import findings, formats
from dashboards.components import amounts
from dashboards.markup import blocks
from dashboards.markup.tiles import Tile
from dashboards.markup.tiles import tiles as tile_grid
from dashboards.queries import attention as queries
from dashboards.queries import province_facts
from dashboards.rows import records
from dashboards.shell import elements
from dashboards.shell.view import View

MOST_CONCERNS = 8  # at once; the others open below
MOST_MOVERS = 3
COUNTED = ("met", "above", "below", "too_few", "not_applicable", "not_delivered", "not_in_service")


def members(view: View) -> list[str]:
    """The courts of the chosen peer group, in the official order."""
    return view.data.members.index.tolist()


def grounds(view: View) -> findings.Grounds:
    """Everything that attention is judged by, for the chosen month, window and peer group."""
    at = (view.choice.month, view.choice.window)
    return findings.Grounds(
        view.data.ask(province_facts.composites, *view.choice.compared),
        view.data.coverage,
        view.data.ask(queries.unmet, view.choice.peer, view.choice.province, *at),
        view.data.ask(queries.flags, view.choice.province, view.choice.month),
        view.data.ask(queries.restated, *at),
        view.data.ask(queries.streaks, view.choice.peer, *at),
    )


def listed(view: View, concerns: list[findings.Concern]) -> None:
    """Each court with its reasons as sentences, and the rules they follow from."""
    rows = [
        (view.names.court(c.court_code), view.address("court", court=c.court_code), reasons(view, c)) for c in concerns
    ]
    if rows:
        st.html(blocks.concerns(rows[:MOST_CONCERNS], elements.glossary()))
    else:
        elements.reading(view.t("overview.attention_none"))
    if len(rows) > MOST_CONCERNS:
        with st.expander(view.t("overview.attention_more", n=len(rows) - MOST_CONCERNS)):
            st.html(blocks.concerns(rows[MOST_CONCERNS:], elements.glossary()))
    kind = "" if view.choice.is_ranked else "_interval"
    rule = view.t("overview.attention_rule")
    said = view.t(f"overview.attention_reading{kind}", total=len(concerns), rule=rule)
    elements.reading(said + checks_counted(view))


def checks_counted(view: View) -> str:
    """Which courts' checks a count of concerns can hold; empty for who sees the province's."""
    courts = view.data.reader.courts
    return "" if courts is None else view.t("overview.checks_own" if courts else "overview.checks_none")


def reasons(view: View, concern: findings.Concern) -> list[str]:
    """A concern's reasons as sentences."""
    return [view.t(f"reason.{code}", **worded(view, values)) for code, values in concern.reasons]


def worded(view: View, values: dict[str, Any]) -> dict[str, Any]:
    """The figures of a reason, worded for its sentence."""
    if "kinds" in values:
        return {"kinds": view.t("word.comma").join(view.t(f"kind.{kind}") for kind in values["kinds"])}
    if "row" not in values:
        return values
    row = values["row"]
    if "check_code" in row:
        return {
            "check": view.t.name(row),
            "value": formats.percent(row["value"], 1),
            "n": formats.number(row["n"]),
            "median": formats.percent(row["peer_median"], 1),
            "innocent": view.t.name(row, "innocent"),
        }
    return {
        "indicator": view.names.indicator(row["indicator_code"]),
        "value": amounts.worded(view, row, 1),
        "target": view.names.value(row["target_value"], row["unit"], 0),
        "n": formats.number(row["case_count"]),
    }


def tiles(view: View, core: pd.DataFrame, concerns: list[findings.Concern]) -> None:
    """The prefectures as they lie, with a line on how to read them."""
    st.html(tile_grid(made_tiles(view, core, concerns)))
    elements.reading(view.t("overview.tiles_reading"))


def made_tiles(view: View, core: pd.DataFrame, concerns: list[findings.Concern]) -> list[Tile]:
    """One tile per prefecture: courts that need attention, of its courts, and its jurisdiction's first core figure."""
    concerned = {concern.court_code for concern in concerns}
    courts = view.data.courts[view.data.courts.index.isin(members(view))]
    first = core.iloc[0]["indicator_code"] if len(core) else ""
    found = view.data.ask(queries.jurisdictions, view.choice.province, view.choice.month, view.choice.window, first)
    figures = found.set_index("prefecture_code")
    return [
        _tile(view, str(prefecture), part, concerned, figures, first)
        for prefecture, part in courts.groupby("prefecture_code", sort=False)
    ]


def _tile(
    view: View, prefecture: str, part: pd.DataFrame, concerned: set[str], figures: pd.DataFrame, indicator: str
) -> Tile:
    t, count = view.t, len(concerned & set(part.index))
    late = set(view.data.coverage[view.data.coverage["status"] == "not_delivered"]["court_code"])
    detail = ""
    if prefecture in figures.index:
        row = figures.loc[prefecture]
        detail = f"{view.names.indicator(indicator)} {view.names.value(row['value'], row['unit'], 1)}"
    return Tile(
        place=_place(view, prefecture),
        name=t.name(part.iloc[0].to_dict(), "prefecture_name"),
        figure=t("overview.tile_count", count=count, total=len(part)),
        note=t("overview.tile_delivered", done=len(part) - len(late & set(part.index)), total=len(part)),
        detail=detail,
        address=view.address("court", court=prefecture, scope="jurisdiction"),
        share=count / max(1, len(part)),
    )


def _place(view: View, prefecture: str) -> tuple[int, int] | None:
    """Row and column of the prefecture's tile; None where the register has none, as before registers had any."""
    if "map_row" not in view.data.courts or prefecture not in view.data.courts.index:
        return None
    row, column = (view.data.courts.loc[prefecture, f"map_{axis}"] for axis in ("row", "column"))
    return None if pd.isna(row) or pd.isna(column) else (int(row), int(column))


def movers(view: View, standings: pd.DataFrame) -> None:
    """The largest changes of rank, with n, and whether they go beyond chance."""
    moved = pd.concat([findings.movers(standings, MOST_MOVERS), findings.indicator_movers(standings, MOST_MOVERS + 1)])
    t = view.t
    frame = pd.DataFrame(
        {
            "court": [view.names.court(code) for code in moved["court_code"]],
            "indicator": [view.names.indicator(code) for code in moved["indicator_code"]],
            "rank": [
                t("overview.rank_step", before=int(b), after=int(a))
                for b, a in zip(moved["previous_rank"], moved["rank"], strict=True)
            ],
            "places": [elements.rank_step(view, row) for row in records(moved)],
            "certainty": [_certainty(view, row) for row in records(moved)],
            "value": [amounts.worded(view, row) for row in records(moved)],
            "n": moved["case_count"].tolist(),
        }
    )
    names = ("court", "indicator", "rank", "places", "certainty", "value")
    columns = {name: elements.text(t(f"column.{name}")) for name in names}
    elements.table(view, frame, {**columns, "n": elements.figure("n")}, "movers", rows=10)
    elements.reading(t("overview.movers_reading"))


def _certainty(view: View, row: dict[str, Any]) -> str:
    if pd.isna(row["rank_low"]) or pd.isna(row["rank_high"]):
        return formats.ABSENT
    return view.t("overview.beyond_chance" if findings.is_beyond_chance(row) else "overview.within_chance")


def status_counts(view: View, standings: pd.DataFrame) -> None:
    """Interval mode: for each indicator with a target or an interval, how many courts stand where; in no order."""
    words = view.names.interval_statuses
    judged = standings[standings["interval_status"].isin(COUNTED)]
    counts = judged.groupby(["indicator_code", "interval_status"], sort=False).size().unstack(fill_value=0)
    codes = [code for code in view.data.choices if code in counts.index]
    frame = pd.DataFrame({"indicator": [view.names.indicator(code) for code in codes]})
    for status in COUNTED:
        frame[status] = [int(counts.loc[code].get(status, 0)) for code in codes]
    columns = {"indicator": elements.text(view.t("column.indicator"))}
    columns |= {status: elements.figure(words.get(status, status)) for status in COUNTED}
    elements.table(view, frame, columns, "counts", rows=12)
    elements.reading(view.t("overview.counts_reading"))

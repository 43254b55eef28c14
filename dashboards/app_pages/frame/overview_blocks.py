"""The overview's blocks: sentence, cards, concerns, movers, heat grid, totals, coverage.
The rules behind concerns and movers are in findings."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboards import findings, formats
from dashboards.app_pages.frame import parts
from dashboards.app_pages.frame.view import COMPOSITE, View
from dashboards.charts.spark import sparkline
from dashboards.markup import blocks, grids
from dashboards.markup import cards as markup_cards
from dashboards.queries import windows

MOST_CONCERNS = 8
MOST_MOVERS = 3
# label, measure, case scope, unit: what the province's totals show
TOTALS = (
    ("accepted_cases", "all_enforcement", "cases"),
    ("closed_cases", "all_enforcement", "cases"),
    ("pending_cases", "all_enforcement", "cases"),
    ("judged_recovered_amount", "all_enforcement", "yuan"),
    ("distinct_defaulters", "not_case_based", "persons"),
    ("flight_ban_requests", "not_case_based", "times"),
    ("train_ban_requests", "not_case_based", "times"),
    ("public_exposures", "not_case_based", "times"),
    ("judicial_aid_amount", "not_case_based", "yuan"),
)


def sentence(view: View, tally: dict[str, int], concern_count: int) -> str:
    """The headline, made from the numbers."""
    phrase = "overview.headline_targets" if tally["targets"] else "overview.headline"
    return view.t(phrase, month=view.month_name(), window=view.window_name(), concerns=concern_count, **tally)


def cards(view: View, province: pd.DataFrame, history: pd.DataFrame) -> None:
    """One card per indicator of the province."""
    past = {code: part["value"].tolist() for code, part in history.groupby("indicator_code")}
    st.html(markup_cards.cards(_card(view, row, past) for row in province.to_dict("records")))
    st.html(blocks.reading(view.t("overview.cards_reading", window=view.window_name())))


def _card(view: View, row: dict[str, Any], past: dict[str, list[float]]) -> markup_cards.Card:
    t, unit, target = view.t, row["unit"], row["target_value"]
    verdict = findings.verdict(row["value_change"], row["direction"], unit)
    last_year = None if pd.isna(row["same_month_last_year_value"]) else row["value"] - row["same_month_last_year_value"]
    has_target = not pd.isna(target) and unit == "ratio" and not pd.isna(row["value"])
    return markup_cards.Card(
        code=row["indicator_code"],
        name=t.name(row, "short_name"),
        full_name=t.name(row),
        figure=view.value(row["value"], unit, 1),
        status=row["status"],
        status_label=view.status(row["status"]),
        verdict=verdict,
        change=t(f"verdict.{verdict}", change=view.change(row["value_change"], unit)),
        last_year=t("overview.last_year", change=view.change(last_year, unit)),
        n=f"n = {formats.number(row['case_count'])}",
        spark=sparkline(past.get(row["indicator_code"], []), view.colours.subject, view.colours.rule),
        bullet=(row["value"], target) if has_target else None,
        target=t("overview.no_target") if pd.isna(target) else t("overview.target", target=view.value(target, unit, 1)),
        address=view.address("leaderboard", indicator=row["indicator_code"]),
    )


def concerns_and_movers(view: View, standings: pd.DataFrame, concerns: list[findings.Concern]) -> None:
    """Two columns: who needs attention and why; who moved most."""
    left, right = st.columns(2, gap="medium")
    with left:
        parts.section(view.t("overview.attention"), view.t("overview.attention_measure", peer=view.peer_name()))
        rows = [
            (view.court_name(c.court_code), view.address("court", court=c.court_code), _reasons(view, c))
            for c in concerns[:MOST_CONCERNS]
        ]
        st.html(blocks.concerns(rows) if rows else blocks.reading(view.t("overview.attention_none")))
        st.html(blocks.reading(view.t("overview.attention_reading", shown=len(rows), total=len(concerns))))
    with right:
        parts.section(view.t("overview.movers"), view.t("overview.movers_measure"))
        _movers(view, standings)


def _reasons(view: View, concern: findings.Concern) -> list[str]:
    comma = view.t("word.comma")
    said = []
    for code, values in concern.reasons:
        if "kinds" in values:
            values = {"kinds": comma.join(view.t(f"kind.{kind}") for kind in values["kinds"])}
        if "indicators" in values:
            values = {"indicators": comma.join(view.indicator_name(i) for i in values["indicators"])}
        said.append(view.t(f"reason.{code}", **values))
    return said


def _movers(view: View, standings: pd.DataFrame) -> None:
    moved = pd.concat([findings.movers(standings, MOST_MOVERS), findings.indicator_movers(standings, MOST_MOVERS + 1)])
    frame = pd.DataFrame(
        {
            "court": [view.court_name(code) for code in moved["court_code"]],
            "indicator": [view.indicator_name(code) for code in moved["indicator_code"]],
            "rank": [
                view.t("overview.rank_step", before=int(b), after=int(a))
                for b, a in zip(moved["previous_rank"], moved["rank"], strict=True)
            ],
            "places": [rank_step(view, change) for change in moved["rank_change"]],
            "value": [view.value(v, u) for v, u in zip(moved["value"], moved["unit"], strict=True)],
            "change": [view.change(c, u) for c, u in zip(moved["value_change"], moved["unit"], strict=True)],
            "n": moved["case_count"].tolist(),
        }
    )
    t = view.t
    columns = {
        "court": parts.text(t("column.court")),
        "indicator": parts.text(t("column.indicator")),
        "rank": parts.text(t("column.rank")),
        "places": parts.text(t("column.places")),
        "value": parts.text(t("column.value")),
        "change": parts.text(t("column.change")),
        "n": parts.figure("n"),
    }
    parts.table(view, frame, columns, "movers", rows=10)
    st.html(blocks.reading(t("overview.movers_reading")))


def rank_step(view: View, change: Any) -> str:
    """Places gained or lost, with an arrow and a word."""
    if formats.is_absent(change):
        return formats.ABSENT
    code = "up" if change > 0 else "down" if change < 0 else "same"
    return f"{blocks.ARROWS[code]} {view.t(f'rank.{code}', places=abs(int(change)))}"


def grid(view: View, standings: pd.DataFrame) -> None:
    """Courts × indicators; composite first."""
    # The page's state and the sealed file determine the grid: 46 courts × 19 cells are worded once.
    st.html(_grid((str(view.source.database), *view.carried.items()), view, standings))
    signs = [(s, view.status(s)) for s in ("too_few", "not_applicable", "not_delivered")]
    st.html(grids.scale((view.t("overview.scale_last"), view.t("overview.scale_first")), signs))
    st.html(blocks.reading(view.t("overview.grid_reading")))


@st.cache_data(max_entries=300, show_spinner=False)
def _grid(state: tuple[Any, ...], _view: View, _standings: pd.DataFrame) -> str:
    view, standings = _view, _standings
    codes = [COMPOSITE, *view.choices]
    codes = [code for code in codes if code in set(standings["indicator_code"])]
    cells = {(row["court_code"], row["indicator_code"]): row for row in standings.to_dict("records")}
    places = standings.drop_duplicates("court_code")
    order = places.sort_values(["prefecture_code", "sort_order"])
    rows = [
        grids.Row(
            view.t.name(court, "prefecture_name"),
            view.court_name(court["court_code"]),
            view.address("court", court=court["court_code"]),
            [_cell(view, cells.get((court["court_code"], code))) for code in codes],
        )
        for court in order.to_dict("records")
    ]
    heads = [(view.indicator_name(code), f"{code} {view.indicator_name(code, short=False)}") for code in codes]
    return grids.grid(heads, rows, view.t("overview.grid_corner"), is_turned=view.lang == "en")


def _cell(view: View, row: dict[str, Any] | None) -> grids.Cell:
    if row is None:
        return grids.Cell(None, "", "not_applicable", "")
    place = findings.percentile(row["rank"], row["ranked_count"])
    ranked = not pd.isna(row["rank"])
    title = view.t(
        "overview.cell_ranked" if ranked else "overview.cell_unranked",
        court=view.court_name(row["court_code"]),
        indicator=view.indicator_name(row["indicator_code"]),
        value=view.value(row["value"], row["unit"]),
        n=formats.number(row["case_count"]),
        rank=int(row["rank"]) if ranked else 0,
        count=int(row["ranked_count"] or 0),
        status=view.status(row["status"]),
    )
    monitor = row["direction"] == "monitor" and row["status"] in findings.JUDGED
    text = str(int(row["rank"])) if ranked else view.value(row["value"], row["unit"], 0) if monitor else ""
    return grids.Cell(place, text, row["status"], title)


def totals(view: View) -> None:
    """The province's totals over the window, and since the snapshot's first month below them."""
    first, last, start = view.bounds
    now, ever = _totals(view, first, last), _totals(view, start, last)
    items = []
    for code, scope, unit in TOTALS:
        if (code, scope) not in now:
            continue
        note = view.t("overview.since", month=start, value=formats.value(ever[code, scope], unit, view.lang))
        items.append((view.t(f"total.{code}"), formats.value(now[code, scope], unit, view.lang), note))
    st.html(blocks.facts(items))
    st.html(blocks.reading(view.t("overview.totals_reading", first=first, last=last)))


def _totals(view: View, first: str, last: str) -> dict[tuple[str, str], float]:
    frame = view.ask(windows.measures, view.root, "province", first, last)
    found = {(r["case_scope"], r["measure_code"]): float(r["value"]) for r in frame.to_dict("records")}
    sums = {(code, scope): amount for (scope, code), amount in found.items()}
    for scope in {scope for scope, _ in found}:
        if (scope, "opening_cases") in found:
            sums["accepted_cases", scope] = found[scope, "opening_cases"] + found[scope, "new_cases"]
    persons = view.ask(windows.distinct_defaulters, view.province, first, last)["value"]
    sums["distinct_defaulters", "not_case_based"] = float(persons.iloc[0]) if len(persons) else 0.0
    return sums


def coverage(view: View) -> None:
    """One bar per kind of delivery: courts that delivered, of those expected, and who is missing."""
    comma, rows = view.t("word.comma"), []
    for kind, part in view.coverage.groupby("kind", sort=False):
        missing = part[part["status"] == "not_delivered"]["court_code"]
        late = part[part["status"] == "late"]["court_code"]
        said = [view.t("overview.missing", courts=comma.join(map(view.court_name, missing)))] if len(missing) else []
        said += [view.t("overview.late", courts=comma.join(map(view.court_name, late)))] if len(late) else []
        rows.append((view.t(f"kind.{kind}"), len(part) - len(missing), len(part), comma.join(said)))
    st.html(blocks.coverage(rows) if rows else blocks.reading(view.t("empty.table")))
    st.html(blocks.reading(view.t("overview.coverage_reading")))

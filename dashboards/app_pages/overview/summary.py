"""The overview's blocks about the province: sentence, cards, totals, coverage.
Blocks about courts are in attention_blocks and grid_blocks, the flow of cases in flow_blocks."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboards import findings, formats
from dashboards.charts.spark import sparkline
from dashboards.components import amounts, judged_targets
from dashboards.markup import blocks
from dashboards.markup import cards as markup_cards
from dashboards.month import Month
from dashboards.queries import province_facts as queries
from dashboards.queries import windows
from dashboards.rows import records
from dashboards.shell import elements
from dashboards.shell.view import View
from dashboards.targets import Target

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


def cards(view: View, rows: pd.DataFrame, judged: list[Target], is_core: bool = False) -> None:
    """One card per indicator of the province."""
    known = judged_targets.by_code(judged)
    past: dict[tuple[str, str], list[float]] = {}
    for window in dict.fromkeys(rows["window_code"]) if len(rows) else ():
        history = view.data.ask(queries.province_history, view.data.root, view.choice.month, window)
        past |= {(c, str(window)): part["value"].tolist() for c, part in history.groupby("indicator_code")}
    st.html(markup_cards.cards((_card(view, row, past, known) for row in records(rows)), is_core))
    phrase = "overview.core_reading" if is_core else "overview.cards_reading"
    elements.reading(view.t(phrase, window=view.names.window()))


def targets(view: View, judged: list[Target]) -> None:
    """Every missed target with its figures, then those that cannot be judged, and what is a reference only."""
    elements.section(view.t("overview.targets"), judged_targets.summary(view, judged))
    lines = [*judged_targets.missed(view, judged), *judged_targets.short(view, judged)]
    if lines:
        st.html(blocks.concerns((name, address, [said]) for name, address, said in lines))
    elements.reading(view.t("overview.targets_reading") + judged_targets.references(view, judged))


def _card(
    view: View, row: dict[str, Any], past: dict[tuple[str, str], list[float]], known: dict[str, Target]
) -> markup_cards.Card:
    t, unit = view.t, row["unit"]
    verdict = findings.judged_verdict(row)
    last_year = None if pd.isna(row["same_month_last_year_value"]) else row["value"] - row["same_month_last_year_value"]
    window, target = str(row["window_code"]), known.get(row["indicator_code"])
    if target is not None and target.status != "reference" and target.row["window_code"] == window:
        row = {**row, "status": target.status}
    status, label = view.names.judgement(row)
    at = "" if window == view.choice.window else t("overview.at_window", window=view.names.window(window))
    bullet, band = _bullet(row)
    return markup_cards.Card(
        code=row["indicator_code"],
        name=t.name(row, "short_name"),
        full_name=t.name(row),
        figure=view.names.value(row["value"], unit, 1),
        status=status,
        status_label=label,
        verdict=verdict,
        change=t(f"verdict.{verdict}", change=view.names.change(row["value_change"], unit)),
        last_year=t("overview.last_year", change=view.names.change(last_year, unit)),
        n=f"n = {formats.number(row['case_count'])}{at}",
        n_title=elements.glossary()["n"],
        spark=sparkline(past.get((row["indicator_code"], window), []), view.colours.subject, view.colours.rule),
        bullet=bullet,
        band=band,
        target=view.names.aim(row),
        remark=_remark(view, row, target),
        address=view.address("leaderboard", indicator=row["indicator_code"], window=window),
    )


def _remark(view: View, row: dict[str, Any], target: Target | None) -> str:
    parts = amounts.remark(view, row, 1), judged_targets.remark(view, row, target)
    return view.t("word.semicolon").join(part for part in parts if part)


def _bullet(row: dict[str, Any]) -> tuple[tuple[float, float] | None, tuple[float, float] | None]:
    """(value, target) and the interval, of shares only: other units have no natural scale."""
    if row["unit"] != "ratio" or pd.isna(row["value"]):
        return None, None
    low, high = row["interval_low"], row["interval_high"]
    if not (pd.isna(low) and pd.isna(high)):
        band = (0.0 if pd.isna(low) else low, 1.0 if pd.isna(high) else high)
        return (row["value"], band[0]), band
    return (None, None) if pd.isna(row["target_value"]) else ((row["value"], row["target_value"]), None)


def totals(view: View) -> None:
    """The province's totals over the window, and since the snapshot's first month below them."""
    first, last, start = view.data.bounds
    now, ever = _totals(view, first, last), _totals(view, start, last)
    items = []
    for code, scope, unit in TOTALS:
        if (code, scope) not in now:
            continue
        note = view.t("overview.since", month=start, value=formats.value(ever[code, scope], unit, view.lang))
        items.append((view.t(f"total.{code}"), formats.value(now[code, scope], unit, view.lang), note))
    st.html(blocks.facts(items))
    elements.reading(view.t("overview.totals_reading", first=first, last=last))


def _totals(view: View, first: Month, last: Month) -> dict[tuple[str, str], float]:
    frame = view.data.ask(windows.measures, view.data.root, "province", first, last)
    found = {(r["case_scope"], r["measure_code"]): float(r["value"]) for r in records(frame)}
    sums = {(code, scope): amount for (scope, code), amount in found.items()}
    for scope in {scope for scope, _ in found}:
        if (scope, "opening_cases") in found:
            sums["accepted_cases", scope] = (
                found[scope, "opening_cases"] + found[scope, "new_cases"] + found.get((scope, "moved_cases"), 0.0)
            )
    if found:
        persons = view.data.ask(windows.distinct_defaulters, view.data.root, "province", first, last)["value"]
        sums["distinct_defaulters", "not_case_based"] = float(persons.iloc[0])
    return sums


def gaps(view: View) -> None:
    """First of all: what was sent for the month and does not count, and why. Nothing when all of it counts."""
    if not view.names.gap_reasons:
        return
    courts: dict[str, list[str]] = {}
    for (court, kind), reason in view.names.gap_reasons.items():
        courts.setdefault(court, []).append(view.t("gap.kind", kind=view.t(f"kind.{kind}"), reason=reason))
    comma = view.t("word.comma")
    said = [f"{view.names.court(court)} {comma.join(kinds)}" for court, kinds in courts.items()]
    st.html(blocks.notice(view.t("gap.first", courts=view.t("word.semicolon").join(said))))


def coverage(view: View) -> None:
    """One bar per kind of delivery: courts that delivered, of those expected, and who is missing."""
    comma, rows = view.t("word.comma"), []
    for kind, part in view.data.coverage.groupby("kind", sort=False):
        missing = part[part["status"] == "not_delivered"]["court_code"]
        late = part[part["status"] == "late"]["court_code"]
        said = [view.t("overview.missing", courts=comma.join(map(view.names.court, missing)))] if len(missing) else []
        said += [view.t("overview.late", courts=comma.join(map(view.names.court, late)))] if len(late) else []
        rows.append((view.t(f"kind.{kind}"), len(part) - len(missing), len(part), comma.join(said)))
    st.html(blocks.coverage(rows) if rows else blocks.reading(view.t("empty.table")))
    last = view.data.ask(queries.last_received, view.choice.province, view.choice.month)
    received = last["last_received_at"].tolist()
    shown = f"{received[0]:%Y-%m-%d %H:%M}" if received and not pd.isna(received[0]) else formats.ABSENT
    elements.reading(view.t("overview.coverage_reading", received=shown))

"""What the pages about one subject share: cards of indicators, rows for a group's parts, figures of a court's table.
The subjects' own pictures and tables belong to the blocks of each page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
import streamlit as st

from dashboards import findings, formats
from dashboards.charts.spark import sparkline
from dashboards.components import amounts
from dashboards.markup import blocks
from dashboards.markup import cards as markup_cards
from dashboards.month import Month
from dashboards.queries import subjects
from dashboards.rows import records
from dashboards.shell import court_scope, elements, links
from dashboards.shell.court_scope import Group
from dashboards.shell.view import View

MONTHS_SHOWN = 24


def cards(view: View, group: Group, codes: tuple[str, ...], reading: str) -> pd.DataFrame:
    """One card per indicator with numerator and denominator beneath; returns the rows by indicator code."""
    found = view.data.ask(subjects.indicators, codes, group.court, group.scope, view.choice.month, view.choice.window)
    past = view.data.ask(subjects.history, codes, group.court, group.scope, view.choice.month, view.choice.window)
    lines = {code: part["value"].tolist() for code, part in past.groupby("indicator_code")}
    if len(found):
        st.html(markup_cards.cards(_card(view, group, row, lines) for row in records(found)))
        st.html(blocks.reading(view.t(reading, window=view.names.window())))
    return found.set_index("indicator_code", drop=False)


def _card(view: View, group: Group, row: dict[str, Any], past: dict[str, list[float]]) -> markup_cards.Card:
    t, unit, code = view.t, row["unit"], row["indicator_code"]
    verdict = findings.judged_verdict(row)
    status, label = view.names.judgement(row)
    earlier = row["same_month_last_year_value"]
    year = None if formats.is_absent(earlier) or formats.is_absent(row["value"]) else row["value"] - earlier
    return markup_cards.Card(
        code=code,
        name=t.name(row, "short_name"),
        full_name=t.name(row),
        figure=view.names.value(row["value"], unit, 1 if unit == "ratio" else None),
        status=status,
        status_label=label,
        verdict=verdict,
        change=t(f"verdict.{verdict}", change=_change(view, row["value_change"], unit)),
        last_year=t("subject.last_year", change=_change(view, year, unit)),
        n=_quotient(view, row),
        spark=sparkline(past.get(code, []), view.colours.subject, view.colours.rule),
        target=view.names.aim(row),
        remark=amounts.remark(view, row, 1 if unit == "ratio" else None),
        address=links.about(view, code, group.court, group.scope),
    )


def _change(view: View, amount: Any, unit: str) -> str:
    """A signed difference; counts without decimals."""
    if unit in ("ratio", "days") or formats.is_absent(amount):
        return view.names.change(amount, unit)
    sign = "+" if amount > 0 else "−" if amount < 0 else "±"
    return f"{sign}{view.names.value(abs(float(amount)), unit)}"


def _quotient(view: View, row: dict[str, Any]) -> str:
    """Numerator over denominator for a ratio, money in its unit; n alone for anything else."""
    n = f"n = {formats.number(row['case_count'])}"
    if row["unit"] != "ratio" or formats.is_absent(row["denominator"]):
        return n
    unit = "yuan" if row["denominator_unit"] == "yuan" else "count"
    numerator, denominator = (view.names.value(float(row[side]), unit) for side in ("numerator", "denominator"))
    return f"{numerator} / {denominator} · {n}"


def children(view: View, group: Group) -> dict[str, str]:
    """Court → label of the part it belongs to: prefectures of the province, courts of a jurisdiction, the court."""
    if group.scope != "province":
        return {code: view.names.court(code) for code in group.members}
    rows = view.data.courts.loc[list(group.members)]
    return {row["court_code"]: view.t.name(row, "prefecture_name") for row in records(rows)}


def in_order(view: View, totals: pd.Series, labels: dict[str, str]) -> list[str]:
    """The parts' labels: the largest total first where ranks are shown, the official order otherwise."""
    official = list(dict.fromkeys(labels.values()))
    if not view.choice.is_ranked:
        return official
    return sorted(official, key=lambda label: -float(totals.get(label, 0) or 0))


def first_shown(view: View) -> Month:
    """The first of the months that pictures over time show."""
    return max(view.choice.month.shifted(1 - MONTHS_SHOWN), view.data.bounds[2])


def late_courts(view: View, kind: str) -> set[str]:
    """Courts that have not delivered this kind for the month shown."""
    rows = view.data.coverage
    return set(rows.loc[(rows["kind"] == kind) & (rows["status"] == "not_delivered"), "court_code"])


def court_table(
    view: View, frame: pd.DataFrame, section: str, columns: tuple[str, ...], name: str, kind: str, group: Group
) -> None:
    """The group's courts in rows with a workbook: `…_ratio` as percent, `…_amount` in ten thousand yuan.

    `frame` has court_code and those columns, sums in whole yuan; in rank mode it keeps its order.
    """
    if not view.choice.is_ranked:
        order = {code: place for place, code in enumerate(view.data.courts.index)}
        frame = frame.sort_values("court_code", key=lambda codes: codes.map(order))
    late = late_courts(view, kind)
    shown = frame.copy()
    shown["court"] = court_names(view, frame["court_code"], kind)
    labels = {"court": view.t("column.court"), **{column: view.t(f"{section}.{column}") for column in columns}}
    for column in columns:
        if column.endswith("_amount"):
            shown[column] = (shown[column].astype(float) / scale(view)).round(2)
    config = {column: _configured(column, label) for column, label in labels.items()}
    elements.table(view, shown, config, name, rows=14)
    if late & set(frame["court_code"]):
        st.html(blocks.reading(view.t("subject.late", mark=blocks.MARKS["not_delivered"])))
    full = frame.assign(court=[view.names.court(code, short=False) for code in frame["court_code"]])
    export = full[list(labels)].rename(columns={key: label.replace(view.t("subject.scaled"), view.t("subject.yuan"))
                                                for key, label in labels.items()})  # fmt: skip
    elements.download(view, export, name, [group.name, view.names.where()])


def court_names(view: View, codes: Iterable[str], kind: str) -> list[str]:
    """Short names, with a cross at those that have not delivered this kind for the month shown."""
    late = late_courts(view, kind)
    return [view.names.court(code) + (f" {blocks.MARKS['not_delivered']}" if code in late else "") for code in codes]


def _configured(column: str, label: str) -> Any:
    if column == "court":
        return elements.text(label, width=130, pinned=True)
    if column.endswith("_ratio"):
        return elements.share(label)
    return elements.figure(label, elements.MONEY) if column.endswith("_amount") else elements.figure(label)


def filled(view: View, table: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Zero for courts that had nothing to report; absent for those that have not reported."""
    silent = table.isna().all(axis=1) & table.index.isin(list(late_courts(view, kind)))
    return table.fillna(0.0).where(~silent)


def scale(view: View) -> float:
    """What a table's column of money is divided by: ten thousand yuan in Chinese, a thousand in English."""
    return 1e4 if view.lang == "zh" else 1e3


def ratio(numerator: pd.Series, denominator: pd.Series) -> pd.Series:
    """The quotient, absent where there is nothing to divide by."""
    return numerator.astype(float) / denominator.astype(float).where(denominator.astype(float) > 0)


choose = court_scope.choose


def word(view: View, section: str, code: str) -> str:
    """The word of the language for a code as delivered; the code itself where there is none."""
    return view.t.known(section, str(code))

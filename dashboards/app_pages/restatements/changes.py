"""The restatements page's blocks: closed months, old and new values with their cause, both definitions side by side.
Returns and published figures are in restatement_checks."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.app_pages.restatements import chart_readings, queries
from dashboards.charts import stacks
from dashboards.findings import COMPOSITE
from dashboards.markup import blocks
from dashboards.rows import records
from dashboards.shell import elements, url_state
from dashboards.shell import record_table as tables
from dashboards.shell.court_scope import Group
from dashboards.shell.view import View

MONTHS = 24  # shown in the picture; the table has them all
RESTATED = (
    "month",
    "court",
    "scope_words",
    "indicator",
    "old_value",
    "new_value",
    "value_difference",
    "counts",
    "cause",
    "delivery_count",
    "records",
    "last_file_name",
    "last_received_at",
    "old_snapshot_id",
)
RECORDS = (
    "month",
    "court",
    "kind",
    "change",
    "case_number",
    "record_key",
    "changed_columns",
    "cause_code",
    "file_name",
    "received_at",
)


def sentence(view: View, group: Group) -> str:
    months = view.data.ask(queries.closings, view.choice.province, view.choice.month)
    if months.empty:
        return view.t("restatements.headline_none")
    changed = view.data.ask(queries.restated, *_values(view, group), 1, 1)
    rows = view.data.ask(queries.returns, group.members, *view.data.bounds[:2])
    return view.t(
        "restatements.headline",
        closed=int(months["is_closed"].sum()),
        months=len(months),
        restated=formats.number(_total(changed)),
        differing=formats.number(rows["differing_count"].sum()),
        contradicting=int((view.data.ask(queries.published)["is_consistent"] == False).sum()),  # noqa: E712 - three-valued
    )


def _values(view: View, group: Group) -> tuple[Any, ...]:
    return group.members, group.court, group.scope, view.choice.window, view.choice.month


def _total(frame: pd.DataFrame) -> int:
    return int(frame.iloc[0]["total_count"]) if len(frame) else 0


def closings(view: View, _group: Group) -> None:
    """Each month's values by how settled they are, and why the month was closed."""
    t = view.t
    frame = view.data.ask(queries.closings, view.choice.province, view.choice.month)
    if frame.empty:
        st.html(blocks.reading(t("empty.table")))
        return
    shown = frame.head(MONTHS).iloc[::-1].assign(label=lambda rows: rows["month"])
    stack = [
        stacks.Part("official_count", t("badge.official"), "met"),
        stacks.Part("restated_count", t("badge.restated"), "below"),
        stacks.Part("amendable_count", t("badge.may_be_amended"), "near"),
    ]
    elements.picture(stacks.columns(shown, stack, view.colours, 250), "closings", t("restatements.closings_reading"))
    columns = (
        "month",
        "is_closed",
        "closed_because",
        "deliveries_expected",
        "deliveries_missing",
        "value_count",
        "official_count",
        "restated_count",
        "amendable_count",
    )
    tables.show(
        view, frame, tables.List("closings", "restatements_column", columns, {"closed_because": "closed_because"})
    )


def restated(view: View, group: Group) -> None:
    """Old value → new value with the deliveries behind it, then the records those deliveries changed."""
    t = view.t
    columns = (*RESTATED, "old_rank", "new_rank") if view.choice.is_ranked else RESTATED

    def words(frame: pd.DataFrame) -> pd.DataFrame:
        return restated_words(view, frame)

    count = tables.paged(
        view, queries.restated, _values(view, group), tables.List("restated", "restatements_column", columns), words
    )
    st.html(blocks.reading(t("restatements.restated_reading" if count else "restatements.nothing_restated")))
    elements.section(t("restatements.records"), t("restatements.records_measure"))
    wanted = tables.List(
        "records",
        "restatements_column",
        RECORDS,
        {"kind": "kind", "change": "change", "cause_code": "restated_cause"},
    )
    tables.paged(view, queries.restated_records, (group.members, view.choice.month), wanted)
    st.html(blocks.reading(t("restatements.records_reading")))


def restated_words(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    """Values in their indicator's unit, numerator ÷ denominator before and after, records added, removed, changed."""
    shown = frame.copy()
    units = [
        "points" if code == COMPOSITE else str(u)
        for code, u in zip(shown["indicator_code"], shown["unit"], strict=True)
    ]
    for name in ("old_value", "new_value"):
        shown[name] = [view.names.value(v, u) for v, u in zip(shown[name], units, strict=True)]
    shown["value_difference"] = [view.names.change(v, u) for v, u in zip(shown["value_difference"], units, strict=True)]
    shown["scope_words"] = [view.t(f"scope.{code}") for code in shown["scope_code"]]
    rows = records(shown)
    shown["counts"] = [f"{_quotient(row, 'old')} → {_quotient(row, 'new')}" for row in rows]
    shown["records"] = [
        view.t(
            "restatements.record_counts",
            added=formats.number(row["added_count"]),
            removed=formats.number(row["removed_count"]),
            changed=formats.number(row["changed_count"]),
        )
        for row in rows
    ]
    return shown


def _quotient(row: dict[Any, Any], stem: str) -> str:
    numerator, denominator = row[f"{stem}_numerator"], row[f"{stem}_denominator"]
    if formats.is_absent(denominator):
        return formats.number(numerator)
    return f"{formats.number(numerator)}/{formats.number(denominator)}"


def definitions(view: View, group: Group) -> None:
    """Each reading of one indicator: its card, and its line over the year in which both are there."""
    t = view.t
    pairs = view.data.ask(queries.readings)
    codes = [code for code in dict.fromkeys(pairs["indicator_code"]) if code in view.data.indicators.index]
    if not codes:
        st.html(blocks.reading(t("restatements.one_definition")))
        return
    code = url_state.choose(
        "indicator", t("bar.indicator"), codes, codes[0], lambda c: f"{c} {view.names.indicator(c)}", 320
    )
    cards = view.data.ask(queries.definitions, code)
    st.html(blocks.definition(_cards(view, cards)))
    found = view.data.ask(queries.both, code, group.court, group.scope, view.choice.window, view.choice.month)
    if found.empty:
        st.html(blocks.reading(t("empty.table")))
        return
    unit = str(cards.iloc[0]["unit"])
    frame = _lines(view, found, unit)
    elements.picture(
        chart_readings.over_months(frame, view.colours, formats.suffix(unit, view.lang)),
        "readings",
        _reading(view, pairs, code, group),
    )
    frame["role"] = [
        t(f"restatements.role_{_role(row, code)}") for row in records(found[["indicator_code", "is_in_force"]])
    ]
    columns = ("label", "month", "value_words", "numerator", "denominator", "role")
    tables.show(view, frame, tables.List("readings", "restatements_column", columns))


def _role(row: dict[Any, Any], code: str) -> str:
    if row["indicator_code"] != code:
        return "alternative"
    return "superseded" if row["is_in_force"] is False else "in_force"


def _reading(view: View, pairs: pd.DataFrame, code: str, group: Group) -> str:
    kinds = set(pairs.loc[pairs["indicator_code"] == code, "kind"])
    return view.t(
        "restatements.versions_reading" if "version" in kinds else "restatements.alternatives_reading",
        name=group.name,
        window=view.names.window(),
    )


def _cards(view: View, cards: pd.DataFrame) -> list[tuple[str, str]]:
    return [
        (
            _label(view, str(row["indicator_code"]), row["definition_version"]),
            f"{view.t.name(row, 'formula')}. {view.t.name(row, 'definition')}",
        )
        for row in records(cards)
    ]


def _label(view: View, code: str, version: Any) -> str:
    return view.t("restatements.version", code=code, version=version)


def _lines(view: View, found: pd.DataFrame, unit: str) -> pd.DataFrame:
    """Each reading named, its values as drawn and as written."""
    frame = found.copy()
    frame["label"] = [
        _label(view, code, version)
        for code, version in zip(frame["indicator_code"], frame["definition_version"], strict=True)
    ]
    frame["shown"] = [formats.scaled(value, unit) for value in frame["value"]]
    frame["value_words"] = [view.names.value(value, unit) for value in frame["value"]]
    frame["month"] = pd.to_datetime(frame["period_month"]).dt.strftime("%Y-%m")
    frame["hover"] = [
        f"{label}<br>{month} {value}"
        for label, month, value in zip(frame["label"], frame["month"], frame["value_words"], strict=True)
    ]
    return frame

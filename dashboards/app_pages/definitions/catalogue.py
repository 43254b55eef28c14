"""The lists of the definition page: sets, weights, time limits, measures, windows, case scopes, rules of ranking.
Indicator cards are definition blocks."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.components import definition_card
from dashboards.markup import blocks
from dashboards.queries import definitions
from dashboards.rows import records
from dashboards.shell import elements, url_state
from dashboards.shell.view import View

EVERY = "all"


def _listed(view: View, frame: pd.DataFrame, name: str, rows: int = 26) -> None:
    """A table whose columns are all texts named in the catalogue of columns, with its workbook."""
    t = view.t
    columns: dict[str, Any] = {column: elements.text(t(f"column.{column}")) for column in frame.columns}
    elements.table(view, frame, columns, name, rows=rows)
    headed = frame.rename(columns={column: t(f"column.{column}") for column in frame.columns})
    elements.download(view, headed, name, [t(f"definitions.{name}"), view.names.where()])


def sets(view: View) -> None:
    """Each set with its items, thresholds and vetoes, and where it is from."""
    t, found = view.t, view.data.ask(definitions.sets)
    if found.empty:
        st.html(blocks.reading(t("empty.table")))
        return
    named = {row["set_code"]: t.name(row, "set_name") for row in records(found)}
    codes = list(named)
    chosen = url_state.choose("set", t("bar.set"), codes, codes[0], lambda code: named[code])
    rows = records(found[found["set_code"] == chosen])
    elements.section(named[chosen], t.half(rows[0]["source"]))
    st.html(blocks.reading(t("definitions.set_dates", start=day(rows[0]["valid_from"]), end=day(rows[0]["valid_to"]))))
    _condition(view, chosen, rows[0])
    units = view.data.indicators["unit"].to_dict()
    frame = pd.DataFrame(
        {
            "number": [formats.number(row["item_number"]) for row in rows],
            "code": [row["indicator_code"] or t("definitions.not_computed") for row in rows],
            "indicator": [t.name(row) for row in rows],
            "target": [_threshold(view, row, units.get(row["indicator_code"], "ratio")) for row in rows],
            "veto": [t("definitions.veto") if row["is_veto"] is True else "" for row in rows],
        }
    )
    _listed(view, frame, "sets")


def _condition(view: View, code: str, row: dict[str, Any]) -> None:
    """What a set asks of courts as a whole, and how many of the province's meet it in the month and window shown."""
    condition = view.t.name(row, "set_condition")
    if not condition:
        return
    shares = view.data.ask(definitions.set_shares, view.choice.province, view.choice.month, view.choice.window)
    found = records(shares[shares["set_code"] == code])
    passed = ""
    if found:
        passed = view.t(
            "definitions.set_share",
            month=view.names.month(),
            window=view.names.window(),
            **{name: formats.number(found[0][f"{name}_count"]) for name in ("passed", "failed")},
            courts=formats.number(found[0]["court_count"]),
            open=formats.number(found[0]["court_count"] - found[0]["passed_count"] - found[0]["failed_count"]),
            verdict=view.t(f"definitions.set_{_reached(found[0]['is_met'])}"),
            needed=view.names.value(found[0]["required_court_ratio"], "ratio", 0),
        )
    st.html(blocks.reading(f"{condition} {passed}".strip()))


def _reached(is_met: Any) -> str:
    """met or missed; open where the courts that cannot be judged decide it."""
    return "open" if formats.is_absent(is_met) else "met" if is_met else "missed"


def _threshold(view: View, row: dict[str, Any], unit: str) -> str:
    if formats.is_absent(row["target_value"]):
        return view.t("word.unpublished")
    said = view.names.value(row["target_value"], unit)
    window = row["target_window"]
    return said + (view.t("card.only_window", window=view.names.window(window)) if isinstance(window, str) else "")


def weights(view: View) -> None:
    """What weighs in the composite, since when and why; what weighs nothing says why not."""
    t, found = view.t, view.data.ask(definitions.weights)
    rows = records(found)
    elements.section(t("definitions.weights"), t("definitions.weights_measure"))
    frame = pd.DataFrame(
        {
            "code": [row["indicator_code"] for row in rows],
            "indicator": [t.name(row) for row in rows],
            "weight": [formats.number(row["weight"], 2) for row in rows],
            "valid_from": [day(row["valid_from"]) for row in rows],
            "valid_to": [day(row["valid_to"]) for row in rows],
            "source": [t.half(row["source"]) for row in rows],
        }
    )
    _listed(view, frame, "weights")


def limits(view: View) -> None:
    """Time limits with their clock and their basis; the rules how days are counted stand under them."""
    t, found = view.t, view.data.ask(definitions.limits)
    kinds = found["rule_kind"].dropna().drop_duplicates().tolist()
    elements.section(t("definitions.limits"), t("definitions.limits_measure"))
    if not kinds:
        st.html(blocks.reading(t("empty.table")))
        return
    wording = {kind: t(f"limit.{kind}") for kind in kinds} | {EVERY: t("definitions.every_kind")}
    chosen = url_state.choose("limit", t("bar.limit"), [EVERY, *kinds], EVERY, lambda kind: wording[kind])
    rows = records(found if chosen == EVERY else found[found["rule_kind"] == chosen])
    frame = pd.DataFrame(
        {
            "code": [row["node_code"] for row in rows],
            "node": [t.name(row) for row in rows],
            "limit": [_length(view, row) for row in rows],
            "start": [row["start_event"] for row in rows],
            "deduction": [row["extension_or_deduction"] for row in rows],
            "kind": [wording[row["rule_kind"]] for row in rows],
            "basis": [" ".join(filter(None, (text(row["legal_basis"]), text(row["article"])))) for row in rows],
            "confidence": [definition_card.confidence(view, row["confidence"]) for row in rows],
        }
    )
    _listed(view, frame, "limits")
    st.html(blocks.reading(t("definitions.limits_reading")))


def _length(view: View, row: dict[str, Any]) -> str:
    length, unit = text(row["limit_value"]), text(row["limit_unit"])
    return f"{length} {view.t(f'span.{unit}')}" if unit else length


def text(said: Any) -> str:
    return said if isinstance(said, str) else ""


def measures(view: View) -> None:
    """Every measure: what is counted, how it spans months, and from which records."""
    t, frame = view.t, view.data.ask(definitions.measures)
    sought = url_state.sought("q", t("bar.search"), 260)
    rows = [
        row
        for row in records(frame)
        if all(word in f"{row['measure_code']} {row['name_zh']} {row['name_en']}".lower() for word in sought.split())
    ]
    shown = pd.DataFrame(
        {
            "code": [row["measure_code"] for row in rows],
            "measure": [t.name(row) for row in rows],
            "definition": [t.name(row, "definition") for row in rows],
            "unit": [t(f"unit.{row['unit']}") for row in rows],
            "window_rule": [t(f"rule.{row['window_rule']}") for row in rows],
            "kind": [t(f"kind.{row['extract_kind']}") if text(row["extract_kind"]) else "" for row in rows],
            "record_table": [row["record_table"] for row in rows],
        }
    )
    elements.section(t("definitions.measures"), t("definitions.measures_measure"))
    _listed(view, shown, "measures", rows=30)


def windows(view: View) -> None:
    t = view.t
    elements.section(t("definitions.windows"))
    rows = records(view.data.ask(definitions.windows))
    st.html(blocks.definition((t.name(row), t(f"window.{row['window_code']}")) for row in rows))


def scopes(view: View) -> None:
    t = view.t
    elements.section(t("definitions.scopes"))
    rows = records(view.data.ask(definitions.case_scopes))
    st.html(blocks.definition((t.name(row), str(row["members"] or t("word.not_by_case"))) for row in rows))
    named = ("own", "jurisdiction", "province")
    st.html(blocks.definition((t(f"scope.{code}"), t(f"scope.about_{code}")) for code in named))


def rules(view: View) -> None:
    elements.section(view.t("definitions.rules"))
    named = ("group", "ties", "unranked", "interval", "composite", "rounding", "status")
    said = [(view.t(f"rules.{name}_term"), view.t(f"rules.{name}")) for name in named]
    # The rules that the overview goes by, in its own words.
    said.append((view.t("rules.attention_term"), view.t("overview.attention_rule")))
    st.html(blocks.definition(said))


def day(said: Any) -> str:
    return "…" if pd.isna(said) else f"{pd.Timestamp(said):%Y-%m-%d}"

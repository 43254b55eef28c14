"""The definition page's blocks: indicator cards, measures, windows, case scopes, rules of ranking.
Texts of cards come from the snapshot; only the names of their lines are ours."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.app_pages.frame import parts, state
from dashboards.app_pages.frame.view import View
from dashboards.markup import blocks
from dashboards.queries import definitions

LINES = ("definition", "numerator", "denominator", "window_rule", "how_to_read", "how_to_improve", "disputes")


def sentence(view: View, cards: pd.DataFrame) -> str:
    return view.t(
        "definitions.headline",
        count=cards["indicator_code"].nunique(),
        targets=int(cards["target_value"].notna().sum()),
        working=int(cards["is_working_definition"].fillna(value=False).astype(bool).sum()),
    )


def indicators(view: View) -> None:
    """A list to choose from on the left, the chosen card on the right."""
    cards = view.ask(definitions.indicators)
    if cards.empty:
        st.html(blocks.reading(view.t("empty.table")))
        return
    codes = cards["indicator_code"].drop_duplicates().tolist()
    code = state.choose(
        "indicator",
        view.t("bar.indicator"),
        codes,
        codes[0],
        lambda c: f"{c} {view.indicator_name(c, short=False)}",
        460,
    )
    left, right = st.columns([7, 5], gap="medium")
    with left:
        for row in cards[cards["indicator_code"] == code].to_dict("records"):
            _card(view, row)
    with right:
        parts.section(view.t("definitions.all"))
        _overview(view, cards)


def _card(view: View, row: dict[str, Any]) -> None:
    t = view.t
    parts.section(f"{row['indicator_code']} {t.name(row)}", other_name(view, row))
    measures = view.ask(definitions.measures).set_index("measure_code")
    named = {
        side: t.name(measures.loc[row[f"{side}_measure"]]) if row[f"{side}_measure"] in measures.index else ""
        for side in ("numerator", "denominator")
    }
    weights = view.ask(definitions.weights, view.month, view.window).set_index("indicator_code")["weight"].to_dict()
    pairs = [(t("card.formula"), t.name(row, "formula"))]
    for stem in LINES:
        said = t.name(row, stem)
        extra = f" ({named[stem]}, {row[f'{stem}_measure']})" if stem in named and said else ""
        pairs.append((t(f"card.{stem}"), said + extra))
    pairs += [
        (t("card.scope"), view.t(f"cases.{row['case_scope']}")),
        (t("card.direction"), t(f"direction.{row['direction']}")),
        (t("card.unit"), t(f"unit.{row['unit']}")),
        (t("card.target"), target(view, row)),
        (t("card.minimum"), t("card.minimum_line", n=formats.number(row["min_denominator"]))),
        (t("card.weight"), formats.number(weights.get(row["indicator_code"]), 2)),
        (
            t("card.version"),
            t(
                "card.version_line",
                version=row["definition_version"],
                start=_day(row["valid_from"]),
                end=_day(row["valid_to"]),
            ),
        ),
        (t("card.source"), t.half(row["source"])),
        (t("card.confidence"), t.half(row["confidence"])),
        (t("card.working"), t("card.working_line") if row["is_working_definition"] is True else ""),
    ]
    st.html(blocks.definition(pairs))


def other_name(view: View, row: dict[str, Any]) -> str:
    return str(row["name_en" if view.lang == "zh" else "name_zh"])


def target(view: View, row: dict[str, Any]) -> str:
    """The target and where it is from, or that none was published."""
    said = row["target_source"] if isinstance(row["target_source"], str) else ""
    if pd.isna(row["target_value"]):
        return view.t("word.unpublished")
    return f"{view.value(row['target_value'], row['unit'])} {view.t.half(said)}".strip()


def _day(day: Any) -> str:
    return "…" if pd.isna(day) else f"{pd.Timestamp(day):%Y-%m-%d}"


def _overview(view: View, cards: pd.DataFrame) -> None:
    t = view.t
    frame = pd.DataFrame(
        {
            "code": cards["indicator_code"].tolist(),
            "indicator": [t.name(row, "short_name") for row in cards.to_dict("records")],
            "direction": [t(f"direction.short_{d}") for d in cards["direction"]],
            "target": [target(view, row) for row in cards.to_dict("records")],
            "minimum": cards["min_denominator"].tolist(),
            "version": cards["definition_version"].tolist(),
        }
    )
    columns = {name: parts.text(t(f"column.{name}")) for name in ("code", "indicator", "direction", "target")}
    columns |= {"minimum": parts.figure(t("column.minimum")), "version": parts.figure(t("column.version"))}
    parts.table(view, frame, columns, "all_indicators", rows=24)


def measures(view: View) -> None:
    t, frame = view.t, view.ask(definitions.measures)
    rows = frame.to_dict("records")
    shown = pd.DataFrame(
        {
            "code": frame["measure_code"].tolist(),
            "measure": [t.name(row) for row in rows],
            "definition": [t.name(row, "definition") for row in rows],
            "unit": [t(f"unit.{row['unit']}") for row in rows],
            "window_rule": [t(f"rule.{row['window_rule']}") for row in rows],
            "record_table": frame["record_table"].tolist(),
        }
    )
    parts.section(t("definitions.measures"), t("definitions.measures_measure"))
    parts.table(view, shown, {name: parts.text(t(f"column.{name}")) for name in shown.columns}, "measures", rows=40)


def windows(view: View) -> None:
    t = view.t
    parts.section(t("definitions.windows"))
    st.html(
        blocks.definition(
            (t.name(row), t(f"window.{row['window_code']}")) for row in view.ask(definitions.windows).to_dict("records")
        )
    )


def scopes(view: View) -> None:
    t = view.t
    parts.section(t("definitions.scopes"))
    frame = view.ask(definitions.case_scopes)
    st.html(
        blocks.definition(
            (t.name(row), str(row["members"] or t("word.not_by_case"))) for row in frame.to_dict("records")
        )
    )
    st.html(
        blocks.definition(
            (t(f"scope.{code}"), t(f"scope.about_{code}")) for code in ("own", "jurisdiction", "province")
        )
    )


def rules(view: View) -> None:
    parts.section(view.t("definitions.rules"))
    pairs = [
        (view.t(f"rules.{name}_term"), view.t(f"rules.{name}"))
        for name in ("group", "ties", "unranked", "composite", "rounding", "attention", "status")
    ]
    st.html(blocks.definition(pairs))

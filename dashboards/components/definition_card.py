"""The definition card of an indicator, the same on every page that shows one.
Texts of cards come from the snapshot; only the names of their lines are ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.markup import blocks
from dashboards.queries import definitions
from dashboards.rows import records
from dashboards.shell.view import View

Row = Mapping[str, Any]


def card(view: View, row: Row) -> str:
    """Every line of domain.md's card, in its order; what no source publishes is said to be unpublished."""
    return blocks.definition([*_meaning(view, row), *_judgement(view, row), *_origin(view, row)])


def _meaning(view: View, row: Row) -> list[tuple[str, str]]:
    t = view.t
    pairs = [
        (t("card.formula"), t.name(row, "formula")),
        (t("card.definition"), t.name(row, "definition")),
        (t("card.numerator"), side(view, row, "numerator")),
        (t("card.denominator"), side(view, row, "denominator")),
        (t("card.base"), t(f"base.{row['denominator_kind']}")),
        (t("card.scope"), _scopes(view, row)),
    ]
    return pairs + [(t(f"card.{stem}"), t.name(row, stem)) for stem in ("window_rule", "as_of_rule", "roll_up")]


def _judgement(view: View, row: Row) -> list[tuple[str, str]]:
    t = view.t
    weights = (
        view.data.ask(definitions.weights_in_force, view.choice.month).set_index("indicator_code")["weight"].to_dict()
    )
    return [
        (t("card.direction"), t(f"direction.{row['direction']}")),
        (t("card.unit"), t(f"unit.{row['unit']}")),
        (t("card.target"), target(view, row)),
        (t("card.interval"), interval(view, row)),
        (t("card.minimum"), t("card.minimum_line", n=formats.number(row["min_denominator"]))),
        (t("card.rounding"), t("card.rounding_line")),
        (t("card.weight"), formats.number(weights.get(row["indicator_code"]), 2)),
        (t("card.goal"), t.name(row, "goal")),
        (t("card.how_to_read"), t.name(row, "how_to_read")),
        (t("card.how_to_improve"), t.name(row, "how_to_improve")),
    ]


def _origin(view: View, row: Row) -> list[tuple[str, str]]:
    t = view.t
    return [
        (t("card.disputes"), t.name(row, "disputes")),
        (t("card.version"), version(view, row)),
        (t("card.source"), t.half(row["source"])),
        (t("card.confidence"), confidence(view, row["confidence"])),
        (t("card.working"), t("card.working_line") if row["is_working_definition"] is True else ""),
    ]


def confidence(view: View, said: Any) -> str:
    """How sure the parts of a definition are, in words; a part that the catalogue has no word for stays as it is."""
    found = said.split(", ") if isinstance(said, str) else []
    return view.t("word.comma").join(view.t.known("confidence", part) for part in found)


def side(view: View, row: Row, which: str) -> str:
    """What the card says of numerator or denominator, with the measure that counts it."""
    said, measure = view.t.name(row, which), row[f"{which}_measure"]
    if not isinstance(measure, str):
        return said or view.t(f"card.no_{which}")
    known = view.data.ask(definitions.measures).set_index("measure_code")
    name = view.t.name(known.loc[measure]) if measure in known.index else ""
    return view.t("card.side_line", said=said, name=name, measure=measure)


def _scopes(view: View, row: Row) -> str:
    """One case scope, or the two when numerator and denominator are counted over different cases."""
    over, under = row["numerator_scope"], row["denominator_scope"]
    if not isinstance(over, str):
        over = row["case_scope"]
    if not isinstance(under, str) or over == under:
        return view.t(f"cases.{over}")
    return view.t("card.scopes_line", over=view.t(f"cases.{over}"), under=view.t(f"cases.{under}"))


def target(view: View, row: Row) -> str:
    """The target, the window it applies to and where it is from, or that none was published."""
    if pd.isna(row["target_value"]):
        return view.t("word.unpublished")
    window = row["target_window"]
    only = view.t("card.only_window", window=view.names.window(window)) if isinstance(window, str) else ""
    said = view.t.half(row["target_source"])
    return " ".join(part for part in (view.names.value(row["target_value"], row["unit"]), only, said) if part)


def interval(view: View, row: Row) -> str:
    """The reference interval; a bound that no source publishes is said to be unpublished, never guessed."""
    low, high = (
        view.t("word.unpublished") if pd.isna(row[name]) else view.names.value(row[name], row["unit"])
        for name in ("interval_low", "interval_high")
    )
    if pd.isna(row["interval_low"]) and pd.isna(row["interval_high"]):
        return view.t("word.unpublished")
    return view.t("card.interval_line", low=low, high=high)


def version(view: View, row: Row) -> str:
    """The version, since when it counts, and what took its place."""
    t, since = view.t, _day(row["valid_from"])
    if pd.isna(row["superseded_from"]):
        return t("card.version_line", version=row["definition_version"], start=since)
    return t(
        "card.version_superseded",
        version=row["definition_version"],
        start=since,
        replaced=_day(row["superseded_from"]),
        end=_day(row["valid_to"]),
    )


def _day(day: Any) -> str:
    return "…" if pd.isna(day) else f"{pd.Timestamp(day):%Y-%m-%d}"


def show(view: View, cards: pd.DataFrame, indicator: str, chosen: str) -> None:
    """The card of one version of an indicator, with a word on the reading it belongs to."""
    rows = cards[(cards["indicator_code"] == indicator) & (cards["definition_version"].astype(str) == chosen)]
    for row in records(rows):
        st.html(card(view, row))

"""The two lenses on suspension: the official count, and the stock of cases placed inactive.
Compliance, re-checks, cohorts and lists are in suspension_blocks."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.app_pages.suspension import queries
from dashboards.charts import stocks
from dashboards.markup import blocks
from dashboards.rows import records
from dashboards.shell import elements
from dashboards.shell import record_table as tables
from dashboards.shell.court_scope import Group
from dashboards.shell.view import View

CASES = ("implementation", "first_enforcement", "resumed_enforcement")
CLOSURES = ("full_satisfaction", "termination", "other_closure", "suspension")
INACTIVE = ("inactive_opening", "placed_inactive", "reactivated", "expired", "inactive_pending")


def flows(view: View, group: Group, cases: str) -> dict[str, int]:
    """stage_code → cases, of the window."""
    frame = view.data.ask(queries.flows, group.court, group.scope, cases, view.choice.window, view.choice.month)
    return {row["stage_code"]: int(row["case_count"]) for row in records(frame)}


def sentence(view: View, group: Group, stages: dict[str, int]) -> str:
    if not stages:
        return view.t("suspension.headline_none", name=group.name)
    closed = sum(stages.get(code, 0) for code in CLOSURES)
    return view.t(
        "suspension.headline",
        name=group.name,
        window=view.names.window(),
        suspended=formats.number(stages.get("suspension", 0)),
        share=formats.percent(ratio(stages.get("suspension", 0), closed), 1),
        reactivated=formats.number(stages.get("reactivated", 0)),
        pending=formats.number(stages.get("pending", 0)),
        inactive=formats.number(stages.get("inactive_pending", 0)),
    )


def lenses(view: View, stages: dict[str, int]) -> None:
    """Each lens in a sentence, both in one picture, and the table whose figures are the picture's ends."""
    if not stages:
        st.html(blocks.reading(view.t("empty.table")))
        return
    st.html(blocks.definition(lens_words(view, stages)))
    left, right = st.columns([7, 3], gap="medium")
    with left:
        nodes, links = streams(view, stages)
        elements.picture(stocks.sankey(nodes, links, view.colours), "lenses", view.t("suspension.lenses_reading"))
    with right:
        _flow_table(view, stages)
        st.html(blocks.reading(balance(view, stages)))


def lens_words(view: View, stages: dict[str, int]) -> list[tuple[str, str]]:
    """The official count and the stock's view, each with its ratio over the same accepted cases."""
    t = view.t
    accepted = stages.get("opening", 0) + stages.get("new", 0)
    closed = sum(stages.get(code, 0) for code in CLOSURES)
    actual = closed - stages.get("suspension", 0)
    pending, inactive = stages.get("pending", 0), stages.get("inactive_pending", 0)
    names = {code: formats.number(amount) for code, amount in stages.items()}
    official = t(
        "suspension.official_line",
        accepted=formats.number(accepted),
        closed=formats.number(closed),
        suspended=names.get("suspension", "0"),
        share=formats.percent(ratio(closed, accepted)),
        pending=formats.number(pending),
    )
    stock = t(
        "suspension.stock_line",
        actual=formats.number(actual),
        share=formats.percent(ratio(actual, accepted)),
        placed=names.get("placed_inactive", "0"),
        reactivated=names.get("reactivated", "0"),
        expired=names.get("expired", "0"),
        pending=formats.number(pending),
        inactive=formats.number(inactive),
        total=formats.number(pending + inactive),
    )
    return [(t("suspension.official"), official), (t("suspension.stock"), stock)]


def streams(view: View, stages: dict[str, int]) -> tuple[list[stocks.Node], list[stocks.Link]]:
    """Nodes and links of the picture; `accepted` and `held` are only where streams meet."""
    places = {
        "opening": (0.001, 0.2, "unjudged"),
        "new": (0.001, 0.55, "subject"),
        "accepted": (0.24, 0.4, "muted"),
        "pending": (0.999, 0.05, "near"),
        "full_satisfaction": (0.999, 0.2, "met"),
        "termination": (0.999, 0.36, "met"),
        "other_closure": (0.999, 0.47, "met"),
        "suspension": (0.5, 0.68, "below"),
        "inactive_opening": (0.5, 0.9, "unjudged"),
        "held": (0.72, 0.78, "muted"),
        "reactivated": (0.999, 0.6, "subject"),
        "expired": (0.999, 0.72, "unjudged"),
        "inactive_pending": (0.999, 0.87, "below"),
    }
    codes = list(places)
    amounts = {
        **stages,
        "accepted": stages.get("opening", 0) + stages.get("new", 0),
        "held": stages.get("inactive_opening", 0) + stages.get("placed_inactive", 0),
    }
    nodes = [
        stocks.Node(f"{view.t(f'stage.{code}')} {formats.number(amounts.get(code, 0))}", *places[code])
        for code in codes
    ]
    links = [
        ("opening", "accepted", "opening"),
        ("new", "accepted", "new"),
        *(("accepted", code, code) for code in ("pending", *CLOSURES)),
        ("suspension", "held", "placed_inactive"),
        ("inactive_opening", "held", "inactive_opening"),
        *(("held", code, code) for code in ("reactivated", "expired", "inactive_pending")),
    ]
    return nodes, [
        stocks.Link(
            codes.index(source),
            codes.index(target),
            stages.get(code, 0),
            f"{view.t(f'stage.{code}')} {formats.number(stages.get(code, 0))}",
        )
        for source, target, code in links
    ]


def _flow_table(view: View, stages: dict[str, int]) -> None:
    frame = pd.DataFrame(
        [{"stage": code, "lens": "inactive" if code in INACTIVE else "active", "n": n} for code, n in stages.items()]
    )
    wanted = tables.List(
        "flow", "suspension_column", ("lens", "stage", "n"), {"stage": "stage", "lens": "suspension_lens"}
    )
    tables.show(view, frame, wanted)


def balance(view: View, stages: dict[str, int]) -> str:
    """Whether both lenses add up to their closing stock, and by how much they do not."""
    accepted = stages.get("opening", 0) + stages.get("new", 0)
    active = accepted - sum(stages.get(code, 0) for code in CLOSURES) - stages.get("pending", 0)
    held = stages.get("inactive_opening", 0) + stages.get("placed_inactive", 0)
    left = stages.get("reactivated", 0) + stages.get("expired", 0) + stages.get("inactive_pending", 0)
    same = active == 0 and held == left
    return view.t("suspension.adds_up" if same else "suspension.gap", active=active, inactive=held - left)


def ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None

"""The path of one indicator as nodes and edges: extracts to records, records to measures, measures to the indicator.
Seeds are in the table of steps and not in the picture, where they would hide the path of the records."""

from __future__ import annotations

import pandas as pd

from dashboards.components import indicator_choice
from dashboards.rows import records
from dashboards.shell.view import View

DRAWN = ("extract", "staging", "intermediate", "core")


def path(view: View, indicator: str, measures: pd.DataFrame, steps: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Edges (source, target) and nodes (node, label, layer, hover); a node's key is its layer's and its own name."""
    nodes: dict[str, dict[str, str]] = {}
    edges: list[tuple[str, str]] = []

    def node(layer: str, name: str, label: str) -> str:
        key = f"{layer}.{name}"
        full = indicator_choice.indicator_name(view, name) if layer == "indicator" else label
        said = f"{view.t(f'layer.{layer}')} · {full}" + (f" · {name}" if name not in full else "")
        nodes.setdefault(key, {"node": key, "label": label, "layer": layer, "hover": said})
        return key

    def table(layer: str, name: str) -> str:
        return node(layer, name, node_name(view, name, layer))

    for row in records(_drawn(steps)):
        edges.append((table(row["made_from_layer"], row["made_from"]), table(row["node_layer"], row["node_name"])))
    end = node("indicator", indicator, indicator)
    for row in records(measures):
        measure = node("measure", row["measure_code"], view.t.name(row))
        term = end
        if row["indicator_code"] != indicator:  # one of the two terms of a difference
            name = row["indicator_code"]
            term = node("indicator", name, name)
            edges.append((term, end))
        edges += [(table("core", row["record_table"]), measure), (measure, term)]
    return pd.DataFrame(sorted(set(edges)), columns=["source", "target"]), pd.DataFrame(nodes.values())


def node_name(view: View, name: str, layer: str) -> str:
    """An extract in words, everything else by the name it has in SQL."""
    return view.t.known("kind", view.t.known("ledger", name)) if layer == "extract" else name


def _drawn(steps: pd.DataFrame) -> pd.DataFrame:
    """Steps of records only: those that an extract leads to; calendars and vocabularies are left out."""
    kept = steps[steps["node_layer"].isin(DRAWN) & steps["made_from_layer"].isin(DRAWN)]
    fed = kept["made_from_layer"] == "extract"
    reached = set(kept[fed]["node_name"])
    while more := set(kept[kept["made_from"].isin(reached)]["node_name"]) - reached:
        reached |= more
    return kept[fed | kept["made_from"].isin(reached)]

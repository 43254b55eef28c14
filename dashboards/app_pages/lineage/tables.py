"""The blocks of the lineage page: forward and back through the steps, the tables published, and dbt's own site.
What the steps are is asked by queries; how they are drawn is in charts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.app_pages.lineage import chart as charts
from dashboards.app_pages.lineage import drawn_path, queries
from dashboards.components import indicator_choice
from dashboards.markup import blocks
from dashboards.rows import records
from dashboards.shell import audit_trail, elements, links, url_state
from dashboards.shell.view import View
from dashboards.snapshot import documents_file

GRAIN = re.compile(r"^(One|A) row per [^.]*\.\s*")  # the grain in English stands before both halves of a description


@dataclass(frozen=True)
class Asked:
    """What the page is about: an indicator, and a table or extract by its name in the catalogue."""

    indicator: str
    table: str


def choose_indicator(view: View) -> str:
    return indicator_choice.choose_indicator(view)


def choose_table(view: View) -> str:
    """Any extract, seed, model or published table; the cases as delivered to begin with. Empty without a catalogue."""
    found = view.data.ask(queries.nodes)
    layers = found.set_index("node_name")["node_layer"].to_dict()
    options = list(layers)
    if not options:
        return ""
    default = "cases" if "cases" in layers else options[0]
    words = {
        name: f"{view.t(f'layer.{layer}')} · {drawn_path.node_name(view, name, layer)}"
        for name, layer in layers.items()
    }
    return url_state.choose(
        "table", view.t("lineage.table_or_extract"), options, default, lambda name: words[name], 340
    )


def sentence(view: View, asked: Asked, way: str) -> str:
    """What the way of looking finds, in one sentence."""
    if way in ("tables", "documents", "engines"):
        found = view.data.ask(queries.tables)
        return view.t("lineage.headline_tables", tables=len(found), rows=formats.number(found["row_count"].sum()))
    if way == "table":
        layers = view.data.ask(queries.nodes).set_index("node_name")["node_layer"]
        name = drawn_path.node_name(view, asked.table, layers.get(asked.table, ""))
        indicators, tables = view.data.ask(queries.resting, asked.table), view.data.ask(queries.downstream, asked.table)
        return view.t("lineage.headline_table", table=name, indicators=len(indicators), tables=len(tables))
    measures = view.data.ask(queries.measures, asked.indicator)
    steps = view.data.ask(queries.upstream, tuple(measures["record_table"].unique().tolist()))
    read = steps[steps["made_from_layer"] == "extract"]["made_from"].unique()
    kinds = set(read) & set(view.data.ask(queries.kinds)["kind"])  # the ledgers of deliveries are nobody's delivery
    return view.t(
        "lineage.headline",
        indicator=indicator_choice.indicator_name(view, asked.indicator),
        measures=measures["measure_code"].nunique(),
        records=measures["record_table"].nunique(),
        models=steps["node_name"].nunique(),
        kinds=view.t("lineage.comma").join(drawn_path.node_name(view, kind, "extract") for kind in sorted(kinds))
        or formats.ABSENT,
    )


def of_indicator(view: View, asked: Asked) -> None:
    """From the indicator back to the files: the picture, its measures, its steps, its deliveries."""
    t = view.t
    measures = view.data.ask(queries.measures, asked.indicator)
    steps = view.data.ask(queries.upstream, tuple(measures["record_table"].unique().tolist()))
    elements.section(t("lineage.path"), t("lineage.path_measure"))
    if measures.empty:
        st.html(blocks.reading(t("empty.table")))
        return
    edges, nodes = drawn_path.path(view, asked.indicator, measures, steps)
    elements.picture(charts.path(edges, nodes, view.colours), "lineage_path", t("lineage.path_reading"))
    st.markdown(
        f"[{t('lineage.to_definition')}]({view.address('definitions', indicator=asked.indicator)}) · "
        f"[{t('lineage.to_about')}]({links.about(view, asked.indicator)})"
    )
    _measures(view, measures)
    elements.section(t("lineage.steps"), t("lineage.steps_measure"))
    shown = pd.DataFrame(
        {
            "made_from": [
                drawn_path.node_name(view, *pair)
                for pair in zip(steps["made_from"], steps["made_from_layer"], strict=True)
            ],
            "from_layer": [t(f"layer.{layer}") for layer in steps["made_from_layer"]],
            "node": steps["node_name"],
            "layer": [t(f"layer.{layer}") for layer in steps["node_layer"]],
            "onward": [_onward(view, name) for name in steps["made_from"]],
        }
    )
    table(view, shown, "steps")
    _deliveries(view, tuple(sorted(steps[steps["made_from_layer"] == "extract"]["made_from"].unique())))


def of_table(view: View, asked: Asked) -> None:
    """From a table or extract onward: the indicators that rest on it, and every table made from it."""
    t = view.t
    if not asked.table:
        st.html(blocks.reading(t("empty.table")))
        return
    layers = view.data.ask(queries.nodes).set_index("node_name")["node_layer"]
    name, layer = drawn_path.node_name(view, asked.table, layers[asked.table]), layers[asked.table]
    resting = view.data.ask(queries.resting, asked.table)
    made = view.data.ask(queries.downstream, asked.table)
    elements.section(
        t("lineage.resting", table=name), t("lineage.resting_measure", indicators=len(resting), tables=len(made))
    )
    shown = pd.DataFrame(
        {
            "indicator": [indicator_choice.indicator_name(view, code) for code in resting["indicator_code"]],
            "measures": resting[f"measures_{view.lang}"],
            "record_table": resting["record_table"],
            "back": [view.address("lineage", indicator=code, way="indicator") for code in resting["indicator_code"]],
        }
    )
    table(view, shown, "resting")
    elements.section(t("lineage.made", table=name), t("lineage.made_measure"))
    listed = pd.DataFrame(
        {
            "distance": made["steps"],
            "layer": [t(f"layer.{layer}") for layer in made["node_layer"]],
            "node": made["node_name"],
            "holds": [holds(view, row) for row in records(made)],
            "onward": [_onward(view, node) for node in made["node_name"]],
        }
    )
    table(view, listed, "made")
    if layer == "extract":
        _deliveries(view, (asked.table,))


def tables(view: View, asked: Asked) -> None:
    """Every published table: what a row is, its key, who may read it, how many rows."""
    t, found = view.t, view.data.ask(queries.tables)
    elements.section(t("lineage.tables"), t("lineage.tables_measure", count=len(found)))
    shown = pd.DataFrame(
        {
            "node": found["schema_name"] + "." + found["table_name"],
            "holds": [holds(view, row) for row in records(found)],
            "key": [key or formats.ABSENT for key in found["key_columns"]],
            "readers": [t(f"lineage.readers_{readers}") for readers in found["readers"]],
            "row_count": found["row_count"],
            "onward": [_onward(view, name) for name in found["table_name"]],
        }
    )
    table(view, shown, "tables", rows=26)


def documents(view: View, asked: Asked) -> None:
    """dbt's site on every model and column, one file that needs no network, as published with this snapshot."""
    t = view.t
    elements.section(t("lineage.documents"), t("lineage.documents_measure"))
    # Of models, not of rows: the same for every reader.
    file = documents_file(view.data.source.snapshot_id)
    if not file.is_file():
        st.html(blocks.notice(t("lineage.no_documents")))
        return

    def taken() -> bytes:
        audit_trail.record(view, "export", f"{view.data.source.snapshot_id}.html")
        return file.read_bytes()

    st.download_button(
        t("lineage.take_documents", megabytes=formats.number(file.stat().st_size / 1e6, 1)),
        taken,
        file_name=f"{view.data.source.snapshot_id}.html",
        mime="text/html",
        key="download_documents",
        on_click="ignore",
    )
    st.html(blocks.reading(t("lineage.documents_reading")))


def holds(view: View, row: dict[str, Any]) -> str:
    """A table's description in the reader's language; private models have none in the snapshot."""
    said = view.t.name(row, "description")
    return (GRAIN.sub("", said) if view.lang == "zh" else said) or formats.ABSENT


def _measures(view: View, measures: pd.DataFrame) -> None:
    t = view.t
    elements.section(t("lineage.measures"), t("lineage.measures_measure"))
    shown = pd.DataFrame(
        {
            "indicator": measures["indicator_code"],
            "side": [t(f"column.{side}") for side in measures["side"]],
            "measure": [t.name(row) for row in records(measures)],
            "measure_code": measures["measure_code"],
            "case_scope": [t.name(row, "scope") or formats.ABSENT for row in records(measures)],
            "window_rule": [t(f"rule.{rule}") for rule in measures["window_rule"]],
            "kind": [t(f"kind.{kind}") if isinstance(kind, str) else "" for kind in measures["extract_kind"]],
            "record_table": "core." + measures["record_table"],
            "onward": [_onward(view, table) for table in measures["record_table"]],
        }
    )
    table(view, shown, "measures")


def _deliveries(view: View, kinds: tuple[str, ...]) -> None:
    t, found = view.t, view.data.ask(queries.deliveries, kinds)
    elements.section(t("lineage.deliveries"), t("lineage.deliveries_measure"))
    shown = found.assign(
        kind=[drawn_path.node_name(view, kind, "extract") for kind in found["kind"]],
        quality=view.address("quality") if len(found) else "",
    )
    table(view, shown, "deliveries")
    st.html(blocks.reading(t("lineage.deliveries_reading")))


def _onward(view: View, table: str) -> str:
    return view.address("lineage", way="table", table=table)


def table(view: View, frame: pd.DataFrame, name: str, rows: int = 12) -> None:
    """A table in the words of the page's columns, with its workbook; links stay on the page."""
    t = view.t
    labels = {column: t(f"origin.{column}") for column in frame.columns}
    columns: dict[str, Any] = {}
    for column, label in labels.items():
        if column in ("onward", "back", "quality"):
            columns[column] = st.column_config.LinkColumn(label, display_text=t("lineage.open"), width=64)
        elif column.endswith("_at"):
            columns[column] = st.column_config.DatetimeColumn(label, format="YYYY-MM-DD HH:mm")
        elif pd.api.types.is_numeric_dtype(frame[column]):
            columns[column] = elements.figure(label)
        else:
            columns[column] = elements.text(label, width="large" if column == "holds" else None)
    elements.table(view, frame, columns, f"lineage_{name}", rows)
    if len(frame):
        told = frame.drop(columns=["onward", "back", "quality"], errors="ignore").rename(columns=labels)
        elements.download(view, told, f"lineage_{name}", [t("page.lineage"), view.names.where()])

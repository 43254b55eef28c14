"""The lineage page: the steps it shows against the models' own text, forward and back, and the site it hands out.
How the page opens on every snapshot is tested with the other pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.app_pages.lineage import chart, engines, queries
from dashboards.charts.theme import LIGHT
from dashboards.texts import phrases
from tests.dashboards.shown import html

OpenPage = Callable[..., AppTest]
MODELS = Path(__file__).parents[3] / "dbt_project" / "models"


def test_long_names_in_the_picture_are_broken_so_that_none_runs_into_the_next_step() -> None:
    names = ["int_case_deductions_merged", "stg_cases__cases", "执行案件", "法定期限内实际执结", "QX01"]
    nodes = pd.DataFrame({"node": names, "label": names, "layer": "core", "hover": names})
    steps = pd.DataFrame({"source": names[:-1], "target": names[1:]})
    drawn = [label.split("<br>") for label in chart.path(steps, nodes, LIGHT).data[0].node.label]
    assert ["".join(lines) for lines in drawn] == names
    assert all(sum(1 + (sign > "\u2e7f") for sign in line) <= chart.LONGEST for lines in drawn for line in lines)


def parents() -> dict[str, set[str]]:
    """Model → models and sources that its text names."""
    found = {}
    for file in [*MODELS.rglob("*.sql"), *MODELS.rglob("*.py")]:
        text = file.read_text(encoding="utf-8")
        named = set(re.findall(r"""ref\(["'](\w+)["']\)""", text))
        for family, name in re.findall(r"""source\(["'](\w+)["'],\s*["'](\w+)["']\)""", text):
            named.add(name if family in ("cases", "linkage", "defaulters") else f"{family}.{name}")
        found[file.stem] = named
    return found


def above(tables: set[str]) -> set[str]:
    """Everything that `tables` are made from, by walking the models' text."""
    steps, seen, ahead = parents(), set(), list(tables)
    while ahead:
        for parent in steps.get(ahead.pop(), set()) - seen:
            seen.add(parent)
            ahead.append(parent)
    return seen


@pytest.mark.parametrize("code", ["QX02", "QX10", "SX29", "SX35"])
def test_an_indicator_rests_on_what_the_models_say(truth: duckdb.DuckDBPyConnection, code: str) -> None:
    tables = set(queries.measures(truth, code)["record_table"])
    steps = queries.upstream(truth, tuple(tables))
    assert tables and set(steps["made_from"]) == above(tables)
    assert (steps["made_from_layer"] == "extract").any()


@pytest.mark.parametrize("table", ["cases", "linkage", "stg_cases__funds", "fct_enforcement_cases", "courts"])
def test_forward_and_back_are_the_same_lineage(truth: duckdb.DuckDBPyConnection, table: str) -> None:
    codes = truth.execute(
        "select distinct indicator_code from core.dim_indicators where superseded_from is null and variant_of is null"
    ).fetchall()
    expected = set()
    for (code,) in codes:
        tables = set(queries.measures(truth, code)["record_table"])
        if table in tables | above(tables):
            expected.add(code)
    assert set(queries.resting(truth, table)["indicator_code"]) == expected
    assert set(queries.downstream(truth, table)["node_name"]) == {m for m in parents() if table in above({m})}


def test_the_ledgers_of_receiving_and_of_publication_are_told_apart(truth: duckdb.DuckDBPyConnection) -> None:
    layers = queries.nodes(truth).set_index("node_name")["node_layer"]
    assert layers["ledger.deliveries"] == layers["published.deliveries"] == "ledger"
    assert set(layers[layers == "extract"].index) == {key[5:] for key in phrases("en") if key.startswith("kind.")}


def test_the_page_counts_the_steps_it_shows(open_page: OpenPage, truth: duckdb.DuckDBPyConnection) -> None:
    app = open_page("lineage", indicator="QX02", lang="en")
    made = {model for model, from_what in parents().items() if from_what}  # the digits are made from nothing
    models = above({"fct_enforcement_cases"}) & made | {"fct_enforcement_cases"}
    assert f"with {len(models)} models above them" in html(app)
    steps = next(e.value for e in app.dataframe if "made_from" in e.value.columns)
    assert set(steps["node"]) == models


def test_the_deliveries_are_those_of_the_snapshot(open_page: OpenPage, truth: duckdb.DuckDBPyConnection) -> None:
    app = open_page("lineage", way="table", table="cases", lang="en")
    shown = next(e.value for e in app.dataframe if "accepted_count" in e.value.columns)
    expected = truth.execute("select sum(accepted_count) from rankings.rpt_deliveries where kind = 'cases'").fetchone()
    assert shown["accepted_count"].sum() == expected[0]


def test_every_published_table_is_listed_with_its_rows(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection, contracts: dict[tuple[str, str], dict[str, str]]
) -> None:
    app = open_page("lineage", way="tables")
    shown = next(e.value for e in app.dataframe if "row_count" in e.value.columns)
    assert set(shown["node"]) == {f"{schema}.{table}" for schema, table in contracts}
    rows = shown.set_index("node")["row_count"]
    for name in ("core.fct_enforcement_cases", "performance.fct_court_indicators"):
        assert rows[name] == truth.execute(f"select count(*) from {name}").fetchone()[0]


def test_the_site_is_offered_when_it_is_there_and_asked_for_when_not(
    open_page: OpenPage, data_directories: dict[str, Path]
) -> None:
    assert "make docs" in html(open_page("lineage", way="documents"))
    published = data_directories["full"] / "published"
    file = data_directories["full"] / "documents" / (published / "CURRENT").read_text().strip() / "index.html"
    file.parent.mkdir(parents=True)
    file.write_text("<html></html>")
    try:
        app = open_page("lineage", way="documents")
        assert "make docs" not in html(app)
        assert len(app.get("download_button")) == 1
    finally:
        file.unlink()
        file.parent.rmdir()


def test_proofs_of_other_engines_are_told_table_by_table_and_no_row_of_them(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "make prove" in html(open_page("lineage", way="engines", lang="en")), "this snapshot was not compared"
    same = {"table": "core.dim_courts", "rows": 3, "only_duckdb": 0, "only_engine": 0, "example": "", "problem": ""}
    other = same | {"table": "core.fct_cases", "only_engine": 2, "example": "('case-of-a-court',)"}
    proof = {
        "engine": "sail", "versions": {"pysail": "0.7.2"}, "proven_at": "2026-11-29T10:00:00+08:00", "equal": 1,
        "empty": ["core.fct_nothing"], "tables": [same, other, same | {"table": "core.fct_nothing", "rows": 0}],
        "unlike_snapshot": [],
    }  # fmt: skip
    monkeypatch.setattr(engines, "proofs", lambda snapshot_id: [proof])
    app = open_page("lineage", way="engines", lang="en")
    summary, differing = (element.value for element in app.dataframe)
    counts = ["compared", "equal", "differing", "empty", "snapshot"]
    assert summary.loc[0, counts].tolist() == [2, 1, 1, 1, "the same as this snapshot"]
    assert differing[["node", "only_duckdb", "only_engine"]].values.tolist() == [["core.fct_cases", 0, 2]]
    assert "case-of-a-court" not in html(app) + str([element.value.to_dict() for element in app.dataframe])

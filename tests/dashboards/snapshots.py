"""Builds small published snapshots for the gallery's tests: full, empty, and of one court.
The tables' contents are written in SQL beside this file; no pipeline and no page belongs here."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb
import yaml

from pipelines.publication import catalogue, copying, public_models
from pipelines.publication.analysts import macros
from pipelines.publication.public_models import PublicModel

SCRIPTS = Path(__file__).parent / "small"
ORDER = ("dimensions", "records", "measures", "indicators", "quality")
MARTS = Path(__file__).parents[2] / "dbt_project" / "models" / "marts"
PUBLISHED = ("core", "performance", "rankings")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C, where it was built with it: a tenth of the time
PROJECT = yaml.safe_load((MARTS.parents[1] / "dbt_project.yml").read_text(encoding="utf-8"))
DEFAULT_READERS = {
    folder: PROJECT["models"]["enforcement"]["marts"][folder]["+meta"]["readers"] for folder in PUBLISHED
}
SHARED = re.compile(r"\{% docs (\w+) %\}(.*?)\{% enddocs %\}")
ASKED = re.compile(r"\{\{ doc\('(\w+)'\) \}\}")
Columns = dict[str, str]


class DriftError(AssertionError):
    """The small snapshot has a table or column that the published tables do not have."""


@cache
def _models() -> dict[tuple[str, str], dict[str, Any]]:
    """(schema, table) → what dbt says of every model that is published: those not private by name."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for file in sorted(MARTS.rglob("*.yml")):
        schema = file.relative_to(MARTS).parts[0]
        for model in (yaml.load(file.read_text(encoding="utf-8"), Loader=LOADER) or {}).get("models", []):
            if schema in PUBLISHED and model["name"].startswith(("dim_", "fct_", "rpt_")):
                found[schema, model["name"]] = model
    return found


@cache
def _texts() -> dict[str, str]:
    """The texts that tables have in common, by their name."""
    return dict(SHARED.findall((MARTS.parent / "columns.md").read_text(encoding="utf-8")))


def _said(description: str) -> str:
    return ASKED.sub(lambda asked: _texts()[asked[1]], description)


def contracts() -> dict[tuple[str, str], Columns]:
    """(schema, table) → column → type, of every model that dbt publishes."""
    return {place: {c["name"]: c["data_type"] for c in model["columns"]} for place, model in _models().items()}


def _readers(schema: str, model: dict[str, Any]) -> str:
    return str(model.get("config", {}).get("meta", {}).get("readers", DEFAULT_READERS[schema]))


def build_full(
    directory: Path, snapshot_id: str = "20200105-0800-full", after: Mapping[str, str] = MappingProxyType({})
) -> Path:
    """A data directory whose snapshot has 12 courts and 24 months; returns the data directory.

    `after`: name of a script → what is changed when it has been run and before the next is.
    """
    with _writer(directory, snapshot_id) as connection:
        connection.execute("begin")  # by itself each of some four thousand statements is written out and waited for
        for script in _scripts():
            connection.execute(script.read_text(encoding="utf-8") + after.get(script.stem, ""))
        for (schema, table), columns in contracts().items():
            _conform(connection, schema, table, columns)
        _describe(connection)
        connection.execute("commit")
        _refuse_unknown_tables(connection)
    return _point(directory, snapshot_id)


def _begin_with(directory: Path, snapshot_id: str, full: Path) -> None:
    """A copy of the snapshot that `build_full` made under `full`: made anew it took four seconds a state."""
    (made,) = full.glob("published/*/enforcement.duckdb")
    (directory / "published" / snapshot_id).mkdir(parents=True)
    shutil.copy(made, directory / "published" / snapshot_id)


def build_one_court(directory: Path, full: Path, snapshot_id: str = "20200105-0800-one") -> Path:
    """The full snapshot with every court but one basic court taken out."""
    _begin_with(directory, snapshot_id, full)
    with _writer(directory, snapshot_id) as connection:
        for schema, table in _tables_with_court(connection):
            connection.execute(f'delete from "{schema}"."{table}" where court_code is distinct from \'T13\'')
    return _point(directory, snapshot_id)


def build_one_month(directory: Path, full: Path, snapshot_id: str = "20200105-0800-month") -> Path:
    """The full snapshot with every month but the last taken out: nothing to compare with, no history."""
    _begin_with(directory, snapshot_id, full)
    with _writer(directory, snapshot_id) as connection:
        dated = connection.execute(
            """
            select distinct schema_name, table_name, column_name from duckdb_columns()
            where schema_name <> 'catalogue' and not internal and column_name in ('period_month', 'extract_month')
            """
        ).fetchall()
        for schema, table, column in dated:
            connection.execute(f'delete from "{schema}"."{table}" where {column} <> date \'2019-12-01\'')
    return _point(directory, snapshot_id)


def build_renamed(directory: Path, full: Path, snapshot_id: str = "20200105-0800-renamed") -> Path:
    """The full snapshot when T13 was called otherwise and stood under T20 until 2018, and T15 went into T11 in 2019.

    Its manifest says what the installation calls its province, which is one of two.
    """
    _begin_with(directory, snapshot_id, full)
    with _writer(directory, snapshot_id) as connection:
        connection.execute((SCRIPTS.parent / "renamed.sql").read_text(encoding="utf-8"))
    return _point(directory, snapshot_id)


def build_two(directory: Path, full: Path, snapshot_id: str = "20200105-0800-two") -> Path:
    """The full snapshot when T20 and the courts below it are a province of their own, XX, two months behind."""
    _begin_with(directory, snapshot_id, full)
    with _writer(directory, snapshot_id) as connection:
        for schema, table in _tables_with_court(connection):
            columns = connection.table(f'"{schema}"."{table}"').columns
            if "province_code" in columns:
                connection.execute(
                    f"update \"{schema}\".\"{table}\" set province_code = 'XX' where starts_with(court_code, 'T2')"
                )
        connection.execute("update core.dim_courts set parent_court_code = null where court_code = 'T20'")
        connection.execute(
            "delete from performance.fct_court_deliveries"
            " where starts_with(court_code, 'T2') and period_month > date '2019-10-01'"
        )
    return _point(directory, snapshot_id)


def build_labelled(directory: Path, full: Path, snapshot_id: str = "20200105-0800-labelled") -> Path:
    """The full snapshot when every rule of the gate has failed as a label, and every delivery was late."""
    _begin_with(directory, snapshot_id, full)
    with _writer(directory, snapshot_id) as connection:
        connection.execute("update rankings.rpt_gate_results set passed = false, failed_count = checked_count")
        connection.execute(
            "update rankings.rpt_delivery_quality set label_failures = row_count, is_late = is_delivered,"
            " status = case when is_delivered then 'late' else status end"
        )
        connection.execute("update performance.fct_month_closings set is_closed = false, closed_because = null")
    return _point(directory, snapshot_id)


def build_empty(directory: Path, full: Path, snapshot_id: str = "20200105-0800-empty") -> Path:
    """The full snapshot's tables without a single row."""
    _begin_with(directory, snapshot_id, full)
    with _writer(directory, snapshot_id) as connection:
        tables = connection.execute(
            "select schema_name, table_name from duckdb_tables() where not temporary"
        ).fetchall()
        for schema, table in tables:
            connection.execute(f'delete from "{schema}"."{table}"')
    return _point(directory, snapshot_id)


def bear_out(directory: Path) -> None:
    """Gives the directory's snapshots tables of fairness that bear each other out, as the bulletin needs them."""
    script = (Path(__file__).parent / "bulletin" / "intervals.sql").read_text(encoding="utf-8")
    for file in directory.glob("published/*/enforcement.duckdb"):
        with duckdb.connect(str(file)) as connection:
            connection.execute(script)
            for (schema, table), columns in contracts().items():
                _conform(connection, schema, table, columns)


def borne_out(directory: Path, copy: Path) -> Path:
    """A copy of the directory whose tables of fairness bear each other out."""
    shutil.copytree(directory, copy)
    bear_out(copy)
    return copy


def with_fairness(directory: Path, copy: Path) -> Path:
    """A copy of the directory whose tables of fairness hold what `fairness.sql` says."""
    shutil.copytree(directory, copy)
    script = (Path(__file__).parent / "fairness.sql").read_text(encoding="utf-8")
    for file in copy.glob("published/*/enforcement.duckdb"):
        with duckdb.connect(str(file)) as connection:
            connection.execute(script)
    return copy


def _describe(connection: duckdb.DuckDBPyConnection) -> None:
    """The catalogue of the tables, as publication writes it; rows are counted as they are."""
    models = [
        PublicModel(
            schema,
            name,
            model["description"],
            {column["name"]: _said(column["description"]) for column in model["columns"]},
            public_models.readers({"name": name, "config": {"meta": {"readers": _readers(schema, model)}}}),
        )
        for (schema, name), model in _models().items()
    ]
    counts = {m.full_name: connection.table(m.full_name).count("*").fetchall()[0][0] for m in models}
    catalogue.write(connection, _steps(), models, counts)
    macros.create(connection)
    for model in models:
        copying.comment(connection, model)


@cache
def _steps() -> dict[str, Any]:
    """What dbt's manifest says of models and their sources, as far as the catalogue reads it, from the models' text."""
    found: dict[str, Any] = {}
    files = sorted(file for ending in ("*.sql", "*.py") for file in (MARTS.parents[0]).rglob(ending))
    models = {file.stem for file in files}
    for file in files:
        text = file.read_text(encoding="utf-8")
        parents = []
        for name in re.findall(r"""ref\(["'](\w+)["']\)""", text):
            parents.append(f"{'model' if name in models else 'seed'}.{name}")
            found.setdefault(parents[-1], {"resource_type": "seed", "name": name})
        for family, name in re.findall(r"""source\(["'](\w+)["'],\s*["'](\w+)["']\)""", text):
            parents.append(f"source.{family}.{name}")
            found[parents[-1]] = {"resource_type": "source", "name": name, "source_name": family}
        folders = file.relative_to(MARTS.parents[0]).parts
        node = {"resource_type": "model", "name": file.stem, "fqn": ["enforcement", *folders[:-1], file.stem]}
        found[f"model.{file.stem}"] = node | {"depends_on": {"nodes": parents}}
    return {"nodes": found, "sources": {}}


def _scripts() -> list[Path]:
    """The scripts that others build on in their order, then those of single pages by name."""
    first = [SCRIPTS / f"{name}.sql" for name in ORDER]
    return [*first, *sorted(set(SCRIPTS.glob("*.sql")) - set(first))]


def _writer(directory: Path, snapshot_id: str) -> duckdb.DuckDBPyConnection:
    place = directory / "published" / snapshot_id
    place.mkdir(parents=True, exist_ok=True)
    return duckdb.connect(str(place / "enforcement.duckdb"), config={"threads": 2})


def _conform(connection: duckdb.DuckDBPyConnection, schema: str, table: str, columns: Columns) -> None:
    """Gives a table exactly the columns and types of its contract; columns the small world lacks are null."""
    written = connection.execute(
        "select column_name from duckdb_columns() where schema_name = $schema and table_name = $table",
        {"schema": schema, "table": table},
    ).fetchall()
    present = [name for (name,) in written]
    if unknown := set(present) - set(columns):
        raise DriftError(f"{schema}.{table} has no column {', '.join(sorted(unknown))}")
    typed = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    connection.execute(f'create table "{schema}"."_{table}" ({typed})')
    if present:
        names = ", ".join(f'"{name}"' for name in present)
        connection.execute(f'insert into "{schema}"."_{table}" ({names}) select {names} from "{schema}"."{table}"')
        connection.execute(f'drop table "{schema}"."{table}"')
    connection.execute(f'alter table "{schema}"."_{table}" rename to "{table}"')


def _refuse_unknown_tables(connection: duckdb.DuckDBPyConnection) -> None:
    tables = connection.execute(
        "select schema_name, table_name from duckdb_tables() where not temporary and schema_name <> 'catalogue'"
    ).fetchall()
    if unknown := set(tables) - set(contracts()):
        raise DriftError(f"dbt does not publish {sorted(unknown)}")


def _tables_with_court(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    return connection.execute(
        "select schema_name, table_name from duckdb_columns() where column_name = 'court_code' and not internal"
    ).fetchall()


def _point(directory: Path, snapshot_id: str) -> Path:
    manifest = {"snapshot_id": snapshot_id, "published_at": "2020-01-05T08:00:00+00:00", "code_version": "test"}
    place = directory / "published" / snapshot_id
    (place / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (directory / "published" / "CURRENT").write_text(snapshot_id, encoding="utf-8")
    return directory

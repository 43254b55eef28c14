"""An in-memory DuckDB that holds the seeds and runs the compiled models on whatever rows are put into its lake.
Where the models come from belongs to `project`; which rows a month's delivery holds, to `records`."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.extracts.contracts import KINDS
from pipelines.extracts.schemas import LEDGER, lake_schema
from tests.compiled.project import SERVED, Node, Project

Rows = list[dict[str, Any]]


class _Session:
    """What a Python model of dbt is handed: `ref` gives the relation of a model already built."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, relations: dict[str, str]) -> None:
        self.connection = connection
        self.relations = relations

    def ref(self, name: str) -> duckdb.DuckDBPyRelation:
        return self.connection.sql(f"select * from {self.relations[name]}")


class Engine:
    """Seeds loaded once; `build` fills the lake and makes the models that depend on it anew, in milliseconds each."""

    def __init__(self, project: Project, courts: Iterable[str] = ()) -> None:
        self.connection = duckdb.connect(":memory:", config={"threads": 1})
        self.project = project
        self._lakes = [(f'lake."{kind}"', lake_schema(kind)) for kind in KINDS]
        self._lakes += [(f'_ledger."{name}"', schema) for name, schema in LEDGER.items()]
        for schema in {"lake", "_ledger"} | {node.relation.split(".")[0].strip('"') for node in project.nodes}:
            self.connection.execute(f'create schema if not exists "{schema}"')
        for node in project.nodes:
            if node.kind == "seed":
                self._seed(node)
        if chosen := tuple(courts):
            self.connection.execute("delete from seeds.courts where court_code not in (select unnest(?))", [chosen])
        self._fill({})
        self._of_lake = self._below_the_lake()
        for node in project.nodes:
            if node.kind != "seed" and node.name not in self._of_lake:
                self._make(node)

    def _seed(self, node: Node) -> None:
        texts = f"select * from read_csv('{node.path}', all_varchar = true, header = true, quote = '\"', escape = '\"')"
        names = [column[0] for column in self.connection.execute(f"describe {texts}").fetchall()]
        typed = ", ".join(f'cast("{n}" as {node.column_types.get(n, "varchar")}) as "{n}"' for n in names)
        self.connection.execute(f"create or replace table {node.relation} as select {typed} from ({texts})")

    def _below_the_lake(self) -> set[str]:
        found: set[str] = set()
        for node in self.project.nodes:
            if node.reads_lake or found & set(node.parents):
                found.add(node.name)
        return found

    def _fill(self, rows: dict[str, Rows | pa.Table]) -> None:
        for table, schema in self._lakes:
            name = table.replace('"', "").removeprefix("lake.")
            given = rows.get(name, [])
            delivered = given if isinstance(given, pa.Table) else pa.Table.from_pylist(given, schema=schema)
            self.connection.register("delivered", delivered)
            self.connection.execute(f"create or replace table {table} as select * from delivered")
            self.connection.unregister("delivered")

    def _make(self, node: Node) -> None:
        if node.kind == "sql":
            self.connection.execute(f"create or replace table {node.relation} as {node.sql}")
            return
        spec = importlib.util.spec_from_file_location(node.name, node.path)
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        session = _Session(self.connection, {n.name: n.relation for n in self.project.nodes})
        self.connection.register("made", module.model(session, self.connection))
        self.connection.execute(f"create or replace table {node.relation} as select * from made")
        self.connection.unregister("made")

    def build(self, rows: dict[str, Rows | pa.Table]) -> None:
        """Fill the lake with these rows by kind (`cases`, …, `_ledger.delivery_courts`) and make every model anew."""
        self._fill(rows)
        self.rebuild()

    def change(self, statement: str, *values: object) -> None:
        """Change a seed (`update seeds.node_limits set …`) and make anew what stands on seeds alone."""
        self.connection.execute(statement, list(values))
        for node in self.project.nodes:
            if node.kind != "seed" and node.name not in self._of_lake:
                self._make(node)

    def rebuild(self) -> None:
        """Make every model anew on the rows that are in the lake."""
        for node in self.project.nodes:
            if node.name in self._of_lake:
                self._make(node)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        return self.connection.execute(query, list(values)).fetchall()


def broken(engine: Engine) -> list[tuple[str, tuple[Any, ...]]]:
    """The project's own data tests that fail, each with its first row: a build that fails one is not published."""
    found = {name: engine.rows(engine.project.proofs[name]) for name in SERVED}
    return [(name, rows[0]) for name, rows in found.items() if rows]

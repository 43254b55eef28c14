"""dbt's models on an engine and on DuckDB, from the same lake: up to the intervals, the intervals, the rest.
How the results are compared is said by comparison.py."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.engines import intervals
from pipelines.layout import Layout
from pipelines.settings.effective import seeds

INTERVALS = (intervals.RANKS, intervals.VALUES)
TABLES_ALONE = ("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test")
BUILD_SECONDS = 7200


class BuildFailedError(Exception):
    """A model does not build on the engine; the text names it, with the engine's own words."""


class UnfitLakeError(BuildFailedError):
    """A model does not build on DuckDB either: the lake is not one that a run of this version left."""


@dataclass(frozen=True)
class Built:
    """Where a build left its tables: schema.table by model, and the seconds each took."""

    relations: Mapping[str, str]
    seconds: Mapping[str, float]


def on_duckdb(layout: Layout, database: Path) -> Built:
    """All models in a new `database` beside the warehouse, by a process of its own."""
    target = database.parent / "duckdb_target"
    _dbt_apart(layout, target, database, ["build", *TABLES_ALONE])
    return _built(target)


def views_on_duckdb(layout: Layout, target: Path) -> None:
    """The warehouse's views as they are: `--empty` wrote into each that it reads nothing."""
    _dbt_apart(layout, target, layout.warehouse_file, ["run", "--select", "config.materialized:view"])


def _dbt_apart(layout: Layout, target: Path, database: Path, asked: Sequence[str]) -> None:
    environment = _environment(layout, target) | {"ENFORCEMENT_WAREHOUSE_FILE": str(database)}
    # As `python -m` would run it, without a warning that dbt imports itself.
    program = "from dbt.cli.main import cli; cli()"
    command = [sys.executable, "-c", program, "--no-use-colors", "--quiet", *asked, "--target", "build"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=BUILD_SECONDS)
    if done.returncode != 0:
        raise UnfitLakeError(done.stdout + done.stderr)


def on_engine(layout: Layout, session: Any, engine: str, target: Path) -> Built:
    """All models on `engine`, whose sources are registered already. BuildFailedError names what does not build."""
    os.environ.update(_environment(layout, target))
    after = [f"{name}+" for name in INTERVALS]
    first = _dbt(engine, ["--exclude", *after])
    built = _built(target)
    intervals.write(session, built.relations)
    second = _dbt(engine, ["--select", *after, "--exclude", *INTERVALS])
    return Built(built.relations, first | second)


def _dbt(engine: str, selected: Sequence[str]) -> dict[str, float]:
    from dbt.cli.main import dbtRunner

    done = dbtRunner().invoke(["--quiet", "build", "--target", engine, *TABLES_ALONE, *selected])
    ran: Any = done.result or ()
    if not done.success:
        failed = [f"{node.node.name}: {node.message}" for node in ran if str(node.status) == "error"]
        raise BuildFailedError("\n".join(failed) or str(done.exception))
    return {node.node.name: round(node.execution_time, 2) for node in ran}


def _environment(layout: Layout, target: Path) -> dict[str, str]:
    return os.environ | {
        "ENFORCEMENT_LAKE": str(layout.lake),
        "ENFORCEMENT_REJECTS": str(layout.rejects),
        "ENFORCEMENT_SEEDS": os.path.relpath(seeds(layout), layout.dbt_project),
        "ENFORCEMENT_PUBLISHED": str(layout.published),
        "DBT_PROJECT_DIR": str(layout.dbt_project),
        "DBT_PROFILES_DIR": str(layout.dbt_project),
        "DBT_TARGET_PATH": str(target),
        "DBT_LOG_PATH": str(target),
    }


def _built(target: Path) -> Built:
    nodes = json.loads((target / "manifest.json").read_text(encoding="utf-8"))["nodes"].values()
    relations = {
        node["name"]: f"{node['schema']}.{node['alias']}"
        for node in nodes
        if node["resource_type"] in ("model", "seed")
    }
    return Built(relations, {})

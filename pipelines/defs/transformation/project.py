"""The dbt project as Dagster knows it: its folder, and its manifest, which is parsed when it is older than the project.
Nothing is built here."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import duckdb
from dagster_dbt import DbtProject
from dbt.cli.main import dbtRunner

from pipelines.environment import prepare
from pipelines.holding import held
from pipelines.layout import layout

LOCKED = "Could not set lock"  # what DuckDB says of a file that another process has open; the process is named after it
SOURCE_ENDINGS = (".sql", ".yml", ".csv", ".md")


@cache
def dbt_project() -> DbtProject:
    """The project with an up-to-date manifest. RuntimeError with dbt's own words if it does not parse."""
    where = layout()
    prepare(where)
    project = DbtProject(project_dir=where.dbt_project, target_path=where.dbt_target, profiles_dir=where.dbt_project)
    manifest = where.dbt_target / "manifest.json"
    # Two processes that parsed at once left half of each other's manifest; the second now waits and finds it made.
    with held(where.dbt_target / ".parsing"):
        if not manifest.exists() or manifest.stat().st_mtime < _last_change(where.dbt_project):
            parsed = dbtRunner().invoke(["--quiet", "parse"])
            if not parsed.success:
                raise RuntimeError(f"the dbt project does not parse: {parsed.exception}")
            manifest.touch()
    return project


def wait_for_warehouse(tell: Callable[[str], None], patience: float = 600.0) -> None:
    """Return when the warehouse can be written to; `tell` hears at once of what is in the way.

    A dbt whose run was killed builds on for a while: it is waited for, `patience` seconds, then duckdb.IOException.
    A file that is no database any more is removed: all of it is derived from the lake and is built again.
    """
    file, deadline, is_told = layout().warehouse_file, time.monotonic() + patience, False
    while True:
        try:
            duckdb.connect(str(file)).close()
            return
        except duckdb.Error as problem:
            if LOCKED not in str(problem):
                tell(f"{file} 已损坏，删除后重新计算 | {file} is damaged: it is removed and built again")
                for path in (file, file.with_name(file.name + ".wal")):
                    path.unlink(missing_ok=True)
                continue
            if time.monotonic() > deadline:
                raise
            if not is_told:
                tell(f"{file} 正被占用，请关闭占用者 | {file} is in use; close what uses it: {problem}")
            is_told = True
            time.sleep(1.0)


def _last_change(project: Path) -> float:
    """When a file of the project, or a folder (a file was added or removed), last changed."""
    paths = [path for path in project.rglob("*") if path.is_dir() or path.suffix in SOURCE_ENDINGS]
    return max(path.stat().st_mtime for path in paths)

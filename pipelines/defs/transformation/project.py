"""The dbt project as Dagster knows it, with the manifest of the project as it is now; and a way free for its warehouse.
How dbt's reading is kept is in pipelines.publication.dbt_parse; nothing is built here."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import cast

import duckdb
from dagster_dbt import DbtProject
from dbt.contracts.graph.manifest import Manifest

from pipelines.environment import prepare
from pipelines.layout import layout
from pipelines.publication.dbt_parse import parsed

LOCKED = "Could not set lock"  # what DuckDB says of a file that another process has open
HOLDER = re.compile(r"held in (.*?) \(PID (\d+)\)")  # and of that process


@cache
def parsed_here() -> Manifest:
    """The manifest as dbt has it in memory, and manifest.json beside it. RuntimeError if the project does not parse."""
    where = layout()
    prepare(where)
    return cast(Manifest, parsed(where))


@cache
def dbt_project() -> DbtProject:
    """The project with an up-to-date manifest. RuntimeError with dbt's own words if it does not parse."""
    parsed_here()
    where = layout()
    return DbtProject(project_dir=where.dbt_project, target_path=where.dbt_target, profiles_dir=where.dbt_project)


class WarehouseInUseError(RuntimeError):
    """Another process has had the warehouse open all the time that we waited; the message names it."""


def clear_warehouse(tell: Callable[[str], None], patience: float = 600.0) -> None:
    """Make way for a warehouse that is built from nothing; `tell` hears at once of what is in the way.

    All of it is derived from the lake: so no damage outlives a build, and the file holds nothing of the one before.
    A dbt that is ended with its run takes a moment: it is waited for, `patience` seconds, then WarehouseInUseError.
    """
    file, deadline, is_told = layout().warehouse_file, time.monotonic() + patience, False
    while problem := _in_the_way(file):
        if LOCKED not in problem:
            tell(f"{file} 已损坏，重新计算 | {file} is damaged, and is built again")
            break
        named = HOLDER.search(problem)
        program, number = named.groups() if named else ("?", "?")
        said = f"进程 {number}（{program}）", f"process {number} ({program})"
        if time.monotonic() > deadline:
            raise WarehouseInUseError(
                f"{said[0]}占用着 {file}，请关闭它后再次运行 | {said[1]} has {file} open; close it and run again"
            )
        if not is_told:
            tell(f"{said[0]}正占用 {file}，等它结束；请关闭它 | {said[1]} has {file} open: waiting for it; close it")
        is_told = True
        time.sleep(1.0)
    for path in (file, file.with_name(file.name + ".wal"), layout().made_by):
        path.unlink(missing_ok=True)


@contextmanager
def ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """A process that does not outlive what is done with it, nor this process, however that ends.

    A child whose parent is killed outright goes on: dbt, when it was one, built on with the warehouse open. Nothing of
    a warehouse half built is used.
    """
    # Whatever ends this process closes the pipe on which the watch waits; and no signal to its group meets the watch.
    watch = subprocess.Popen(
        ["sh", "-c", f"read line; kill -9 {process.pid}"], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        yield
    finally:
        watch.kill()
        watch.communicate()
        if process.poll() is None:
            process.kill()
            process.wait()


def _in_the_way(file: Path) -> str:
    """Why the warehouse cannot be opened, in DuckDB's words; nothing if it can, or is not there."""
    if not file.exists():
        return ""
    try:
        duckdb.connect(str(file)).close()
    except duckdb.Error as problem:
        return str(problem)
    return ""

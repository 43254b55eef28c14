"""A small world: five courts, four months, made by the sample's generator; and the commands run on it as a user would.
What is expected of them belongs to the tests."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import duckdb

from pipelines.samples import generate

REPOSITORY = Path(__file__).resolve().parents[2]
RUN_SECONDS = 600  # well under a minute each; several times that when the machine is busy
MONTHS = ["2016-03", "2016-04", "2016-05", "2016-06"]
# Refuses, and writes down, every connection that leaves this machine, in every Python process of a run.
WITHOUT_NETWORK = Path(__file__).parent / "without_network"


def make_landing(folder: Path) -> None:
    """The small world's deliveries, with the times at which they came."""
    generate(folder, cases=200, courts=5, months=len(MONTHS))


def new_tree(root: Path, landing: Path, months: list[str]) -> Path:
    """A data tree with those months delivered: the same files, with the same times."""
    for month in months:
        shutil.copytree(landing / month, root / "landing" / month)
    return root


def environment(data: Path) -> dict[str, str]:
    """What a user has set, and nothing that the pipeline ought to set itself."""
    ours = ("ENFORCEMENT_", "DAGSTER_", "DBT_", "GX_", "STREAMLIT_", "DO_NOT_TRACK", "PYTHONPATH")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | {
        "ENFORCEMENT_DATA_DIR": str(data),
        "ENFORCEMENT_KEY_FILE": str(data.parent / "person-hash.key"),
        "PYTHONPATH": f"{REPOSITORY}{os.pathsep}{WITHOUT_NETWORK}",
        "CONNECTIONS_REFUSED": str(data / "connections_refused"),
    }


def pipelines(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`python -m pipelines <arguments>` on `data`, to its end."""
    command = [sys.executable, "-m", "pipelines", *arguments]
    return subprocess.run(
        command, cwd=REPOSITORY, env=environment(data), capture_output=True, text=True, timeout=RUN_SECONDS, check=False
    )


def run_and_kill(data: Path, when: str, after: float = 0.0) -> None:
    """Start `run`, and kill it alone, `after` seconds after it has printed a line with `when`."""
    command = [sys.executable, "-u", "-m", "pipelines", "run", "--no-serve"]
    process = subprocess.Popen(command, cwd=REPOSITORY, env=environment(data), stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for line in process.stdout:
        if when in line:
            time.sleep(after)
            break
    else:
        raise AssertionError(f"the run ended without saying {when!r}")
    process.kill()
    process.wait()


def current(data: Path) -> str | None:
    """The published snapshot's id."""
    pointer = data / "published" / "CURRENT"
    return pointer.read_text(encoding="utf-8").strip() if pointer.exists() else None


def content(data: Path) -> dict[str, str]:
    """A digest of every table of the current snapshot, rows in any order."""
    database = data / "published" / str(current(data)) / "enforcement.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        names = connection.execute("select schema_name || '.' || table_name from duckdb_tables() order by 1").fetchall()
        return {name: _digest(connection, name) for (name,) in names}


def _digest(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    rows = connection.execute(f"from {table} order by all").fetchall()
    return f"{len(rows)} rows {hashlib.sha256(repr(rows).encode()).hexdigest()[:12]}"

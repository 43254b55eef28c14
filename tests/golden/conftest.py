"""The golden deliveries, taken through the product once and published in a tree of their own.
What is expected of the snapshot belongs to the tests."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
RUN_SECONDS = 600  # well under a minute on a quiet machine; a hung run must not take the suite with it


def land(data: Path) -> None:
    """The golden landing under `data`, with the times at which the files were received."""
    landing = data / "landing"
    shutil.copytree(HERE / "landing", landing)
    with (HERE / "received_at.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            at = datetime.fromisoformat(row["received_at"]).timestamp()
            os.utime(landing / row["file"], (at, at))


@pytest.fixture(scope="session")
def golden_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data tree after `python -m pipelines run --no-serve` on the golden deliveries."""
    data = tmp_path_factory.mktemp("golden")
    land(data)
    environment = os.environ | {
        "ENFORCEMENT_DATA_DIR": str(data),
        "ENFORCEMENT_KEY_FILE": str(data / "key"),
        "PYTHONPATH": str(REPOSITORY),
    }
    command = [sys.executable, "-m", "pipelines", "run", "--no-serve"]
    done = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, timeout=RUN_SECONDS)
    assert done.returncode == 0, f"{done.stdout[-6000:]}\n{done.stderr[-6000:]}"
    return data


@pytest.fixture
def snapshot(golden_data: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published snapshot, read-only."""
    current = (golden_data / "published" / "CURRENT").read_text().strip()
    path = golden_data / "published" / current / "enforcement.duckdb"
    with duckdb.connect(str(path), read_only=True) as connection:
        yield connection

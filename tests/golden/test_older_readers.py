"""DBeaver, R and ODBC bring a DuckDB of their own: a snapshot opens in the releases that people have.
Each older release lies in a folder of its own, put there by `make test`, and runs in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
OLDER = sorted(file.stem.removeprefix("duckdb-") for file in (HERE / "older").glob("*.lock"))


def read(database: Path, packages: Path | None = None) -> dict[str, Any]:
    environment = os.environ | {"PYTHONPATH": str(packages or "")}
    command = [sys.executable, str(HERE / "older" / "reading.py"), str(database)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.fixture(scope="module")
def database(golden_data: Path) -> Path:
    current = (golden_data / "published" / "CURRENT").read_text().strip()
    return golden_data / "published" / current / "enforcement.duckdb"


@pytest.fixture(scope="module")
def today(database: Path) -> dict[str, Any]:
    return read(database)


@pytest.mark.parametrize("version", OLDER)
def test_an_older_release_finds_every_table_comment_and_macro(
    database: Path, today: dict[str, Any], version: str
) -> None:
    packages = Path(sys.prefix) / "older" / version
    assert (packages / "duckdb").is_dir(), f"DuckDB {version} is not in {packages}: `make test` puts it there"
    found = read(database, packages)
    assert found.pop("version") == version
    assert found == {part: value for part, value in today.items() if part != "version"}


def test_the_comparison_sees_every_published_table_and_the_macros_answer(today: dict[str, Any]) -> None:
    rows = {source: int(count) for source, (count, _) in today["contents"].items()}
    assert len(rows) > 80 and all(rows[source] for source in rows if source.startswith(("indicator", "ranking")))
    assert {kind for kind, *_ in today["objects"]} == {"table", "column", "macro"}

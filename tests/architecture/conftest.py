"""The dbt project as dbt itself sees it: its manifest, parsed once without a database.
Rules over the manifest belong to the test modules."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.repository import ROOT

Manifest = dict[str, Any]


@pytest.fixture(scope="session")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> Manifest:
    """`dbt parse` into a folder of its own. A project that does not parse fails here with dbt's message."""
    target = tmp_path_factory.mktemp("dbt")
    dbt = str(Path(sys.executable).with_name("dbt"))
    command = [
        dbt, "--quiet", "--no-partial-parse", "parse", "--project-dir", "dbt_project", "--profiles-dir", "dbt_project",
        "--target-path", str(target), "--log-path", str(target),
    ]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads((target / "manifest.json").read_text(encoding="utf-8"))

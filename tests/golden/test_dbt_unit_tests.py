"""The unit tests of the dbt models, run on the golden warehouse: they need its tables for their column types only.
What each of them claims stands beside its model."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.golden.conftest import REPOSITORY

UNIT_TESTS = """
import os, sys
from pipelines.environment import prepare
from pipelines.layout import layout
prepare(layout())
os.environ["DBT_TARGET_PATH"] = sys.argv[1]
dbt = os.path.join(os.path.dirname(sys.executable), "dbt")
os.execv(dbt, [dbt, "test", "--select", "test_type:unit"])
"""


def test_every_unit_test_of_the_models_passes(golden_data: Path, tmp_path: Path) -> None:
    environment = os.environ | {"ENFORCEMENT_DATA_DIR": str(golden_data), "PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, "-c", UNIT_TESTS, str(tmp_path / "target")]
    done = subprocess.run(
        command, cwd=REPOSITORY / "dbt_project", env=environment, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stdout[-6000:]
    written = sum(
        len(re.findall(r"^    model: ", path.read_text(encoding="utf-8"), re.M))
        for path in (REPOSITORY / "dbt_project" / "models").rglob("*.yml")
    )
    passed = re.findall(r"\d+ of \d+ PASS \w+::", done.stdout)  # dbt's own sum counts the project's hook too
    assert len(passed) == written > 0

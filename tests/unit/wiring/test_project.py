"""The dbt project's manifest when several processes want it first.
What the models are belongs to their own tests."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
ASK = """
import json, sys
from pipelines.defs.transformation.project import dbt_project
sys.stdin.readline()
print(len(json.loads(dbt_project().manifest_path.read_bytes())["nodes"]))
"""


def test_processes_that_start_together_all_read_a_whole_manifest(tmp_path: Path) -> None:
    settings = os.environ | {"ENFORCEMENT_DATA_DIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    asked = [
        subprocess.Popen([sys.executable, "-c", ASK], stdin=-1, stdout=-1, stderr=-1, env=settings, cwd=ROOT, text=True)
        for _ in range(2)
    ]
    for process in asked:  # all have imported what they need before the first may begin
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    answers = [process.communicate(timeout=180) for process in asked]
    assert [process.returncode for process in asked] == [0, 0], answers
    nodes = {said.split()[-1] for said, _ in answers}
    assert len(nodes) == 1 and int(nodes.pop()) > 300

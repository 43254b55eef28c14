"""What a process that has published leaves behind when it becomes the dashboards: nothing on the terminal.
Who may come in is tested with the gallery."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import multiprocessing
import sys

kept = multiprocessing.get_context("spawn").Lock()  # as dbt keeps its own
print("published")
from pipelines.commands.serve import become

become([sys.executable, "-c", "print('dashboards')"])
"""


def test_becoming_the_dashboards_says_nothing_of_what_libraries_kept() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("published\ndashboards\n", "")

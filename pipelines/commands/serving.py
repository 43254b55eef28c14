"""`serve` and `dagster`: hands this process over to the dashboards or to Dagster's interface, on this machine only.
What they show is in dashboards and pipelines.definitions."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from pipelines.commands.lock import BusyError, only_writer
from pipelines.commands.terminal import console
from pipelines.layout import REPOSITORY, Layout
from pipelines.publication.snapshot import current

DASHBOARDS_URL = "http://127.0.0.1:8501"
DAGSTER_URL = "http://127.0.0.1:3000"


def dashboards(where: Layout) -> int:
    """Becomes Streamlit; 1 if there is nothing to show."""
    if current(where) is None:
        console.print("还没有发布快照，请先运行 make run | nothing has been published yet: make run")
        return 1
    console.print(f"看板 | dashboards: [bold]{DASHBOARDS_URL}[/]  (Ctrl+C 结束 | ends)")
    script = REPOSITORY / "dashboards" / "streamlit_app.py"
    options = {
        "server.address": "127.0.0.1",
        "server.port": "8501",
        "server.headless": "true",
        "browser.gatherUsageStats": "false",
    }
    arguments = [f"--{name}={value}" for name, value in options.items()]
    sys.stdout.flush()
    os.chdir(script.parent)
    return os.execv(sys.executable, [sys.executable, "-m", "streamlit", "run", str(script), *arguments])


def dagster(where: Layout) -> int:
    """Dagster's interface and daemon; the data tree is theirs alone until they end."""
    import subprocess

    command = [str(Path(sys.executable).parent / "dagster"), "dev", "-m", "pipelines.definitions"]
    try:
        with only_writer(where):
            console.print(f"Dagster: [bold]{DAGSTER_URL}[/]  (Ctrl+C 结束 | ends)")
            return subprocess.run(
                [*command, "-h", "127.0.0.1", "-p", "3000"], cwd=where.dagster_home, check=False
            ).returncode
    except BusyError as busy:
        console.print(str(busy), markup=False)
        return 1

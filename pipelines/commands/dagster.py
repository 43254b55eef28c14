"""`dagster`: Dagster's interface and daemon on this machine.
What they show is in pipelines.definitions; who may ask for it, in pipelines.interface."""

from __future__ import annotations

import argparse
import subprocess
import sys

from pipelines.commands.lock import only_writer
from pipelines.commands.terminal import console
from pipelines.commands.together import until_one_ends
from pipelines.layout import Layout

PORT = "3000"
HELP = f"Dagster's interface on http://127.0.0.1:{PORT}"
HOME_MADE = (sys.executable, "-m", "pipelines.interface")
PROGRAMS = (
    (sys.executable, "-m", "pipelines.interface", PORT),
    (sys.executable, "-m", "dagster._daemon", "run", "-m", "pipelines.definitions"),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(where: Layout) -> int:
    """Dagster's interface and daemon; the data tree is theirs alone until they end."""
    with only_writer(where) as lock:
        subprocess.run(HOME_MADE, cwd=where.dagster_home, check=True)
        file = where.dagster_home / "token"
        console.print(f"Dagster: http://127.0.0.1:{PORT}  (Ctrl+C 结束 | ends)")
        console.print(f"令牌（首次启动时生成）| the token, made at the first start: {file}", markup=False)
        return until_one_ends(PROGRAMS, where.dagster_home, held=[lock])

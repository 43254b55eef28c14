"""`dagster`: Dagster's interface and daemon on this machine.
What they show is in pipelines.definitions."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from pipelines.commands.lock import only_writer
from pipelines.commands.terminal import console
from pipelines.layout import Layout

HELP = "Dagster's interface on http://127.0.0.1:3000"
URL = "http://127.0.0.1:3000"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(where: Layout) -> int:
    """Dagster's interface and daemon; the data tree is theirs alone until they end."""
    command = [str(Path(sys.executable).parent / "dagster"), "dev", "-m", "pipelines.definitions"]
    with only_writer(where):
        console.print(f"Dagster: {URL}  (Ctrl+C 结束 | ends)")
        return subprocess.run(
            [*command, "-h", "127.0.0.1", "-p", "3000"], cwd=where.dagster_home, check=False
        ).returncode

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
from pipelines.settings.installation import service

HELP = "Dagster's interface on this machine, port 3000 unless the settings say another"
HOME_MADE = (sys.executable, "-m", "pipelines.interface")


def programs(port: str) -> tuple[tuple[str, ...], ...]:
    """The interface on its port, and the daemon that sensor and schedule live in."""
    daemon = (sys.executable, "-m", "dagster._daemon", "run", "-m", "pipelines.definitions")
    return (*HOME_MADE, port), daemon


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(where: Layout) -> int:
    """Dagster's interface and daemon; the data tree is theirs alone until they end."""
    port = str(service(where, "dagster_port"))
    with only_writer(where) as lock:
        subprocess.run(HOME_MADE, cwd=where.dagster_home, check=True)
        file = where.dagster_home / "token"
        console.print(f"Dagster: http://127.0.0.1:{port}  (Ctrl+C 结束 | ends)")
        console.print(f"令牌（首次启动时生成）| the token, made at the first start: {file}", markup=False)
        told = "开 on" if service(where, "takes_in_by_itself") else "关 off"
        console.print(f"自动接收 | takes in by itself: {told}  (installation.toml: service.takes_in_by_itself)")
        return until_one_ends(programs(port), where.dagster_home, held=[lock])

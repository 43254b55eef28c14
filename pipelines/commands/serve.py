"""`serve`: hands this process over to the dashboards.
What they show is in dashboards; who may come in, and from where, is their rule."""

from __future__ import annotations

import argparse
import atexit
import os
import subprocess
import sys
from typing import NoReturn

from pipelines.commands.terminal import console
from pipelines.layout import REPOSITORY, Layout
from pipelines.publication.snapshot import current
from pipelines.settings.installation import service

HELP = "the dashboards on the current snapshot"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(where: Layout) -> int:
    """Becomes Streamlit; 1 if there is nothing to show, or if anybody could come in.

    ENFORCEMENT_ADDRESS and ENFORCEMENT_PORT say where, or the settings; 127.0.0.1 and 8501 if neither does.
    """
    address, port = str(service(where, "address")), str(service(where, "port"))
    if current(where) is None:
        console.print("还没有发布快照，请先运行 make run | nothing has been published yet: make run")
        return 1
    if not _is_allowed(address):
        return 1
    console.print(f"看板 | dashboards: http://{address}:{port}  (Ctrl+C 结束 | ends)")
    script = REPOSITORY / "dashboards" / "streamlit_app.py"
    options = {
        "server.address": address,
        "server.port": port,
        "server.headless": "true",
        "browser.gatherUsageStats": "false",
    }
    arguments = [f"--{name}={value}" for name, value in options.items()]
    os.chdir(script.parent)
    return become([sys.executable, "-m", "streamlit", "run", str(script), *arguments])


def become(command: list[str]) -> NoReturn:
    """This process goes on as `command`, and does first what it would have done at its end.

    Without that the locks of libraries outlive it, and Python's tracker of resources tells the terminal of a leak.
    """
    atexit._run_exitfuncs()
    sys.stdout.flush()
    os.execv(command[0], command)


def _is_allowed(address: str) -> bool:
    """Asks the gallery, which has the rule and says the reason; the pipeline does not import it."""
    asked = [sys.executable, "-m", "dashboards.access.settings", address]
    return subprocess.run(asked, cwd=REPOSITORY, check=False).returncode == 0

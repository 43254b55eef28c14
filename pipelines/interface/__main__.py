"""The process that serves Dagster's interface: `python -m pipelines.interface <port>`; no port, no server.
The daemon is another; both are started, and ended, by the command `dagster`."""

from __future__ import annotations

import signal
import sys

import uvicorn
from dagster import DagsterInstance, __version__
from dagster._core.workspace.context import WorkspaceProcessContext
from dagster._core.workspace.load_target import ModuleTarget, WorkspaceLoadTarget
from dagster_webserver.app import create_app_from_workspace_process_context

from pipelines.defs.history import set_aside_damaged
from pipelines.interface.entry import Entry, token
from pipelines.interface.front import Front
from pipelines.layout import layout

ADDRESS = "127.0.0.1"
LAST_ANSWERS = 3  # seconds for answers that are under way when the process is told to end


def serve(port: int, instance: DagsterInstance, target: WorkspaceLoadTarget) -> None:
    """Serves what `target` defines until the process is told to end; the code it loaded ends with it."""
    with WorkspaceProcessContext(instance, target, version=__version__, code_server_log_level="WARNING") as context:
        app = Front(Entry(create_app_from_workspace_process_context(context), token(layout().dagster_home)))
        uvicorn.run(app, host=ADDRESS, port=port, log_level="warning", timeout_graceful_shutdown=LAST_ANSWERS)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that every `with` is left
    try:
        # Opening it makes its databases, which two processes at once would make into each other's.
        if not sys.argv[1:]:
            set_aside_damaged(layout().dagster_home)
        with DagsterInstance.get() as home:
            if sys.argv[1:]:
                serve(int(sys.argv[1]), home, ModuleTarget("pipelines.definitions", None, None, None))
    except KeyboardInterrupt:
        sys.exit(0)

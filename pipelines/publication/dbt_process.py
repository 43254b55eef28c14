"""A command of dbt in this very process, after which the warehouse is free for others.
Which commands are run, and what is made of what dbt says, belongs to who runs them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any


def invoke(command: Sequence[str], parsed: Any = None, hear: Callable[[Any], None] | None = None) -> Any:
    """dbt's result of the command. `parsed`: the manifest, if this process has it; `hear` is told every event.

    A process of its own would start, import and parse for some three seconds of processor time more.
    """
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    try:
        return dbtRunner(parsed, callbacks=[hear] if hear else []).invoke(list(command))
    finally:
        # dbt leaves its database open for as long as its process lives, and nobody could open it otherwise.
        environment: Any = DuckDBConnectionManager._ENV
        if environment is not None:
            environment.close()
            DuckDBConnectionManager.close_all_connections()

"""What the tools we start find in their environment: where data is, and that nobody may phone home.
Called once when a process starts; our own settings are read in layout.py, and nowhere else."""

from __future__ import annotations

import os
from pathlib import Path

from pipelines.holding import held_folder
from pipelines.layout import Layout
from pipelines.ownership import keep_to_owner
from pipelines.publication.values_schema import open_ledger
from pipelines.settings.effective import refresh

# Read by dbt, Dagster, Great Expectations, Streamlit and by many of their dependencies.
SILENCE = {
    "DO_NOT_TRACK": "1",
    "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    "DBT_VERSION_CHECK": "false",
    "GX_ANALYTICS_ENABLED": "false",
    "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
    "DAGSTER_DISABLE_TELEMETRY": "yes",
}
# What the programs we start say goes to us; whatever letters the terminal has, theirs are UTF-8.
UTF_8 = {"PYTHONUTF8": "1", "PYTHONIOENCODING": "utf-8:backslashreplace"}
# Letters that make a pattern of a path, or something else than a path: in SQL, or where a database's place is a URL.
UNUSABLE = "*?[#'\""
DAGSTER_SETTINGS = """\
# Written by pipelines/environment.py at every start: what is changed here is lost.
telemetry:
  enabled: false
nux:
  enabled: false
retention:
  schedule:
    purge_after_days: 90
  sensor:
    purge_after_days:
      skipped: 7
      failure: 90
      success: 365
concurrency:
  runs:
    max_concurrent_runs: 1 # one writer: the warehouse is one file
event_log_storage:
  module: pipelines.defs.history
  class: OneConnectionEventLog
  config:
    base_dir:
      env: DAGSTER_HOME
"""


class UnusablePlaceError(RuntimeError):
    """The data tree lies where the tools that we start cannot find it; the message says why."""


def _refuse_unusable(tree: Path) -> None:
    """Refuse a path that cannot be written as text, or that our databases would take for something else."""
    strange = sorted({letter for letter in str(tree) if letter in UNUSABLE or not letter.isprintable()})
    if strange:
        listed = " ".join(letter if letter in UNUSABLE else ascii(letter) for letter in strange)
        shown = "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in str(tree))
        raise UnusablePlaceError(
            f"数据目录的路径含有不能使用的字符（{listed}）：{shown}。请用 ENFORCEMENT_DATA_DIR 另选 | "
            f"the path of the data tree has letters that cannot be used ({listed}): {shown}; "
            "choose another with ENFORCEMENT_DATA_DIR"
        )


def prepare(layout: Layout) -> None:
    """Make the folders that tools expect and put their settings into this process's environment.

    The whole tree is closed to other users, what an earlier version left open included. UnusablePlaceError for a path
    that the tools would not find.
    """
    _refuse_unusable(layout.data)
    keep_to_owner(layout.data)
    for folder in (layout.landing, layout.dagster_home, layout.dbt_target, layout.published):
        folder.mkdir(parents=True, exist_ok=True)
    with held_folder(layout.data):  # processes that start together would take away what the others have aside
        open_ledger(layout)
        refresh(layout)
        settings = layout.dagster_home / "dagster.yaml"
        if not settings.exists() or settings.read_bytes() != DAGSTER_SETTINGS.encode():
            settings.write_text(DAGSTER_SETTINGS, encoding="utf-8")
    os.environ.update(SILENCE | UTF_8)
    os.environ.update(
        {
            "DAGSTER_HOME": str(layout.dagster_home),
            "ENFORCEMENT_DATA_DIR": str(layout.data),
            "ENFORCEMENT_LAKE": str(layout.lake),
            "ENFORCEMENT_REJECTS": str(layout.rejects),
            "ENFORCEMENT_SEEDS": os.path.relpath(layout.seeds, layout.dbt_project),  # dbt wants it relative
            "ENFORCEMENT_PUBLISHED": str(layout.published),
            "ENFORCEMENT_WAREHOUSE_FILE": str(layout.warehouse_file),
            "DBT_PROJECT_DIR": str(layout.dbt_project),
            "DBT_PROFILES_DIR": str(layout.dbt_project),
            "DBT_TARGET_PATH": str(layout.dbt_target),
            "DBT_LOG_LEVEL_FILE": "info",
            "DBT_LOG_PATH": str(layout.warehouse / "dbt_logs"),
        }
    )

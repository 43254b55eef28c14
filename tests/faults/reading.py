"""Readers of snapshots while others are published: each opens what is current, and looks at it again and again.
What is published belongs to programs.py."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import duckdb

from pipelines.publication import snapshot
from tests.faults.programs import at

QUERY = "select count(*), sum(value), min(period_month) from performance.fct_published_values"


def read(root: Path, until: Path, seconds_open: float, heard: Any) -> None:
    """Open the current snapshot, ask it several times, open the next; `heard` is told how often, or what was wrong.

    What one open snapshot answers may not change, whatever is published or removed meanwhile.
    """
    where, opened = at(root), 0
    try:
        while not until.exists():
            snapshot_id = snapshot.current(where)
            with duckdb.connect(
                str(where.published / str(snapshot_id) / snapshot.DATABASE), read_only=True
            ) as connection:
                first, ends = connection.execute(QUERY).fetchall(), time.monotonic() + seconds_open
                while time.monotonic() < ends and not until.exists():
                    assert connection.execute(QUERY).fetchall() == first, f"{snapshot_id} changed"
                    time.sleep(0.3)
            opened += 1
        heard.put((opened, ""))
    except BaseException as problem:
        heard.put((opened, f"{os.getpid()}: {type(problem).__name__}: {problem}"))

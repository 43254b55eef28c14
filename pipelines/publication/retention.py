"""Which snapshots are kept: the last twelve, and before them whatever is still referred to, looked at or settled.
How a snapshot is removed is in snapshot.py; here it is only decided."""

from __future__ import annotations

import fcntl
import json
import os
import sqlite3
import struct
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg

from pipelines.layout import Layout

# A year of meetings: what each of them saw can be opened again.
KEPT = 12
BY_THE_RUN = ".by-the-run"  # in a snapshot's folder of packs: the names of those that nobody asked for
# What people write beside the snapshots, and the table that says from which snapshot.
WRITTEN = {"proceedings/proceedings.sqlite": "acts", "meeting/minutes.sqlite": "notes"}
ON_A_SERVER = "ENFORCEMENT_ACTS_ADDRESS"  # where acts are not in the file: the gallery writes there
_LOCK = "hhqqi4x"  # struct flock of Linux on 64 bits: type, whence, start, length, process


def to_remove(layout: Layout, kept: Sequence[str], described: Mapping[str, dict[str, Any]], database: str) -> list[str]:
    """Of the snapshots `kept` (the latest published first, with their manifests), those that nothing holds any more."""
    try:
        held = _last_of_each_month(kept, described) | (referred_to(layout) if kept[KEPT:] else set())
    except (sqlite3.Error, psycopg.Error):  # what cannot be read may speak of any of them
        return []
    return [
        snapshot_id
        for snapshot_id in kept[KEPT:]
        if snapshot_id not in held
        and not has_packs(layout, snapshot_id)
        and not is_open(layout.published / snapshot_id / database)
    ]


def _last_of_each_month(kept: Iterable[str], described: Mapping[str, dict[str, Any]]) -> set[str]:
    """What was shown last before the next month began, month by month: by it a closed month is judged later."""
    found: dict[str, str] = {}
    for snapshot_id in kept:
        found.setdefault(str(described[snapshot_id].get("latest_month")), snapshot_id)
    return set(found.values())


def referred_to(layout: Layout) -> set[str]:
    """The snapshots that objections, comments, decisions and minutes speak of: what they saw can be opened again."""
    found: set[str] = set()
    if address := os.environ.get(ON_A_SERVER, "").strip():
        with psycopg.connect(address, connect_timeout=8, options="-c statement_timeout=20000") as server:
            rows = server.execute("select distinct snapshot_id from enforcement_acts.acts").fetchall()
            found.update(str(said) for (said,) in rows)
    for name, table in WRITTEN.items():
        file = layout.data / name
        if file.is_file():
            with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=20)) as connection:
                found.update(said for (said,) in connection.execute(f"select distinct snapshot_id from {table}"))  # noqa: S608 - the name is a constant of this module
    return found


def by_the_run(layout: Layout, snapshot_id: str, files: Iterable[Path]) -> None:
    """Note that these files of a pack were made without anybody asking: they hold no snapshot."""
    folder = layout.packs / snapshot_id
    if folder.is_dir():
        (folder / BY_THE_RUN).write_text(json.dumps(sorted(_stamp(file) for file in files)), encoding="utf-8")


def has_packs(layout: Layout, snapshot_id: str) -> bool:
    """Whether somebody asked for a meeting pack of it, which may have been handed out."""
    folder = layout.packs / snapshot_id
    files = [file for file in folder.iterdir() if not file.name.startswith(".")] if folder.is_dir() else []
    try:
        unasked = set(json.loads((folder / BY_THE_RUN).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        unasked = set()
    return any(_stamp(file) not in unasked for file in files)


def _stamp(file: Path) -> str:
    return f"{file.name} {file.stat().st_mtime_ns}"


def is_open(database: Path) -> bool:
    """Whether another process reads a database: DuckDB holds a read lock on it while it does."""
    asked = struct.pack(_LOCK, fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)
    try:
        with database.open("rb") as file:
            answer = fcntl.fcntl(file, fcntl.F_GETLK, asked)
    except OSError:
        return False
    return bool(struct.unpack(_LOCK, answer)[0] != fcntl.F_UNLCK)

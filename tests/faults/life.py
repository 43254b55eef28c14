"""Many months, one after the other, with corrections, bad files, readers and kills between them; what each month took.
The models and the job's scheduler are left out: programs.py stands in for them."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import psutil

from pipelines.extracts import ledger, loading
from pipelines.publication import snapshot, values_upkeep
from tests.faults import programs
from tests.faults.killing import ended, server, size
from tests.faults.orders import ACTS, COURTS, KINDS, Act, Province
from tests.unit.extracts.conftest import Clerk

Month = tuple[float, float, float, float]  # seconds, megabytes of memory, files open, megabytes on the disk
READERS = 5


def month_of(number: int) -> str:
    return f"{2005 + number // 12}-{number % 12 + 1:02d}"


def take_in(root: Path, months: list[str], listed: list[str]) -> None:
    """What a run does of these months, in one process."""
    where = programs.at(root)
    for month in months:
        for kind in KINDS:
            loading.receive_month(where, kind, month)
    loading.mend(where)
    ledger.consolidate(where)
    _publish(root, months[-1], listed)


def _publish(root: Path, month: str, listed: list[str]) -> None:
    """Publish from the stand-in's own ledger, which knows nothing of what was received."""
    where = programs.at(root / "published")
    programs.build(where, month, listed)
    values_upkeep.mend(where)
    snapshot.publish(where)


def live(root: Path, count: int, random: Random) -> list[Month]:
    """What each of so many months took. AssertionError if a reader met an error or what is in force is not as told."""
    programs.ready(root / "published")
    province, context, lived = Province(Clerk(programs.at(root))), server(), []
    listed = [month_of(number) for number in range(count)]
    readers: list[tuple[duckdb.DuckDBPyConnection, Any]] = []
    for number, month in enumerate(listed):
        begun = time.monotonic()
        touched = [month] + ([random.choice(listed[:number])] if number and random.random() < 0.4 else [])
        for each in touched:
            for kind in KINDS:
                act = Act(each, kind, random.choice(ACTS), tuple(random.sample(COURTS, 3)), random.randint(0, 99))
                province.do(act)
        if number % 7 == 3:
            ended(context, random, 1.0, take_in, root, sorted(touched), listed)
        take_in(root, sorted(touched), listed)
        _read(root / "published", readers)
        process = psutil.Process(os.getpid())
        memory, opened = process.memory_info().rss / 1e6, float(process.num_fds())
        lived.append((time.monotonic() - begun, memory, opened, size(root) / 1e6))
    assert province.in_force() == province.expected
    for connection, _ in readers:
        connection.close()
    shutil.rmtree(root, ignore_errors=True)
    return lived


def _read(root: Path, readers: list[tuple[duckdb.DuckDBPyConnection, Any]]) -> None:
    """The last few readers go on reading what they opened; the newest opens what is current."""
    where = programs.at(root)
    database = where.published / str(snapshot.current(where)) / snapshot.DATABASE
    connection = duckdb.connect(str(database), read_only=True, config={"threads": 1})
    query = "select count(*), sum(value) from performance.fct_published_values"
    readers.append((connection, connection.execute(query).fetchall()))
    for each, first in readers:
        assert each.execute(query).fetchall() == first
    if len(readers) > READERS:
        readers.pop(0)[0].close()

"""A small database that statements are asked of, and a queue. What they may do is in the tests."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from dashboards import seal
from dashboards.workbench import worker
from dashboards.workbench.queue import Queue, Ticket


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with one table of 12,000 rows, sealed as a snapshot is."""
    file = tmp_path_factory.mktemp("workbench") / "enforcement.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute(
            "create schema core; create table core.t as select i as n, 'c' || i % 5 as c from range(12000) r(i)"
        )
    file.chmod(0o444)
    return file


@pytest.fixture(scope="session")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second file, as an excerpt has for what is for everybody."""
    file = tmp_path_factory.mktemp("workbench") / "province.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("create schema core; create table core.p as select i as n from range(7) r(i)")
    seal.keep(file)
    file.chmod(0o444)
    return file


@pytest.fixture
def sealed(database: Path, tmp_path: Path) -> Path:
    """A copy of the small database in a folder of its own."""
    return Path(shutil.copy(database, tmp_path / "enforcement.duckdb"))


@pytest.fixture(scope="session")
def queue() -> Queue:
    """A queue whose statements may take three seconds and 256 MB."""
    return Queue(milliseconds=3000, memory_mb=256)


@pytest.fixture
def asked(queue: Queue, database: Path) -> Callable[..., Ticket]:
    """`asked("select 1")` waits for the answer."""

    def ask(statement: str, reader: str = "li") -> Ticket:
        ticket = queue.ask(reader, statement, database)
        wait_for(ticket)
        return ticket

    return ask


def wait_for(ticket: Ticket, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while ticket.ended_at is None:
        assert time.monotonic() < until, "no answer"
        time.sleep(0.02)


def job(database: Path, statement: str, **more: object) -> worker.Job:
    values = {"kept": 100, "memory_mb": 256, "threads": 1, "milliseconds": 5000, **more}
    states = [seal.state(database.stat())]
    return worker.Job(str(database), statement, str(database.parent / "result.parquet"), **values, states=states)

"""The queue is fair, an answer says how much of it there is, and a cancelled statement is gone at once."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from dashboards.workbench.queue import KEPT_ROWS, WAITING_EACH, Queue, QueueFullError, Ticket
from tests.dashboards.workbench.conftest import wait_for

SLOW = "select count(*) from range(100000000000) r(i) where i % 7 = sqrt(i)"


def test_all_rows_are_counted_and_the_first_are_kept(asked: Callable[..., Ticket]) -> None:
    ticket = asked("select a.n from core.t a, range(30) order by all")
    assert ticket.answer is not None
    assert (ticket.answer.rows, ticket.answer.kept, ticket.answer.is_whole) == (360_000, KEPT_ROWS, True)
    assert pq.read_metadata(ticket.result).num_rows == KEPT_ROWS


def test_a_fault_of_the_statement_is_told_in_duckdbs_words(asked: Callable[..., Ticket]) -> None:
    answer = asked("select nn from core.t").answer
    assert answer is not None
    assert answer.fault == "failed"
    assert "nn" in answer.message


def test_readers_take_turns(database: Path) -> None:
    queue = Queue(at_once=1, milliseconds=20_000)
    first = queue.ask("zhao", "select 0", database)
    busy = [queue.ask("zhao", f"select {n}", database) for n in range(2)]
    late = queue.ask("qian", "select 9", database)
    assert queue.ahead(late) <= 2
    for ticket in (first, *busy, late):
        wait_for(ticket)
    ended = sorted((first, *busy, late), key=lambda ticket: ticket.ended_at or 0)
    assert ended.index(late) < ended.index(busy[1]), "a reader with many statements let the other one pass"


def test_a_reader_with_too_many_waiting_is_told(database: Path) -> None:
    queue = Queue(at_once=1)
    tickets = [queue.ask("sun", SLOW, database)]
    while queue.load() != (1, 0):
        time.sleep(0.01)
    tickets += [queue.ask("sun", SLOW, database) for _ in range(WAITING_EACH)]
    with pytest.raises(QueueFullError):
        queue.ask("sun", SLOW, database)
    for ticket in tickets:
        queue.cancel(ticket)


def test_cancelling_stops_the_process_and_leaves_nothing(database: Path) -> None:
    queue = Queue(at_once=1)
    running, waiting = queue.ask("li", SLOW, database), queue.ask("li", SLOW, database)
    until = time.monotonic() + 30
    while running.process is None:
        assert time.monotonic() < until
        time.sleep(0.01)
    queue.cancel(waiting)
    queue.cancel(running)
    wait_for(running, 10)
    assert (running.state, waiting.state) == ("cancelled", "cancelled")
    with pytest.raises(ProcessLookupError):
        os.kill(running.process.pid, 0)
    assert queue.load() == (0, 0)


def test_the_worker_knows_nothing_of_the_servers_environment(
    asked: Callable[..., Ticket], monkeypatch: pytest.MonkeyPatch, queue: Queue, database: Path
) -> None:
    monkeypatch.setenv("ENFORCEMENT_KEY_FILE", "/secret/place")
    ticket = queue.ask("li", SLOW, database)
    until = time.monotonic() + 30
    while ticket.process is None:
        assert time.monotonic() < until
        time.sleep(0.01)
    time.sleep(0.3)
    environment = Path(f"/proc/{ticket.process.pid}/environ").read_bytes()
    queue.cancel(ticket)
    assert b"/secret/place" not in environment

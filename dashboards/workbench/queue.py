"""The queue at the SQL queue: so many statements at once, readers in turn, and whoever waits is told their place.
What a statement may do is in worker.py; the page that shows the result is in app_pages."""

from __future__ import annotations

import atexit
import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path

from dashboards.seal import BrokenSealError, State
from dashboards.snapshot import REPOSITORY, Snapshot, verify
from dashboards.workbench.worker import Answer, Job

AT_ONCE = 2
WAITING_EACH = 3  # statements one reader may have in the queue
KEPT_ROWS = 200_000
MEMORY_MB, THREADS, MILLISECONDS = 1024, 1, 60_000
GRACE_SECONDS = 10.0  # beyond the statement's own limit, for starting and writing
FORGOTTEN_AFTER_SECONDS = 1800.0
RESULTS_EACH = 10  # answers of one reader that are kept; each fills 64 MB at most
RESULTS_BYTES = 4 << 30  # of all readers together, on the disk
HOME = "workbench-"
logger = logging.getLogger(__name__)


class QueueFullError(Exception):
    """The reader already has as many statements waiting as one may have."""


@dataclass
class Ticket:
    """One statement on its way: `waiting`, `running`, `done` or `cancelled`. `result` exists when it was answered."""

    reader: str
    statement: str
    database: str
    result: Path
    province: str = ""
    state: str = "waiting"
    answer: Answer | None = None
    asked_at: float = field(default_factory=time.monotonic)
    ended_at: float | None = None
    process: subprocess.Popen[str] | None = None
    then: Callable[[Ticket], None] | None = None


class Queue:
    """Runs statements for everybody of this server. Safe to be used from many threads at once."""

    def __init__(self, at_once: int = AT_ONCE, milliseconds: int = MILLISECONDS, memory_mb: int = MEMORY_MB) -> None:
        self._milliseconds, self._memory_mb, self._at_once = milliseconds, memory_mb, at_once
        _sweep()
        self._home = Path(tempfile.mkdtemp(prefix=f"{HOME}{os.getpid()}-"))
        self._home.chmod(0o700)
        atexit.register(shutil.rmtree, self._home, ignore_errors=True)
        self._changed = threading.Condition()
        self._queues: dict[str, deque[Ticket]] = {}
        self._turn: deque[str] = deque()
        self._running: list[Ticket] = []
        self._ended: list[Ticket] = []
        self._number = 0
        for _ in range(at_once):
            threading.Thread(target=self._serve, daemon=True, name="sql-queue").start()

    def ask(
        self,
        reader: str,
        statement: str,
        database: Path,
        province: Path | None = None,
        then: Callable[[Ticket], None] | None = None,
    ) -> Ticket:
        """Put a statement into the queue; `then` is called when it has been answered or cancelled, whoever still waits.

        QueueFullError when the reader has too many waiting. `then` must not raise: it runs in the queue's own thread.
        """
        with self._changed:
            queue = self._queues.setdefault(reader, deque())
            if len(queue) >= WAITING_EACH:
                raise QueueFullError(reader)
            self._number += 1
            result = self._home / f"{self._number}.parquet"
            ticket = Ticket(reader, statement, str(database), result, str(province or ""), then=then)
            queue.append(ticket)
            if reader not in self._turn:
                self._turn.append(reader)
            self._forget()
            self._changed.notify()
        return ticket

    def ahead(self, ticket: Ticket) -> int:
        """How many statements will be begun before this one, as the queue stands now."""
        with self._changed:
            own = list(self._queues.get(ticket.reader, ()))
            if ticket not in own:
                return 0
            depth = own.index(ticket)
            place = list(self._turn).index(ticket.reader)
            before = sum(min(len(self._queues[name]), depth + 1) for name in list(self._turn)[:place])
            after = sum(min(len(self._queues[name]), depth) for name in list(self._turn)[place + 1 :])
            return before + after + depth

    def cancel(self, ticket: Ticket) -> None:
        """Take it out of the queue, or stop its process at once."""
        with self._changed:
            was, ticket.state = ticket.state, "cancelled" if ticket.state in ("waiting", "running") else ticket.state
            if was == "waiting":
                self._queues[ticket.reader].remove(ticket)
            elif was == "running":
                _stop(ticket.process)
        if was == "waiting":
            self._end(ticket)

    def load(self) -> tuple[int, int]:
        """Statements running and waiting."""
        with self._changed:
            return len(self._running), sum(len(queue) for queue in self._queues.values())

    def _serve(self) -> None:
        while True:
            with self._changed:
                while (ticket := self._next()) is None:
                    self._changed.wait()
                ticket.state = "running"
                self._running.append(ticket)
            answer = self._safely(ticket)
            with self._changed:
                ticket.answer = answer
                ticket.state = "cancelled" if ticket.state == "cancelled" else "done"
            self._end(ticket)

    def _next(self) -> Ticket | None:
        """The next reader's first statement; a reader who was served goes to the end of the line."""
        for _ in range(len(self._turn)):
            reader = self._turn.popleft()
            queue = self._queues[reader]
            if not queue:
                continue
            ticket = queue.popleft()
            if queue:
                self._turn.append(reader)
            return ticket
        return None

    def _safely(self, ticket: Ticket) -> Answer:
        """Its answer, whatever happens: a queue whose threads end serves nobody until the server is started again."""
        try:
            return self._answered(ticket)
        except BrokenSealError as broken:
            return Answer("failed", str(broken))
        except Exception:
            logger.exception("a statement could not be run")
            return Answer("failed", "")

    def _answered(self, ticket: Ticket) -> Answer:
        job = Job(
            database=ticket.database,
            statement=ticket.statement,
            result=str(ticket.result),
            kept=KEPT_ROWS,
            memory_mb=self._memory_mb,
            threads=THREADS,
            milliseconds=self._milliseconds,
            province=ticket.province,
            states=_states(ticket),
        )
        ticket.result.touch(mode=0o600)  # the process may write into this file and into no other
        process = subprocess.Popen(
            [sys.executable, "-m", "dashboards.workbench.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=REPOSITORY,
            # Nothing of the server's environment: no address of a service, no key.
            env={"PATH": os.defpath, "OMP_NUM_THREADS": "1"},
            text=True,
            start_new_session=True,
        )
        with self._changed:
            ticket.process = process
            if ticket.state == "cancelled":
                _stop(process)
        try:
            said, _ = process.communicate(json.dumps(asdict(job)), timeout=self._milliseconds / 1000 + GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            _stop(process)
            process.communicate()
            return Answer("too_long", "")
        try:
            return Answer(**json.loads(said))
        except (ValueError, TypeError):
            # The process ended without a word: stopped from outside, or by the limit of its memory.
            return Answer("too_big" if process.returncode in (-signal.SIGKILL, -signal.SIGABRT, 1) else "failed", "")

    def _end(self, ticket: Ticket) -> None:
        """What follows from its end is done before anybody is told that it has ended."""
        if ticket.then is not None:
            try:
                ticket.then(ticket)
            except Exception:
                logger.exception("what follows from an answer failed")
        if ticket.answer is None or ticket.answer.fault:
            ticket.result.unlink(missing_ok=True)
        with self._changed:
            if ticket in self._running:
                self._running.remove(ticket)
            ticket.ended_at = time.monotonic()
            self._ended.append(ticket)

    def _forget(self) -> None:
        """Results that nobody can still be looking at, and the oldest beyond what one reader and all may keep."""
        now, counts, size, kept = time.monotonic(), Counter[str](), 0, []
        for ticket in self._ended[::-1]:
            counts[ticket.reader] += 1
            size += ticket.result.stat().st_size if ticket.result.exists() else 0
            is_old = now - (ticket.ended_at or now) > FORGOTTEN_AFTER_SECONDS
            if is_old or counts[ticket.reader] > RESULTS_EACH or size > RESULTS_BYTES:
                ticket.result.unlink(missing_ok=True)
            else:
                kept.append(ticket)
        self._ended = kept[::-1]


@lru_cache(maxsize=1)
def common() -> Queue:
    """The one queue of this server. Not in Streamlit's caches: a browser's message can empty those for everybody."""
    return Queue()


def _states(ticket: Ticket) -> list[State]:
    """Of its files, verified here: this process knows their digests already."""
    province = Path(ticket.province) if ticket.province else None
    return verify(Snapshot("", Path(ticket.database).parent, province))


def _sweep() -> None:
    """What servers that were killed have left: their answers hold rows."""
    for folder in Path(tempfile.gettempdir()).glob(f"{HOME}*"):
        owner = folder.name.removeprefix(HOME).split("-")[0]
        if not owner.isdigit() or not Path(f"/proc/{owner}").exists():
            shutil.rmtree(folder, ignore_errors=True)


def _stop(process: subprocess.Popen[str] | None) -> None:
    if process is not None and process.poll() is None:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return

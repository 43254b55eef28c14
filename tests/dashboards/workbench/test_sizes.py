"""What one answer may take, whatever it is made of: rows, cells of every type, columns, and the words of a fault.
That the queue's process may not do anything else is tested with the walls."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dashboards import seal
from dashboards.workbench import queue, results, worker
from tests.dashboards.workbench.conftest import wait_for


def job(database: Path, statement: str, kept: int = 200_000) -> worker.Job:
    result, states = database.parent / "sizes.parquet", [seal.state(database.stat())]
    return worker.Job(str(database), statement, str(result), kept, 1024, 1, 60_000, states=states)


@pytest.mark.parametrize(
    "statement",
    [
        "select repeat('x', 40000000)::blob",
        "select repeat('1', 40000000)::bit",
        "select [repeat('x', 10000) for i in range(4000)]",
        "select {'a': repeat('x', 40000000)}",
        "select map([1], [repeat('x', 40000000)])",
        "select " + ", ".join(["repeat('x', 10000)"] * 300) + " from range(10)",
    ],
)
def test_no_row_of_any_type_takes_more_than_a_page_shows(statement: str, database: Path) -> None:
    asked = job(database, statement)
    answer = worker.run(asked)
    assert answer.is_cut and answer.kept == answer.rows
    assert results.read(Path(asked.result)).slice(0, 1).nbytes <= results.SHOWN_BYTES


def test_a_small_list_is_whole_beside_a_large_one(database: Path) -> None:
    asked = job(database, "select range(n * 100000) as l from range(3) r(n)")
    assert worker.run(asked).is_cut
    assert results.read(Path(asked.result)).column("l").to_pylist() == [[], None, None]


def test_a_message_does_not_quote_thirty_megabytes(database: Path) -> None:
    asked = job(database, "select cast(repeat('x', 30000000) as int)")
    assert len(worker._without_places(worker.run(asked), asked).message) <= worker.LONGEST_MESSAGE


def test_an_answer_has_no_more_columns_than_a_page_can_draw(database: Path) -> None:
    answer = worker.run(job(database, "select " + ", ".join(["1 as a"] * 1001)))
    assert (answer.fault, answer.message) == ("too_big", "1001 > 1000 columns")


def test_cells_of_nothing_are_cells(database: Path) -> None:
    asked = job(database, "select " + ", ".join(["null as a"] * 1000) + " from range(200000)")
    answer = worker.run(asked)
    assert answer.rows == 200_000
    assert 0 < answer.kept * 1000 * worker.BYTES_OF_A_CELL <= worker.KEPT_BYTES
    shown = results.read(Path(asked.result), results.SHOWN_ROWS)
    assert 0 < shown.num_rows * shown.num_columns * worker.BYTES_OF_A_CELL <= results.SHOWN_BYTES


LIMITED = """
import os, sys
from dashboards.workbench import {module}
{call}
for what in (lambda: len(bytearray(5 << 30)), lambda: open(sys.argv[1], "wb").truncate(300 << 20),
             lambda: [os.open(os.devnull, os.O_RDONLY) for _ in range(100)]):
    try:
        what()
        print("done")
    except (MemoryError, OSError) as refused:
        print(type(refused).__name__)
"""


@pytest.mark.parametrize(
    "module, call, said",
    [
        ("worker", "worker.limit(1024 + worker.BESIDE_MB)", ["MemoryError", "OSError", "OSError"]),
        ("export", "export.worker.limit(export.MEMORY_MB)", ["MemoryError", "OSError", "OSError"]),
        ("worker", "pass", ["done", "done", "done"]),
    ],
    ids=["statements", "files", "without the wall"],
)
def test_the_kernel_limits_who_answers_and_who_makes_files(
    module: str, call: str, said: list[str], tmp_path: Path
) -> None:
    program = LIMITED.format(module=module, call=call)
    asked = [sys.executable, "-c", program, str(tmp_path / "large")]
    done = subprocess.run(asked, capture_output=True, text=True, check=False, cwd=queue.REPOSITORY)
    assert done.stdout.split() == said, done.stderr


def test_answers_of_all_readers_together_are_limited(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = queue.Queue(milliseconds=20_000, memory_mb=256)
    tickets = [own.ask(f"r{number}", "from core.t", database) for number in range(3)]
    for ticket in tickets:
        wait_for(ticket)
    monkeypatch.setattr(queue, "RESULTS_BYTES", sum(ticket.result.stat().st_size for ticket in tickets) - 1)
    wait_for(own.ask("li", "select 1", database))
    assert [ticket.result.exists() for ticket in own._ended] == [True, True, True]
    assert sum(ticket.result.exists() for ticket in tickets) == 2


def test_nothing_of_a_queue_is_left_when_its_server_ends(database: Path, tmp_path: Path) -> None:
    program = f"""
import tempfile
tempfile.tempdir = {str(tmp_path)!r}
from pathlib import Path
from dashboards.workbench.queue import Queue
from tests.dashboards.workbench.conftest import wait_for
own = Queue(milliseconds=20_000, memory_mb=256)
ticket = own.ask("li", "select 1", Path({str(database)!r}))
wait_for(ticket)
print(ticket.result.exists())
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=queue.REPOSITORY)
    assert (done.stdout.strip(), list(tmp_path.iterdir())) == ("True", []), done.stderr

"""What one answer may take, whatever it is made of: rows, cells of every type, columns, and the words of a fault.
That the queue's process may not do anything else is tested with the walls."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboards import seal
from dashboards.workbench import results, worker


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

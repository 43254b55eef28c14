"""Where the server keeps its files is told by no answer, plan or fault of the SQL page.
The queue's own process is asked: it alone is kept from reading where a link leads."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from dashboards import seal
from dashboards.workbench import queue as queues
from dashboards.workbench import worker
from dashboards.workbench.queue import Queue
from tests.dashboards.workbench.conftest import wait_for

FUNCTIONS = """
    select distinct function_name from system.main.duckdb_functions()
    where function_type in ('table', 'pragma', 'table_macro') order by 1
"""
ASKED = (
    "select path from duckdb_databases()",
    "from query('select ' || 'path from duckdb_databases()')",
    "select name, value from system.main.duckdb_settings()",
    "select current_setting('allowed_paths'), current_setting('temp_directory'), current_setting('secret_directory')",
    "show databases", "show all tables", "describe core.t", "select current_database(), current_schemas(true)",
    "explain select * from core.t", "explain analyze select * from core.t", "explain (format json) from core.t",
    "explain analyze select * from read_text('x')", "select * from core.nothing", "select * from nowhere.core.t",
    "select n from core.t where n = 'x'", "select * from read_text('enforcement.duckdb')", "select 1 +",
    "select * from '/proc/self/environ'", "select error('x')", "select getvariable('a')", "from 'enforcement.duckdb'",
    "select * from read_blob('/proc/self/fd/3')", "select * from glob('*')", "explain analyze from read_csv('*.csv')",
)  # fmt: skip


@pytest.fixture(scope="module")
def place(database: Path, province: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of an excerpt in a folder whose name is in no word of a manual."""
    folder = tmp_path_factory.mktemp("wherethefilesare")
    for file in (database, province):
        seal.keep(Path(shutil.copy(file, folder)))
    return folder


@pytest.fixture(scope="module")
def statements() -> list[str]:
    names = [name for (name,) in duckdb.connect().execute(FUNCTIONS).fetchall()]
    assert {"duckdb_databases", "duckdb_settings", "pragma_database_size"} <= set(names)
    return [*ASKED, *(f"select * from {name}()" for name in names), *(f"select * from {name}('t')" for name in names)]


def said(place: Path, statement: str, own: Queue, *, is_cut: bool) -> str:
    """All that comes back: the answer's cells, or the words of its fault."""
    file = place / "enforcement.duckdb"
    ticket = own.ask("li", statement, file, place / "province.duckdb" if is_cut else None)
    wait_for(ticket)
    assert ticket.answer is not None
    rows = "" if ticket.answer.fault else str(pq.read_table(ticket.result).to_pydict())
    return f"{ticket.answer.message} {rows}"


@pytest.mark.parametrize("is_cut", [False, True], ids=["whole", "excerpt"])
def test_no_answer_tells_where_the_files_lie(place: Path, queue: Queue, is_cut: bool) -> None:
    told = [text for text in ASKED if tells(said(place, text, queue, is_cut=is_cut), place)]
    assert told == []


def test_no_system_function_tells_it_either(place: Path, statements: list[str]) -> None:
    """All of them in one process that is closed as the queue's is: a process each would take minutes."""
    states = [seal.state((place / name).stat()) for name in ("enforcement.duckdb", "province.duckdb")]
    given = [str(place / "enforcement.duckdb"), str(place / "province.duckdb"), repr(states), *statements]
    done = subprocess.run(
        [sys.executable, "-c", ALL_AT_ONCE, *given],
        capture_output=True, text=True, check=True, cwd=worker.REPOSITORY, env={"PATH": "/usr/bin"},
    )  # fmt: skip
    assert len(done.stdout.splitlines()) >= len(statements)
    assert [line for line in done.stdout.splitlines() if tells(line, place)] == []


ALL_AT_ONCE = """
import ast, sys
import duckdb
from dashboards.workbench import confinement, worker
database, province, states, *statements = sys.argv[1:]
confinement.tell_no_places()
job = worker.Job(database, "", "", 1, 512, 1, 5000, province, ast.literal_eval(states))
with worker._opened(job) as connection:
    for statement in statements:
        try:
            print(statement, repr(connection.execute(statement).fetchmany(5000)))
        except Exception as wrong:
            print(statement, repr(str(wrong)))
"""


def tells(text: str, place: Path) -> bool:
    """A folder of the server in it: of the data, of the program, of its home."""
    folders = (place, place.parent, worker.REPOSITORY, Path(sys.prefix), Path.home())
    return any(str(folder) in text for folder in folders if folder != folder.parent)


UNFILTERED = "from dashboards.workbench import worker; worker.tell_no_places = lambda: None; worker.main()"


def test_the_walk_sees_a_place_that_is_told(place: Path, queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    start = subprocess.Popen
    monkeypatch.setattr(
        queues.subprocess, "Popen", lambda asked, **more: start([asked[0], "-c", UNFILTERED], **more)
    )  # the wall away
    assert tells(said(place, ASKED[0], queue, is_cut=False), place)

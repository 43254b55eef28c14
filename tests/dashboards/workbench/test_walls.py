"""Each wall around the SQL page by itself, and what comes in where it is taken away.
The statements that are refused at all of them together are in test_escapes.py."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
import streamlit as st

from dashboards import seal, snapshot
from dashboards.access import excerpts
from dashboards.snapshot import Snapshot
from dashboards.workbench import confinement, queue, results, worker
from dashboards.workbench.questions import NotAQuestionError, question
from dashboards.workbench.queue import Queue
from tests.dashboards.workbench.conftest import job, wait_for

COPY = "copy (select from_base64('QUJD') a) to 'PLACE/enforcement.duckdb.wal' (format blob, use_tmp_file false)"
QUESTIONS = [
    "select 1", "from core.t", "values (1)", "table core.t", "describe core.t", "summarize core.t", "show tables",
    "with a as (select 1 as n) select * from a", "(select 1)", "select 1;", "explain select 1", "explain (select 1)",
    "/* 甲 */ EXPLAIN /* 乙 */ ANALYZE -- 丙\n select '中文', 1", "explain (analyze) select 1",
    "explain (format json) select 1", "explain (analyze, format json) (select 1)", "explain analyze from core.t",
]  # fmt: skip
OTHERS = [
    COPY, f"explain {COPY}", f"explain analyze {COPY}", f"EXPLAIN (ANALYZE) {COPY}", f"explain /* 甲 */ analyze {COPY}",
    f"explain analyze -- 乙\n{COPY}", f"explain (analyze, format json) {COPY}",
    "explain analyze insert into core.t values (1, 'x')", "explain analyze create table t as select 1",
    "explain analyze export database 'x'", "explain analyze attach 'x'", "explain analyze install httpfs",
    "explain analyze set threads = 9", "explain analyze call pragma_version()", "explain analyze vacuum",
    "explain analyze checkpoint", "explain analyze copy from database a to b",
    "explain analyze update core.t set n = 1",
    "explain analyze delete from core.t", "explain analyze drop table core.t", "explain analyze execute p",
    "explain analyze prepare p as select 1", "explain select 1; " + COPY, "select 1; select 2", "pragma version",
    "call pragma_version()", "execute p", "set threads = 9", "checkpoint",
]  # fmt: skip


@pytest.fixture
def log(sealed: Path, tmp_path: Path) -> bytes:
    """A well-formed write-ahead log that would change every row of `sealed`."""
    other = Path(shutil.copy(sealed, tmp_path / "other.duckdb"))
    other.chmod(0o600)
    with duckdb.connect(str(other)) as connection:
        connection.execute("pragma wal_autocheckpoint = '1GB'")
        connection.execute("update core.t set n = -1")
        content = Path(f"{other}.wal").read_bytes()
    other.unlink()
    return content


@pytest.mark.parametrize("text", QUESTIONS)
def test_one_select_is_a_question_and_so_is_its_plan(text: str, sealed: Path) -> None:
    with duckdb.connect(str(sealed), read_only=True) as connection:
        connection.execute(question(text)).fetchall()


@pytest.mark.parametrize("text", OTHERS)
def test_nothing_else_is_a_question(text: str) -> None:
    with pytest.raises((NotAQuestionError, duckdb.Error)):
        question(text)


def test_without_the_parsing_the_file_system_is_still_closed(sealed: Path) -> None:
    attack = f"explain analyze {COPY}".replace("PLACE", str(sealed.parent))
    with worker._opened(job(sealed, "")) as connection, pytest.raises(duckdb.PermissionException):
        connection.execute(attack)
    assert not Path(f"{sealed}.wal").exists()
    config = {"enable_external_access": "false"}  # the wall before this one: it lets the file's own log be written
    with duckdb.connect(str(sealed), read_only=True, config=config) as connection:
        connection.execute("set lock_configuration = true")
        connection.execute(attack)
    assert Path(f"{sealed}.wal").read_bytes() == b"ABC"


def test_a_log_beside_a_sealed_file_is_not_replayed(sealed: Path, log: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    Path(f"{sealed}.wal").write_bytes(log)
    source = Snapshot("s", sealed.parent)
    with pytest.raises(seal.BrokenSealError, match="write-ahead"):
        snapshot.connect(source)
    assert worker.run(job(sealed, "select max(n) from core.t")).fault == "failed"
    with pytest.raises(seal.BrokenSealError):
        excerpts._share(source, sealed.parent / "share.duckdb")
    monkeypatch.setattr(seal, "verify", lambda *_: None)
    assert snapshot.connect(source).execute("select max(n) from core.t").fetchall() == [(-1,)]


@pytest.mark.parametrize("ending", [".wal.checkpoint", ".wal.recovery", ".walrus"])
def test_every_name_that_begins_like_a_log_breaks_the_seal(ending: str, sealed: Path) -> None:
    Path(f"{sealed}{ending}").touch()
    with pytest.raises(seal.BrokenSealError):
        seal.verify(sealed, None)


def test_a_macro_that_bears_the_name_of_a_system_function_opens_nothing(sealed: Path, province: Path) -> None:
    sealed.chmod(0o600)
    with duckdb.connect(str(sealed)) as connection:
        connection.execute("create macro duckdb_databases() as table select 'province' as database_name")
    seal.keep(sealed)
    connection = snapshot.connect(Snapshot("s", sealed.parent, province))
    assert connection.execute("select current_setting('enable_external_access')").fetchall() == [(False,)]
    assert connection.execute("select count(*) from province.core.p").fetchall() == [(7,)]


@pytest.mark.parametrize(
    "statement",
    [
        "copy (select 1) to 'PLACE/escaped.csv'",
        "create macro m() as 1; copy (select 1) to 'PLACE/escaped.csv'",
        "create table core.mine as from read_text('/etc/passwd')",
        "attach 'PLACE/other.duckdb' as other",
    ],
)
def test_text_of_a_snapshot_is_executed_only_if_it_is_one_macro(statement: str, sealed: Path) -> None:
    text = statement.replace("PLACE", str(sealed.parent))
    assert not excerpts._is_macro(text) and excerpts._is_macro("create or replace macro m(a) as table select a")
    sealed.chmod(0o600)
    with duckdb.connect(str(sealed)) as connection:
        connection.execute("create schema catalogue")
        connection.execute("create table catalogue.dim_macros as select ? as statement, 1 as sort_order", [text])
    with excerpts._opened(sealed.parent / "cut.duckdb", Snapshot("s", sealed.parent)) as connection:
        connection.execute(
            "create schema catalogue; create table catalogue.dim_macros as from whole.catalogue.dim_macros"
        )
        with pytest.raises(excerpts.NoCatalogueError):
            excerpts._macros(connection)
        with pytest.raises(duckdb.Error):  # and with this wall away, external access is off
            connection.execute(f"copy (select 1) to '{sealed.parent}/escaped.csv'")
    assert not (sealed.parent / "escaped.csv").exists()


CONFINED = """
import socket, sys
from pathlib import Path
from dashboards.workbench.confinement import confine
kept, other, has_walls = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] == "yes"
if has_walls:
    confine([*map(Path, ("/usr", "/lib", "/lib64", sys.prefix, sys.base_prefix))], [kept])
held = 0
for attempt in (
    lambda: other.read_text(), lambda: other.write_text("x"), lambda: Path("/etc/passwd").read_text(),
    lambda: (other.parent / "new").write_text("x"), lambda: list(other.parent.iterdir()),
    lambda: socket.create_connection(("127.0.0.1", int(sys.argv[4])), timeout=5), lambda: other.unlink(),
):
    try:
        attempt()
    except PermissionError:
        held += 1
kept.write_text("mine")
print(held)
"""


@pytest.mark.parametrize("has_walls", ["yes", "no"])
def test_a_confined_process_reaches_its_own_file_and_nothing_else(has_walls: str, tmp_path: Path) -> None:
    has = confinement.version()  # the network since version 4; nothing where the kernel has no Landlock
    held = 0 if has_walls == "no" or not has else 7 if has >= 4 else 6
    kept, other = tmp_path / "kept" / "a", tmp_path / "other" / "b"
    for file in (kept, other):
        file.parent.mkdir()
        file.touch()
    with socket.create_server(("127.0.0.1", 0)) as server:
        asked = [sys.executable, "-c", CONFINED, str(kept), str(other), has_walls, str(server.getsockname()[1])]
        done = subprocess.run(asked, capture_output=True, text=True, check=False, cwd=queue.REPOSITORY)
    assert done.stdout.strip() == str(held), done.stderr
    assert kept.read_text() == "mine"


def test_the_desks_process_is_confined(sealed: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    called: list[worker.Job] = []
    monkeypatch.setattr(worker, "confine", lambda read, write: called.append((list(read), list(write))))
    worker._confined(job(sealed, "select 1"))
    (read, write), = called  # fmt: skip
    assert write == [sealed.parent / "result.parquet"]
    assert not any(sealed.parent.is_relative_to(path) for path in read) and sealed in read


def test_an_answer_of_half_a_gigabyte_takes_a_few_megabytes_of_the_server(sealed: Path) -> None:
    asked = job(sealed, "select repeat('x', 100000) as x from range(5000)", kept=200_000, milliseconds=60_000)
    answer = worker.run(asked)
    assert (answer.rows, answer.is_cut) == (5000, True)
    shown = results.read(Path(asked.result), results.SHOWN_ROWS)
    assert 0 < shown.nbytes <= results.SHOWN_BYTES
    assert shown.column(0)[0].as_py().endswith(worker.CUT)
    assert results.read(Path(asked.result)).nbytes <= worker.KEPT_BYTES + (1 << 20)


def test_one_cell_of_200_megabytes_is_cut_or_refused(sealed: Path) -> None:
    answer = worker.run(job(sealed, "select repeat('x', 200000000) as x", memory_mb=1024, milliseconds=60_000))
    assert answer.fault == "too_big" or answer.is_cut


def test_a_process_that_cannot_be_started_does_not_end_the_desk(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Queue(milliseconds=3000, memory_mb=256)
    start = subprocess.Popen

    def refused(*_: object, **__: object) -> None:
        raise BlockingIOError("no process can be started")

    monkeypatch.setattr(queue.subprocess, "Popen", refused)
    for number in range(3):
        ticket = own.ask(f"r{number}", "select 1", database)
        wait_for(ticket)
        assert ticket.answer is not None and ticket.answer.fault == "failed"
    monkeypatch.setattr(queue.subprocess, "Popen", start)
    ticket = own.ask("li", "select 1", database)
    wait_for(ticket)
    assert ticket.answer is not None and ticket.answer.rows == 1


def test_what_follows_an_answer_may_fail_and_the_desk_goes_on(database: Path) -> None:
    own = Queue(at_once=1, milliseconds=3000, memory_mb=256)

    def fails(_: object) -> None:
        raise RuntimeError("the history is gone")

    for _ in range(2):
        ticket = own.ask("li", "select 1", database, then=fails)
        wait_for(ticket)
        assert ticket.answer is not None and ticket.answer.rows == 1


def test_a_browser_cannot_empty_the_desk_out_of_the_server() -> None:
    before = queue.common()
    st.cache_resource.clear()
    st.cache_data.clear()
    assert queue.common() is before


def test_what_killed_servers_left_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue.tempfile, "gettempdir", lambda: str(tmp_path))
    left, own = tmp_path / f"{queue.HOME}999999999-x", tmp_path / f"{queue.HOME}1-x"
    left.mkdir()
    own.mkdir()
    queue._sweep()
    assert not left.exists() and own.exists()

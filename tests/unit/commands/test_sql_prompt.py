"""The SQL prompt on a pseudo-terminal and through a pipe: it answers, completes, and reaches nothing but the snapshot.
What the macros give is tested on the golden deliveries."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from pipelines.commands.completion import Names

ROOT = Path(__file__).parents[3]
COMMAND = [sys.executable, "-m", "pipelines", "sql"]
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data tree with one snapshot of one table and one macro."""
    data = tmp_path_factory.mktemp("prompt")
    place = data / "published" / "2019-12-small"
    place.mkdir(parents=True)
    with duckdb.connect(str(place / "enforcement.duckdb")) as connection:
        connection.execute("create schema core; create table core.dim_courts (court_code varchar, opened_year integer)")
        connection.execute("comment on table core.dim_courts is '法院 | Courts'")
        connection.execute("comment on column core.dim_courts.opened_year is '设立年份 | Year'")
        connection.execute("insert into core.dim_courts select 'T' || i, 1900 + i from range(500) as r (i)")
        connection.execute(
            "create macro courts_of(code) as table select * from core.dim_courts where court_code = code"
        )
    size = (place / "enforcement.duckdb").stat().st_size
    manifest = {"database": {"bytes": size}, "finished_at": "2020-01-05T08:00:00+00:00"}
    (place / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (data / "published" / "CURRENT").write_text("2019-12-small\n")
    return data


def environment(data: Path) -> dict[str, str]:
    ours = {"ENFORCEMENT_DATA_DIR": str(data), "ENFORCEMENT_KEY_FILE": str(data / "own" / "key")}
    return (
        os.environ | ours | {"PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "120", "LINES": "200", "PAGER": "cat"}
    )


def piped(data: Path, statements: str) -> str:
    done = subprocess.run(
        COMMAND, cwd=ROOT, env=environment(data), input=statements, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


class Terminal:
    """The prompt with a pseudo-terminal before it."""

    def __init__(self, data: Path) -> None:
        self.ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 200, 120, 0, 0))
        self.process = subprocess.Popen(
            COMMAND, cwd=ROOT, env=environment(data), stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
        )
        os.close(theirs)
        self.seen = ""

    def types(self, keys: str) -> None:
        os.write(self.ours, keys.encode())

    def waits_for(self, pattern: str, seconds: float = 40.0) -> str:
        """What was shown since the last time, up to and with the pattern."""
        deadline = time.monotonic() + seconds
        while not (found := re.search(pattern, self.seen)):
            assert time.monotonic() < deadline, self.seen[-3000:]
            if select.select([self.ours], [], [], 0.2)[0]:
                read = os.read(self.ours, 65536)
                if b"\x1b[6n" in read:  # it asks where the cursor is, as of every terminal
                    os.write(self.ours, b"\x1b[1;1R")
                self.seen += ESCAPE.sub("", read.decode(errors="replace"))
        shown, self.seen = self.seen[: found.end()], self.seen[found.end() :]
        return shown


@pytest.fixture
def terminal(published: Path) -> Iterator[Terminal]:
    opened = Terminal(published)
    yield opened
    opened.process.kill()
    opened.process.wait()
    os.close(opened.ours)


def test_a_statement_of_several_lines_is_answered_on_a_terminal_and_remembered(
    terminal: Terminal, published: Path
) -> None:
    terminal.waits_for("sql>")
    terminal.types("select max(opened_year) + 1\r")
    terminal.types("from core.dim_courts;\r")
    terminal.waits_for(r"2400")
    terminal.types(".quit\r")
    assert terminal.process.wait(timeout=30) == 0
    history = published / "own" / "sql_history"
    assert "select max(opened_year) + 1" in history.read_text()
    assert history.stat().st_mode & 0o077 == 0


def _worked(process: subprocess.Popen[bytes]) -> float:
    """Seconds of computing that a process has taken."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _interrupt(terminal: Terminal, since: float, seconds: float = 60.0) -> None:
    """Ctrl+C once the statement computes: before it has begun, the prompt would take the key for its own."""
    deadline = time.monotonic() + seconds
    while _worked(terminal.process) < since + 2:
        assert time.monotonic() < deadline, "the statement did not begin"
        time.sleep(0.1)
    os.killpg(terminal.process.pid, 2)
    terminal.waits_for("已停止|Interrupted|INTERRUPT")


def test_a_statement_that_runs_on_is_stopped_and_the_prompt_stays(terminal: Terminal) -> None:
    terminal.waits_for("sql>")
    since = _worked(terminal.process)
    terminal.types("select count(*) from range(100000000000) as a (i) where i % 7 = 3;\r")
    _interrupt(terminal, since)
    terminal.types("select 40 + 2 as answer;\r")
    terminal.waits_for(r"\b42\b")


def test_what_is_piped_in_is_answered_and_the_rest_is_told(published: Path) -> None:
    said = piped(published, ".tables\n.columns dim_courts\nfrom courts_of('T7');\nselect * from core.dim_courts;\n")
    assert "法院 | Courts" in said and "设立年份 | Year" in said
    assert "1907" in said
    assert "前 200 行" in said and "T199" in said and "T200" not in said


FORBIDDEN = """\
create table x as select 1;
delete from core.dim_courts;
select * from read_csv('/etc/passwd');
copy core.dim_courts to 'out.csv';
attach 'other.duckdb';
install httpfs;
load httpfs;
set enable_external_access = true;
set lock_configuration = false;
select * from read_parquet('https://example.invalid/x.parquet');
"""


def test_the_prompt_neither_writes_nor_reaches_out(published: Path) -> None:
    asked = FORBIDDEN.splitlines()
    said = piped(published, "".join(f"{line}\nselect {n} + 7000 as place;\n" for n, line in enumerate(asked)))
    before = re.split(r"70\d\d", said)
    assert len(before) == len(asked) + 1
    assert [line for line, answer in zip(asked, before, strict=False) if "Error" not in answer] == []
    assert "500" in piped(published, "select count(*) as rows from core.dim_courts;\n")


def test_tables_columns_and_macros_are_completed_with_their_meaning(published: Path) -> None:
    database = published / "published" / "2019-12-small" / "enforcement.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        names = Names(connection)

    def offered(text: str) -> dict[str, str]:
        found = names.get_completions(Document(text), CompleteEvent(completion_requested=True))
        return {completion.text: completion.display_meta_text for completion in found}

    assert offered("select * from dim_c") == {"core.dim_courts": "法院 | Courts"}
    assert offered("select opened") == {"opened_year": "设立年份 | Year"}
    assert "dim_courts.opened_year" in offered("select dim_courts.op")
    assert next(iter(offered("from core.dim_courts where co"))) == "court_code"
    assert "courts_of(" in offered("from courts_")

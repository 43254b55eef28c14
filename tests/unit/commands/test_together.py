"""What a command started ends with it: at TERM, at Ctrl+C, when the terminal goes, and when it is killed outright.
What `dagster` starts is looked at by name only; the programs here are stand-ins."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipelines.commands import dagster
from pipelines.commands.lock import BusyError, only_writer
from pipelines.layout import Layout, layout

ROOT = Path(__file__).parents[3]
# A program that starts another, as Dagster's start their code servers, and says both their numbers.
PROGRAM = """
import os, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN if {is_deaf} else signal.SIG_DFL)
own = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
with open("started", "a", encoding="utf-8") as told:
    told.write(f"{{os.getpid()}} {{own.pid}}\\n")
time.sleep({seconds})
sys.exit(3)
"""
COMMAND = """
import sys
from pathlib import Path
from pipelines.commands import together
from pipelines.commands.lock import only_writer
from pipelines.layout import layout
together.PATIENCE = 1.0
with only_writer(layout()) as lock:
    sys.exit(together.until_one_ends([[sys.executable, "-c", one] for one in sys.argv[1:]], Path.cwd(), [lock]))
"""


def program(seconds: float = 300, is_deaf: bool = False) -> str:
    return textwrap.dedent(PROGRAM).format(seconds=seconds, is_deaf=is_deaf)


@contextmanager
def started(place: Path, *programs: str) -> Iterator[subprocess.Popen[bytes]]:
    """A command with these programs, all of which have started another."""
    told = place / "started"
    command = subprocess.Popen(
        [sys.executable, "-c", COMMAND, *programs], cwd=place, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    try:
        assert soon(lambda: told.exists() and len(told.read_text().split("\n")) > len(programs))
        yield command
    finally:
        for pid in everyone(place):
            if is_running(pid):
                os.kill(pid, signal.SIGKILL)
        command.kill()
        command.wait()


def everyone(place: Path) -> list[int]:
    return [int(pid) for pid in (place / "started").read_text().split()]


def is_running(pid: int) -> bool:
    """Whether there is such a process; one that ended and that nobody has asked about yet is none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def soon(is_so: Callable[[], bool], seconds: float = 20.0) -> bool:
    until = time.monotonic() + seconds
    while not is_so() and time.monotonic() < until:
        time.sleep(0.05)
    return is_so()


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ENFORCEMENT_DATA_DIR", str(tmp_path / "data"))
    return tmp_path


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_all_that_was_started_ends_when_the_command_is_told_to(place: Path, told: signal.Signals) -> None:
    with started(place, program(), program()) as command:
        assert len(everyone(place)) == 4
        command.send_signal(told)
        assert command.wait(timeout=30) == 0
        assert not [pid for pid in everyone(place) if is_running(pid)]


def test_a_program_that_does_not_listen_is_ended_all_the_same(place: Path) -> None:
    with started(place, program(is_deaf=True)) as command:
        command.terminate()
        assert command.wait(timeout=30) == 0
        assert not [pid for pid in everyone(place) if is_running(pid)]


def test_when_one_ends_the_others_do_and_its_status_is_the_commands(place: Path) -> None:
    with started(place, program(), program(seconds=1)) as command:
        assert command.wait(timeout=30) == 3
        assert not [pid for pid in everyone(place) if is_running(pid)]


def test_killed_outright_the_command_leaves_no_program_and_no_open_tree(place: Path) -> None:
    """A program that does not listen keeps the tree's lock: nobody else writes beside it."""
    with started(place, program(), program(is_deaf=True)) as command:
        (heard, _), (deaf, _) = sorted(_pairs(place), key=lambda pair: _is_deaf(pair[0]))
        command.kill()
        command.wait()
        assert soon(lambda: not is_running(heard))
        assert is_running(deaf) and _is_locked(layout())
        os.kill(deaf, signal.SIGKILL)
        assert soon(lambda: not _is_locked(layout()))


def _pairs(place: Path) -> list[tuple[int, int]]:
    numbers = everyone(place)
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _is_deaf(pid: int) -> bool:
    ignored = next(line for line in Path(f"/proc/{pid}/status").read_text().split("\n") if line.startswith("SigIgn"))
    return bool(int(ignored.split()[1], 16) & 1 << signal.SIGTERM - 1)


def _is_locked(where: Layout) -> bool:
    try:
        with only_writer(where):
            return False
    except BusyError:
        return True


def test_dagster_is_served_behind_the_wall_and_by_nothing_else() -> None:
    modules = [program[program.index("-m") + 1] for program in dagster.programs("3000")]
    assert modules == ["pipelines.interface", "dagster._daemon"]
    served = (Path(dagster.__file__).parents[1] / "interface" / "__main__.py").read_text(encoding="utf-8")
    assert "Front(Entry(create_app_from_workspace_process_context(" in served and 'ADDRESS = "127.0.0.1"' in served

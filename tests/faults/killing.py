"""Kills programs at random moments and starts them again: what is tried, and how a trial is judged.
The programs are steps of the way that need no dbt; whole runs of the command line belong to the soak."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from tests.integration.world import REPOSITORY, content, current, environment

PRELOADED = ("pipelines.extracts.loading", "pipelines.publication.snapshot", "tests.faults.programs")
PATIENCE = 120.0
ORPHANS_PATIENCE = 30  # seconds
MOST_IN_A_TREE = 5  # runs ended, one after the other, before one goes to its end
ALONE = 0.25  # of the runs are ended without their group

Program = Callable[..., None]


@dataclass(frozen=True)
class Way:
    """How a program is ended: signals with the seconds between them."""

    name: str
    signals: tuple[tuple[int, float], ...]


WAYS = (
    Way("KILL", ((signal.SIGKILL, 0.0),)),
    Way("KILL", ((signal.SIGKILL, 0.0),)),
    Way("TERM", ((signal.SIGTERM, 0.0),)),
    Way("INT", ((signal.SIGINT, 0.0),)),
    Way("STOP, KILL", ((signal.SIGSTOP, 0.05), (signal.SIGKILL, 0.0))),
    Way("STOP, CONT", ((signal.SIGSTOP, 0.1), (signal.SIGCONT, 0.0))),
)


def server() -> Any:
    """A process that has loaded everything and runs nothing: programs start from it in no time."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(PRELOADED))
    return context


def undisturbed(context: Any, program: Program, *arguments: Any) -> float:
    """Run a program to its end; the seconds it took. AssertionError if it failed."""
    started = time.monotonic()
    process = context.Process(target=program, args=arguments)
    process.start()
    process.join(PATIENCE)
    assert process.exitcode == 0, f"exit status {process.exitcode}"
    return time.monotonic() - started


def ended(context: Any, random: Random, seconds: float, program: Program, *arguments: Any) -> str:
    """Start a program, end it at a random moment of its `seconds`, and say how; "-" if it was done before."""
    way = random.choice(WAYS)
    process = context.Process(target=program, args=arguments)
    process.start()
    process.join(random.uniform(0, seconds))
    if process.exitcode is not None:
        return "-"
    try:
        for number, wait in way.signals:
            os.kill(process.pid, number)
            time.sleep(wait)
    except ProcessLookupError:  # done between the look and the signal
        return "-"
    process.join(PATIENCE)
    assert process.exitcode is not None, "it goes on"
    return way.name


def sooner(seconds: float, how: str) -> float:
    """The time within which the next is ended: shorter after one that was done before, for machines differ."""
    return max(0.6 * seconds, 0.02) if how == "-" else 1.1 * seconds


def run_ended(random: Random, seconds: float, data: Path) -> list[str]:
    """Whole runs on a tree, each ended at a random moment of the `seconds` that one takes; how each was, "-" if it
    was done before. The signals go to its group, or to the run alone: then what it started has to end by itself."""
    return [_run_ended(random, seconds, data) for _ in range(random.randint(1, MOST_IN_A_TREE))]


def _run_ended(random: Random, seconds: float, data: Path) -> str:
    way, is_alone = random.choice(WAYS), random.random() < ALONE
    run = subprocess.Popen(
        [sys.executable, "-m", "pipelines", "run", "--no-serve"], cwd=REPOSITORY, env=environment(data),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    moment, told = random.uniform(0, seconds), "-"
    try:
        run.wait(moment)
    except subprocess.TimeoutExpired:
        told = f"{way.name}{' alone' if is_alone else ''} at {moment:.0f} s"
        for number, wait in way.signals:
            (os.kill if is_alone else os.killpg)(run.pid, number)
            time.sleep(wait)
    run.wait()
    assert not _goes_on(run.pid), f"{told}: what the run had started goes on"
    assert current(data) is None or content(data), f"{told}: the earlier snapshot is not readable"
    return told


def _goes_on(group: int) -> bool:
    """Whether something of a process group is there after the seconds that an orphan may take to end."""
    for _ in range(ORPHANS_PATIENCE):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return False
        time.sleep(1.0)
    return True


def left_over(tree: Path) -> list[str]:
    """What no run may leave behind: parts, write-ahead logs, temporary and nameless files."""
    kinds = ("*.part", "*.wal", "*.tmp", "*.aside", "work-*", ".*")
    found = {path for kind in kinds for path in tree.rglob(kind) if path.name != ".lock"}
    return sorted(path.relative_to(tree).as_posix() for path in found)


def size(tree: Path) -> int:
    """Bytes of all files of a tree."""
    return sum(path.stat().st_size for path in tree.rglob("*") if path.is_file())

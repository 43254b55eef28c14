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
    """Whole runs on a tree, each ended at a random moment of the `seconds` that one takes, their group with them."""
    told = []
    for _ in range(random.randint(1, 3)):
        way = random.choice(WAYS)
        run = subprocess.Popen(
            [sys.executable, "-m", "pipelines", "run", "--no-serve"], cwd=REPOSITORY, env=environment(data),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        moment = random.uniform(0, seconds)
        try:
            run.wait(moment)
        except subprocess.TimeoutExpired:
            for number, wait in way.signals:
                os.killpg(run.pid, number)
                time.sleep(wait)
        run.wait()
        told.append(f"{way.name} at {moment:.0f} s")
        assert current(data) is None or content(data), "the earlier snapshot is readable"
    return told


def left_over(tree: Path) -> list[str]:
    """What no run may leave behind: parts, write-ahead logs, temporary and nameless files."""
    kinds = ("*.part", "*.wal", "*.tmp", "*.aside", "work-*", ".*")
    found = {path for kind in kinds for path in tree.rglob(kind) if path.name != ".lock"}
    return sorted(path.relative_to(tree).as_posix() for path in found)


def size(tree: Path) -> int:
    """Bytes of all files of a tree."""
    return sum(path.stat().st_size for path in tree.rglob("*") if path.is_file())

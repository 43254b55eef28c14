"""Runs a command and says how long it took and how much memory its process tree held at most.
Which commands are run belongs to __main__."""

from __future__ import annotations

import resource
import subprocess
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

EVERY = 0.05  # seconds between two looks: a peak shorter than that may be missed
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Measured:
    """One step. `seconds` are of the wall clock, `cpu_seconds` of all cores: on a busy machine only these compare.
    `peak_mb` is resident memory of the process and all its children, at one moment."""

    step: str
    seconds: float
    cpu_seconds: float
    peak_mb: float
    output: str

    def plain(self) -> dict[str, object]:
        return {k: v for k, v in asdict(self).items() if k != "output"}


def _resident(process: psutil.Process) -> int:
    total = 0
    for each in (process, *_children(process)):
        try:
            total += each.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def measure(step: str, command: list[str], cwd: Path, environment: dict[str, str]) -> Measured:
    """Run to the end. RuntimeError with the last lines of its output if it fails."""
    started, worked, peak = time.perf_counter(), _cpu(), 0
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        running = subprocess.Popen(command, cwd=cwd, env=environment, stdout=output, stderr=errors)
        watched = psutil.Process(running.pid)
        while running.poll() is None:
            peak = max(peak, _resident(watched))
            time.sleep(EVERY)
        seconds = time.perf_counter() - started
        output.seek(0)
        errors.seek(0)
        said = output.read()
        if running.returncode:
            raise RuntimeError(f"{step} failed:\n{said[-2000:]}\n{errors.read()[-4000:]}")
    return Measured(step, round(seconds, 2), round(_cpu() - worked, 2), round(peak / MEGABYTE, 1), said)


def _cpu() -> float:
    """Seconds of processor time of all processes that were started here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime

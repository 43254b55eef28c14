"""Programs that a command starts and that end with it, in whatever way it ends, with all that they started.
What the programs do is theirs; that one writer has the tree to itself belongs to lock.py."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

PATIENCE = 15.0  # seconds a program has to end by itself
LOOK = 0.2
ENDINGS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
PR_SET_PDEATHSIG = 1  # linux/prctl.h
LIBC = ctypes.CDLL(None)


class _ToldToEndError(Exception):
    """TERM, INT or HUP: from make, from Ctrl+C, from a terminal that was closed."""


def until_one_ends(programs: Sequence[Sequence[str]], where: Path, held: Sequence[int] = ()) -> int:
    """Runs programs side by side until one ends or this process is told to end; then ends them all.

    Gives the exit status of the one that ended first, 0 if it was told to. The programs inherit the descriptors `held`,
    and whatever hangs on those stays theirs should this process be killed outright.
    """
    before = {number: signal.signal(number, _told) for number in ENDINGS}
    running: list[subprocess.Popen[bytes]] = []
    try:
        for program in programs:
            running.append(_started(program, where, held))
        while all(child.poll() is None for child in running):
            time.sleep(LOOK)
        return next(child.returncode for child in running if child.returncode is not None)
    except _ToldToEndError:
        return 0
    finally:
        for number in ENDINGS:
            signal.signal(number, signal.SIG_IGN)  # told twice, it still ends them
        _end(running)
        for number, handler in before.items():
            signal.signal(number, handler)


def _told(number: int, frame: FrameType | None) -> None:
    raise _ToldToEndError(number)


def _started(program: Sequence[str], where: Path, held: Sequence[int]) -> subprocess.Popen[bytes]:
    """In a group of its own, by which all that it starts is found."""
    return subprocess.Popen(
        program, cwd=where, pass_fds=held, start_new_session=True, preexec_fn=_end_with_whoever_started
    )


def _end_with_whoever_started() -> None:
    """Where the kernel has it (Linux), the program is sent TERM when this process is killed outright."""
    if hasattr(LIBC, "prctl"):
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _end(running: Sequence[subprocess.Popen[bytes]]) -> None:
    for child in running:
        _tell(child, signal.SIGTERM)
    until = time.monotonic() + PATIENCE
    for child in running:
        while _is_there(child) and time.monotonic() < until:
            time.sleep(LOOK)
        _tell(child, signal.SIGKILL)
        child.wait()


def _tell(child: subprocess.Popen[bytes], number: int) -> None:
    try:
        os.killpg(child.pid, number)
    except ProcessLookupError:
        return


def _is_there(child: subprocess.Popen[bytes]) -> bool:
    """Whether anything of its group is left; the program itself may have ended."""
    child.poll()
    try:
        os.killpg(child.pid, 0)
    except ProcessLookupError:
        return False
    return True

"""A library tried in a process of its own first: one that aborts, or asks for all memory, takes only that with it.
What is read is read again here, by the caller, once it is known to end well."""

from __future__ import annotations

import faulthandler
import os
import resource
import signal
import time
from collections.abc import Callable
from pathlib import Path

ROOM = 2 << 30  # bytes of memory beyond what this process has
PATIENCE = 15  # times as long as the work may take of the processor, should the machine be busy
ASLEEP = 2.0  # seconds
FORKS = 3
LOOK = 0.005


def ends_well(work: Callable[[], object], seconds: int) -> bool:
    """Whether the work comes to an end, be it an exception: it does not abort, take more than so many seconds of the
    processor, or more than 2 GB.

    The work is done in a fork of this process and its outcome thrown away. A fork that sleeps waits for a thread that
    it does not have, and says nothing of the work: it is tried again, and after some times the work is trusted.
    """
    for _ in range(FORKS):
        child = os.fork()
        if not child:
            _tried(work, seconds)
        status = _status(child, PATIENCE * seconds)
        if status is not None:
            return os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0
    return True


def _status(child: int, patience: float) -> int | None:
    """How a fork ended; None if it fell asleep."""
    begun = last_awake = time.monotonic()
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status
        now = time.monotonic()
        last_awake = last_awake if _sleeps(child) else now
        if now - last_awake > ASLEEP or now - begun > patience:
            os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
            return None if now - last_awake > ASLEEP else status
        time.sleep(LOOK)


def _sleeps(child: int) -> bool:
    try:
        return Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[0] == "S"
    except (OSError, IndexError):
        return False


def _tried(work: Callable[[], object], seconds: int) -> None:
    """In the fork: never returns, and says nothing."""
    try:
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        faulthandler.disable()
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        if (used := _memory()) is not None:
            resource.setrlimit(resource.RLIMIT_AS, (used + ROOM, used + ROOM))
        work()
    except MemoryError:
        os._exit(1)
    except BaseException:  # a panic included: whoever does the work in earnest meets it again and tells it
        os._exit(0)
    os._exit(0)


def _memory() -> int | None:
    """Bytes of address space in use; None where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except (OSError, ValueError, IndexError):
        return None

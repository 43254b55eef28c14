"""A library tried in a process of its own first: one that aborts, or asks for all memory, takes only that with it.
What is read is read again here, by the caller, once it is known to end well."""

from __future__ import annotations

import os
import resource
import signal
import time
from collections.abc import Callable
from pathlib import Path

ROOM = 2 << 30  # bytes of memory beyond what this process has
PATIENCE = 15  # times as long as the work may take of the processor, should the machine be busy
LOOK = 0.005


def ends_well(work: Callable[[], object], seconds: int) -> bool:
    """Whether the work comes to an end, be it an exception: it does not abort, take more than so many seconds of the
    processor, or more than 2 GB.

    The work is done in a fork of this process and its outcome thrown away. It must not use threads of others.
    """
    child = os.fork()
    if not child:
        _tried(work, seconds)
    until = time.monotonic() + PATIENCE * seconds
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0
        if time.monotonic() > until:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return False
        time.sleep(LOOK)


def _tried(work: Callable[[], object], seconds: int) -> None:
    """In the fork: never returns, and says nothing."""
    try:
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
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

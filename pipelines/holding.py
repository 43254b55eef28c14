"""A file that one process at a time holds, let go by the system when its holder ends in whatever way.
What is done meanwhile belongs to the holder; a lock that is not waited for is `commands.lock`."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def held(file: Path) -> Iterator[None]:
    """Hold the lock file, made with its folder where it is missing; waits for another process that holds it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield

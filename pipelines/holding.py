"""A file or folder that one process at a time holds, let go by the system when its holder ends in whatever way.
What is done meanwhile belongs to the holder; a lock that is not waited for is `commands.lock`."""

from __future__ import annotations

import fcntl
import os
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


@contextmanager
def held_folder(folder: Path) -> Iterator[None]:
    """Hold the folder itself, which exists: no file is written, and one that nobody may write can be held as well."""
    number = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(number, fcntl.LOCK_EX)
        yield
    finally:
        os.close(number)

"""One writer to one data tree: a lock that goes when its process goes, however it goes.
Readers need no lock: they look at sealed snapshots."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from pipelines.layout import Layout


class BusyError(RuntimeError):
    """Another process writes to this data tree."""


@contextmanager
def only_writer(where: Layout) -> Iterator[int]:
    """Hold the tree's lock. BusyError, saying who has it, if it is taken.

    Gives the descriptor on which it hangs: a program that inherits that holds the lock too, until it ends.
    """
    where.data.mkdir(parents=True, exist_ok=True)
    with (where.data / ".lock").open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as taken:
            file.seek(0)
            holder = file.read().strip() or "?"
            raise BusyError(
                f"另一个进程（{holder}）正在写 {where.data}，请等它结束 | "
                f"another process ({holder}) is writing to {where.data}; wait until it has finished"
            ) from taken
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield file.fileno()

"""One receiver at a time: a lock on the ledger, let go by the system when its holder ends in whatever way.
Only the lock; what is done under it belongs to `loading` and `ledger`."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from pipelines.layout import Layout


@contextmanager
def locked(layout: Layout) -> Iterator[None]:
    """Hold the ledger's lock; waits for another process that receives into the same data tree."""
    layout.ledger.mkdir(parents=True, exist_ok=True)
    with (layout.ledger / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield

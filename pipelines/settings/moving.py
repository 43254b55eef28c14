"""What a sheet that was sent would move, told beside it: state, counts, months, and every value in a CSV.
Computing it aside belongs to the command that asks; one such computation runs at a time."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from pipelines import snapshots
from pipelines.layout import Layout
from pipelines.settings.handover import Sent, moment, overlaid, write

EFFECTS, MOVED, ONE_AT_A_TIME = "effects.json", "effects.csv", ".effects"


class Moved(Protocol):
    """How many values, verdicts and ranks move, and in which months."""

    @property
    def counts(self) -> dict[str, int]: ...
    @property
    def first_month(self) -> str: ...
    @property
    def last_month(self) -> str: ...


def tell(layout: Layout, one: Sent, compute: Callable[[Layout, Path], Moved]) -> int:
    """Compute with the sheet among the settings, and write what moves. 1 where that could not be computed."""
    now = snapshots.current(layout)
    if now is None:
        _write(one, {"state": "nothing_published"})
        return 1
    with (layout.handover / ONE_AT_A_TIME).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            _write(one, {"state": "busy"})
            return 1
        _write(one, {"state": "computing", "pid": os.getpid()})
        try:
            with overlaid(layout, [one]) as aside:
                found = compute(aside, one.folder / MOVED)
        except Exception as problem:
            _write(one, {"state": "failed", "why": str(problem)[-500:]})
            raise
    if snapshots.current(layout) != now:
        _write(one, {"state": "overtaken"})
        return 1
    said = {"state": "done", "snapshot_id": now, "counts": found.counts}
    _write(one, {**said, "first_month": found.first_month, "last_month": found.last_month})
    return 0


def _write(one: Sent, said: dict[str, Any]) -> None:
    write(one.folder / EFFECTS, {**said, "at": moment()})

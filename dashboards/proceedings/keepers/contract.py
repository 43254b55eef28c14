"""What every keeper of acts promises, and the faults that it ends with.
How one keeps its promise is its own affair; rows become acts in the store."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

VERSION = 1  # of the table; acts of every earlier one are read
PATIENCE = 20.0  # seconds that a writer waits for another one
NAMES = (
    "act_id",
    "thread_id",
    "province_code",
    "kind",
    "deed",
    "reader",
    "role",
    "happened_at",
    "snapshot_id",
    "content",
)
COLUMNS = ", ".join(NAMES)
Row = tuple[Any, ...]  # an act as it is kept: in the order of NAMES, the moment as ISO text in UTC, the content as JSON
Mark = tuple[str, int]  # which store it is, and its last act: acts are only ever added, so this says which there are


class StoreError(Exception):
    """The store cannot be used; the message says why, in Chinese and English, and holds no password."""


class Writing(Protocol):
    """One transaction under the writers' lock: what is added is kept when its context is left, and only then."""

    def of_thread(self, kind: str, thread: int) -> list[Row]:
        """The acts of a matter so far, in their order."""

    def add(self, thread: int | None, said: Sequence[str]) -> int:
        """Add an act; its number, higher than every other. `said`: NAMES without the first two. None: a new thread."""

    def everything(self) -> list[Row]:
        """Every act, in its order."""

    def fill(self, rows: Sequence[Row]) -> None:
        """Add acts of another keeper behind the last one, under the numbers that they have."""


class Keeper(Protocol):
    """A place where acts are kept; every method may end with StoreError. What was read is remembered by keeper."""

    def __hash__(self) -> int: ...

    def writing(self) -> AbstractContextManager[Writing]:
        """The one writer at a time; it waits for another PATIENCE seconds."""

    def mark(self) -> Mark | None:
        """Which acts there are; None before anybody wrote."""

    def of_kind(self, kind: str, province: str, last: int) -> list[Row]:
        """The acts of a kind in a province up to a number, in their order."""

    def everything(self) -> list[Row]:
        """Every act at one moment, in its order."""


def digest(rows: Iterable[Row]) -> str:
    """SHA-256 of acts, the same wherever they are kept."""
    found = hashlib.sha256()
    for row in rows:
        found.update(json.dumps(row, ensure_ascii=False).encode() + b"\n")
    return found.hexdigest()

"""Messages as folders `<data>/outbox/<reader>/<month>/<message>`: placed whole by one renaming, and never changed.
What is in a message is decided by news and worded in paper."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import quote

from dashboards import snapshot
from dashboards.month import Month
from dashboards.outbox.news import Item

KEPT = "news.json"  # what a message holds, beside the files that people read
MAKING = ".making-"
LONGEST = 100  # bytes of a folder's name; longer names of readers go by their digest


@dataclass(frozen=True)
class Message:
    """`made_at` is ISO, UTC; `folder` holds the files."""

    folder: Path
    snapshot_id: str
    made_at: str
    items: tuple[Item, ...]
    is_whole: bool = True  # False where items are left out for who looks at it now


def place() -> Path:
    return snapshot.published_directory().parent / "outbox"


def folder_name(reader: str) -> str:
    """A reader's name as a folder's: no separator, no hidden name, nothing that leads elsewhere."""
    safe = quote(reader, safe="@ ").replace(".", "%2E")
    return safe if len(safe) <= LONGEST else f"{safe[:40]}~{hashlib.sha256(reader.encode()).hexdigest()[:24]}"


@contextmanager
def locked() -> Iterator[None]:
    """One evaluation at a time; what a killed one left half made is removed."""
    place().mkdir(parents=True, exist_ok=True, mode=0o700)
    with (place() / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for left in place().glob(f"{MAKING}*"):
            shutil.rmtree(left, ignore_errors=True)
        yield


def put(reader: str, month: Month, snapshot_id: str, items: Sequence[Item], files: Mapping[str, bytes]) -> Path:
    """A message: on disk as a whole when this returns, and not at all before. Only within `locked`."""
    kept = {
        "snapshot_id": snapshot_id,
        "made_at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "items": [asdict(item) for item in items],
    }
    aside = Path(mkdtemp(dir=place(), prefix=MAKING))
    for name, content in {**files, KEPT: json.dumps(kept, ensure_ascii=False, indent=1).encode()}.items():
        _written(aside / name, content)
    home = place() / folder_name(reader) / str(month)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = _free(home, snapshot_id)
    aside.rename(target)
    _on_disk(home)
    return target


def messages(reader: str) -> list[Message]:
    """All that a reader was told, the oldest first."""
    found = [_message(file, file.stat().st_mtime_ns) for file in (place() / folder_name(reader)).glob(f"*/*/{KEPT}")]
    return sorted(found, key=lambda message: message.made_at)


@lru_cache(maxsize=5000)
def _message(file: Path, changed_at: int) -> Message:
    kept = json.loads(file.read_text(encoding="utf-8"))
    return Message(file.parent, kept["snapshot_id"], kept["made_at"], tuple(Item(**item) for item in kept["items"]))


def _free(home: Path, snapshot_id: str) -> Path:
    """The snapshot's name, with a number where the same snapshot was evaluated before and there is more to tell."""
    number, target = 1, home / snapshot_id
    while target.exists():
        number += 1
        target = home / f"{snapshot_id}-{number}"
    return target


def _written(file: Path, content: bytes) -> None:
    with file.open("wb") as target:
        os.fchmod(target.fileno(), 0o600)
        target.write(content)
        target.flush()
        os.fsync(target.fileno())


def _on_disk(folder: Path) -> None:
    held = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)

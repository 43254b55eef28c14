"""Whether a database is still what was sealed: nothing waits beside it to be replayed, and its bytes are the same.
How its folder is closed is here, too; where sealed databases lie, and who may open them, is not known."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

State = tuple[int, ...]  # device, inode, bytes, changed (content), changed (anything), both in nanoseconds

# DuckDB replays it at the next opening, a read-only one too: whoever can put a file there can write rows.
WRITE_AHEAD = ".wal"
ENDINGS = ("", ".checkpoint", ".recovery")
DIGEST = ".sha256"  # of a file without a manifest: its digest lies beside it
CLOSED_FOLDER, CLOSED_FILE, OPEN_FOLDER = 0o500, 0o400, 0o700


class BrokenSealError(OSError):
    """A sealed file may not be opened. `file` is its name, `reason` one of: write_ahead, digest."""

    def __init__(self, file: str, reason: str) -> None:
        words = {
            "write_ahead": f"{file}：旁边有预写日志，未打开 | a write-ahead log lies beside it; not opened",
            "digest": f"{file}：与封存时的校验和不符，未打开 | it is not what was sealed (digest); not opened",
        }
        super().__init__(words[reason])
        self.file, self.reason = file, reason


def verify(database: Path, sha256: str | None) -> State:
    """BrokenSealError unless nothing lies beside `database` and its SHA-256 is that one (None: there is none to ask).

    Its state before that: whoever is handed it, opens the same file by `opened` or none. The digest is computed once a
    process for each state of the file; an open costs some 20 µs after that.
    """
    if _has_write_ahead(database):
        raise BrokenSealError(database.name, "write_ahead")
    at = state(database.stat())
    if sha256 is not None and _digest(database, at) != sha256:
        raise BrokenSealError(database.name, "digest")
    return at


def state(found: os.stat_result) -> State:
    """What tells a file from every other, and from itself before a change. No user can set the last of it back."""
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def opened(database: Path, verified: Sequence[int]) -> int:
    """A descriptor for reading the file that was `verified`; BrokenSealError when it is another by now, or changed."""
    if _has_write_ahead(database):
        raise BrokenSealError(database.name, "write_ahead")
    descriptor = os.open(database, os.O_RDONLY | os.O_CLOEXEC)
    if state(os.fstat(descriptor)) != tuple(verified):
        os.close(descriptor)
        raise BrokenSealError(database.name, "digest")
    return descriptor


def close(folder: Path) -> None:
    """Nothing is put into the folder any more, and nothing in it changed: its files become 0400, it itself 0500."""
    for path in (*folder.iterdir(), folder):
        wanted = CLOSED_FOLDER if path.is_dir() else CLOSED_FILE
        if stat.S_IMODE(path.stat().st_mode) != wanted:
            path.chmod(wanted)


def remove(folder: Path) -> None:
    """A folder with all that is in it, closed or not; what cannot be removed stays."""
    for place, _, _ in os.walk(folder):
        os.chmod(place, OPEN_FOLDER)  # noqa: PTH101 - os.walk gives texts
    shutil.rmtree(folder, ignore_errors=True)


def keep(database: Path) -> None:
    """Writes the file's SHA-256 beside it, for `kept`."""
    beside = database.with_name(database.name + DIGEST)
    with database.open("rb") as file:
        beside.write_text(hashlib.file_digest(file, "sha256").hexdigest(), encoding="ascii")
    beside.chmod(0o400)


def kept(database: Path) -> str | None:
    """The digest that `keep` wrote; None for a file of an earlier version, which has none."""
    try:
        return database.with_name(database.name + DIGEST).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None


def _has_write_ahead(database: Path) -> bool:
    try:
        return any(file.name.startswith(database.name + WRITE_AHEAD) for file in database.parent.iterdir())
    except PermissionError:  # a confined process may not list the folder; what DuckDB would look for it may still ask
        return any(os.path.lexists(f"{database}{WRITE_AHEAD}{ending}") for ending in ENDINGS)


@lru_cache(maxsize=64)
def _digest(database: Path, state: tuple[int, ...]) -> str:
    with database.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

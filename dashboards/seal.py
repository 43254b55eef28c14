"""Whether a database is still what was sealed: nothing waits beside it to be replayed, and its bytes are the same.
Where sealed databases lie, and who may open them, is not known here."""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from pathlib import Path

# DuckDB replays it at the next opening, a read-only one too: whoever can put a file there can write rows.
WRITE_AHEAD = ".wal"
ENDINGS = ("", ".checkpoint", ".recovery")
DIGEST = ".sha256"  # of a file without a manifest: its digest lies beside it


class BrokenSealError(OSError):
    """A sealed file may not be opened. `file` is its name, `reason` one of: write_ahead, digest."""

    def __init__(self, file: str, reason: str) -> None:
        words = {
            "write_ahead": f"{file}：旁边有预写日志，未打开 | a write-ahead log lies beside it; not opened",
            "digest": f"{file}：与封存时的校验和不符，未打开 | it is not what was sealed (digest); not opened",
        }
        super().__init__(words[reason])
        self.file, self.reason = file, reason


def verify(database: Path, sha256: str | None) -> None:
    """BrokenSealError unless nothing lies beside `database` and its SHA-256 is that one (None: none was kept).

    The digest is computed once a process for each state of the file; an open costs some 20 µs after that.
    """
    if _has_write_ahead(database):
        raise BrokenSealError(database.name, "write_ahead")
    if sha256 is not None:
        at = database.stat()
        if _digest(database, (at.st_dev, at.st_ino, at.st_size, at.st_mtime_ns, at.st_ctime_ns)) != sha256:
            raise BrokenSealError(database.name, "digest")


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

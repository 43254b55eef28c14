"""What can be worked out again, kept in files that are whole or not used, those longest unused making room.
Names say what a file was worked out from, and are the keeper's; what nobody can work out again is not kept here."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

DIGEST = hashlib.sha256().digest_size
ASIDE = ".writing"


def told(file: Path) -> bytes | None:
    """What the file keeps, now used last; nothing if it is not there, or not to the last bit what was written."""
    try:
        content = file.read_bytes()
    except OSError:
        return None
    if hashlib.sha256(content[DIGEST:]).digest() != content[:DIGEST]:
        return None
    with suppress(OSError):
        os.utime(file)
    return content[DIGEST:]


def keep(file: Path, content: bytes) -> None:
    """Write it whole or not at all; OSError where there is no room."""
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_name(f"{file.name}{ASIDE}")
    aside.write_bytes(hashlib.sha256(content).digest() + content)
    aside.replace(file)


def make_room(folder: Path, ending: str, most: int) -> None:
    """Of the files with this ending the `most` last used stay; what a killed run did not finish goes."""
    for left in folder.glob(f"*{ASIDE}"):
        left.unlink(missing_ok=True)
    by_use = sorted(folder.glob(f"*{ending}"), key=lambda file: file.stat().st_mtime)
    for old in by_use[: max(len(by_use) - most, 0)]:
        old.unlink(missing_ok=True)

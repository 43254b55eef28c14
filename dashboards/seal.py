"""Sealed database files: how one is sealed, when it may no longer be opened, and the walls it is opened behind.
Where sealed files lie and who may open them is not known here; what may be asked of one is in workbench."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import threading
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

MANIFEST = "manifest.json"
# DuckDB replays it at the next opening, a read-only one too: whoever can put a file there can write rows.
WRITE_AHEAD = ".wal"
# In this order: nothing can be set or attached after them.
WALLS = (
    "set python_enable_replacements = false",
    "set autoinstall_known_extensions = false",
    "set autoload_known_extensions = false",
    "set allow_community_extensions = false",
    "set allow_persistent_secrets = false",
    "set secret_directory = ''",
    "set extension_directory = ''",
    "set show_behavior = 'table'",  # `show x` would say the setting x where there is no table x
    # Without external access DuckDB still opens an attached file's own path and its .wal*, for writing too.
    "set disabled_filesystems = 'LocalFileSystem'",
    "set lock_configuration = true",
)
# With its schema: a macro of the same name, stored in the file, would answer in the function's place.
LOCKED = "select value from system.main.duckdb_settings() where name = 'lock_configuration'"
_opening = threading.Lock()


class BrokenSealError(OSError):
    """A sealed file may not be opened. `file` is its place, from the data tree on; `reason`: write_ahead, digest."""

    def __init__(self, database: Path, reason: str) -> None:
        self.file, self.reason = "/".join(database.parts[-3:]), reason
        words = {
            "write_ahead": "旁边有预写日志，未打开 | a write-ahead log lies beside it; not opened",
            "digest": "与清单中的校验和不符，未打开 | it differs from the manifest's digest; not opened",
        }
        super().__init__(f"{self.file}：{words[reason]}")


def verify(database: Path) -> bool:
    """BrokenSealError unless nothing lies beside `database` and its SHA-256 is the one in the manifest beside it.

    False when the manifest has none, so that nobody can tell. The content is read once a process for each state of the
    file; an opening costs some 20 µs after that.
    """
    if any(file.name.startswith(database.name + WRITE_AHEAD) for file in database.parent.iterdir()):
        raise BrokenSealError(database, "write_ahead")
    sealed = sealed_digest(database)
    if sealed is not None and _digest(database, _state(database)) != sealed:
        raise BrokenSealError(database, "digest")
    return sealed is not None


def sealed_digest(database: Path) -> str | None:
    """What the manifest beside the file says its SHA-256 is; None when it says nothing."""
    manifest = database.parent / MANIFEST
    try:
        return _digest_in(manifest, _state(manifest))
    except FileNotFoundError:
        return None


def close(database: Path, described: dict[str, Any]) -> None:
    """Seals a finished file: its digest goes into the manifest beside it, and nothing of the folder can be written."""
    with database.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    said = {"file": database.name, "bytes": database.stat().st_size, "sha256": digest}
    manifest = database.parent / MANIFEST
    manifest.write_text(json.dumps(described | {"database": said}, ensure_ascii=False), encoding="utf-8")
    for path, mode in ((database, 0o400), (manifest, 0o400), (database.parent, 0o500)):
        path.chmod(mode)


def remove(folder: Path) -> None:
    """Removes a folder with all that is sealed in it. What another process is removing too is no error."""
    for place, _, _ in os.walk(folder):
        Path(place).chmod(0o700)
    shutil.rmtree(folder, ignore_errors=True)


def opened(
    database: Path, attached: tuple[str, Path] | None = None, limits: dict[str, str] | None = None
) -> duckdb.DuckDBPyConnection:
    """A read-only connection behind the walls. `attached` is a second file and the name it is asked for under.

    `limits` are settings of DuckDB: within one process the same ones for whoever opens the file. `verify` comes first.
    """
    config: dict[str, Any] = dict(limits or {})
    if attached is None:
        config["enable_external_access"] = "false"
    with _opening:  # all connections of one process to one file share what is attached and set
        connection = duckdb.connect(str(database), read_only=True, config=config)
        if connection.execute(LOCKED).fetchone() != ("true",):
            if attached is not None:
                attach(connection, *attached)
            for statement in WALLS:
                connection.execute(statement)
    return connection


def attach(connection: duckdb.DuckDBPyConnection, name: str, file: Path) -> None:
    """With external access off, but for this file: nothing out of a snapshot runs while more is within reach."""
    place = str(file).replace("'", "''")
    connection.execute(f"set allowed_paths = ['{place}', '{place}{WRITE_AHEAD}']")
    connection.execute("set enable_external_access = false")
    connection.execute(f"attach '{place}' as {name} (read_only)")


def _state(file: Path) -> tuple[int, ...]:
    at = file.stat()
    return (at.st_dev, at.st_ino, at.st_size, at.st_mtime_ns, at.st_ctime_ns)


@lru_cache(maxsize=64)
def _digest(database: Path, state: tuple[int, ...]) -> str:
    with database.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@lru_cache(maxsize=64)
def _digest_in(manifest: Path, state: tuple[int, ...]) -> str | None:
    try:
        return str(json.loads(manifest.read_text(encoding="utf-8"))["database"]["sha256"])
    except (ValueError, KeyError, TypeError):
        return None

"""What of a tree cannot be made again, into one archive and out of it; keys go into an archive of their own.
When it is done belongs to the commands; what is damaged within a tree is found by receiving and publication."""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from pipelines import ownership
from pipelines.layout import Layout

# Made again by the next run from what is kept, or of no use to it. Whatever else lies in the tree is kept.
MADE_AGAIN = ("warehouse", "feedback", "documents", "exports", "dagster")
SUMS, DATA, SETTINGS, KEYS = "SHA256SUMS.json", "data", "settings", "keys"
SQLITE = b"SQLite format 3\0"
COMPANIONS = ("-wal", "-shm")  # of a database somebody writes to: what they hold is in the copy of one moment


class BackupError(Exception):
    """The archive cannot be written, or must not be put back here; the text says why, and what to do."""


@dataclass(frozen=True)
class Backup:
    """The two archives, and how many files and bytes the first one holds."""

    archive: Path
    keys: Path
    files: int
    size: int


def backup(where: Layout, folder: Path, now: datetime, instead: Mapping[Path, Path] | None = None) -> Backup:
    """Write two new archives into `folder`, which must lie outside the tree. BackupError.

    `instead`: files of the tree, there or not, in whose places others are kept.
    """
    if folder.resolve().is_relative_to(where.data):
        raise BackupError(
            f"备份不能放在数据目录里：{folder} | a backup must lie outside the data tree: name another folder"
        )
    folder.mkdir(parents=True, exist_ok=True)
    name = f"enforcement-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    kept = {path: path for path in _kept(where)} | dict(instead or {})
    files = [(PurePosixPath(DATA, *path.relative_to(where.data).parts), source) for path, source in kept.items()]
    if where.settings_dir and where.settings.is_dir():
        files += [(PurePosixPath(SETTINGS, path.name), path) for path in where.settings.iterdir() if path.is_file()]
    archive, size = _written(folder / f"{name}.tar", files)
    keys, _ = _written(folder / f"{name}.keys.tar", [(PurePosixPath(KEYS, path.name), path) for path in _keys(where)])
    return Backup(archive, keys, len(files), size)


def restore(where: Layout, archive: Path) -> int:
    """Put an archive and the keys beside it back; the number of files. BackupError before anything is touched."""
    keys = archive.with_name(f"{archive.name.removesuffix('.tar')}.keys.tar")
    missing = [path.name for path in (archive, keys) if not path.is_file()]
    if missing:
        raise BackupError(f"找不到 {missing[0]} | {missing[0]} is not there: archive and keys belong beside each other")
    if where.pointer.exists() or any(path.is_file() for top in (where.landing, where.lake) for path in top.rglob("*")):
        raise BackupError(f"{where.data} 不是空的，未还原 | is not empty: restore into a tree that holds nothing")
    for path in (archive, keys):
        _proven(path)
    targets = {PurePosixPath(KEYS, path.name): path for path in _key_files(where)}
    with tarfile.open(keys) as found:
        for member in found.getmembers():
            target = targets.get(PurePosixPath(member.name))
            if target and target.exists() and target.read_bytes() != _content(found, member):
                raise BackupError(f"{target} 已有另一把密钥 | holds another key: move it away, or set its variable")
        count = sum(_put(found, member, targets) for member in found.getmembers())
    count += _restored(where, archive)
    for manifest in where.published.glob("*/manifest.json"):
        ownership.seal(manifest.parent)
    return count


def _kept(where: Layout) -> Iterator[Path]:
    for top in sorted(where.data.iterdir()):
        if top.name in MADE_AGAIN or top.name.startswith(".lock"):
            continue
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            if path.is_file() and not path.is_symlink() and not _is_companion(path):
                yield path


def _is_companion(path: Path) -> bool:
    """Put back beside the copy, the log of a moment after it would be played into it again."""
    ending = next((each for each in COMPANIONS if path.name.endswith(each)), "")
    database = path.with_name(path.name.removesuffix(ending))
    if not ending or not database.is_file():
        return False
    with database.open("rb") as file:
        return file.read(len(SQLITE)) == SQLITE


def _key_files(where: Layout) -> tuple[Path, ...]:
    """The key of persons, and that of the audit log, which lies beside it unless its variable says another place."""
    audit = os.environ.get("ENFORCEMENT_AUDIT_KEY_FILE")
    return where.key_file, Path(audit) if audit else where.key_file.with_name("audit.key")


def _keys(where: Layout) -> list[Path]:
    return [path for path in _key_files(where) if path.is_file()]


def _written(path: Path, files: Sequence[tuple[PurePosixPath, Path]]) -> tuple[Path, int]:
    """Aside first, then under its name: an archive that has its name is whole."""
    aside, sums, size = path.with_name(f".{path.name}"), dict[str, str](), 0
    with aside.open("xb") as raw, tarfile.open(fileobj=raw, mode="w") as archive:
        aside.chmod(0o600)
        for name, source in files:
            content = _whole(source)
            sums[str(name)], size = hashlib.sha256(content).hexdigest(), size + len(content)
            _add(archive, name, content, source.stat().st_mtime, source.stat().st_mode & 0o700)
        _add(archive, PurePosixPath(SUMS), json.dumps(sums, indent=0).encode(), 0, 0o600)
    aside.rename(path)
    return path, size


def _whole(source: Path) -> bytes:
    """The file as it stands; of a database that somebody may be writing to, a copy of one moment."""
    with source.open("rb") as file:
        if file.read(len(SQLITE)) != SQLITE:
            return source.read_bytes()
    with tempfile.TemporaryDirectory() as aside:
        copy = Path(aside) / source.name
        with sqlite3.connect(f"file:{source}?mode=ro", uri=True) as reading, sqlite3.connect(copy) as writing:
            reading.backup(writing)
        reading.close()
        writing.close()
        return copy.read_bytes()


def _add(archive: tarfile.TarFile, name: PurePosixPath, content: bytes, changed: float, mode: int) -> None:
    entry = tarfile.TarInfo(str(name))
    entry.size, entry.mtime, entry.mode = len(content), int(changed), mode
    archive.addfile(entry, io.BytesIO(content))


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = archive.extractfile(member)
    return file.read() if file else b""


def _proven(path: Path) -> None:
    """Every file is what its sum says, none is missing, and none would be put anywhere else. BackupError."""
    try:
        with tarfile.open(path) as archive:
            found = {member.name: hashlib.sha256(_content(archive, member)).hexdigest() for member in archive}
            said = json.loads(_content(archive, archive.getmember(SUMS)))
    except (tarfile.TarError, KeyError, ValueError, EOFError) as problem:
        raise BackupError(f"{path.name} 已损坏 | is damaged, nothing was restored: take another backup") from problem
    found.pop(SUMS)
    wrong = sorted({name for name, digest in found.items() if said.get(name) != digest} | (said.keys() - found.keys()))
    wrong += [name for name in found if ".." in name.split("/") or name.split("/")[0] not in (DATA, SETTINGS, KEYS)]
    if wrong:
        raise BackupError(f"{path.name} 已损坏：{wrong[0]} | is damaged, nothing was restored: take another backup")


def _restored(where: Layout, path: Path) -> int:
    with tarfile.open(path) as archive:
        targets = {
            PurePosixPath(member.name): (where.data if top == DATA else where.settings) / below
            for member in archive
            for top, _, below in [member.name.partition("/")]
            if below
        }
        return sum(_put(archive, member, targets) for member in archive.getmembers())


def _put(archive: tarfile.TarFile, member: tarfile.TarInfo, targets: dict[PurePosixPath, Path]) -> bool:
    target = targets.get(PurePosixPath(member.name))
    if target is None:
        return False
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    target.unlink(missing_ok=True)  # what opening an empty tree has put there
    target.write_bytes(_content(archive, member))
    os.utime(target, (member.mtime, member.mtime))
    target.chmod(member.mode)
    return True

"""The record of who looked at what: appended to, never changed, kept outside every snapshot, one file a month.
What is worth recording is decided where it happens; a deed that cannot be recorded does not happen."""

from __future__ import annotations

import fcntl
import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from dashboards.access.audit_key import (
    Head,
    NoKeyError,
    copies_file,
    head_file,
    key,
    key_file,
    mark,
    read_head,
    write_head,
)
from dashboards.access.audit_proof import Finding, Opening, Row, files, findings, line_mark, opening
from dashboards.snapshot import published_directory

DEEDS = (
    "sign_in",
    "refused",
    "cases",
    "export",
    "sql",
    "bulletin",
    "note",
    "objection",
    "comment",
    "decision",
    "criterion",
    "annotation",
    "subscription",
    "visit",
    "sending",
    "setting",
)
LONGEST = 4000  # characters of `what`: a longer statement is cut, and its digest is of the whole
BUSY_SECONDS = 10.0
SCHEMA = """
create table if not exists deeds (
    number integer primary key,
    happened_at text not null,
    reader text not null,
    role text not null,
    deed text not null,
    what text not null,
    snapshot_id text not null,
    digest text not null
);
create trigger if not exists deeds_are_not_changed before update on deeds
begin select raise(abort, 'the audit log is appended to only'); end;
create trigger if not exists deeds_are_not_removed before delete on deeds
begin select raise(abort, 'the audit log is appended to only'); end;
"""
OPENING = """
create table if not exists opening (
    previous_month text not null,
    previous_number integer not null,
    previous_digest text not null,
    legacy_number integer not null,
    legacy_digest text not null,
    mark text not null
)
"""


class AuditError(Exception):
    """A deed could not be recorded, and therefore may not be done."""


@dataclass(frozen=True)
class Deed:
    """One line of the log. `digest` is its mark: of the line and the mark before it, with a key outside the tree."""

    number: int
    happened_at: str
    reader: str
    role: str
    deed: str
    what: str
    snapshot_id: str
    digest: str


def directory() -> Path:
    """`<data>/audit`."""
    return published_directory().parent / "audit"


def record(reader: str, role: str, deed: str, what: str = "", snapshot_id: str = "") -> None:
    """Append a deed of now, durable when this returns. AuditError when it cannot be; ValueError for an unknown deed."""
    if deed not in DEEDS:
        raise ValueError(deed)
    now = datetime.now(UTC)
    shown = what if len(what) <= LONGEST else f"{what[:LONGEST]}… sha256:{hashlib.sha256(what.encode()).hexdigest()}"
    row = (now.isoformat(timespec="milliseconds"), reader, role, deed, shown, snapshot_id)
    try:
        with _alone():
            _append(now, row)
    except (sqlite3.Error, OSError, NoKeyError) as failed:
        raise AuditError(
            f"访问记录无法写入（{directory()}）：{failed}。请检查磁盘与权限 | the audit log cannot be written; "
            "check disk space and permissions"
        ) from failed


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time: lines of two months, and the head beside the key, are written in one order."""
    directory().mkdir(parents=True, exist_ok=True, mode=0o700)
    with (directory() / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _append(now: datetime, row: Row) -> None:
    """Put a line behind the last one that is known, even if that was removed: then the gap remains to be seen."""
    log = directory()
    has_marks = head_file(log).exists() or any(_has_opening(file) for file in files(log).values())
    secret = key(log, may_be_made=not has_marks)
    head = read_head(log, secret)
    month = max([f"{now:%Y-%m}", *([head.month] if head else []), *files(log)])
    with closing(_open(month)) as connection, connection:
        connection.execute("begin immediate")
        follows = opening(connection, secret) or _opened(connection, month, head, secret)
        number, before = _ends(connection) or (0, follows.start)
        if head and head.month == month and head.number > number:
            number, before = head.number, head.digest
        if number == follows.legacy_number and follows.legacy_number:
            before = follows.start
        marked = line_mark(secret, before, month, number + 1, row)
        connection.execute("insert into deeds values (?, ?, ?, ?, ?, ?, ?, ?)", (number + 1, *row, marked))
    write_head(log, secret, Head(month, number + 1, marked))


def _ends(connection: sqlite3.Connection) -> tuple[int, str] | None:
    """Number and mark of a file's last line."""
    found = connection.execute("select number, digest from deeds order by number desc limit 1").fetchone()
    return (int(found[0]), str(found[1])) if found else None


def _last_before(month: str) -> Head:
    """The last line of the months before one; an empty head where there is none."""
    for earlier, _ in reversed([entry for entry in files(directory()).items() if entry[0] < month]):
        with closing(_read(earlier)) as connection:
            ends = _ends(connection)
        if ends:
            return Head(earlier, *ends)
    return Head("", 0, "")


def _has_opening(file: Path) -> bool:
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)) as connection:
        asked = "select count(*) from sqlite_master where name = 'opening'"
        return bool(connection.execute(asked).fetchone()[0])


def _opened(connection: sqlite3.Connection, month: str, head: Head | None, secret: bytes) -> Opening:
    """Write down what a month's file follows, by the log or by the head beside the key, whichever goes further."""
    known = [_last_before(month), *([head] if head and head.month < month else [])]
    previous = max(known, key=lambda end: (end.month, end.number))
    follows = Opening(previous.month, previous.number, previous.digest, *(_ends(connection) or (0, "")))
    connection.execute(OPENING)
    marked = mark(secret, "opening", follows.fields)
    connection.execute("insert into opening values (?, ?, ?, ?, ?, ?)", (*astuple(follows), marked))
    return follows


def months() -> list[str]:
    """The months that have a log, newest first, as YYYY-MM."""
    return sorted((file.stem.removeprefix("audit-") for file in directory().glob("audit-*.sqlite")), reverse=True)


def deeds(month: str, reader: str = "", deed: str = "", size: int = 50, page: int = 1) -> tuple[list[Deed], int]:
    """One page of a month's log, newest first, and how many lines there are in all."""
    with closing(_read(month)) as log:
        narrowed = ("%" + reader + "%", deed, deed)
        where = "where reader like ? and (? = '' or deed = ?)"
        total = log.execute(f"select count(*) from deeds {where}", narrowed).fetchone()[0]  # noqa: S608 - the condition is a constant of this function
        rows = log.execute(
            f"select * from deeds {where} order by number desc limit ? offset ?",  # noqa: S608 - the condition is a constant of this function
            (*narrowed, size, size * (page - 1)),
        ).fetchall()
    return [Deed(*row) for row in rows], int(total)


def wrong() -> list[Finding]:
    """What is wrong with the log, all its months together; empty if it is whole. Looked at anew when a file changed."""
    found = [*directory().glob("audit-*"), key_file(), head_file(directory()), *([c] if (c := copies_file()) else [])]
    stats = [(str(path), path.stat()) for path in sorted(found) if path.exists()]
    stamp = tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)
    return list(_wrong(directory(), stamp))


@lru_cache(maxsize=4)
def _wrong(log: Path, stamp: tuple[tuple[str, int, int], ...]) -> tuple[Finding, ...]:
    return tuple(findings(log))


def _file(month: str) -> Path:
    return directory() / f"audit-{month}.sqlite"


def _open(month: str) -> sqlite3.Connection:
    file = _file(month)
    is_new = not file.exists()
    log = sqlite3.connect(file, timeout=BUSY_SECONDS, isolation_level=None)
    if is_new:
        file.chmod(0o600)
    log.execute("pragma journal_mode = wal")
    log.execute("pragma synchronous = full")
    log.executescript(SCHEMA)
    return log


def _read(month: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{_file(month).as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)

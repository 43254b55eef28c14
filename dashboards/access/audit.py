"""The record of who looked at what: appended to, never changed, kept outside every snapshot, one file a month.
What is worth recording is decided where it happens; a deed that cannot be recorded does not happen."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from dashboards.snapshot import published_directory

DEEDS = ("sign_in", "refused", "cases", "export", "sql", "bulletin", "note")
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


class AuditError(Exception):
    """A deed could not be recorded, and therefore may not be done."""


@dataclass(frozen=True)
class Deed:
    """One line of the log. `digest` chains it to the line before: a changed or missing line breaks the chain."""

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
        with closing(_open(now)) as log, log:
            log.execute("begin immediate")
            last = log.execute("select digest from deeds order by number desc limit 1").fetchone()
            log.execute(
                "insert into deeds (happened_at, reader, role, deed, what, snapshot_id, digest)"
                " values (?, ?, ?, ?, ?, ?, ?)",
                (*row, _digest(last[0] if last else "", row)),
            )
    except (sqlite3.Error, OSError) as failed:
        raise AuditError(
            f"访问记录无法写入（{directory()}）：{failed}。请检查磁盘与权限 | the audit log cannot be written; "
            "check disk space and permissions"
        ) from failed


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


def first_broken(month: str) -> int | None:
    """The number of the first line that was changed, or stands after one that is missing; None for a whole chain."""
    before, expected = "", 1
    with closing(_read(month)) as log:
        for number, *row, digest in log.execute("select * from deeds order by number"):
            if number != expected or digest != _digest(before, tuple(row)):
                return int(number)
            before, expected = digest, number + 1
    return None


def _digest(before: str, row: tuple[str, ...]) -> str:
    return hashlib.sha256("\x1f".join((before, *row)).encode()).hexdigest()


def _file(month: str) -> Path:
    return directory() / f"audit-{month}.sqlite"


def _open(now: datetime) -> sqlite3.Connection:
    directory().mkdir(parents=True, exist_ok=True, mode=0o700)
    file = _file(f"{now:%Y-%m}")
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

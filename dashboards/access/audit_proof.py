"""Whether the audit log is whole: every line by its mark, months by what they follow, the end by the heads kept apart.
What is wrong is named: the month, the line, and what was done to it. Lines are written in `audit`."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dashboards.access.audit_key import Head, NoKeyError, copied, head_file, key, mark, read_head

EARLIEST = datetime.min.replace(tzinfo=UTC)
BEFORE_MARKS = 2**62  # lines of a file that an earlier version wrote: all of them
STRAYS = timedelta(seconds=2)  # what clocks are put right by, many times a day
FOLLOWS = ("previous_month", "previous_number", "previous_digest", "legacy_number", "legacy_digest")


@dataclass(frozen=True)
class Finding:
    """What is wrong with a log.

    `code`: changed, missing, month_missing, tail, unlinked, clock, head_missing, no_key.
    """

    code: str
    month: str = ""
    number: int = 0
    detail: str = ""


@dataclass(frozen=True)
class Opening:
    """What a month's file follows, as written when its first marked line was: the line before, in which month.

    `legacy_number` lines of the file itself were written before there were marks; their last digest is kept.
    """

    previous_month: str = ""
    previous_number: int = 0
    previous_digest: str = ""
    legacy_number: int = 0
    legacy_digest: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(str(getattr(self, name)) for name in FOLLOWS)

    @property
    def start(self) -> str:
        """What the mark of the first marked line is chained to."""
        return self.legacy_digest or self.previous_digest


Row = tuple[str, ...]  # happened_at, reader, role, deed, what, snapshot_id


def files(log: Path) -> dict[str, Path]:
    """The log's files by month, oldest first."""
    return {file.stem.removeprefix("audit-"): file for file in sorted(log.glob("audit-*.sqlite"))}


def legacy_digest(before: str, row: Row) -> str:
    """The digest of a line as it was before there was a key."""
    return hashlib.sha256("\x1f".join((before, *row)).encode()).hexdigest()


def line_mark(secret: bytes, before: str, month: str, number: int, row: Row) -> str:
    """The mark of a line: of the mark before it, its month and number, and everything it says."""
    return mark(secret, "line", (before, month, str(number), *row))


def opening(connection: sqlite3.Connection, secret: bytes) -> Opening | None:
    """What the file follows; None for one without marked lines. ValueError if that was changed."""
    try:
        found = connection.execute(f"select {', '.join(FOLLOWS)}, mark from opening").fetchone()  # noqa: S608 - constants
    except sqlite3.OperationalError:
        return None
    if found is None:
        return None
    *fields, marked = found
    made = Opening(*fields)
    if marked != mark(secret, "opening", made.fields):
        raise ValueError("opening")
    return made


def _connected(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=10.0)


def _lines(month: str, file: Path, secret: bytes, heads: dict[int, str]) -> Iterator[Finding]:
    """What is wrong within one month. `heads` are the numbers and marks that lines of it are known to have."""
    with closing(_connected(file)) as connection:
        try:
            follows = opening(connection, secret) or Opening(legacy_number=BEFORE_MARKS)
        except ValueError:
            yield Finding("unlinked", month)
            return
        lines = connection.execute("select * from deeds order by number").fetchall()
    before, expected, latest = "" if follows.legacy_number else follows.start, 1, ""
    for number, *rest, digest in lines:
        row = tuple(rest)
        if number > follows.legacy_number >= expected - 1:
            before = follows.start
        is_old = number <= follows.legacy_number
        made = legacy_digest(before, row) if is_old else line_mark(secret, before, month, number, row)
        if number != expected:  # the line after a gap cannot be proven, and the gap is named
            yield Finding("missing", month, expected, f"{expected}–{number - 1}")
        elif digest != made or heads.get(number, digest) != digest:
            yield Finding("changed", month, number)
        if latest and _moment(row[0]) < _moment(latest) - STRAYS:
            yield Finding("clock", month, number, f"{latest} → {row[0]}")
        before, expected, latest = digest, number + 1, max(latest, row[0])
    last = max(heads, default=0)
    if last >= expected:
        yield Finding("tail", month, expected, f"{expected}–{last}")


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return EARLIEST


def _links(log: Path, secret: bytes) -> Iterator[Finding]:
    """Months that others say they follow and that are not there, or end otherwise than they did."""
    months = files(log)
    for file in months.values():
        with closing(_connected(file)) as connection:
            try:
                follows = opening(connection, secret)
            except ValueError:
                continue
        if follows is None or not follows.previous_month:
            continue
        if follows.previous_month not in months:
            yield Finding("month_missing", follows.previous_month)
            continue
        with closing(_connected(months[follows.previous_month])) as connection:
            ends = connection.execute("select number, digest from deeds order by number desc limit 1").fetchone()
        if ends != (follows.previous_number, follows.previous_digest):
            number = min(ends[0] + 1 if ends else 1, follows.previous_number)
            yield Finding("tail", follows.previous_month, number, f"{number}–{follows.previous_number}")


def _known_heads(log: Path, secret: bytes) -> tuple[list[Head], list[Finding]]:
    heads = copied(log)
    try:
        head = read_head(log, secret)
    except NoKeyError as changed:
        return heads, [Finding("head_missing", detail=str(changed))]
    if head is None:
        return heads, [Finding("head_missing", detail=str(head_file(log)))] if _is_marked(log, secret) else []
    return [*heads, head], []


def _is_marked(log: Path, secret: bytes) -> bool:
    for file in files(log).values():
        with closing(_connected(file)) as connection:
            try:
                if opening(connection, secret):
                    return True
            except ValueError:
                return True
    return False


def findings(log: Path) -> list[Finding]:
    """Everything that is wrong with the log in a folder, oldest month first; empty for a log that is whole."""
    try:
        secret = key(log, may_be_made=False)
    except NoKeyError as missing:
        nothing = not files(log) and not head_file(log).exists()
        return [] if nothing else [Finding("no_key", detail=str(missing))]
    heads, found = _known_heads(log, secret)
    by_month: dict[str, dict[int, str]] = {}
    for head in heads:
        by_month.setdefault(head.month, {})[head.number] = head.digest
    months = files(log)
    found += [Finding("month_missing", month) for month in by_month if month not in months]
    for month, file in months.items():
        try:
            found += _lines(month, file, secret, by_month.get(month, {}))
        except sqlite3.Error as error:
            found.append(Finding("changed", month, 0, str(error)))
    found += _links(log, secret)
    unique = dict.fromkeys(found)
    return sorted(unique, key=lambda each: (each.month, each.number, each.code))

"""Statements that readers keep: saved ones, shared or not, and the history of what each of them asked.
Kept in one file beside the snapshots; running statements belongs to queue.py."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from dashboards.snapshot import published_directory

HISTORY_EACH = 200
BUSY_SECONDS = 10.0
UNANSWERED = "unanswered"  # asked, and not ended: it runs, or the server was stopped meanwhile
SCHEMA = """
create table if not exists saved (
    query_id integer primary key,
    name text not null,
    author text not null,
    statement text not null,
    is_shared integer not null,
    saved_at text not null,
    unique (author, name)
);
create table if not exists history (
    entry_id integer primary key,
    reader text not null,
    statement text not null,
    asked_at text not null,
    row_count integer,
    seconds real,
    fault text not null
);
create index if not exists history_by_reader on history (reader, entry_id);
"""


@dataclass(frozen=True)
class Saved:
    """A statement under a name; `is_shared` lets everybody who may ask see it."""

    query_id: int
    name: str
    author: str
    statement: str
    is_shared: bool
    saved_at: str


@dataclass(frozen=True)
class Asked:
    """One statement that was asked, and how it ended."""

    statement: str
    asked_at: str
    row_count: int | None
    seconds: float | None
    fault: str


def save(name: str, author: str, statement: str, is_shared: bool) -> int:
    """Keep a statement; the author's own of the same name is replaced. Gives its id, which is its address."""
    with closing(_open()) as connection, connection:
        connection.execute(
            """
            insert into saved (name, author, statement, is_shared, saved_at) values (?, ?, ?, ?, ?)
            on conflict (author, name) do update
            set statement = excluded.statement, is_shared = excluded.is_shared, saved_at = excluded.saved_at
            """,
            (name, author, statement, int(is_shared), _now()),
        )
        row = connection.execute("select query_id from saved where author = ? and name = ?", (author, name)).fetchone()
    return int(row[0])


def saved(reader: str) -> list[Saved]:
    """The reader's own statements, then those that others share, by name."""
    with closing(_open()) as connection:
        rows = connection.execute(
            """
            select query_id, name, author, statement, is_shared, saved_at from saved
            where author = ? or is_shared = 1 order by author <> ?, name
            """,
            (reader, reader),
        ).fetchall()
    return [Saved(row[0], row[1], row[2], row[3], bool(row[4]), row[5]) for row in rows]


def find(query_id: int, reader: str) -> Saved | None:
    """The statement of that id if it is the reader's own or shared."""
    return next((found for found in saved(reader) if found.query_id == query_id), None)


def remove(query_id: int, author: str) -> bool:
    """Remove the author's own statement; False when there is none."""
    with closing(_open()) as connection, connection:
        return (
            connection.execute("delete from saved where query_id = ? and author = ?", (query_id, author)).rowcount > 0
        )


def ask(reader: str, statement: str) -> int:
    """Add to the reader's history, of which the last 200 are kept, that this is being asked; gives the entry's number.

    Until `answer` is called for it, its fault is `unanswered`.
    """
    with closing(_open()) as connection, connection:
        number = connection.execute(
            "insert into history (reader, statement, asked_at, fault) values (?, ?, ?, ?)",
            (reader, statement, _now(), UNANSWERED),
        ).lastrowid
        connection.execute(
            """
            delete from history where reader = ? and entry_id not in (
                select entry_id from history where reader = ? order by entry_id desc limit ?
            )
            """,
            (reader, reader, HISTORY_EACH),
        )
    return int(number or 0)


def answer(entry: int, row_count: int | None, seconds: float | None, fault: str) -> None:
    """How what was asked has ended; nothing when the entry is no longer kept."""
    with closing(_open()) as connection, connection:
        connection.execute(
            "update history set row_count = ?, seconds = ?, fault = ? where entry_id = ?",
            (row_count, seconds, fault, entry),
        )


def history(reader: str, size: int = 50) -> list[Asked]:
    """The reader's own statements, the last first."""
    with closing(_open()) as connection:
        rows = connection.execute(
            """
            select statement, asked_at, row_count, seconds, fault from history
            where reader = ? order by entry_id desc limit ?
            """,
            (reader, size),
        ).fetchall()
    return [Asked(*row) for row in rows]


def _file() -> Path:
    return published_directory().parent / "workbench" / "queries.sqlite"


def _open() -> sqlite3.Connection:
    file = _file()
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    connection = sqlite3.connect(file, timeout=BUSY_SECONDS)
    connection.execute("pragma journal_mode = wal")
    connection.executescript(SCHEMA)
    return connection


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")

"""The minutes of the meeting: answers of courts and decisions, kept from month to month in `<data>/meeting/`.
It is the only thing the gallery writes beside the bulletin; figures belong to the snapshot and are never kept here."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dashboards import snapshot
from dashboards.month import Month
from grammar.prose import masked

FILE = "minutes.sqlite"
ANSWER, DECISION = "answer", "decision"
KINDS = (ANSWER, DECISION)
LONGEST = 2000  # characters; more than a page of the minutes is a document, not a note
PATIENCE = 20.0  # seconds that a writer waits for another one
# Appended and never changed: the two triggers hold that also against a reader with a database tool.
SCHEMA = """
create table notes (
    note_id integer primary key autoincrement,
    province_code text not null,
    period_month text not null check (period_month glob '[0-9][0-9][0-9][0-9]-[0-1][0-9]'),
    court_code text not null,
    kind text not null check (kind in ('answer', 'decision')),
    said text not null check (length(said) between 1 and 2000),
    withdraws integer references notes (note_id),
    snapshot_id text not null,
    noted_at text not null
);
create trigger notes_are_not_changed before update on notes
begin select raise(abort, 'notes are never changed'); end;
create trigger notes_are_not_removed before delete on notes
begin select raise(abort, 'notes are never removed'); end;
"""
INSERT = """
insert into notes (province_code, period_month, court_code, kind, said, withdraws, snapshot_id, noted_at)
values (:province_code, :period_month, :court_code, :kind, :said, :withdraws, :snapshot_id, :noted_at)
"""
SELECT = """
select note_id, province_code, period_month, court_code, kind, said, snapshot_id, noted_at
from notes
where province_code = :province_code and period_month <= :period_month and withdraws is null
    and note_id not in (select withdraws from notes where withdraws is not null)
order by period_month desc, note_id desc
"""


class EmptyNoteError(ValueError):
    """A note without a word, or with more than fits."""


@dataclass(frozen=True)
class Note:
    """What was said about a court at the meeting on a month; `noted_at` is UTC. No author is kept."""

    note_id: int
    province_code: str
    period_month: Month
    court_code: str
    kind: str
    said: str
    snapshot_id: str
    noted_at: datetime


def place() -> Path:
    """`<data>/meeting/minutes.sqlite`, beside the published snapshots and in none of them."""
    return snapshot.published_directory().parent / "meeting" / FILE


def note(province: str, month: Month, court: str, kind: str, said: str, snapshot_id: str) -> None:
    """Append one note; it is on disk when this returns. EmptyNoteError for no text or too much of it."""
    text = masked(said.strip())
    if not text or len(text) > LONGEST:
        raise EmptyNoteError(f"1–{LONGEST}")
    _append(province, month, court, kind, text, snapshot_id, None)


def withdraw(noted: Note, snapshot_id: str) -> None:
    """Take a note back: it stays in the file and is shown no more."""
    _append(
        noted.province_code, noted.period_month, noted.court_code, noted.kind, noted.said, snapshot_id, noted.note_id
    )


def notes(province: str, month: Month) -> list[Note]:
    """What was noted up to the meeting on `month`, the latest first; empty before the first note."""
    if not place().is_file():
        return []
    with _open() as connection:
        rows = connection.execute(SELECT, {"province_code": province, "period_month": str(month)}).fetchall()
    return [_note(row) for row in rows]


def _note(row: tuple[Any, ...]) -> Note:
    return replace(Note(*row), period_month=Month.parse(row[2]), noted_at=datetime.fromisoformat(row[7]))


def _append(
    province: str, month: Month, court: str, kind: str, said: str, snapshot_id: str, withdraws: int | None
) -> None:
    if not place().is_file():
        _make()
    values = {
        "province_code": province,
        "period_month": str(month),
        "court_code": court,
        "kind": kind,
        "said": said,
        "withdraws": withdraws,
        "snapshot_id": snapshot_id,
        "noted_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    with _open() as connection:
        connection.execute(INSERT, values)


def _make() -> None:
    """The empty file, made aside and named when it is whole; whoever names it first is the one."""
    place().parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=place().parent, prefix=".") as aside:
        file = Path(aside) / FILE
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("pragma journal_mode = wal")  # readers go on while one writes; kept in the file
            connection.executescript(SCHEMA)
        with suppress(FileExistsError):
            os.link(file, place())


@contextmanager
def _open() -> Iterator[sqlite3.Connection]:
    """A connection of its own for every use: a writer waits its turn, and a killed one leaves whole notes only."""
    with closing(sqlite3.connect(place(), timeout=PATIENCE, isolation_level=None)) as connection:
        connection.execute("pragma synchronous = full")
        yield connection

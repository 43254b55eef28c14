"""The acts that people write, appended one by one to a file beside the snapshots, and never changed or removed.
Which acts may follow which, and what they add up to, belongs to objections, comments and decisions."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dashboards import snapshot
from dashboards.access import audit
from dashboards.access.readers import Reader
from grammar.prose import masked

FILE = "proceedings.sqlite"
VERSION = 1  # of the table; acts of every earlier one are read
LONGEST = 2000  # characters of one text; what is longer is a document, and belongs to the file of the case
PATIENCE = 20.0  # seconds that a writer waits for another one
# The triggers hold also against whoever opens the file with a database tool.
SCHEMA = f"""
create table acts (
    act_id integer primary key autoincrement,
    thread_id integer not null,
    province_code text not null,
    kind text not null,
    deed text not null,
    reader text not null,
    role text not null,
    happened_at text not null,
    snapshot_id text not null,
    content text not null check (json_valid(content))
);
create index acts_by_thread on acts (thread_id, act_id);
create index acts_by_kind on acts (kind, province_code, act_id);
create trigger acts_are_not_changed before update on acts
begin select raise(abort, 'acts are never changed'); end;
create trigger acts_are_not_removed before delete on acts
begin select raise(abort, 'acts are never removed'); end;
pragma user_version = {VERSION};
"""
INSERT = """
insert into acts (thread_id, province_code, kind, deed, reader, role, happened_at, snapshot_id, content)
values (coalesce(?, (select coalesce(max(act_id), 0) + 1 from acts)), ?, ?, ?, ?, ?, ?, ?, ?)
"""
COLUMNS = "act_id, thread_id, province_code, kind, deed, reader, role, happened_at, snapshot_id, content"
OF_KIND = f"select {COLUMNS} from acts where kind = ? and province_code = ? order by act_id"  # noqa: S608 - constants of this module
OF_THREAD = f"select {COLUMNS} from acts where kind = ? and thread_id = ? order by act_id"  # noqa: S608 - constants of this module


class StoreError(Exception):
    """The store cannot be used; the message says why, in Chinese and English."""


class NotPossibleError(ValueError):
    """An act that may not follow those before it, or that says too little or too much. `reason` is a word for it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Act:
    """One act. `thread` is the number of the first act of the matter; `happened_at` is UTC."""

    number: int
    thread: int
    province: str
    kind: str
    deed: str
    reader: str
    role: str
    happened_at: datetime
    snapshot_id: str
    content: Mapping[str, Any]


@dataclass(frozen=True)
class Writer:
    """Who writes, in which province, with which snapshot before their eyes."""

    reader: Reader
    province: str
    snapshot_id: str


Check = Callable[[Sequence[Act]], None]


def _no_check(_: Sequence[Act]) -> None:
    """What begins a matter, or may be said at any time, asks nothing of the acts before it."""


def place() -> Path:
    """`<data>/proceedings/proceedings.sqlite`: in no snapshot, so no retention reaches it."""
    return snapshot.published_directory().parent / "proceedings" / FILE


def append(
    writer: Writer,
    kind: str,
    deed: str,
    content: Mapping[str, Any],
    texts: Mapping[str, str],
    thread: int | None = None,
    check: Check = _no_check,
) -> int:
    """Append one act, on disk when this returns; the number of its thread, a new one if `thread` is None.

    `content` holds codes and numbers, `texts` what somebody wrote: it is masked before it is written. `check` is given
    the acts of the thread, under the lock under which the act is written, and raises NotPossibleError. AuditError when
    the act cannot be recorded in the audit trail: then it is not written either. StoreError when the store cannot be.
    """
    said = {name: _said(text) for name, text in texts.items()}
    body = json.dumps({**content, **said}, ensure_ascii=False, sort_keys=True)
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    reader = writer.reader
    with _opened(is_made=True) as connection:
        connection.execute("begin immediate")
        before = [_act(row) for row in connection.execute(OF_THREAD, (kind, thread or 0))]
        if thread is not None and not before:
            raise NotPossibleError("unknown")
        check(before)
        audit.record(reader.name, reader.role, kind, _told(deed, thread, content), writer.snapshot_id)
        row = (thread, writer.province, kind, deed, reader.name, reader.role, now, writer.snapshot_id, body)
        number = int(connection.execute(INSERT, row).lastrowid or 0)
        connection.execute("commit")
    return thread or number


def acts(kind: str, province: str) -> tuple[Act, ...]:
    """Every act of a kind in a province, in their order; none before the first. StoreError when it cannot be read."""
    if not place().is_file():
        return ()
    with _opened(is_made=False) as connection:
        last = int(connection.execute("select coalesce(max(act_id), 0) from acts").fetchone()[0])
    return _kept(place(), last, kind, province)


@lru_cache(maxsize=32)
def _kept(file: Path, last: int, kind: str, province: str) -> tuple[Act, ...]:
    """Acts are only ever added, so the number of the last one says which there are."""
    with _opened(is_made=False) as connection:
        return tuple(_act(row) for row in connection.execute(OF_KIND, (kind, province)) if row[0] <= last)


def threads(kind: str, province: str) -> dict[int, list[Act]]:
    """The acts of a kind by thread, in their order."""
    found: dict[int, list[Act]] = {}
    for act in acts(kind, province):
        found.setdefault(act.thread, []).append(act)
    return found


def copy(to: Path) -> None:
    """A whole copy of the store while others write. FileExistsError when there is a file already."""
    if to.exists():
        raise FileExistsError(to)
    with _opened(is_made=False) as connection, closing(sqlite3.connect(to)) as target:
        connection.backup(target)
    to.chmod(0o600)


def _said(text: str) -> str:
    told = masked("\n".join(line.rstrip() for line in text.strip().splitlines()))
    if len(told) > LONGEST:
        raise NotPossibleError("too_long")
    return told


def _told(deed: str, thread: int | None, content: Mapping[str, Any]) -> str:
    """What the audit trail says of an act: which matter and number, nothing that somebody wrote."""
    number = " ".join(str(content[name]) for name in ("court", "indicator", "month") if content.get(name))
    return " ".join(part for part in (deed, str(thread or ""), number) if part)


def _act(row: Sequence[Any]) -> Act:
    number, thread, province, kind, deed, reader, role, happened_at, snapshot_id, content = row
    moment = datetime.fromisoformat(happened_at)
    return Act(number, thread, province, kind, deed, reader, role, moment, snapshot_id, json.loads(content))


def _make() -> None:
    """The empty store, made aside and named when it is whole; whoever names it first is the one."""
    folder = place().parent
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with TemporaryDirectory(dir=folder, prefix=".") as aside:
        file = Path(aside) / FILE
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("pragma journal_mode = wal")  # readers go on while one writes; kept in the file
            connection.executescript(SCHEMA)
        file.chmod(0o600)  # SQLite gives its companions the mode of the file
        with suppress(FileExistsError):
            os.link(file, place())


@contextmanager
def _opened(is_made: bool) -> Iterator[sqlite3.Connection]:
    """A connection of its own for every use; what is not committed when it closes, or is killed, never was."""
    try:
        if is_made and not place().is_file():
            _make()
        with closing(sqlite3.connect(place(), timeout=PATIENCE, isolation_level=None)) as connection:
            connection.execute("pragma synchronous = full")
            written_by = int(connection.execute("pragma user_version").fetchone()[0])
            if written_by > VERSION:
                raise StoreError(
                    f"{place()} 由更新的版本写成，请用该版本打开 | "
                    "was written by a later version: open it with that one"
                )
            yield connection
    except (sqlite3.Error, OSError) as failed:
        raise StoreError(
            f"{place()} 无法读写：{failed}。请检查磁盘与权限 | "
            "cannot be read or written; check disk space and permissions"
        ) from failed

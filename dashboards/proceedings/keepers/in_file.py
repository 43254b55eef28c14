"""Acts in a file beside the snapshots: SQLite, write-ahead, on disk when a transaction is confirmed.
A file whose acts were carried to a server says so itself, and is neither read nor written as if it held them all."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from dashboards.proceedings.keepers.contract import COLUMNS, NAMES, PATIENCE, VERSION, Mark, Row, StoreError

# Stands in the place of the version: earlier versions of the product, which know no server, refuse the file too.
CARRIED = 1_000_000
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
FILL = f"insert into acts ({COLUMNS}) values ({', '.join('?' * len(NAMES))})"  # noqa: S608 - constants of this module
LAST = "select coalesce(max(act_id), 0) from acts"
EVERYTHING = f"select {COLUMNS} from acts order by act_id"  # noqa: S608 - constants of this module
OF_KIND = f"select {COLUMNS} from acts where kind = ? and province_code = ? and act_id <= ? order by act_id"  # noqa: S608 - constants of this module
OF_THREAD = f"select {COLUMNS} from acts where kind = ? and thread_id = ? order by act_id"  # noqa: S608 - constants of this module


@dataclass(frozen=True)
class _Writing:
    connection: sqlite3.Connection

    def of_thread(self, kind: str, thread: int) -> list[Row]:
        return self.connection.execute(OF_THREAD, (kind, thread)).fetchall()

    def add(self, thread: int | None, said: Sequence[str]) -> int:
        return int(self.connection.execute(INSERT, (thread, *said)).lastrowid or 0)

    def everything(self) -> list[Row]:
        return self.connection.execute(EVERYTHING).fetchall()

    def fill(self, rows: Sequence[Row]) -> None:
        self.connection.executemany(FILL, rows)

    def set_carried(self, *, is_carried: bool) -> None:
        """Say in the file, in this transaction, that its acts are kept on a server now, or in it again."""
        self.connection.execute(f"pragma user_version = {CARRIED if is_carried else VERSION:d}")


@dataclass(frozen=True)
class InFile:
    """Acts in the file at `place`. `is_asked_anyway`: also where it says that its acts were carried away."""

    place: Path
    is_asked_anyway: bool = False

    @contextmanager
    def writing(self) -> Iterator[_Writing]:
        if not self.place.is_file():
            self._made()
        with self._opened() as connection:
            connection.execute("begin immediate")
            yield _Writing(connection)
            connection.execute("commit")

    def mark(self) -> Mark | None:
        if not self.place.is_file():
            return None
        with self._opened() as connection:
            return str(self.place.stat().st_ino), int(connection.execute(LAST).fetchone()[0])

    def of_kind(self, kind: str, province: str, last: int) -> list[Row]:
        with self._opened() as connection:
            return connection.execute(OF_KIND, (kind, province, last)).fetchall()

    def everything(self) -> list[Row]:
        if not self.place.is_file():
            return []
        with self._opened() as connection:
            return connection.execute(EVERYTHING).fetchall()

    @property
    def is_in_use(self) -> bool:
        """Whether it holds acts that it does not say were carried to a server."""
        if not self.place.is_file():
            return False
        with InFile(self.place, is_asked_anyway=True)._opened() as connection:
            is_carried = connection.execute("pragma user_version").fetchone()[0] == CARRIED
            return not is_carried and bool(connection.execute(LAST).fetchone()[0])

    def copy(self, to: Path) -> None:
        """A whole copy while others write."""
        with self._opened() as connection, closing(sqlite3.connect(to)) as target:
            connection.backup(target)
        to.chmod(0o600)

    def _made(self) -> None:
        """The empty store, made aside and named when it is whole; whoever names it first is the one."""
        try:
            self.place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with TemporaryDirectory(dir=self.place.parent, prefix=".") as aside:
                file = Path(aside) / self.place.name
                with closing(sqlite3.connect(file)) as connection:
                    connection.execute("pragma journal_mode = wal")  # readers go on while one writes; kept in the file
                    connection.executescript(SCHEMA)
                file.chmod(0o600)  # SQLite gives its companions the mode of the file
                with suppress(FileExistsError):
                    os.link(file, self.place)
        except (sqlite3.Error, OSError) as failed:
            raise self._told(failed) from failed

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """A connection of its own for every use; what is not committed when it closes, or is killed, never was."""
        try:
            with closing(sqlite3.connect(self.place, timeout=PATIENCE, isolation_level=None)) as connection:
                connection.execute("pragma synchronous = full")
                self._ask_version(int(connection.execute("pragma user_version").fetchone()[0]))
                yield connection
        except (sqlite3.Error, OSError) as failed:
            raise self._told(failed) from failed

    def _ask_version(self, written_by: int) -> None:
        if written_by == CARRIED:
            if self.is_asked_anyway:
                return
            raise StoreError(
                f"{self.place} 中的内容已转存到 PostgreSQL：请设置 ENFORCEMENT_ACTS_ADDRESS | "
                "the acts of this file were carried to PostgreSQL: set ENFORCEMENT_ACTS_ADDRESS"
            )
        if written_by > VERSION:
            raise StoreError(
                f"{self.place} 由更新的版本写成，请用该版本打开 | was written by a later version: open it with that one"
            )

    def _told(self, failed: Exception) -> StoreError:
        return StoreError(
            f"{self.place} 无法读写：{failed}。请检查磁盘与权限 | "
            "cannot be read or written; check disk space and permissions"
        )

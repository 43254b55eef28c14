"""Acts on a PostgreSQL server, in a schema of their own that refuses to change or remove one (see `schema`).
How a server is reached, and what is said when it is not, belongs to connections."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg

from dashboards.proceedings.keepers.address import Address
from dashboards.proceedings.keepers.connections import Connection, transaction
from dashboards.proceedings.keepers.contract import COLUMNS, NAMES, VERSION, Mark, Row, StoreError

LOCK = "select pg_advisory_xact_lock(18, 1)"  # the trigger of the schema takes the same one
HEAD = """
select version, store_id::text, (select coalesce(max(act_id), 0) from enforcement_acts.acts) from enforcement_acts.store
"""
INSERT = f"""
insert into enforcement_acts.acts ({COLUMNS})
values (null, %s, %s, %s, %s, %s, %s, %s, %s, %s) returning act_id
"""  # noqa: S608 - constants of this module
FILL = f"insert into enforcement_acts.acts ({COLUMNS}) values ({', '.join(['%s'] * len(NAMES))})"  # noqa: S608 - constants of this module
EVERYTHING = f"select {COLUMNS} from enforcement_acts.acts order by act_id"  # noqa: S608 - constants of this module
OF_KIND = f"""
select {COLUMNS} from enforcement_acts.acts
where kind = %s and province_code = %s and act_id <= %s order by act_id
"""  # noqa: S608 - constants of this module
OF_THREAD = f"select {COLUMNS} from enforcement_acts.acts where kind = %s and thread_id = %s order by act_id"  # noqa: S608 - constants of this module
ONE = f"select {COLUMNS} from enforcement_acts.acts where act_id = %s"  # noqa: S608 - constants of this module
ASKED_AGAIN, PAUSE = 4, 2.0  # times, and seconds between them, that a server in its restart is asked


@dataclass
class _Writing:
    connection: Connection
    added: Row | None = None

    def of_thread(self, kind: str, thread: int) -> list[Row]:
        return self.connection.execute(OF_THREAD, (kind, thread)).fetchall()

    def add(self, thread: int | None, said: Sequence[str]) -> int:
        row = self.connection.execute(INSERT, (thread, *said)).fetchone()
        number = int(row[0]) if row else 0
        self.added = (number, thread or number, *said)
        return number

    def everything(self) -> list[Row]:
        return self.connection.execute(EVERYTHING).fetchall()

    def fill(self, rows: Sequence[Row]) -> None:
        self.connection.cursor().executemany(FILL, rows)


@dataclass(frozen=True)
class OnServer:
    """Acts at an address. `patience`: seconds for one statement, where the usual ones are too few."""

    address: Address
    patience: float = field(default=0.0, compare=False)

    @contextmanager
    def writing(self) -> Iterator[_Writing]:
        with transaction(self.address, is_writing=True, patience=self.patience) as connection:
            connection.execute(LOCK)
            self._head(connection)
            writing = _Writing(connection)
            yield writing
            try:
                connection.execute("commit")
            except psycopg.OperationalError:
                self._settle(writing)

    def mark(self) -> Mark | None:
        with transaction(self.address, is_writing=False, patience=self.patience) as connection:
            found = self._head(connection)
            connection.execute("commit")
            return found

    def of_kind(self, kind: str, province: str, last: int) -> list[Row]:
        return self._read(OF_KIND, (kind, province, last))

    def everything(self) -> list[Row]:
        return self._read(EVERYTHING, ())

    def _read(self, statement: str, asked: Sequence[str | int]) -> list[Row]:
        with transaction(self.address, is_writing=False, patience=self.patience) as connection:
            self._head(connection)
            rows = connection.execute(statement, asked).fetchall()
            connection.execute("commit")
            return rows

    def _head(self, connection: Connection) -> Mark:
        row = connection.execute(HEAD).fetchone()
        if row is None or row[0] > VERSION:
            raise StoreError(
                f"PostgreSQL {self.address.place} 中的表由更新的版本建立，请用该版本 | "
                f"the tables at PostgreSQL {self.address.place} are of a later version: use that one"
            )
        return str(row[1]), int(row[2])

    def _settle(self, writing: _Writing) -> None:
        """The line was cut while a transaction was being confirmed: ask, under the lock, whether it was. StoreError."""
        if (added := writing.added) is None:
            raise self._doubt()
        for left in reversed(range(ASKED_AGAIN)):
            try:
                with transaction(self.address, is_writing=True) as connection:
                    connection.execute(LOCK)
                    found = connection.execute(ONE, (added[0],)).fetchone()
                break
            except StoreError:
                if not left:
                    raise self._doubt() from None
                time.sleep(PAUSE)
        if found != added:
            raise StoreError(
                f"与 PostgreSQL {self.address.place} 的连接中断，未写入：请再做一次 | "
                f"the line to PostgreSQL {self.address.place} was cut and nothing was written: do it again"
            )

    def _doubt(self) -> StoreError:
        return StoreError(
            f"与 PostgreSQL {self.address.place} 的连接中断，不知是否已写入：恢复后先查看，再决定是否重做 | "
            f"the line to PostgreSQL {self.address.place} was cut and it is not known whether this was written: "
            "look first when it is back, and then do it again or not"
        )

"""Transactions on a PostgreSQL server that end in time, whatever the server does: answer, refuse, restart or hang.
What is asked in them belongs to the keeper of acts; its faults are told here, in both languages and without a password.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from psycopg import errors
from psycopg.abc import PQGen
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from dashboards.proceedings.keepers.address import VARIABLE, Address
from dashboards.proceedings.keepers.contract import PATIENCE, StoreError

CONNECT = 4  # seconds for a connection, at most; an address may ask for fewer
READ = 8.0  # seconds for a statement that reads; one that waits for another writer has PATIENCE as well
MOST_KEPT, KEPT_SECONDS = 4, 30.0  # idle connections: firewalls forget older ones without a word
HUNG_SECONDS = 15.0  # after a server has hung, readers are told so at once: a page asks several times
SLOW = 1.0
FIXED: dict[str, str | int] = {
    "application_name": "enforcement-warehouse",
    "client_encoding": "UTF8",
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
# In the transaction alone: it holds behind a pooler too, and whatever the server's own settings say.
LIMITS = """
select set_config('statement_timeout', %s, true), set_config('lock_timeout', %s, true),
    set_config('idle_in_transaction_session_timeout', '60s', true), set_config('synchronous_commit', 'on', true)
"""

TOO_SLOW = (
    "另一次写入没有结束或服务器过慢，请稍候再试",
    "another writer has not ended, or the server is too slow: try again",
)
NO_TABLES = (
    "没有存放内容的表：请由数据库属主执行 python -m dashboards.proceedings --schema 给出的语句",
    "there are no tables: have the owner run what python -m dashboards.proceedings --schema prints",
)
ANY = "请核对表和权限", "check its tables and rights"
REMEDIES: Mapping[type[psycopg.Error], tuple[str, str]] = {
    errors.LockNotAvailable: TOO_SLOW,
    errors.QueryCanceled: TOO_SLOW,
    errors.InsufficientPrivilege: ("用户权限不足：按手册授权", "the role may not: grant it what the manual says"),
    errors.UndefinedTable: NO_TABLES,
    errors.InvalidSchemaName: NO_TABLES,
    errors.ReadOnlySqlTransaction: (
        "是只读的备用服务器：地址加 target_session_attrs=read-write",
        "it is a standby that is only read: add target_session_attrs=read-write to the address",
    ),
}


class Connection(psycopg.Connection[tuple[Any, ...]]):
    """One that waits no longer than `patience` for any answer: a server that hangs does not end a statement itself."""

    patience = READ

    def wait(self, gen: PQGen[Any], interval: float = 0.1, timeout: float | None = None) -> Any:
        return super().wait(gen, interval=interval, timeout=timeout or self.patience)


_kept: list[tuple[Address, float, Connection]] = []
_hung: dict[Address, float] = {}
_lock = threading.Lock()
os.register_at_fork(after_in_child=_kept.clear)  # a child must not speak on its parent's line


@contextmanager
def transaction(address: Address, *, is_writing: bool, patience: float = 0.0) -> Iterator[Connection]:
    """A transaction that the caller commits; without that, or with any fault, it never was. StoreError."""
    if not is_writing and time.monotonic() < _hung.get(address, 0.0):
        raise _unreachable(address, "timeout")
    allowed = (patience or READ) + (PATIENCE if is_writing else 0.0)
    connection: Connection | None = None
    try:
        connection = _begun(address, allowed)
        yield connection
    except psycopg.Error as failed:
        raise told(address, failed) from None  # libpq's words may repeat an address; the first line is in ours
    finally:
        if connection is not None:
            _put_back(address, connection)


def _begun(address: Address, patience: float) -> Connection:
    """On a line kept open if it still answers, else on a new one: the beginning may be said twice."""
    if (line := _taken(address)) is not None:
        try:
            return _begin(line, patience)
        except psycopg.Error:
            line.close()
            forget()  # the server was started anew: the others are dead as well
    started = time.monotonic()
    try:
        line = _begin(_connected(address), patience)
    except psycopg.Error:
        if time.monotonic() - started > SLOW:
            _hung[address] = time.monotonic() + HUNG_SECONDS
        raise
    _hung.pop(address, None)
    return line


def _begin(line: Connection, patience: float) -> Connection:
    line.patience = CONNECT
    line.execute("begin")
    line.execute(LIMITS, (f"{patience * 1000:.0f}", f"{PATIENCE * 1000:.0f}"))
    line.patience = patience + 2.0  # the server's own word comes first
    return line


def _connected(address: Address) -> Connection:
    said = conninfo_to_dict(address.said)
    asked = str(said.pop("connect_timeout", "") or CONNECT)
    seconds = min(int(asked), CONNECT) if asked.isdecimal() and int(asked) else CONNECT
    whole = make_conninfo("", **{**FIXED, **said, "connect_timeout": max(seconds, 2)})
    # No prepared statements: a pooler gives the next transaction to another process of the server.
    return Connection.connect(whole, autocommit=True, prepare_threshold=None)


def _taken(address: Address) -> Connection | None:
    with _lock:
        for entry in _kept[::-1]:
            _kept.remove(entry)
            if entry[0] == address and time.monotonic() - entry[1] < KEPT_SECONDS:
                return entry[2]
            entry[2].close()
    return None


def _put_back(address: Address, line: Connection) -> None:
    """Kept for the next use when its transaction ended; closed otherwise, and the server forgets what was begun."""
    is_idle = not line.closed and line.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
    with _lock:
        if is_idle and len(_kept) < MOST_KEPT:
            _kept.append((address, time.monotonic(), line))
            return
    with suppress(psycopg.Error):
        line.close()


def forget() -> None:
    """Close what is kept open, and forget who has hung."""
    with _lock:
        for _, _, line in _kept:
            line.close()
        _kept.clear()
    _hung.clear()


def told(address: Address, failed: psycopg.Error) -> StoreError:
    """A fault in words: what, where, and the remedy."""
    # What else a server says of a row that it refuses repeats the row.
    why = (failed.diag.message_primary or " ".join(str(failed).split()) or type(failed).__name__)[:300]
    if address.password:
        why = why.replace(address.password, "***")
    if isinstance(failed, psycopg.OperationalError) and not isinstance(failed, tuple(REMEDIES)):
        return _unreachable(address, why)
    zh, en = next((said for kind, said in REMEDIES.items() if isinstance(failed, kind)), ANY)
    return StoreError(f"PostgreSQL {address.place} 无法读写（{why}）：{zh} | PostgreSQL {address.place}: {why}; {en}")


def _unreachable(address: Address, why: str) -> StoreError:
    why = why.removeprefix("connection failed: ").partition(" Is the server running")[0]
    zh = f"连不上 PostgreSQL {address.place}（{why}）：请检查服务、网络、口令和 {VARIABLE}；只读快照的页面照常"
    en = (
        f"PostgreSQL {address.place} cannot be reached ({why}): check server, network, password and {VARIABLE}; "
        "pages that only read snapshots go on"
    )
    return StoreError(f"{zh} | {en}")

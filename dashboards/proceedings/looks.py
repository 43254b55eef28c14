"""What an administrator should know about the server that keeps acts: address, rights, walls, encryption.
How looks are shown belongs to the doctor; it changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address

from dashboards.proceedings import store
from dashboards.proceedings.keepers.address import VARIABLE, Address, given
from dashboards.proceedings.keepers.connections import Connection, transaction
from dashboards.proceedings.keepers.contract import StoreError
from dashboards.proceedings.keepers.schema import TRIGGERS

Looked = tuple[str, str, str]  # ok, warning or fault; in Chinese; in English
FORBIDDEN = "UPDATE, DELETE, TRUNCATE, TRIGGER"
RIGHTS = """
select
    pg_catalog.has_table_privilege('enforcement_acts.acts', 'SELECT'),
    pg_catalog.has_table_privilege('enforcement_acts.acts', 'INSERT'),
    pg_catalog.has_table_privilege('enforcement_acts.acts', %s)
    or pg_catalog.has_any_column_privilege('enforcement_acts.acts', 'UPDATE')
    or pg_catalog.has_schema_privilege('enforcement_acts', 'CREATE')
    or pg_catalog.has_table_privilege('enforcement_acts.store', 'INSERT, UPDATE, DELETE, TRUNCATE')
    or pg_catalog.pg_has_role(acts.relowner, 'MEMBER'),
    (
        select count(*) from pg_catalog.pg_trigger
        where tgrelid = acts.oid and tgname = any(%s) and tgenabled = 'A'
    ),
    pg_catalog.current_setting('server_encoding')
from pg_catalog.pg_class as acts
where acts.oid = 'enforcement_acts.acts'::regclass
"""


def looks() -> Iterator[Looked]:
    """Nothing where acts are kept in the file."""
    try:
        address = given()
        if address is None:
            return
        store.keeper().mark()
        with transaction(address, is_writing=False) as connection:
            yield from _rights(connection, address)
            yield from _encryption(connection, address)
            connection.execute("commit")
    except StoreError as failed:
        zh, _, en = str(failed).partition(" | ")
        yield "fault", zh, en


def _rights(connection: Connection, address: Address) -> Iterator[Looked]:
    row = connection.execute(RIGHTS, (FORBIDDEN, list(TRIGGERS))).fetchone() or (False, False, False, 0, "")
    may_read, may_add, may_more, walls, encoding = row
    where = f"PostgreSQL {address.place}"
    if not (may_read and may_add):
        yield "fault", f"{where}：用户缺少读取或添加的权限", f"{where}: the role may not read or add acts"
    elif walls < len(TRIGGERS):
        yield ("fault", f"{where}：防止修改、删除的触发器被去掉或停用，请重建",
               f"{where}: the triggers that refuse to change acts are gone or disabled: make them again")  # fmt: skip
    elif encoding != "UTF8":
        yield "fault", f"{where}：库的编码是 {encoding}，应为 UTF8", f"{where}: its encoding is {encoding}, not UTF8"
    elif may_more:
        yield ("warning", f"{where}：用户能修改表或触发器：请改用只有读取和添加权限的用户（--schema）",
               f"{where}: the role may do more than read and add: use one that owns nothing (--schema)")  # fmt: skip
    else:
        yield "ok", f"{where}：只能读取和添加", f"{where}: acts are read and added to only"


def _encryption(connection: Connection, address: Address) -> Iterator[Looked]:
    if not connection.pgconn.ssl_in_use and not _is_here(connection.info.hostaddr):
        yield ("warning", f"PostgreSQL {address.place}：连接未加密，{VARIABLE} 应加 sslmode=verify-full",
               f"PostgreSQL {address.place}: the line is in clear: add sslmode=verify-full to {VARIABLE}")  # fmt: skip


def _is_here(address: str) -> bool:
    """Whether the other end is this machine; a socket in a folder has no address."""
    return not address or ip_address(address.partition("%")[0]).is_loopback

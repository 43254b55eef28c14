"""The address of a PostgreSQL server: read once, with what of it may be shown to people.
A password within it is never shown, and an address that cannot be read is not repeated at all."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field

import psycopg
from psycopg.conninfo import conninfo_to_dict

from dashboards.proceedings.keepers.contract import StoreError

VARIABLE = "ENFORCEMENT_ACTS_ADDRESS"
PORT = "5432"
# A password with an unwritten @, / or : runs over into host, port or database, and libpq would name it from there.
HOST = re.compile(r"[/@]?[\w.:%\-/]+", re.ASCII)
SHOWN = {"host": HOST, "hostaddr": HOST, "port": re.compile(r"\d+", re.ASCII), "dbname": re.compile(r"[^@:/\s]+")}


@dataclass(frozen=True)
class Address:
    """`said` may hold a password. `place` is host, port and database, as people may read them."""

    said: str = field(repr=False)
    place: str

    @property
    def password(self) -> str:
        return str(conninfo_to_dict(self.said).get("password") or "")


def given() -> Address | None:
    """What the environment says; None where acts are kept in the file. StoreError where it cannot be read."""
    said = os.environ.get(VARIABLE, "").strip()
    return parsed(said) if said else None


def parsed(said: str) -> Address:
    """An address of libpq's: postgresql://user@host:port/database, or host=… dbname=…. StoreError."""
    try:
        found = {name: str(value) for name, value in conninfo_to_dict(said).items()}
    except psycopg.Error:
        raise _unreadable() from None  # what libpq says of it repeats it
    for name, form in SHOWN.items():
        if any(not form.fullmatch(part) for part in found.get(name, "").split(",") if part):
            raise _unreadable()
    host = found.get("host") or found.get("hostaddr") or os.environ.get("PGHOST") or "localhost"
    port = found.get("port") or os.environ.get("PGPORT") or PORT
    database = found.get("dbname") or os.environ.get("PGDATABASE") or found.get("user") or ""
    return Address(said, f"{host}:{port}/{database}")


def _unreadable() -> StoreError:
    return StoreError(
        f"{VARIABLE} 不是 PostgreSQL 地址：应为 postgresql://用户@主机:端口/数据库，"
        f"口令中的 @ / : % 写作 %40 %2F %3A %25 | {VARIABLE} is no address of PostgreSQL: "
        "write postgresql://user@host:port/database, and @ / : % of a password as %40 %2F %3A %25"
    )

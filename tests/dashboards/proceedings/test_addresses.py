"""The address of a server and its password: told to nobody, in whatever way the address is wrong.
What a server does with acts is tested with it."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from dashboards.access.readers import Reader
from dashboards.proceedings import store
from dashboards.proceedings.keepers import connections, schema
from dashboards.proceedings.keepers.address import VARIABLE
from dashboards.proceedings.store import StoreError, Writer
from tests.postgres import Server

WRITER = Writer(Reader("bureau", "bureau", None), "QH", "20200105-0800-full")


@pytest.fixture
def kept() -> str:
    return "file"


def say() -> int:
    return store.append(WRITER, "comment", "said", {"court": "T13"}, {"said": "一"})


def said() -> int:
    return len(store.acts("comment", "QH"))


SECRET = "S3cret-p@ss/w:rd%"
QUOTED = "S3cret-p%40ss%2Fw%3Ard%25"
ADDRESSES = {
    "well written": f"postgresql://u:{QUOTED}@127.0.0.1:1/db",
    "an unwritten @": f"postgresql://u:{SECRET}@127.0.0.1:1/db",
    "an unwritten /": "postgresql://u:S3cret/part@127.0.0.1:1/db",
    "an unwritten :": "postgresql://u:12:S3cret@127.0.0.1:1/db",
    "an unwritten %": "postgresql://u:S3cret%zz@127.0.0.1:1/db",
    "an unwritten space": "host=127.0.0.1 port=1 password=S3cret S3cret",
    "an unclosed quote": "host=127.0.0.1 port=1 password='S3cret",
    "no host": "postgresql://u:S3cret",
    "a host that is none": "postgresql://u:S3cret@nowhere.invalid/db",
    "an option that is none": "postgresql://u:S3cret@127.0.0.1/db?S3cret=1",
    "another program's": "mysql://u:S3cret@127.0.0.1/db",
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_password_is_told_to_nobody(monkeypatch: pytest.MonkeyPatch, address: str, home: Path) -> None:
    monkeypatch.setenv(VARIABLE, ADDRESSES[address])
    monkeypatch.setenv("PGPASSWORD", "S3cret")
    connections.forget()
    for act in (said, say):
        with pytest.raises(StoreError) as raised:
            act()
        shown = "".join(traceback.format_exception(raised.value))
        assert "S3cret" not in shown and "rd%" not in shown and str(raised.value).count(" | ") == 1
    written = [path for path in home.parent.rglob("*") if path.is_file()]
    assert all(b"S3cret" not in path.read_bytes() for path in written)


def test_a_keeper_that_is_printed_shows_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, ADDRESSES["well written"])
    assert "127.0.0.1:1/db" in repr(store.keeper()) and "S3cret" not in repr(store.keeper())


def test_a_password_may_come_from_the_passfile(own: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    rules = own.data / "pg_hba.conf"
    before = rules.read_text()
    with psycopg.connect(own.address + "/postgres", autocommit=True) as owner:
        owner.execute(f"alter role {schema.ROLE} password 'S3cret'")
        rules.write_text(f"host all {schema.ROLE} 127.0.0.1/32 scram-sha-256\n" + before)
        own.reload()
    try:
        _wait(_is_refused, 10)
        (tmp_path / "pass").write_text(f"127.0.0.1:{own.port}:postgres:{schema.ROLE}:S3cret\n")
        (tmp_path / "pass").chmod(0o600)
        monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pass"))
        assert say() == 1
    finally:
        rules.write_text(before)
        own.reload()


def _is_refused() -> bool:
    connections.forget()
    try:
        said()
    except StoreError as refused:
        return "password" in str(refused) and "口令" in str(refused)
    return False


def _wait(until: Callable[[], bool], seconds: float) -> None:
    limit = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < limit
        time.sleep(0.1)

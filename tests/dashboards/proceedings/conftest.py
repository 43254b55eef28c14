"""A data tree of its own for each test, with a key of its audit trail, acts in the file and on a server, and writers of
two roles. What they may do is asserted in the tests."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from dashboards.access.readers import Reader
from dashboards.proceedings.keepers import connections, schema
from dashboards.proceedings.keepers.address import VARIABLE
from dashboards.proceedings.store import Writer
from tests import postgres
from tests.postgres import Server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server that lives as long as the session."""
    with postgres.running() as started:
        yield started


@pytest.fixture
def database(server: Server, request: pytest.FixtureRequest) -> Iterator[str]:
    """The owner's address of an empty database of the test's own."""
    name = f"t{hashlib.sha256(request.node.nodeid.encode()).hexdigest()[:24]}"
    with psycopg.connect(f"{server.address}/postgres", autocommit=True) as connection:
        connection.execute(f"drop database if exists {name} with (force)")
        connection.execute(f"create database {name}")
        if not connection.execute("select 1 from pg_roles where rolname = %s", [schema.ROLE]).fetchone():
            connection.execute(f"create role {schema.ROLE} login")
    yield f"{server.address}/{name}"
    connections.forget()


@pytest.fixture
def acts_at(database: str) -> str:
    """The address of a role that owns nothing, in a database whose owner has run what the product prints."""
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(schema.statements())
    return database.replace(f"{urlsplit(database).username}@", f"{schema.ROLE}@", 1)


@pytest.fixture(scope="module")
def own_server() -> Iterator[Server]:
    """One that may be stopped."""
    with postgres.running() as started:
        yield started


@pytest.fixture
def own(own_server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """With a store that its owner uses."""
    connections.forget()
    with psycopg.connect(f"{own_server.address}/postgres", autocommit=True) as owner:
        owner.execute("drop schema if exists enforcement_acts cascade")
        if not owner.execute("select 1 from pg_roles where rolname = %s", [schema.ROLE]).fetchone():
            owner.execute(f"create role {schema.ROLE} login")
        owner.execute(schema.statements())
    monkeypatch.setenv(VARIABLE, f"postgresql://{schema.ROLE}@127.0.0.1:{own_server.port}/postgres")
    yield own_server
    connections.forget()


@pytest.fixture(params=["file", "server"])
def kept(request: pytest.FixtureRequest) -> str:
    """Where acts are kept: every promise is asked of both."""
    return str(request.param)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: str, request: pytest.FixtureRequest) -> Path:
    monkeypatch.setenv("ENFORCEMENT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("ENFORCEMENT_AUDIT_KEY_FILE", str(tmp_path / "audit.key"))
    if kept == "server":
        monkeypatch.setenv(VARIABLE, request.getfixturevalue("acts_at"))
    else:
        monkeypatch.delenv(VARIABLE, raising=False)
    return tmp_path / "data"


@pytest.fixture
def court() -> Writer:
    return Writer(Reader("wang", "court", ("T13",)), "QH", "20200105-0800-full")


@pytest.fixture
def bureau() -> Writer:
    return Writer(Reader("bureau", "bureau", None), "QH", "20200105-0800-full")

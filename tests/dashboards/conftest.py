"""Small snapshots, built once a session, ways to open a page on one of them, and servers that keep what people write.
What is asserted about pages belongs to the tests."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import duckdb
import psycopg
import pytest
from playwright.sync_api import Browser
from streamlit import config
from streamlit.testing.v1 import AppTest

from dashboards.proceedings.keepers import connections, schema
from dashboards.proceedings.keepers.address import VARIABLE
from dashboards.shell.navigation import PAGES, script
from tests import postgres
from tests.dashboards import shown, snapshots
from tests.dashboards.served import APP, chromium, server
from tests.postgres import Server

config.set_option("server.address", "127.0.0.1")  # AppTest serves nobody, but the door asks where


@pytest.fixture(scope="session")
def data_directories(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A data directory for each state a reader can meet: full, one court, one month, labelled bad, empty, none."""
    place = tmp_path_factory.mktemp("gallery")
    full = snapshots.build_full(place / "full")
    return {
        "full": full,
        "one": snapshots.build_one_court(place / "one", full),
        "month": snapshots.build_one_month(place / "month", full),
        "labelled": snapshots.build_labelled(place / "labelled", full),
        "empty": snapshots.build_empty(place / "empty", full),
        "none": place / "none",
    }


@pytest.fixture
def truth(data_directories: dict[str, Path]) -> Iterator[duckdb.DuckDBPyConnection]:
    """The full snapshot, opened as the gallery opens it, for queries that are independent of the gallery's."""
    published = data_directories["full"] / "published"
    database = published / (published / "CURRENT").read_text(encoding="utf-8") / "enforcement.duckdb"
    with duckdb.connect(str(database), read_only=True, config={"enable_external_access": "false"}) as connection:
        yield connection.cursor()


@pytest.fixture
def open_page(data_directories: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """`open_page("court", "full", court="T13")` runs the whole app on that page with those URL parameters."""

    def opened(page: str, state: str = "full", is_troubled: bool = False, **parameters: str | list[str]) -> AppTest:
        monkeypatch.setenv("ENFORCEMENT_DATA_DIR", str(data_directories[state]))
        app = AppTest.from_file(APP, default_timeout=60)
        for name, value in parameters.items():
            app.query_params[name] = value
        app.run()
        if page != PAGES[0]:
            app.switch_page(script(page))
            for name, value in parameters.items():
                app.query_params[name] = value
            app.run()
        # A question that fails is told to the reader in a sentence: a test must see it as the failure it is.
        troubled = [
            e.proto.body for e in app.get("html") if "g-trouble" in e.proto.body and "<style>" not in e.proto.body
        ]
        assert is_troubled == bool(troubled), troubled
        return app

    return opened


@pytest.fixture
def figures() -> Callable[[AppTest, str], list[dict[str, Any]]]:
    """`figures(app, "ranking")`: the traces of a chart of the page, by its key."""
    return shown.traces


@pytest.fixture(scope="session")
def contracts() -> dict[tuple[str, str], dict[str, str]]:
    """What dbt publishes: (schema, table) → column → type."""
    return snapshots.contracts()


@pytest.fixture(scope="module")
def gallery(data_directories: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The dashboards on the full small snapshot, served on this machine."""
    log = tmp_path_factory.mktemp("server") / "log"
    with server(log, {"ENFORCEMENT_DATA_DIR": str(data_directories["full"])}) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium, one per module."""
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
def acts_server() -> Iterator[Server]:
    """A PostgreSQL server that lives as long as the session."""
    with postgres.running() as started:
        yield started


@pytest.fixture
def database(acts_server: Server, request: pytest.FixtureRequest) -> Iterator[str]:
    """The owner's address of an empty database of the test's own."""
    name = f"t{hashlib.sha256(request.node.nodeid.encode()).hexdigest()[:24]}"
    with psycopg.connect(f"{acts_server.address}/postgres", autocommit=True) as connection:
        connection.execute(f"drop database if exists {name} with (force)")
        connection.execute(f"create database {name}")
        if not connection.execute("select 1 from pg_roles where rolname = %s", [schema.ROLE]).fetchone():
            connection.execute(f"create role {schema.ROLE} login")
    yield f"{acts_server.address}/{name}"
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

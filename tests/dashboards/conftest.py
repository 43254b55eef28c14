"""Small snapshots, built once a session, and ways to open a page on one of them: in the script or in a browser.
What is asserted about pages belongs to the tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from playwright.sync_api import Browser
from streamlit import config
from streamlit.testing.v1 import AppTest

from dashboards.shell.navigation import PAGES, script
from tests.dashboards import shown, snapshots
from tests.dashboards.served import APP, chromium, server

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

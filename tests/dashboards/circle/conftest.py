"""An installation of its own, with readers of two courts, of the bureau and of an auditor, that can publish again.
What they see and do is asserted in the tests."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.proceedings.keepers.address import VARIABLE
from dashboards.shell import sign_in
from dashboards.shell.navigation import PAGES
from tests.dashboards import snapshots
from tests.dashboards.access.conftest import ACCESS, furnished, headers, run

MORE = '[[person]]\nid = "other"\nrole = "court"\ncourts = ["T10"]\n'


@pytest.fixture
def kept() -> str:
    """Where acts are kept: `file`, or `server` in modules that ask for both."""
    return "file"


@pytest.fixture
def house(
    data_directories: dict[str, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kept: str,
    request: pytest.FixtureRequest,
) -> Path:
    """Its data directory; the published snapshots are its own."""
    full = data_directories["full"]
    for name, value in furnished(tmp_path, full, "proxy").items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("ENFORCEMENT_AUDIT_KEY_FILE", str(tmp_path / "audit.key"))
    if kept == "server":
        monkeypatch.setenv(VARIABLE, request.getfixturevalue("acts_at"))
    (tmp_path / "access.toml").write_text(ACCESS + MORE, encoding="utf-8")
    (tmp_path / "data" / "published").unlink()
    shutil.copytree(full / "published", tmp_path / "data" / "published")
    return tmp_path / "data"


@pytest.fixture
def open_as(house: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """`open_as("court", "about", court="T21")` runs the page as that person."""

    def opened(who: str, page: str = PAGES[0], **parameters: str) -> AppTest:
        monkeypatch.setattr(sign_in, "sent", lambda: headers(who))
        app = run(page, parameters)
        assert [e.message for e in app.exception] == []
        return app

    return opened


@pytest.fixture
def publish_correction(house: Path) -> Callable[[str, Sequence[str], str], None]:
    """`publish_correction("T21", ["C1"], "20290105-0800-more")`: the same again, after a file that changed those."""

    def published(court: str, keys: Sequence[str], snapshot_id: str) -> None:
        place = house / "published"
        before = (place / "CURRENT").read_text(encoding="utf-8")
        shutil.copytree(place / before, place / snapshot_id)
        with duckdb.connect(str(place / snapshot_id / "enforcement.duckdb")) as connection:
            connection.execute(
                "insert into rankings.rpt_deliveries by name select * replace ('dfixed' as delivery_id,"
                " '2019-12/cases/fixed.csv' as file_name, timestamp '2999-01-01' as received_at, $court as court_codes)"
                " from rankings.rpt_deliveries where delivery_id = $court_delivery",
                {"court": court, "court_delivery": f"d{court}201912cases"},
            )
            for key in keys:
                connection.execute(
                    "insert into rankings.rpt_redelivery_changes values"
                    " ('cases', date '2019-12-01', $court, 'dold', 'dfixed', 'changed', $key, 'closed_date')",
                    {"court": court, "key": key},
                )
        snapshots._point(house, snapshot_id)

    return published


def press(app: AppTest, label: str) -> AppTest:
    """The page after its first button of that label was pressed."""
    next(button for button in app.button if button.label == label).click()
    return app.run()

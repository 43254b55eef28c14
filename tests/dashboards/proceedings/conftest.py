"""A data tree of its own for each test, with a key of its audit trail, acts in the file and on a server, and writers of
two roles. What they may do is asserted in the tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboards.access.readers import Reader
from dashboards.proceedings.keepers.address import VARIABLE
from dashboards.proceedings.store import Writer


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

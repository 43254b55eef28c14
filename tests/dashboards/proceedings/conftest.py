"""A data tree of its own for each test, with a key of its audit trail, and writers of two roles.
What they may do is asserted in the tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboards.access.readers import Reader
from dashboards.proceedings.store import Writer


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ENFORCEMENT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("ENFORCEMENT_AUDIT_KEY_FILE", str(tmp_path / "audit.key"))
    return tmp_path / "data"


@pytest.fixture
def court() -> Writer:
    return Writer(Reader("wang", "court", ("T13",)), "QH", "20200105-0800-full")


@pytest.fixture
def bureau() -> Writer:
    return Writer(Reader("bureau", "bureau", None), "QH", "20200105-0800-full")

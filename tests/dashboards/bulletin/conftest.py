"""Packs made once from the small snapshot, and copies of it that a test may change.
What is asserted about packs belongs to the tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from dashboards import snapshot
from dashboards.bulletin import Pack, make_pack
from dashboards.bulletin.chapters.writing import Writing
from dashboards.bulletin.claim_verifier import Place, Verifier
from dashboards.bulletin.facts import gather
from dashboards.bulletin.outline import writing
from dashboards.month import Month
from tests.dashboards import snapshots

MONTH = Month.parse("2019-12")


@pytest.fixture(scope="session")
def data_directories(data_directories: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The states of the gallery's tests; where there are courts the tables of fairness bear each other out."""
    place = tmp_path_factory.mktemp("fair")
    for state in ("full", "one"):
        shutil.copytree(data_directories[state], place / state)
        snapshots.bear_out(place / state)
    return {**data_directories, "full": place / "full", "one": place / "one"}


@pytest.fixture
def home(data_directories: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """`home("full")` copies that data directory and makes it the one in force; `home("full", sql)` changes it first."""

    def made(state: str, *changes: str) -> Path:
        place = tmp_path / state
        if data_directories[state].exists():
            shutil.copytree(data_directories[state], place)
        monkeypatch.setenv("ENFORCEMENT_DATA_DIR", str(place))
        for file in place.glob("published/*/enforcement.duckdb"):
            with duckdb.connect(str(file)) as connection:
                for change in changes:
                    connection.execute(change)
        return place

    return made


@pytest.fixture(scope="session")
def packs(data_directories: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Pack]:
    """(edition, language) → the pack of December 2019."""
    place = tmp_path_factory.mktemp("packs") / "full"
    shutil.copytree(data_directories["full"], place)
    before = os.environ.get("ENFORCEMENT_DATA_DIR")
    os.environ["ENFORCEMENT_DATA_DIR"] = str(place)
    try:
        return {(e, lang): make_pack(MONTH, e, lang) for e in ("rank", "interval") for lang in ("zh", "en")}
    finally:
        os.environ.pop("ENFORCEMENT_DATA_DIR")
        if before is not None:
            os.environ["ENFORCEMENT_DATA_DIR"] = before


@pytest.fixture
def bench(home: Callable[..., Path]) -> tuple[Writing, Verifier]:
    """What a bulletin of the small province is written with, and the verifier against it."""
    home("full")
    found = snapshot.find(snapshot.current_id())
    assert found is not None
    cursor = snapshot.connect(found).cursor()
    w = writing(gather(cursor, found, MONTH, "rank", "zh"))
    return w, Verifier(cursor, MONTH, "zh", Place(found.snapshot_id, w.facts.province, w.facts.subject))

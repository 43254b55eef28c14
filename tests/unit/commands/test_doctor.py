"""The doctor names what does not keep the promises of docs/SECURITY.md, and a sound installation passes.
What the dashboards see is asked of them as it is by the command."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from dashboards import examination
from dashboards.access import audit
from pipelines.commands import doctor
from pipelines.extracts.persons import person_key
from pipelines.layout import Layout
from pipelines.ownership import keep_to_owner


@pytest.fixture
def where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Layout:
    layout = Layout(data=tmp_path / "data", key_file=tmp_path / "keys" / "person-hash.key")
    layout.landing.mkdir(parents=True)
    person_key(layout)
    keep_to_owner(layout.data)
    monkeypatch.setenv("ENFORCEMENT_DATA_DIR", str(layout.data))
    monkeypatch.setenv("ENFORCEMENT_AUDIT_KEY_FILE", str(tmp_path / "keys" / "audit.key"))
    return layout


def faults(where: Layout) -> list[str]:
    looked = [*doctor._tree(where), *doctor._key(where), *doctor._landing(where), *doctor._receipts(where)]
    return [each.en for each in looked if each.verdict == "fault"]


def test_a_sound_installation_has_no_fault(where: Layout) -> None:
    audit.record("li", "analyst", "sql", "select 1")
    assert faults(where) == []
    assert [en for verdict, _, en in examination.looks() if verdict == "fault"] == []
    assert doctor.run(where) == 0


@pytest.mark.parametrize(
    "what", ["a file open to others", "a link in landing", "a key open to others", "a key in the tree"]
)
def test_what_does_not_keep_the_promises_is_named(where: Layout, what: str) -> None:
    if what == "a file open to others":
        (where.data / "open").write_text("x")
        (where.data / "open").chmod(0o644)
    elif what == "a link in landing":
        (where.landing / "2019-12").symlink_to(where.key_file)
    elif what == "a key open to others":
        where.key_file.chmod(0o644)
    else:
        where = Layout(data=where.data, key_file=where.data / "key")
    assert len(faults(where)) == 1
    assert doctor.run(where) == 1


@pytest.mark.parametrize("way", ["gone", "another"])
def test_a_key_that_is_not_the_lakes_is_named(where: Layout, way: str) -> None:
    where.key_file.unlink()
    if way == "another":
        where.key_file.write_text("0" * 64, encoding="utf-8")
        where.key_file.chmod(0o600)
    assert len(faults(where)) == 1
    assert where.key_file.exists() == (way == "another"), "the doctor makes none"


def test_a_log_that_was_tampered_with_is_a_fault(where: Layout) -> None:
    for number in range(3):
        audit.record("li", "analyst", "sql", str(number))
    with closing(sqlite3.connect(audit.directory() / f"audit-{audit.months()[0]}.sqlite")) as log, log:
        log.execute("drop trigger deeds_are_not_removed")
        log.execute("delete from deeds where number = 3")
    assert any("tail" in en for verdict, _, en in examination.looks() if verdict == "fault")


def test_where_the_end_is_copied_is_said(where: Layout, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ENFORCEMENT_AUDIT_HEADS", str(tmp_path / "heads"))
    audit.record("li", "analyst", "sql", "select 1")
    assert any("may rewrite it" in en for verdict, _, en in examination.looks() if verdict == "warning")

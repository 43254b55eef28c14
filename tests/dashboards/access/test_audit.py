"""The log is appended to by many at once, survives a kill, shows what was tampered with, and cannot be left out."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from dashboards.access import audit


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ENFORCEMENT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("ENFORCEMENT_AUDIT_KEY_FILE", str(tmp_path / "keys" / "audit.key"))
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


def month() -> str:
    return audit.months()[0]


def test_a_deed_is_read_back_as_it_was_written() -> None:
    audit.record("li", "analyst", "sql", "select 1", "2019-12-a")
    audit.record("wang", "court", "cases", "T13 QX02", "2019-12-a")
    found, total = audit.deeds(month())
    assert total == 2
    assert [(d.reader, d.role, d.deed, d.what, d.snapshot_id) for d in found] == [
        ("wang", "court", "cases", "T13 QX02", "2019-12-a"),
        ("li", "analyst", "sql", "select 1", "2019-12-a"),
    ]
    assert audit.deeds(month(), reader="wa")[1] == 1
    assert audit.deeds(month(), deed="sql")[1] == 1


def test_lines_cannot_be_changed_or_removed_through_the_database() -> None:
    audit.record("li", "analyst", "sql", "select 1")
    file = audit.directory() / f"audit-{month()}.sqlite"
    with closing(sqlite3.connect(file)) as log:
        for statement in ("update deeds set reader = 'x'", "delete from deeds"):
            with pytest.raises(sqlite3.DatabaseError, match="appended"):
                log.execute(statement)


def _write_and_die(number: int) -> None:
    for line in range(25):
        audit.record(f"r{number}", "analyst", "sql", str(line))
    os._exit(9)


def test_many_writers_at_once_lose_nothing_even_when_killed(data: Path) -> None:
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_write_and_die, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert audit.deeds(month())[1] == 100
    assert audit.wrong() == []


def test_a_deed_that_cannot_be_recorded_may_not_be_done(data: Path) -> None:
    (data / "audit").write_text("a file where the folder should be")
    with pytest.raises(audit.AuditError, match="audit"):
        audit.record("li", "analyst", "sql", "select 1")


def test_only_the_owner_reads_the_log() -> None:
    audit.record("li", "analyst", "sql", "select 1")
    assert (audit.directory() / f"audit-{month()}.sqlite").stat().st_mode & 0o077 == 0

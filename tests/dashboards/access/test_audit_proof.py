"""What was done to the log behind the server's back is seen and named, whoever has the data tree but not the key.
How lines are written and read is tested with the log itself."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dashboards.access import audit, audit_key, audit_proof
from dashboards.access.audit_key import mark

START = datetime(2019, 11, 29, 12, tzinfo=UTC)


class Clock(datetime):
    """The time of day of these tests, moved by hand."""

    at = START

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]  # the class itself is asked
        return cls.at


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three months of lines: 20 in November, 40 in December, 30 in January."""
    place = tmp_path_factory.mktemp("written")
    with pytest.MonkeyPatch.context() as patch:
        _installed(place, patch)
        for lines, day in ((20, START), (40, START + timedelta(days=10)), (30, START + timedelta(days=40))):
            Clock.at = day
            record(lines)
        audit_key.head_file(audit.directory()).rename(place / "keys" / "head")
    return place


def _installed(place: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("ENFORCEMENT_DATA_DIR", str(place / "data"))
    patch.setenv("ENFORCEMENT_AUDIT_KEY_FILE", str(place / "keys" / "audit.key"))
    patch.setattr(audit, "datetime", Clock)
    (place / "data").mkdir(exist_ok=True)


@pytest.fixture(autouse=True)
def log(written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The written log in a place of this test's own."""
    shutil.copytree(written, tmp_path, dirs_exist_ok=True)
    _installed(tmp_path, monkeypatch)
    (tmp_path / "keys" / "head").rename(audit_key.head_file(audit.directory()))
    Clock.at = START + timedelta(days=40, seconds=30)


def record(lines: int) -> None:
    for number in range(lines):
        Clock.at += timedelta(seconds=1)
        audit.record("li", "analyst", "sql", f"select {number}")


def named() -> list[tuple[str, str, str]]:
    return [(each.code, each.month, each.detail or str(each.number)) for each in audit.wrong()]


def tampered(month: str, *statements: str) -> None:
    with closing(sqlite3.connect(audit.directory() / f"audit-{month}.sqlite")) as connection, connection:
        connection.execute("drop trigger deeds_are_not_changed")
        connection.execute("drop trigger deeds_are_not_removed")
        for statement in statements:
            connection.execute(statement)


def removed(month: str) -> None:
    for file in audit.directory().glob(f"audit-{month}.sqlite*"):
        file.unlink()


def test_a_log_that_nobody_touched_is_whole() -> None:
    assert audit.months() == ["2020-01", "2019-12", "2019-11"]
    assert named() == []


DELETE = "delete from deeds where number"
TAMPERED: dict[str, tuple[Callable[[], None], tuple[str, str, str]]] = {
    "the last twenty lines": (lambda: tampered("2020-01", f"{DELETE} > 10"), ("tail", "2020-01", "11–30")),
    "all lines": (lambda: tampered("2020-01", f"{DELETE} > 0"), ("tail", "2020-01", "1–30")),
    "all lines of an earlier month": (lambda: tampered("2019-12", f"{DELETE} > 0"), ("tail", "2019-12", "1–40")),
    "the last lines of a month": (lambda: tampered("2019-12", f"{DELETE} > 35"), ("tail", "2019-12", "36–40")),
    "a line in the middle": (lambda: tampered("2019-12", f"{DELETE} = 7"), ("missing", "2019-12", "7–7")),
    "the first line": (lambda: tampered("2019-12", f"{DELETE} = 1"), ("missing", "2019-12", "1–1")),
    "what a line says": (
        lambda: tampered("2019-12", "update deeds set what = 'x' where number = 7"), ("changed", "2019-12", "7")),
    "who the last line names": (
        lambda: tampered("2020-01", "update deeds set reader = 'x' where number = 30"), ("changed", "2020-01", "30")),
    "the last month": (lambda: removed("2020-01"), ("month_missing", "2020-01", "0")),
    "a month in the middle": (lambda: removed("2019-12"), ("month_missing", "2019-12", "0")),
    "the first month": (lambda: removed("2019-11"), ("month_missing", "2019-11", "0")),
    "what a month follows": (
        lambda: tampered("2020-01", "update opening set previous_month = ''"), ("unlinked", "2020-01", "0")),
    "where the old lines end": (
        lambda: tampered("2020-01", "update opening set legacy_number = 99"), ("unlinked", "2020-01", "0")),
}  # fmt: skip


@pytest.mark.parametrize("what", TAMPERED)
def test_what_was_done_is_named(what: str) -> None:
    do, told = TAMPERED[what]
    do()
    assert told in named()


@pytest.mark.parametrize("what", ["the last twenty lines", "all lines", "the last month"])
def test_it_is_still_named_when_the_log_went_on(what: str) -> None:
    do, (_, month, detail) = TAMPERED[what]
    do()
    record(5)
    span = detail if "–" in detail else "1–30"
    assert [("missing", month, span)] == named()


def test_everything_taken_away_is_named() -> None:
    shutil.rmtree(audit.directory())
    assert named() == [("month_missing", "2020-01", "0")]


def _chained_anew(month: str, secret: bytes) -> None:
    """The line in the middle removed, the others numbered and marked again, with a key of the attacker's."""
    with closing(sqlite3.connect(audit.directory() / f"audit-{month}.sqlite")) as connection, connection:
        connection.execute("drop trigger deeds_are_not_changed")
        connection.execute("drop trigger deeds_are_not_removed")
        rows = connection.execute("select * from deeds where number <> 7 order by number").fetchall()
        before = connection.execute("select previous_digest from opening").fetchone()[0]
        connection.execute("delete from deeds")
        for number, (_, *row, _) in enumerate(rows, 1):
            before = audit_proof.line_mark(secret, before, month, number, tuple(row))
            connection.execute("insert into deeds values (?, ?, ?, ?, ?, ?, ?, ?)", (number, *row, before))


def test_a_chain_made_anew_without_the_key_is_named() -> None:
    _chained_anew("2019-12", b"k" * 32)
    assert ("changed", "2019-12", "1") in named()


def test_a_chain_made_anew_with_the_key_is_named_by_the_heads_that_were_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is the server has its key, too: then only what the server cannot write tells."""
    copies = tmp_path / "elsewhere" / "heads"
    copies.parent.mkdir()
    monkeypatch.setenv("ENFORCEMENT_AUDIT_HEADS", str(copies))
    record(10)
    assert named() == []
    secret = bytes.fromhex(audit_key.key_file().read_text())
    _chained_anew("2020-01", secret)
    with closing(sqlite3.connect(audit.directory() / "audit-2020-01.sqlite")) as connection:
        last = audit_key.Head(
            "2020-01", *connection.execute("select number, digest from deeds order by 1 desc").fetchone()
        )
    monkeypatch.delenv("ENFORCEMENT_AUDIT_HEADS")
    audit_key.write_head(audit.directory(), secret, last)
    assert named() == [], "without the copies it passes: this is said in docs/SECURITY.md"
    monkeypatch.setenv("ENFORCEMENT_AUDIT_HEADS", str(copies))
    assert ("changed", "2020-01", "31") in named()


def test_a_clock_set_back_is_named_and_the_line_is_written_behind_the_others() -> None:
    Clock.at -= timedelta(days=20)  # into December
    record(1)
    assert audit.months()[0] == "2020-01"
    assert [(code, month) for code, month, _ in named()] == [("clock", "2020-01")]


def test_a_clock_put_right_by_a_second_is_nothing() -> None:
    Clock.at -= timedelta(seconds=2)
    record(1)
    assert named() == []


def test_no_two_lists_of_fields_bear_one_mark() -> None:
    assert mark(b"k", "line", ("a\x1fb", "c")) != mark(b"k", "line", ("a", "b\x1fc"))
    assert mark(b"k", "line", ("ab", "")) != mark(b"k", "line", ("a", "b"))
    assert mark(b"k", "line", ("a",)) != mark(b"k", "head", ("a",))


def test_a_line_moved_to_another_place_is_named() -> None:
    tampered("2019-12", "update deeds set number = 41 where number = 5")
    assert {"missing", "changed"} <= {code for code, month, _ in named() if month == "2019-12"}


def test_without_its_key_the_log_is_neither_believed_nor_written() -> None:
    audit_key.key_file().unlink()
    assert [code for code, _, _ in named()] == ["no_key"]
    with pytest.raises(audit.AuditError, match="restore"):
        record(1)


def test_another_key_is_named() -> None:
    audit_key.key_file().write_text("ab" * 32)
    assert {"head_missing", "unlinked"} <= {code for code, _, _ in named()}


def test_a_head_taken_away_is_named() -> None:
    audit_key.head_file(audit.directory()).unlink()
    assert [code for code, _, _ in named()] == ["head_missing"]


def test_a_head_set_back_is_not_believed() -> None:
    file = audit_key.head_file(audit.directory())
    file.write_text(json.dumps(json.loads(file.read_text()) | {"number": 10}))
    assert [code for code, _, _ in named()] == ["head_missing"]


@pytest.mark.parametrize("place", ["data/audit.key", "data/audit/audit.key"])
def test_a_key_within_the_tree_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    monkeypatch.setenv("ENFORCEMENT_AUDIT_KEY_FILE", str(tmp_path / place))
    with pytest.raises(audit.AuditError, match="outside"):
        record(1)


def test_a_log_of_an_earlier_version_goes_on_and_stays_proven(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENFORCEMENT_DATA_DIR", str(tmp_path / "older"))
    folder = tmp_path / "older" / "audit"
    folder.mkdir(parents=True)
    Clock.at = START
    for month, lines in (("2019-10", 4), ("2019-11", 6)):
        before = ""
        with closing(sqlite3.connect(folder / f"audit-{month}.sqlite")) as connection, connection:
            connection.executescript(audit.SCHEMA)
            for number in range(1, lines + 1):
                row = (f"{month}-01T00:00:{number:02d}.000+00:00", "li", "analyst", "sql", str(number), "")
                before = hashlib.sha256("\x1f".join((before, *row)).encode()).hexdigest()
                connection.execute("insert into deeds values (?, ?, ?, ?, ?, ?, ?, ?)", (number, *row, before))
    record(3)
    assert audit.deeds("2019-11")[1] == 9
    assert named() == []
    tampered("2019-11", "update deeds set what = 'x' where number = 2")
    assert ("changed", "2019-11", "2") in named()
    removed("2019-10")
    assert ("month_missing", "2019-10", "0") in named()

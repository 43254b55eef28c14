"""What cannot be made again comes back to the byte, keys apart; whatever is damaged or in the way is refused whole."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines.backups import BackupError, backup, restore
from pipelines.layout import Layout

NOW = datetime(2019, 12, 31, 18, tzinfo=UTC)
KEPT = {
    "landing/2019-12/cases/a.csv": b"landed",
    "lake/cases/extract_month=2019-12/a.parquet": b"lake",
    "lake/_ledger/deliveries.parquet": b"ledger",
    "settings/courts.csv": b"settings",
    "published/CURRENT": b"one",
    "published/one/manifest.json": b"{}",
    "published/one/settings/courts.csv": b"then",
    "published/_values/2019/values.parquet": b"values",
    "packs/one/pack.docx": b"pack",
}
MADE_AGAIN = ("warehouse/enforcement.duckdb", "feedback/2019-12/a.html", "documents/one/index.html", "dagster/runs.db")


def tree(path: Path) -> Layout:
    return Layout(data=path / "data", key_file=path / "config" / "person-hash.key")


@pytest.fixture
def where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Layout:
    monkeypatch.delenv("ENFORCEMENT_AUDIT_KEY_FILE", raising=False)
    layout = tree(tmp_path / "old")
    for name, content in {**KEPT, **dict.fromkeys(MADE_AGAIN, b"again")}.items():
        path = layout.data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        os.utime(path, (1_500_000_000, 1_500_000_000))
    layout.key_file.parent.mkdir(parents=True)
    layout.key_file.write_bytes(b"person")
    layout.key_file.with_name("audit.key").write_bytes(b"audit")
    return layout


def files(where: Layout) -> dict[str, bytes]:
    found = (path for path in where.data.rglob("*") if path.is_file())
    return {path.relative_to(where.data).as_posix(): path.read_bytes() for path in found}


def test_everything_that_cannot_be_made_again_comes_back_with_its_times_and_keys(where: Layout, tmp_path: Path) -> None:
    made = backup(where, tmp_path / "backups", NOW)
    assert made.archive.name == "enforcement-20191231T180000Z.tar"
    assert {path.stat().st_mode & 0o777 for path in (made.archive, made.keys)} == {0o600}
    new = tree(tmp_path / "new")
    assert restore(new, made.archive) == len(KEPT) + 2
    assert files(new) == KEPT
    assert (new.landing / "2019-12/cases/a.csv").stat().st_mtime == 1_500_000_000
    assert [path.read_bytes() for path in (new.key_file, new.key_file.with_name("audit.key"))] == [b"person", b"audit"]
    assert (new.published / "one").stat().st_mode & 0o777 == 0o500


def test_no_key_lies_in_the_archive_of_the_data(where: Layout, tmp_path: Path) -> None:
    made = backup(where, tmp_path / "backups", NOW)
    with tarfile.open(made.archive) as archive:
        assert [name for name in archive.getnames() if "key" in name] == []


def test_a_database_that_somebody_writes_to_is_kept_as_of_one_moment(where: Layout, tmp_path: Path) -> None:
    (where.data / "audit").mkdir()
    writing = sqlite3.connect(where.data / "audit" / "audit.sqlite")
    writing.execute("pragma journal_mode = wal")
    writing.execute("create table acts (act)")
    writing.execute("insert into acts values ('told')")
    writing.commit()
    writing.execute("insert into acts values ('under way')")
    made = backup(where, tmp_path / "backups", NOW)
    writing.close()
    new = tree(tmp_path / "new")
    restore(new, made.archive)
    with sqlite3.connect(new.data / "audit" / "audit.sqlite") as reading:
        assert reading.execute("select act from acts").fetchall() == [("told",)]


def test_settings_of_another_folder_come_back_to_the_settings(where: Layout, tmp_path: Path) -> None:
    apart = Layout(where.data, where.key_file, settings_dir=tmp_path / "apart")
    shutil.copytree(where.settings, apart.settings)
    (apart.settings / "courts.csv").write_bytes(b"apart")
    made = backup(apart, tmp_path / "backups", NOW)
    new = Layout(tmp_path / "new", tmp_path / "config" / "key", settings_dir=tmp_path / "elsewhere")
    restore(new, made.archive)
    assert (new.settings / "courts.csv").read_bytes() == b"apart"


def _flip(made: Path) -> None:
    content = bytearray(made.read_bytes())
    place = content.index(b"landed")
    content[place] ^= 1
    made.write_bytes(content)


@pytest.mark.parametrize("damage", ["one bit", "cut short", "no archive", "no keys"])
def test_a_damaged_backup_is_refused_and_nothing_is_touched(where: Layout, tmp_path: Path, damage: str) -> None:
    made = backup(where, tmp_path / "backups", NOW)
    if damage == "one bit":
        _flip(made.archive)
    elif damage == "cut short":
        made.archive.write_bytes(made.archive.read_bytes()[:2000])
    else:
        (made.archive if damage == "no archive" else made.keys).unlink()
    new = tree(tmp_path / "new")
    with pytest.raises(BackupError, match=r"\|"):
        restore(new, made.archive)
    assert not new.data.exists() and not new.key_file.exists()


def test_a_file_that_would_be_put_elsewhere_is_refused(where: Layout, tmp_path: Path) -> None:
    made = backup(where, tmp_path / "backups", NOW)
    with tarfile.open(made.archive, "a") as archive:
        entry = tarfile.TarInfo("data/../../planted")
        archive.addfile(entry)
    with pytest.raises(BackupError):
        restore(tree(tmp_path / "new"), made.archive)
    assert not list(tmp_path.rglob("planted"))


def test_a_tree_with_deliveries_another_key_or_the_tree_itself_is_refused(where: Layout, tmp_path: Path) -> None:
    made = backup(where, tmp_path / "backups", NOW)
    with pytest.raises(BackupError, match="not empty"):
        restore(where, made.archive)
    new = tree(tmp_path / "new")
    new.key_file.parent.mkdir(parents=True)
    new.key_file.write_bytes(b"another")
    with pytest.raises(BackupError, match="another key"):
        restore(new, made.archive)
    assert new.key_file.read_bytes() == b"another" and not new.data.exists()
    with pytest.raises(BackupError, match="outside"):
        backup(where, where.data / "backups", NOW)


def test_the_log_of_a_later_moment_is_not_put_beside_the_copy_of_a_database(where: Layout, tmp_path: Path) -> None:
    file = where.data / "audit" / "audit.sqlite"
    file.parent.mkdir()
    (where.data / "audit" / "notes-wal").write_bytes(b"a file of its own")
    writing = sqlite3.connect(file)
    writing.execute("pragma journal_mode = wal")
    writing.execute("create table acts (act)")
    writing.commit()
    assert file.with_name("audit.sqlite-wal").exists()
    made = backup(where, tmp_path / "backups", NOW)
    writing.close()
    with tarfile.open(made.archive) as archive:
        kept = {name for name in archive.getnames() if name.startswith("data/audit/")}
    assert kept == {"data/audit/audit.sqlite", "data/audit/notes-wal"}

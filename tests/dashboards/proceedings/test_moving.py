"""Acts carried to a server and back, by a backup too: all of them, none twice, and never into others.
What either keeper does with an act of today is tested with the store."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import psycopg
import pytest

from dashboards.access.readers import Reader
from dashboards.proceedings import __main__ as command
from dashboards.proceedings import moving, objections, store
from dashboards.proceedings.keepers import on_server, schema
from dashboards.proceedings.keepers.address import VARIABLE
from dashboards.proceedings.keepers.contract import Row, digest
from dashboards.proceedings.keepers.in_file import InFile
from dashboards.proceedings.store import StoreError, Writer
from pipelines.commands import backup, restore
from pipelines.layout import layout

WRITER = Writer(Reader("bureau", "bureau", None), "QH", "20200105-0800-full")


@pytest.fixture
def kept() -> str:
    return "file"


def say(text: str, thread: int | None = None) -> int:
    return store.append(WRITER, "comment", "said", {"court": "T13"}, {"said": text}, thread)


def three() -> list[Row]:
    first = say("一，“引号”\n第二行")
    say("二", first)
    store.append(WRITER, objections.KIND, "file", {"court": "T13", "value": 0.1 + 0.2}, {"wrong": "𠮷"})
    return store.keeper().everything()


def test_all_is_carried_to_the_server_and_goes_on_there(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], acts_at: str
) -> None:
    before, seen = three(), store.threads("comment", "QH")
    monkeypatch.setenv(VARIABLE, acts_at)
    assert command.main(["--to-server"]) == 0
    told = capsys.readouterr().out
    assert "3 acts were carried, 3 are there" in told and digest(before) in told
    assert store.keeper().everything() == before and store.threads("comment", "QH") == seen
    assert say("三", 1) == 1 and store.acts("comment", "QH")[-1].number == 4
    assert command.main(["--to-server"]) == 0
    assert "all 4 acts are there already" in capsys.readouterr().out


def test_a_file_whose_acts_were_carried_is_not_read_or_written_without_the_server(
    monkeypatch: pytest.MonkeyPatch, acts_at: str
) -> None:
    three()
    monkeypatch.setenv(VARIABLE, acts_at)
    moving.to_server()
    monkeypatch.delenv(VARIABLE)
    for act in (lambda: store.acts("comment", "QH"), lambda: say("三")):
        with pytest.raises(StoreError, match=VARIABLE):
            act()
    with sqlite3.connect(store.place()) as earlier:  # versions that know no server refuse whatever is above theirs
        assert earlier.execute("pragma user_version").fetchone()[0] > 1


def test_with_acts_in_the_file_the_server_is_not_used_before_they_are_there(
    monkeypatch: pytest.MonkeyPatch, acts_at: str
) -> None:
    three()
    monkeypatch.setenv(VARIABLE, acts_at)
    for act in (lambda: store.acts("comment", "QH"), lambda: say("三")):
        with pytest.raises(StoreError, match="--to-server"):
            act()


def test_nothing_is_carried_among_the_acts_of_others(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], acts_at: str
) -> None:
    before = three()
    monkeypatch.setenv(VARIABLE, acts_at)
    with psycopg.connect(acts_at) as other:
        other.execute(on_server.INSERT, (None, "GS", "comment", "said", "x", "bureau", "2020-01-05T08:00:00.000+00:00",
                                         "s", "{}"))  # fmt: skip
    assert command.main(["--to-server"]) == 1
    assert "holds 1 acts of its own: nothing was carried" in capsys.readouterr().err
    monkeypatch.delenv(VARIABLE)
    assert store.keeper().everything() == before and say("三")


def test_a_carrying_that_was_cut_off_is_ended_by_the_next(monkeypatch: pytest.MonkeyPatch, acts_at: str) -> None:
    three()

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setenv(VARIABLE, acts_at)
    with monkeypatch.context() as cut:
        cut.setattr("dashboards.proceedings.keepers.in_file._Writing.set_carried", killed)
        with pytest.raises(KeyboardInterrupt):
            moving.to_server()
    monkeypatch.delenv(VARIABLE)
    say("之后")  # the file is in use still: the server has a beginning of it
    before = store.keeper().everything()
    monkeypatch.setenv(VARIABLE, acts_at)
    done = moving.to_server()
    assert (done.count, done.carried) == (4, 1) and store.keeper().everything() == before


KILLED = "from dashboards.proceedings import moving; print(1, flush=True); moving.to_server()"


def test_a_carrying_killed_at_any_point_carries_all_or_nothing(monkeypatch: pytest.MonkeyPatch, acts_at: str) -> None:
    with InFile(store.place()).writing() as here:
        here.fill([(n, n, "QH", "comment", "said", "x", "court", "2020-01-05T08:00:00.000+00:00", "s", "{}")
                   for n in range(1, 2001)])  # fmt: skip
    monkeypatch.setenv(VARIABLE, acts_at)
    for wait in (0.0, 0.05, 0.1, 0.2):
        process = subprocess.Popen([sys.executable, "-c", KILLED], env=dict(os.environ), stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        assert moving.held() in (0, 2000)
    assert moving.to_server().count == 2000
    assert len(store.acts("comment", "QH")) == 2000


def test_all_is_carried_back_and_the_server_is_not_used_any_more(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], acts_at: str
) -> None:
    three()
    monkeypatch.setenv(VARIABLE, acts_at)
    moving.to_server()
    say("三", 1)
    there = store.keeper().everything()
    assert command.main(["--to-file"]) == 0
    assert f"unset {VARIABLE}" in capsys.readouterr().out
    with pytest.raises(StoreError, match="--to-server"):
        say("在服务器上")
    monkeypatch.delenv(VARIABLE)
    assert store.keeper().everything() == there and say("四", 1) == 1


def test_the_commands_say_what_is_missing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for asked in (["--to-server"], ["--to-file"]):
        assert command.main(asked) == 1
        assert f"{VARIABLE} is not set" in capsys.readouterr().err
    monkeypatch.setenv(VARIABLE, "postgresql://u:S3cret@127.0.0.1:1/db")
    assert command.main(["--to-server"]) == 1 and "nobody has written" in capsys.readouterr().err
    assert command.main(["copy.sqlite"]) == 1
    told = capsys.readouterr().err
    assert "127.0.0.1:1/db" in told and "S3cret" not in told


def _restored(tree: Path, archive: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setenv("ENFORCEMENT_DATA_DIR", str(tree / "data"))
    monkeypatch.setenv("ENFORCEMENT_KEY_FILE", str(tree / "key"))
    monkeypatch.setenv("ENFORCEMENT_AUDIT_KEY_FILE", str(tree / "audit.key"))
    return restore.run(layout(), archive=archive)


@pytest.fixture
def backed_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, acts_at: str) -> tuple[Path, Sequence[Row]]:
    """A backup of a tree whose acts are on a server, and these."""
    three()
    monkeypatch.setenv("ENFORCEMENT_KEY_FILE", str(tmp_path / "key"))
    monkeypatch.setenv(VARIABLE, acts_at)
    moving.to_server()
    say("只在服务器上", 1)
    assert backup.run(layout(), to=tmp_path / "backups") == 0
    (archive,) = (path for path in (tmp_path / "backups").glob("*.tar") if ".keys." not in path.name)
    return archive, store.keeper().everything()


def test_a_backup_brings_the_server_s_acts_into_a_tree_without_one(
    backed_up: tuple[Path, Sequence[Row]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, acts_at: str
) -> None:
    archive, acts = backed_up
    assert acts_at.encode() not in archive.read_bytes()
    monkeypatch.delenv(VARIABLE)
    assert _restored(tmp_path / "new", archive, monkeypatch) == 0
    assert store.keeper().everything() == acts and len(acts) == 4
    assert say("之后", 1) == 1


def test_a_backup_comes_back_onto_an_empty_server_and_onto_no_other(
    backed_up: tuple[Path, Sequence[Row]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database: str
) -> None:
    archive, acts = backed_up
    said: list[str] = []
    monkeypatch.setattr(restore, "failed", said.append)
    assert _restored(tmp_path / "one", archive, monkeypatch) == 1
    assert "holds 4 acts: nothing was restored" in said[0] and not store.place().exists()
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("drop schema enforcement_acts cascade")
        owner.execute(schema.statements())
    assert _restored(tmp_path / "two", archive, monkeypatch) == 0
    assert store.keeper().everything() == acts
    assert say("之后", 1) == 1


def test_no_backup_is_made_without_the_acts_of_a_server_that_is_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(backup, "failed", said.append)
    monkeypatch.setenv("ENFORCEMENT_KEY_FILE", str(tmp_path / "key"))
    monkeypatch.setenv(VARIABLE, "postgresql://u@127.0.0.1:1/db")
    layout().data.mkdir(parents=True)
    assert backup.run(layout(), to=tmp_path / "backups") == 1
    assert "127.0.0.1:1/db" in said[0] and not list(tmp_path.rglob("*.tar"))

"""Acts kept in the file: it is for its owner alone, refuses by itself to change one, and says of which version it is.
What holds wherever acts are kept is tested with the store."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path

import pytest

from dashboards.access.readers import Reader
from dashboards.proceedings import moving, store
from dashboards.proceedings.store import StoreError, Writer

WRITER = Writer(Reader("bureau", "bureau", None), "QH", "20200105-0800-full")


@pytest.fixture
def kept() -> str:
    return "file"


def say(text: str) -> int:
    return store.append(WRITER, "comment", "said", {"court": "T13"}, {"said": text})


def test_the_file_and_its_folder_are_for_their_owner_alone() -> None:
    os.umask(0o022)
    say("有人写")
    with sqlite3.connect(store.place()) as reading:  # its companions are there while somebody reads
        reading.execute("select count(*) from acts").fetchone()
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in store.place().parent.iterdir()}
    assert len(modes) == 3 and set(modes.values()) == {0o600}
    assert stat.S_IMODE(store.place().parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("statement", ["update acts set content = '{}'", "delete from acts"])
def test_the_file_itself_refuses_to_change_an_act(statement: str) -> None:
    say("原话")
    with sqlite3.connect(store.place()) as connection, pytest.raises(sqlite3.IntegrityError, match="never"):
        connection.execute(statement)


def test_nothing_of_a_person_is_in_any_of_its_bytes() -> None:
    say("被执行人张三，电话13912345678")
    raw = b"".join(path.read_bytes() for path in store.place().parent.iterdir())
    assert "张三".encode() not in raw and b"13912345678" not in raw


def test_a_later_version_is_not_written_over() -> None:
    say("一")
    with sqlite3.connect(store.place()) as connection:
        connection.execute("pragma user_version = 99")
    with pytest.raises(StoreError, match="later version"):
        say("二")


def test_a_copy_made_while_somebody_writes_is_whole(tmp_path: Path) -> None:
    say("一")
    moving.copy(tmp_path / "copy.sqlite")
    with sqlite3.connect(tmp_path / "copy.sqlite") as copied:
        assert copied.execute("select count(*) from acts").fetchone() == (1,)
        assert copied.execute("pragma integrity_check").fetchone() == ("ok",)
    assert stat.S_IMODE((tmp_path / "copy.sqlite").stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        moving.copy(tmp_path / "copy.sqlite")

"""The store of what people write: whoever is killed, what was confirmed is there, whole, in order, and stays as it is.
What acts mean is tested with objections, comments and decisions."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dashboards.access import audit
from dashboards.access.readers import Reader
from dashboards.proceedings import store
from dashboards.proceedings.store import NotPossibleError, StoreError, Writer

WRITER = Writer(Reader("bureau", "bureau", None), "QH", "20200105-0800-full")
KILLED = """
import sys
from dashboards.access.readers import Reader
from dashboards.proceedings import store
writer = store.Writer(Reader("bureau", "bureau", None), "QH", "snapshot")
said = {"said": "案" * 1500}
while True:
    print(store.append(writer, "comment", "said", {"court": "T13"}, said, None, lambda _: None), flush=True)
"""


def say(text: str, thread: int | None = None, check: store.Check = lambda _: None) -> int:
    return store.append(WRITER, "comment", "said", {"court": "T13"}, {"said": text}, thread, check)


def test_a_writer_killed_at_any_point_loses_nothing_that_it_was_told_is_written() -> None:
    confirmed: set[int] = set()
    chance = random.Random(18)
    for _ in range(8):
        killed = subprocess.Popen([sys.executable, "-c", KILLED], env=dict(os.environ), stdout=subprocess.PIPE)
        assert killed.stdout is not None
        confirmed.add(int(killed.stdout.readline()))  # it is writing
        time.sleep(chance.uniform(0.0, 0.05))
        killed.send_signal(signal.SIGKILL)
        confirmed |= {int(line) for line in killed.stdout.read().split(b"\n")[:-1]}
        killed.wait(10)
    written = store.acts("comment", "QH")
    assert confirmed <= {act.number for act in written} and len(confirmed) >= 8
    assert all(act.content["said"] == "案" * 1500 for act in written)
    with sqlite3.connect(store.place()) as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
    assert say("之后") == written[-1].number + 1
    assert audit.wrong() == []


def _write(name: str) -> None:
    for number in range(10):
        say(f"{name}{number}")


def test_writers_at_once_each_have_a_thread_of_their_own() -> None:
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_write, args=(name,)) for name in "abcd"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
        assert writer.exitcode == 0
    found = store.threads("comment", "QH")
    assert {acts[0].content["said"] for acts in found.values()} == {f"{n}{i}" for n in "abcd" for i in range(10)}
    assert all(thread == acts[0].number for thread, acts in found.items())


def test_the_file_and_its_folder_are_for_their_owner_alone(home: Path) -> None:
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


def test_an_act_says_who_when_and_from_which_snapshot_here_and_in_the_audit_trail() -> None:
    thread = say("说明")
    (act,) = store.acts("comment", "QH")
    assert (act.thread, act.reader, act.role, act.snapshot_id) == (thread, "bureau", "bureau", "20200105-0800-full")
    (line,), _ = audit.deeds(audit.months()[0])
    assert (line.reader, line.deed, line.what, line.snapshot_id) == ("bureau", "comment", "said T13", act.snapshot_id)
    assert "说明" not in line.what


def test_an_act_that_cannot_be_recorded_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise audit.AuditError("disk")

    monkeypatch.setattr(audit, "record", full)
    with pytest.raises(audit.AuditError):
        say("说明")
    assert store.acts("comment", "QH") == ()


def test_an_act_that_may_not_follow_is_neither_written_nor_recorded() -> None:
    first = say("一")

    def refuse(before: object) -> None:
        raise NotPossibleError("twice")

    with pytest.raises(NotPossibleError, match="twice"):
        say("二", first, refuse)
    with pytest.raises(NotPossibleError, match="unknown"):
        say("三", first + 7)
    assert len(store.acts("comment", "QH")) == 1 and audit.deeds(audit.months()[0])[1] == 1


def test_persons_are_hidden_before_anything_is_written() -> None:
    say("被执行人张三，电话13912345678；（2019）青2802执273号已执行完毕")
    raw = b"".join(path.read_bytes() for path in store.place().parent.iterdir())
    assert "张三".encode() not in raw and b"13912345678" not in raw
    assert "（2019）青2802执273号已执行完毕" in store.acts("comment", "QH")[0].content["said"]


def test_too_long_a_text_is_refused_and_a_later_version_is_not_written_over() -> None:
    with pytest.raises(NotPossibleError, match="too_long"):
        say("长" * (store.LONGEST + 1))
    say("一")
    with sqlite3.connect(store.place()) as connection:
        connection.execute("pragma user_version = 99")
    with pytest.raises(StoreError, match="later version"):
        say("二")


def test_a_copy_made_while_somebody_writes_is_whole(tmp_path: Path) -> None:
    say("一")
    store.copy(tmp_path / "copy.sqlite")
    with sqlite3.connect(tmp_path / "copy.sqlite") as copied:
        assert copied.execute("select count(*) from acts").fetchone() == (1,)
    assert stat.S_IMODE((tmp_path / "copy.sqlite").stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        store.copy(tmp_path / "copy.sqlite")


def test_nothing_written_makes_no_file(home: Path) -> None:
    assert store.acts("comment", "QH") == ()
    assert not home.exists()

"""The store of what people write: whoever is killed, what was confirmed is there, whole, in order, and stays as it is.
What acts mean is tested with objections, comments and decisions."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dashboards.access import audit
from dashboards.access.readers import Reader
from dashboards.proceedings import store
from dashboards.proceedings.store import Act, NotPossibleError, Writer

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
    assert [act.number for act in written] == list(range(1, len(written) + 1))
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
    (row,) = store.keeper().everything()
    assert "张三" not in str(row) and "13912345678" not in str(row)
    assert "（2019）青2802执273号已执行完毕" in store.acts("comment", "QH")[0].content["said"]


def test_too_long_a_text_is_refused() -> None:
    with pytest.raises(NotPossibleError, match="too_long"):
        say("长" * (store.LONGEST + 1))
    assert store.acts("comment", "QH") == ()


def _answer(number: int, reader: str) -> bool:
    def only_once(before: Sequence[Act]) -> None:
        time.sleep(0.1)  # the other one is here by now, if anything lets it
        if len(before) > 1:
            raise NotPossibleError("too_late")

    try:
        say(reader, number, only_once)
    except NotPossibleError:
        return False
    return True


def test_of_two_readers_who_answer_one_matter_at_once_one_is_too_late() -> None:
    first = say("一")
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda name: _answer(first, name), "abcd"))
    assert sorted(done) == [False, False, False, True] and len(store.acts("comment", "QH")) == 2


def test_what_another_process_wrote_is_there_at_the_next_look() -> None:
    say("一")
    assert len(store.acts("comment", "QH")) == 1
    other = multiprocessing.get_context("spawn").Process(target=_write, args=("x",))
    other.start()
    other.join(60)
    assert [act.content["said"] for act in store.acts("comment", "QH")][-1] == "x9"


HOSTILE = ("'); drop table acts; --", "%s %(x)s $1 ?", "a\\'b\";\x1b[31m", '{"said": null}', "\x00零", "𠮷🈲\u200b外")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_kept_as_it_stands(text: str) -> None:
    number = say(text)
    hostile = Writer(Reader(text.replace("\x00", ""), "court", ()), "QH", "'; delete from acts")
    store.append(hostile, "comment", "said", {"court": text}, {"said": text}, number)
    assert store.acts("comment", text.replace("\x00", "")) == ()
    assert [act.content["said"] for act in store.acts("comment", "QH")] == [text, text]
    assert store.acts("comment", "QH")[1].content["court"] == text


def test_nothing_written_makes_no_file(home: Path) -> None:
    assert store.acts("comment", "QH") == ()
    assert not home.exists()

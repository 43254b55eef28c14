"""The minutes: what is noted is there the next month, whole, in order, whoever else writes and whoever is killed.
How notes look on the page belongs to the meeting's test."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dashboards.app_pages.meeting import minutes
from dashboards.month import Month

DECEMBER = Month.parse("2019-12")
WRITER = """
import sys
from dashboards.app_pages.meeting import minutes
from dashboards.month import Month
number = 0
while True:
    minutes.note("QH", Month.parse("2019-12"), "T13", "answer", f"{sys.argv[1]} {number} " + "案" * 500, "snapshot")
    number += 1
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ENFORCEMENT_DATA_DIR", str(tmp_path))
    return tmp_path


def say(text: str, month: Month = DECEMBER, court: str = "T13", kind: str = minutes.ANSWER) -> None:
    minutes.note("QH", month, court, kind, text, "20200105-0800-full")


def test_a_note_shows_up_in_the_months_after_and_not_before() -> None:
    say("下月底前清理完毕", Month.parse("2019-11"), kind=minutes.DECISION)
    assert minutes.notes("QH", Month.parse("2019-10")) == []
    assert [(n.said, n.kind, n.period_month) for n in minutes.notes("QH", Month.parse("2020-01"))] == [
        ("下月底前清理完毕", "decision", Month.parse("2019-11"))
    ]
    assert minutes.notes("GZ", Month.parse("2020-01")) == []


def test_nothing_noted_makes_no_file(home: Path) -> None:
    assert minutes.notes("QH", DECEMBER) == []
    assert list(home.iterdir()) == []


def test_a_note_taken_back_is_shown_no_more_and_stays_in_the_file() -> None:
    say("误记")
    say("原因已查明")
    (wrong,) = [n for n in minutes.notes("QH", DECEMBER) if n.said == "误记"]
    minutes.withdraw(wrong, "20200105-0800-full")
    assert [n.said for n in minutes.notes("QH", DECEMBER)] == ["原因已查明"]
    with sqlite3.connect(minutes.place()) as connection:
        assert connection.execute("select count(*) from notes").fetchone() == (3,)


@pytest.mark.parametrize("statement", ["update notes set said = 'x'", "delete from notes"])
def test_the_file_itself_refuses_to_change_a_note(statement: str) -> None:
    say("原话")
    with sqlite3.connect(minutes.place()) as connection, pytest.raises(sqlite3.IntegrityError, match="never"):
        connection.execute(statement)


@pytest.mark.parametrize("text", ["", "  \n", "长" * (minutes.LONGEST + 1)])
def test_a_note_without_text_or_with_too_much_is_refused(text: str) -> None:
    with pytest.raises(minutes.EmptyNoteError):
        say(text)


def test_markup_quotes_and_line_ends_come_back_as_they_were_said() -> None:
    text = "<b>'甲'</b>; drop table notes;--\n第二行 😀"
    say(text)
    assert minutes.notes("QH", DECEMBER)[0].said == text


def _write(name: str) -> None:
    for number in range(25):
        say(f"{name}-{number}")


def test_many_writers_at_once_lose_nothing() -> None:
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_write, args=(name,)) for name in "abcdef"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
        assert writer.exitcode == 0
    said = {n.said for n in minutes.notes("QH", DECEMBER)}
    assert said == {f"{name}-{number}" for name in "abcdef" for number in range(25)}


def test_killed_writers_leave_whole_notes_and_the_next_one_goes_on() -> None:
    for attempt in range(4):
        killed = subprocess.Popen([sys.executable, "-c", WRITER, str(attempt)], env=dict(os.environ))
        deadline = time.monotonic() + 30
        wanted = f"{attempt} {attempt * 3}"
        while not any(n.said.startswith(wanted) for n in minutes.notes("QH", DECEMBER)):
            assert time.monotonic() < deadline, "the writer wrote nothing"
            time.sleep(0.01)
        killed.send_signal(signal.SIGKILL)
        killed.wait(10)
    before = minutes.notes("QH", DECEMBER)
    assert all(n.said.endswith("案" * 500) for n in before)
    for attempt in range(4):
        numbers = sorted(int(n.said.split()[1]) for n in before if n.said.startswith(f"{attempt} "))
        assert numbers == list(range(len(numbers)))
    say("之后")
    assert minutes.notes("QH", DECEMBER)[0].said == "之后"

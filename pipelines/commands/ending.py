"""How a command ends that cannot go on: one line in both languages, and the stack in a log file that the line names.
What went wrong is known to whoever raises it; a fault that has words of ours (中文 | English) is told in them."""

from __future__ import annotations

import errno
import os
import re
import tomllib
import traceback
from datetime import datetime
from functools import cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from pipelines.layout import Layout

OURS = " | "
KEPT_LOGS = 50


class Words(NamedTuple):
    """What happened and what to do about it, in both languages."""

    zh: str
    en: str
    remedy_zh: str = "请排除后再次运行"
    remedy_en: str = "mend it and run again"


ENDINGS = "ending.toml"
PATH = re.compile(r"""["'](/[^"'\n]+)["']""")


def sentence(where: Layout, problem: BaseException) -> str:
    """The line for a fault that ended a command; its stack is written to a log file."""
    return told(where, _what(problem), "".join(traceback.format_exception(problem)))


def told(where: Layout, words: Words, details: str) -> str:
    """What happened, what is kept, what to do, and in which file the details are."""
    log = _written(where, details)
    return one_line(
        f"{words.zh}。已接收的数据和现行快照都在；{words.remedy_zh}，会接着做。详情见 {log} | "
        f"{words.en}. What was received and the current snapshot are kept; {words.remedy_en}. Details: {log}"
    )


@cache
def _faults() -> tuple[dict[int, Words], dict[str, Words]]:
    """Words by the system's number, and by what libraries, and the programs we start, say of the same faults."""
    told = tomllib.loads((resources.files(__package__) / ENDINGS).read_text(encoding="utf-8"))["fault"]
    numbers: dict[int, Words] = {}
    phrases: dict[str, Words] = {}
    for fault in told:
        words = Words(*(fault[name] for name in Words._fields))
        known = [getattr(errno, name) for name in fault["errors"]]
        numbers |= dict.fromkeys(known, words)
        phrases |= dict.fromkeys([*fault.get("phrases", ()), *(os.strerror(number).lower() for number in known)], words)
    return numbers, phrases


def one_line(text: str) -> str:
    """The text with what a terminal would obey written out, line breaks included: names and paths may hold any."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def by_phrase(text: str) -> Words | None:
    """What a library's text says, in our words and with the file it names; None for what we have no words for."""
    for phrase, words in _faults()[1].items():
        if (at := text.lower().find(phrase)) >= 0:
            near = text[max(at - 400, 0) : at + 400]
            named = PATH.search(near)
            return _of_file(words, named.group(1) if named else None)
    return None


def _of_file(words: Words, file: str | None) -> Words:
    return words._replace(zh=f"{words.zh}（{file}）", en=f"{words.en} ({file})") if file else words


def _what(problem: BaseException) -> Words:
    said = str(problem)
    if OURS in said and "\n" not in said:
        zh, _, en = said.partition(OURS)
        return Words(zh.rstrip("。"), en.rstrip("."))
    if isinstance(problem, OSError) and problem.errno in _faults()[0]:
        return _of_file(_faults()[0][problem.errno], str(problem.filename) if problem.filename else None)
    if isinstance(problem, MemoryError):
        return _faults()[0][errno.ENOMEM]
    if found := by_phrase(said):
        return found
    if isinstance(problem, OSError):
        words = Words("文件读写出错", "a file could not be read or written")
        return _of_file(words, str(problem.filename) if problem.filename else None)
    return Words("运行中出现意外错误", "something unforeseen went wrong")


def _written(where: Layout, details: str) -> Path | str:
    """The log file; where none can be written, the last line of the details."""
    folder = where.data / "logs"
    file = folder / f"{datetime.now():%Y%m%d-%H%M%S}.log"  # noqa: DTZ005 - named by the clock on the wall
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(details + "\n")
        for old in sorted(folder.glob("*.log"))[:-KEPT_LOGS]:
            old.unlink(missing_ok=True)
    except OSError:
        lines = details.strip().splitlines() or ["—"]
        return f"（日志无法写入 {folder}）{lines[-1]} (no log can be written there)"
    return file

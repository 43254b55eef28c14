"""How a command ends that cannot go on: one line in both languages, and the stack in a log file that the line names.
What went wrong is known to whoever raises it; a fault that has words of ours (中文 | English) is told in them."""

from __future__ import annotations

import errno
import traceback
from datetime import datetime
from pathlib import Path

from pipelines.layout import Layout

OURS = " | "
BY_NUMBER = {
    errno.ENOSPC: ("磁盘已满", "the disk is full"),
    errno.EDQUOT: ("磁盘配额已用完", "the disk quota is used up"),
    errno.EROFS: ("文件系统只读", "the file system is read-only"),
    errno.EACCES: ("没有权限", "permission is denied"),
    errno.EPERM: ("没有权限", "permission is denied"),
    errno.ENOENT: ("文件或文件夹不见了", "a file or folder is gone"),
    errno.EMFILE: ("打开的文件过多", "too many files are open"),
    errno.EIO: ("磁盘读写出错", "the disk does not read or write"),
}


def sentence(where: Layout, problem: BaseException) -> str:
    """The line for a fault that ended a command; its stack is written to a log file."""
    return told(where, *_what(problem), "".join(traceback.format_exception(problem)))


def told(where: Layout, zh: str, en: str, details: str) -> str:
    """What happened, what is kept, what to do, and in which file the details are."""
    log = _written(where, details)
    return (
        f"{zh}。已接收的数据和现行快照都在；排除后再运行一次即可接着做。详情见 {log} | "
        f"{en}. What was received and the current snapshot are kept; mend it and run again. Details: {log}"
    )


def _what(problem: BaseException) -> tuple[str, str]:
    said = str(problem)
    if OURS in said:
        zh, _, en = said.partition(OURS)
        return zh.rstrip("。"), en.rstrip(".")
    if isinstance(problem, OSError):
        zh, en = BY_NUMBER.get(problem.errno or 0, ("文件读写出错", "a file could not be read or written"))
        file = f"（{problem.filename}）", f" ({problem.filename})"
        return (zh + file[0], en + file[1]) if problem.filename else (zh, en)
    if isinstance(problem, MemoryError):
        return "内存不足", "memory ran out"
    return "运行中出现意外错误", "something unforeseen went wrong"


def _written(where: Layout, details: str) -> Path | str:
    """The log file; the details themselves where none can be written."""
    file = where.data / "logs" / f"{datetime.now():%Y%m%d-%H%M%S}.log"  # noqa: DTZ005 - named by the clock on the wall
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as log:
            log.write(details + "\n")
    except OSError:
        return details
    return file

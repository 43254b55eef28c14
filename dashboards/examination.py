"""What the dashboards can see of their own walls: kernel, sign-in, seals, the log, the acts; a line of JSON each.
`python -m dashboards.examination`; what the pipeline sees, and how it is shown, belongs to `make doctor`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from dashboards import seal, snapshot
from dashboards.access import audit, audit_key, settings
from dashboards.access.audit_proof import Finding
from dashboards.proceedings import looks as keeping
from dashboards.workbench import confinement

Looked = tuple[str, str, str]  # ok, warning or fault; in Chinese; in English


def looks() -> Iterator[Looked]:
    """Every look in turn."""
    yield from _kernel()
    yield from _sign_in()
    yield from _seals()
    yield from _log()
    yield from keeping.looks()


def _kernel() -> Iterator[Looked]:
    has = confinement.version()
    if has:
        yield "ok", f"内核有 Landlock（第 {has} 版）", f"the kernel has Landlock (version {has})"
    else:
        yield ("warning", "内核没有 Landlock：SQL 进程只靠 DuckDB 自身的限制",
               "the kernel has no Landlock: the SQL worker is held by DuckDB's own limits alone")  # fmt: skip
    if confinement.has_filter():
        yield "ok", "内核有 seccomp：SQL 页面不说文件在何处", "the kernel has seccomp: the SQL page tells no places"
    else:
        yield ("warning", "内核没有 seccomp：SQL 页面的读者能看到文件所在的目录",
               "the kernel has no seccomp: readers of the SQL page can see in which folder the files lie")  # fmt: skip


def _sign_in() -> Iterator[Looked]:
    try:
        made = settings.settings()
    except settings.SettingsError as wrong:
        yield "fault", str(wrong).split(" | ")[0], str(wrong).split(" | ")[-1]
        return
    if made.way == "none":
        yield "warning", "没有登录：只供本机使用", "nobody signs in: for this machine only"
        return
    files = [made.access_file, *([made.secret_file] if made.way == "proxy" else [])]
    for file in files:
        if not file.exists():
            yield "fault", f"没有 {file}", f"there is no {file}"
        elif file.stat().st_mode & 0o077:
            yield "fault", f"他人可用 {file}：chmod 600", f"others may use {file}: chmod 600"
        else:
            yield "ok", f"{file.name} 只有本用户可用", f"{file.name} is private"


def _seals() -> Iterator[Looked]:
    ids = sorted(file.parent.name for file in snapshot.published_directory().glob("*/manifest.json"))
    broken = [identity for identity in ids if not _is_whole(identity)]
    if broken:
        names = "、".join(broken)
        yield "fault", f"快照与封存时不同：{names}", f"snapshots are not as they were sealed: {names}"
    else:
        yield "ok", f"{len(ids)} 个快照与封存时一致", f"{len(ids)} snapshots are as they were sealed"
    writable = [identity for identity in ids if (snapshot.published_directory() / identity).stat().st_mode & 0o222]
    if writable:
        names = "、".join(writable)
        yield ("warning", f"快照目录仍可写，下次发布时关闭：{names}",
               f"snapshots' folders can still be written into; the next publication closes them: {names}")  # fmt: skip


def _is_whole(identity: str) -> bool:
    found = snapshot.find(identity)
    try:
        if found is not None:
            snapshot.verify(found)
    except (seal.BrokenSealError, OSError, ValueError):
        return False
    return found is not None


def _log() -> Iterator[Looked]:
    found = audit.wrong()
    for each in found:
        yield "fault", f"访问记录：{_told(each)}", f"the audit log: {_told(each)}"
    if not found:
        yield "ok", "访问记录完整", "the audit log is whole"
    copies = audit_key.copies_file()
    if copies is not None and copies.exists() and not _may_be_rewritten(copies):
        yield (
            "ok",
            "访问记录的末端另存于只能追加的文件",
            "the end of the log is copied to a file that is appended to only",
        )
    elif copies is not None:
        yield ("warning", f"{copies} 不存在，或本用户可以改写：chattr +a",
               f"{copies} is not there, or this user may rewrite it: chattr +a")  # fmt: skip
    elif audit_key.SYSLOG.exists():
        yield (
            "warning",
            "访问记录的末端只抄送系统日志；请设 ENFORCEMENT_AUDIT_HEADS 以便核对",
            "the end of the log goes to the system's log only; set ENFORCEMENT_AUDIT_HEADS to have it compared",
        )
    else:
        yield (
            "warning",
            "没有系统日志，也没有 ENFORCEMENT_AUDIT_HEADS：能以本用户身份写文件的人可以重做整个记录",
            "no system log and no ENFORCEMENT_AUDIT_HEADS: who can write as this user can make the log anew",
        )


def _told(found: Finding) -> str:
    return " ".join(text for text in (found.code, found.month, str(found.number or ""), found.detail) if text)


def _may_be_rewritten(file: Path) -> bool:
    """Whether this process may open it for anything but appending: the kernel says no for an append-only file."""
    try:
        with file.open("r+b"):
            return True
    except OSError:
        return False


if __name__ == "__main__":
    for looked in looks():
        sys.stdout.write(json.dumps(looked) + "\n")  # ASCII: whatever the terminal, the reader is a program

"""What the doctor sees of machine, tree and settings, in the words of who mends it; it changes nothing.
Promises of security are looked at by doctor.py itself, which also says how looks are shown."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pyarrow.parquet as pq

from pipelines import snapshots
from pipelines.layout import Layout
from pipelines.publication.snapshot import broken
from pipelines.settings.effective import are_own, load
from pipelines.settings.installation import service

OLDEST, NEWEST = (3, 11), (3, 13)  # the Pythons that requirements.lock is resolved for
LEAST_FREE, ENOUGH_FREE = 2, 10  # GB: a build of the sample writes about one
GB = 1 << 30
AHEAD = timedelta(minutes=5)  # what clocks of two machines may differ by


class Looked(NamedTuple):
    """What one look found: `ok`, `warning` (not possible here, or for an administrator to judge) or `fault`."""

    verdict: str
    zh: str
    en: str


def machine(where: Layout) -> Iterator[Looked]:
    """Python, disk, clock, fonts, ports."""
    yield python(sys.version_info[:2])
    yield disk(shutil.disk_usage(where.data).free)
    yield from clock(where, datetime.now(UTC))
    yield fonts()
    address = str(service(where, "address"))
    yield port(address, int(service(where, "port")), "看板", "dashboards")
    yield port("127.0.0.1", int(service(where, "dagster_port")), "Dagster", "Dagster")


def tree(where: Layout) -> Iterator[Looked]:
    """Rights, lock, ledger, snapshots and the pointer to the current one."""
    shut = [str(path) for path in (where.data, where.landing, where.settings) if path.exists() and not _may(path)]
    for path in shut:
        yield Looked(
            "fault", f"本用户不能写 {path}：改属主或权限", f"this user may not write {path}: mend owner or rights"
        )
    if not shut:
        yield Looked("ok", "本用户可读写数据目录和设置", "this user may write the tree and the settings")
    yield lock(where)
    yield ledger(where)
    yield from published(where)


def settings(where: Layout) -> Iterator[Looked]:
    """Every fault of the settings, as a run would tell it before it stops."""
    found = load(where).faults
    for each in found:
        yield Looked(
            "fault", f"{each.place}：{each.zh}。{each.remedy_zh}", f"{each.place}: {each.en}; {each.remedy_en}"
        )
    if found:
        return
    if are_own(where):
        yield Looked("ok", f"设置可用：{where.settings}", f"the settings hold: {where.settings}")
    else:
        yield Looked(
            "warning", "没有本院的设置，用的是样例的名册：make settings",
            "there are no settings of this installation, the samples' register is used: make settings",
        )  # fmt: skip


def python(version: tuple[int, int]) -> Looked:
    said = ".".join(map(str, version))
    if OLDEST <= version <= NEWEST:
        return Looked("ok", f"Python {said}", f"Python {said}")
    return Looked(
        "fault", f"Python {said}：requirements.lock 为 3.11 至 3.13 而写；删去 .venv，以 PYTHON=/路径/python3.11 重装",
        f"Python {said}: requirements.lock is for 3.11 to 3.13; delete .venv and set it up with PYTHON=/path/to/python",
    )  # fmt: skip


def disk(free: int) -> Looked:
    said = f"{free / GB:.1f} GB"
    if free >= ENOUGH_FREE * GB:
        return Looked("ok", f"磁盘剩余 {said}", f"{said} of disk are free")
    return Looked(
        "fault" if free < LEAST_FREE * GB else "warning",
        f"磁盘只剩 {said}：腾出 {ENOUGH_FREE} GB 以上（data/exports、data/documents 可删）",
        f"only {said} of disk are free: make it {ENOUGH_FREE} GB (data/exports and data/documents may be deleted)",
    )


def clock(where: Layout, now: datetime) -> Iterator[Looked]:
    """Whether the clock stands after what the tree has seen, and whether Beijing's time is known."""
    try:
        ZoneInfo("Asia/Shanghai")
    except (ZoneInfoNotFoundError, OSError):
        yield Looked("fault", "没有时区数据：安装 tzdata", "there are no time zones: install tzdata")
    finished = [
        str((snapshots.described(where.published / name) or {}).get("finished_at")) for name in snapshots.kept(where)
    ]
    latest = max((datetime.fromisoformat(said) for said in finished), default=None)
    latest = latest.replace(tzinfo=UTC) if latest and latest.tzinfo is None else latest
    if latest and latest > now + AHEAD:
        yield Looked("fault", f"时钟慢了：现在 {now:%Y-%m-%d %H:%M} UTC，最近发布于 {latest:%Y-%m-%d %H:%M}；校准时间",
                     f"the clock is behind: it is {now:%Y-%m-%d %H:%M} UTC, the last publication was at "
                     f"{latest:%Y-%m-%d %H:%M}; set the time")  # fmt: skip
    else:
        yield Looked("ok", f"时钟 {now:%Y-%m-%d %H:%M} UTC", f"the clock says {now:%Y-%m-%d %H:%M} UTC")


def fonts() -> Looked:
    """Charts in packs are drawn with the machine's fonts."""
    asked = shutil.which("fc-list")
    found = subprocess.run([asked, ":lang=zh"], capture_output=True, check=False).stdout if asked else b""
    if found.strip():
        return Looked("ok", "有中文字体", "there is a Chinese font")
    return Looked(
        "warning", "没有找到中文字体，通报中的图可能缺字：安装 fonts-noto-cjk fontconfig",
        "no Chinese font was found, charts in packs may lack characters: install fonts-noto-cjk fontconfig",
    )  # fmt: skip


def port(address: str, number: int, zh: str, en: str) -> Looked:
    """Whether somebody may listen there."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, number))
        except OSError as no:
            if no.errno == errno.EADDRINUSE:
                return Looked(
                    "warning", f"{zh}的端口 {number} 已有程序在用：若不是本产品，在 installation.toml 另选",
                    f"port {number} of {en} is taken: unless it is ours, choose another in installation.toml",
                )  # fmt: skip
            return Looked(
                "fault", f"{zh}不能在 {address}:{number} 打开（{no.strerror}）：改 installation.toml",
                f"{en} cannot listen at {address}:{number} ({no.strerror}): mend installation.toml",
            )  # fmt: skip
    return Looked("ok", f"{zh}的端口 {number} 空闲", f"port {number} of {en} is free")


def lock(where: Layout) -> Looked:
    """Who writes to the tree now, if anybody."""
    file = where.data / ".lock"
    if file.exists():
        with file.open("r", encoding="utf-8") as opened:
            try:
                fcntl.flock(opened, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except OSError:
                holder = opened.read().strip() or "?"
                return Looked("warning", f"进程 {holder} 正在写数据目录，运行须等它结束",
                              f"process {holder} is writing to the tree: a run waits for it to end")  # fmt: skip
    return Looked("ok", "没有进程在写数据目录", "nobody is writing to the tree")


def ledger(where: Layout) -> Looked:
    """Whether what was received can be read."""
    files = sorted(where.ledger.glob("*.parquet"))
    damaged = [str(file) for file in files if not _is_parquet(file)]
    if damaged:
        return Looked(
            "fault", f"收件台账已损坏：{'、'.join(damaged)}；make run 会从回执重做",
            f"the ledger is damaged: {', '.join(damaged)}; make run makes it again from the receipts",
        )  # fmt: skip
    if not files:
        return Looked("warning", "还没有接收过：make run", "nothing was received yet: make run")
    return Looked("ok", f"收件台账可读（{len(files)} 个文件）", f"the ledger can be read ({len(files)} files)")


def published(where: Layout) -> Iterator[Looked]:
    """Snapshots that are not whole, and a pointer that leads nowhere."""
    now, said = snapshots.current(where), snapshots.pointed(where)
    for name in broken(where) if where.published.is_dir() else ():
        if not name.startswith("_"):
            yield Looked("fault", f"快照 {name} 不完整：从备份恢复，或移走后 make run",
                         f"snapshot {name} is not whole: restore it, or move it away and make run")  # fmt: skip
    if now is None:
        yield Looked("warning", "还没有发布过：make run", "nothing was published yet: make run")
    elif now != said:
        yield Looked(
            "fault",
            f"{where.pointer} 已损坏，现用 {now}：make run",
            f"{where.pointer} is damaged, {now} stands in: make run",
        )
    else:
        yield Looked("ok", f"现行快照 {now}", f"the current snapshot is {now}")


def _may(path: Path) -> bool:
    return os.access(path, os.R_OK | os.W_OK | os.X_OK)


def _is_parquet(file: Path) -> bool:
    try:
        pq.read_metadata(file)
    except (OSError, ValueError):
        return False
    return True

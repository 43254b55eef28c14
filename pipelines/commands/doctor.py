"""`doctor`: what is wrong with machine, tree or settings, and whether what docs/SECURITY.md promises is kept here.
It changes nothing but the rights of the tree's files, which every command closes; what it cannot see it names."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator

from pipelines.commands import looks
from pipelines.commands.looks import Looked
from pipelines.commands.terminal import console
from pipelines.layout import REPOSITORY, Layout
from pipelines.ownership import open_to_others

HELP = "what is wrong with machine, tree or settings, and what docs/SECURITY.md promises and is not kept"
SHOWN = 3  # of many of a kind
SIGNS = {"ok": "✓", "warning": "!", "fault": "✗"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(where: Layout) -> int:
    """Every look, one a line. 1 if there is a fault, 0 for warnings alone."""
    found = [*looks.machine(where), *looks.tree(where), *looks.settings(where)]
    found += [*_tree(where), *_key(where), *_landing(where), *_receipts(where), *_gallery()]
    for looked in found:
        console.print(f"{SIGNS[looked.verdict]} {looked.zh} | {looked.en}", markup=False)
    return 1 if any(looked.verdict == "fault" for looked in found) else 0


def _tree(where: Layout) -> Iterator[Looked]:
    left = [str(path) for path, _ in open_to_others(where.data)]
    if left:
        listed = "、".join(left[:SHOWN])
        yield Looked("fault", f"{len(left)} 个文件他人可用，且不属于本用户：{listed}",
                     f"{len(left)} files are open to others and are not ours to close: {listed}")  # fmt: skip
    else:
        yield Looked("ok", "数据目录只有本用户可用", "the data tree is its owner's alone")
    if os.geteuid() == 0:
        yield Looked("warning", "现以 root 运行：请改用专门的用户", "this runs as root: give it a user of its own")


def _key(where: Layout) -> Iterator[Looked]:
    from pipelines.extracts.persons import KeyRefusedError, person_key

    path = where.key_file
    if (where.ledger / "person_key.json").exists():  # there was a key: it is not made anew
        try:
            person_key(where)
        except KeyRefusedError as refused:
            zh, _, en = str(refused).partition(" | ")
            yield Looked("fault", zh, en)
            return
    resolved = path.resolve()
    if resolved.is_relative_to(where.data.resolve()) or resolved.is_relative_to(REPOSITORY):
        yield Looked("fault", f"人员散列密钥在数据目录或代码库内：{path}",
                     f"the person-hash key lies within the tree or the repository: {path}")  # fmt: skip
    elif not path.exists():
        yield Looked(
            "warning", "还没有人员散列密钥（首次接收时生成）", "there is no person-hash key yet: it is made when needed"
        )
    elif path.stat().st_mode & 0o077:
        yield Looked(
            "fault", f"他人可读人员散列密钥：chmod 600 {path}", f"others may read the person-hash key: chmod 600 {path}"
        )
    else:
        yield Looked(
            "ok",
            "人员散列密钥在数据目录之外，只有本用户可读",
            "the person-hash key lies outside the tree and is private",
        )


def _landing(where: Layout) -> Iterator[Looked]:
    from pipelines.extracts.landing import misplaced

    strays = misplaced(where)
    links = [stray for stray in strays if stray.message.code in ("link", "not_a_file")]
    for stray in strays:
        yield Looked("fault" if stray in links else "warning", stray.message.zh, stray.message.en)
    if not links:
        yield Looked("ok", "接收目录中没有链接", "there is no link in landing")


def _receipts(where: Layout) -> Iterator[Looked]:
    from pipelines.extracts.earlier import is_clean

    if is_clean(where):
        yield Looked("ok", "旧版写下的明文已清除", "what an earlier version wrote in clear is cleaned")
    else:
        yield Looked(
            "warning",
            "旧版写下的明文尚未清除：请运行 make run",
            "what an earlier version wrote is not cleaned: make run",
        )


def _gallery() -> Iterator[Looked]:
    """What the dashboards can see of themselves; the pipeline does not import them."""
    asked = [sys.executable, "-m", "dashboards.examination"]
    done = subprocess.run(asked, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    if done.returncode:
        yield Looked("fault", "看板的检查没有完成", f"the dashboards could not be examined: {done.stderr[-300:]}")
        return
    for line in done.stdout.splitlines():
        yield Looked(*json.loads(line))

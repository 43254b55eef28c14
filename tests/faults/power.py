"""Power that fails: of what a program wrote and did not ask the disk to keep, some is cut short, emptied or gone.
Which programs, and what a tree has to come to afterwards, is said by steps.py."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

LOST, EMPTIED, CUT = 0.2, 0.4, 0.6  # of the files that nobody asked the disk to keep; the others are whole


class Emptying(Random):
    """The worst chance: every file is emptied."""

    def random(self) -> float:
        return LOST


def noting(kept: Path, program: Callable[..., None], *arguments: Any) -> None:
    """Run a program; every file that it asks the disk to keep is written down in `kept`, as it is then."""
    keep = os.fsync

    def fsync(file: int) -> None:
        keep(file)
        with kept.open("a", encoding="ascii") as notes:
            notes.write(_state(os.fstat(file)) + "\n")

    os.fsync = fsync
    program(*arguments)


def fails(random: Random, tree: Path, before: set[str], kept: Path) -> int:
    """Damage what was written since `before` and is not in `kept`; how many files. Directories keep their names."""
    safe = before | (set(kept.read_text(encoding="ascii").split("\n")) if kept.exists() else set())
    damaged = 0
    for path in sorted(tree.rglob("*")):
        if path.is_symlink() or not path.is_file() or _state(path.stat()) in safe:
            continue
        damaged += _damage(random, path)
    return damaged


def states(tree: Path) -> set[str]:
    """All files of a tree as they are now."""
    return {_state(path.stat()) for path in tree.rglob("*") if path.is_file()}


def _state(said: os.stat_result) -> str:
    """A file by what is in it, not by its name: it is written under another one first."""
    return f"{said.st_ino} {said.st_size} {said.st_mtime_ns}"


def _damage(random: Random, path: Path) -> bool:
    chance = random.random()
    mode = path.stat().st_mode
    path.chmod(0o600)
    if chance < LOST:
        path.unlink()
        return True
    if chance < CUT:
        os.truncate(path, 0 if chance < EMPTIED else random.randrange(path.stat().st_size + 1))
    path.chmod(mode)
    return chance < CUT

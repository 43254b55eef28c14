"""`unshare -rm python -m tests.faults.small_disk <folder>`: receiving and publishing on a disk of their own that fills,
or takes no writes, and again with room. Prints what was tried, what failed on the way, and what is wrong at the end.
The disk is in memory, and nobody outside of this process's own namespace of mounts sees it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.killing import left_over, server, undisturbed
from tests.faults.steps import PUBLISHED, Step, publishing, receiving

ROOM = 1 << 30
SHARES = (0.35, 0.85)  # of what a step needs
READ_ONLY = -1.0


@contextmanager
def mounted(place: Path) -> Iterator[Path]:
    """A new disk with much room."""
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def mended(disk: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(disk)], check=True)


def used(disk: Path) -> int:
    found = os.statvfs(disk)
    return (found.f_blocks - found.f_bfree) * found.f_frsize


def needed(step: Step, place: Path) -> int:
    """Bytes of a disk that a step takes beyond what it starts from, at its end."""
    with mounted(place) as disk:
        shutil.copytree(step.start, disk / "tree")
        before = used(disk)
        undisturbed(step.context, step.program, disk / "tree")
        return used(disk) - before


def trial(step: Step, place: Path, share: float, need: int) -> tuple[bool, str]:
    """Whether the step failed, and what is wrong with its tree, then or after a run with room; "" if nothing."""
    with mounted(place) as disk:
        root = disk / "tree"
        shutil.copytree(step.start, root)
        first = step.found(root) if step.swept == PUBLISHED else {}
        mended(disk, "ro" if share == READ_ONLY else f"size={used(disk) + int(share * need)}")
        process = step.context.Process(target=step.program, args=(root,))
        process.start()
        process.join()
        now = step.found(root) if first else {}
        wrong = [f"gone: {name}" for name in first if " " in name and now.get(name) != first[name]]
        mended(disk, "rw" if share == READ_ONLY else f"size={ROOM}")
        undisturbed(step.context, step.program, root)
        found = step.found(root)
        wrong += [name for name in found.keys() | step.expected.keys() if found.get(name) != step.expected.get(name)]
        wrong += left_over(root / "data" / step.swept)
        return process.exitcode != 0, ", ".join(wrong)


def main(folder: Path) -> None:
    context, told = server(), {"tried": 0, "failed": 0, "wrong": list[str]()}
    for made in (receiving, publishing):
        step = made(context, folder / made.__name__)
        need = needed(step, folder / "disk")
        for share in (*SHARES, READ_ONLY):
            failed, wrong = trial(step, folder / "disk", share, need)
            told["tried"] += 1
            told["failed"] += failed
            told["wrong"] += [f"{made.__name__} {share}: {wrong}"] if wrong else []
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

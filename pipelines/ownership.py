"""Files are for their owner: what this process writes nobody else may read, and neither what an earlier version wrote.
Which folders there are belongs to layout.py."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

UMASK = 0o077


def keep_to_owner(tree: Path) -> None:
    """From here on this process and its children write for their owner alone, and the tree that exists is closed too.

    Links are not followed. What belongs to another user cannot be closed by us and stays as it is; `open_to_others`
    finds it.
    """
    os.umask(UMASK)
    for path, mode in list(open_to_others(tree)):
        try:
            path.chmod(mode & ~UMASK)
        except OSError:
            continue


def open_to_others(tree: Path) -> Iterator[tuple[Path, int]]:
    """Every file and folder of a tree that others than its owner may use, with its mode; the tree itself included."""
    if not tree.is_dir():
        return
    for path in (tree, *_below(tree)):
        try:
            found = path.lstat().st_mode
        except OSError:  # gone since it was listed
            continue
        if not stat.S_ISLNK(found) and stat.S_IMODE(found) & UMASK:
            yield path, stat.S_IMODE(found)


def _below(tree: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(tree, onerror=None):
        yield from (Path(folder) / name for name in (*folders, *files))

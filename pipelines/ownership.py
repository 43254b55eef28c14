"""Files are for their owner, and what is sealed its owner does not change either: modes of files and folders.
Which folders there are belongs to layout.py."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

UMASK = 0o077
SEALED_FOLDER, SEALED_FILE, OPEN_FOLDER = 0o500, 0o400, 0o700


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


def seal(folder: Path) -> None:
    """Nothing is put into a folder any more, and nothing in it changed: its files become 0400, it itself 0500."""
    for path in (*folder.iterdir(), folder):
        wanted = SEALED_FOLDER if path.is_dir() else SEALED_FILE
        if not path.is_symlink() and stat.S_IMODE(path.stat().st_mode) != wanted:
            path.chmod(wanted)


def unseal(folder: Path) -> None:
    """The owner may put something into the folder again, and remove it."""
    folder.chmod(OPEN_FOLDER)


def remove(folder: Path) -> None:
    """A folder with all that is in it, sealed or not."""
    for place, _, _ in os.walk(folder):
        unseal(Path(place))
    shutil.rmtree(folder)


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

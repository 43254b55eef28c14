"""Small files that are there whole or not at all, whoever reads them or ends the process meanwhile.
Tables are put in place where they are written; what can be worked out again is kept by `keeping`."""

from __future__ import annotations

import os
from pathlib import Path


def put_in_place(path: Path, content: bytes, *, is_kept: bool = False, is_shared: bool = False) -> None:
    """Write a file aside and move it into place in one step; its folder is made where there is none.

    `is_kept`: what it says cannot be made again, so it is on the disk before it is in its place.
    `is_shared`: several processes may write it at the same time, so each has a name of its own aside; otherwise what
    a killed process left aside is written over by the next.
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}" if is_shared else f"{path.name}.part")
    try:
        file = aside.open("wb")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = aside.open("wb")
    with file:
        file.write(content)
        if is_kept:
            file.flush()
            os.fsync(file.fileno())
    aside.replace(path)

"""What lies in the landing folder: which file belongs to which month and kind, and what lies in the wrong place.
Names and places only; no file is opened here, and what leads out of landing is opened nowhere."""

from __future__ import annotations

import os
import re
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import NamedTuple

from pipelines.extracts.contracts import KINDS
from pipelines.extracts.messages import Message, refusal
from pipelines.layout import Layout

MONTH = re.compile(r"(19|20)\d{2}-(0[1-9]|1[0-2])", re.ASCII)
FIRST_MONTH = "2000-01"  # court systems hold cases filed from 2000 on
BEIJING = timezone(timedelta(hours=8))
# What office programs, browsers and file managers leave beside the files people mean to deliver.
IGNORED_NAMES = ("thumbs.db", "desktop.ini")
IGNORED_ENDINGS = (".part", ".tmp", ".temp", ".crdownload", ".swp", ".bak", ".lock", "~")


class Landed(NamedTuple):
    """One file in its place."""

    month: str
    kind: str
    path: Path


class Misplaced(NamedTuple):
    """A file or folder that cannot be taken in where it lies, and what to tell the clerk."""

    path: Path
    message: Message


def spelt(name: str) -> str:
    """A name or path as text that can be written: a part whose bytes are no UTF-8 (GBK, from Windows) is escaped."""
    return "/".join(part if _is_text(part) else _escaped(part) for part in name.split("/"))


def _is_text(name: str) -> bool:
    return not any("\udc80" <= letter <= "\udcff" for letter in name)


def _escaped(name: str) -> str:
    return os.fsencode(name).decode("ascii", "backslashreplace")


def as_gbk(name: str) -> str | None:
    """What a name that is no UTF-8 reads as in GBK, the encoding of Chinese Windows; None for every other name."""
    if spelt(name) == name:
        return None
    try:
        return os.fsencode(name).decode("gb18030")
    except UnicodeDecodeError:
        return None


@contextmanager
def openable(path: Path) -> Iterator[Path]:
    """The file under a name that every library can open: its own, or a link of this process where it is no UTF-8."""
    if spelt(str(path)) == str(path):
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="delivered-") as folder:
        link = Path(folder) / f"delivered{spelt(path.suffix)}"
        link.symlink_to(path.absolute())
        yield link


def is_ignored(path: Path) -> bool:
    """Hidden, temporary and lock files, which nobody means to deliver."""
    name = path.name.lower()
    return name.startswith((".", "~$", "~")) or name in IGNORED_NAMES or name.endswith(IGNORED_ENDINGS)


def _entries(folder: Path) -> list[Path]:
    return sorted(entry for entry in folder.iterdir() if not is_ignored(entry)) if _is_folder(folder) else []


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _secrets(layout: Layout) -> set[tuple[int, int]]:
    """Device and inode of the key and of what lies beside it: the secrets that a second name could stand for."""
    folder = layout.key_file.parent
    found = [layout.key_file, *(folder.iterdir() if folder.is_dir() else ())]
    stats = [path.stat() for path in found if path.is_file()]
    return {(entry.st_dev, entry.st_ino) for entry in stats}


def strange(layout: Layout, path: Path) -> str | None:
    """Why an entry is refused unread: `link`, `not_a_file` (a queue, a socket, a device), or None for a file or folder.

    A link is refused wherever it leads: what it leads to can be changed after it was looked at.
    """
    entry = path.lstat()
    if stat.S_ISLNK(entry.st_mode):
        return "link"
    if stat.S_ISREG(entry.st_mode):
        is_secret = entry.st_nlink > 1 and (entry.st_dev, entry.st_ino) in _secrets(layout)
        return "link" if is_secret else None
    return None if stat.S_ISDIR(entry.st_mode) else "not_a_file"


def this_month() -> str:
    """The month now running by this machine's clock, `YYYY-MM`: it may be delivered early, those after it may not."""
    return f"{datetime.now(BEIJING):%Y-%m}"


def _kind_folders(layout: Layout) -> Iterator[tuple[str, str, Path]]:
    for month in _entries(layout.landing):
        if _is_folder(month) and _of_month(month) is None:
            for kind in _entries(month):
                if _is_folder(kind) and kind.name in KINDS:
                    yield month.name, kind.name, kind


def files_of(layout: Layout, month: str, kind: str) -> list[Path]:
    """The files delivered for one month and kind, in the order of their names; none where a folder is a link."""
    if not _is_folder(layout.landing / month):
        return []
    found = _entries(layout.landing / month / kind)
    return [path for path in found if path.is_file() and not strange(layout, path)]


def refused_unread(layout: Layout, month: str, kind: str) -> list[Misplaced]:
    """Links, queues and the like in the folder of one month and kind: refused without a look at what they lead to."""
    found = []
    for path in _entries(layout.landing / month / kind) if _is_folder(layout.landing / month) else []:
        if code := strange(layout, path):
            found.append(Misplaced(path, _told(layout, path, code)))
    return found


def _told(layout: Layout, path: Path, code: str, **facts: object) -> Message:
    facts = {"now": this_month(), "first": FIRST_MONTH, **facts}
    folder = spelt(path.relative_to(layout.landing).as_posix())
    return refusal(code, spelt(path.name), folder=folder, **facts).message


def deliveries_landed(layout: Layout) -> list[Landed]:
    """Every file that lies in a month and kind folder, sorted by month, kind and name."""
    order = {kind: place for place, kind in enumerate(KINDS)}
    found = [
        Landed(month, kind, path)
        for month, kind, folder in _kind_folders(layout)
        for path in files_of(layout, month, kind)
    ]
    return sorted(found, key=lambda landed: (landed.month, order[landed.kind], landed.path.name))


def months_landed(layout: Layout) -> list[str]:
    """The months for which at least one file lies in its place, in order."""
    return sorted({landed.month for landed in deliveries_landed(layout)})


def _astray(layout: Layout) -> Iterator[tuple[Path, str]]:
    """What cannot be taken in where it lies, with the code that says why."""
    for month in _entries(layout.landing):
        if code := strange(layout, month) or _of_month(month):
            yield month, code
            continue
        for kind in _entries(month):
            if code := strange(layout, kind) or _of_kind(kind):
                yield kind, code
                continue
            for entry in _entries(kind):
                if code := strange(layout, entry) or ("misplaced" if entry.is_dir() else None):
                    yield entry, code


def _of_month(month: Path) -> str | None:
    if not month.is_dir():
        return "misplaced"
    if not MONTH.fullmatch(month.name):
        return "malformed_month"
    if month.name < FIRST_MONTH:
        return "month_too_early"
    return "month_ahead" if month.name > this_month() else None


def is_empty(layout: Layout) -> bool:
    """Whether nothing at all lies in landing, in its place or out of it."""
    return not _entries(layout.landing)


def _of_kind(kind: Path) -> str | None:
    if not kind.is_dir():
        return "misplaced"
    return None if kind.name in KINDS else "unknown_kind"


def misplaced(layout: Layout) -> list[Misplaced]:
    """What lies in landing but under no month and kind: reported, so that nothing is passed over in silence."""
    kinds = "、".join(KINDS)
    return [Misplaced(path, _told(layout, path, code, kinds=kinds)) for path, code in _astray(layout)]

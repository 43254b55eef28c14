"""What lies in the landing folder: which file belongs to which month and kind, and what lies in the wrong place.
Names and places only; no file is opened here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipelines.extracts.contracts import KINDS
from pipelines.extracts.messages import Message, refusal
from pipelines.layout import Layout

MONTH = re.compile(r"(19|20)\d{2}-(0[1-9]|1[0-2])", re.ASCII)
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


def is_ignored(path: Path) -> bool:
    """Hidden, temporary and lock files, which nobody means to deliver."""
    name = path.name.lower()
    return name.startswith((".", "~$", "~")) or name in IGNORED_NAMES or name.endswith(IGNORED_ENDINGS)


def _entries(folder: Path) -> list[Path]:
    return sorted(entry for entry in folder.iterdir() if not is_ignored(entry)) if folder.is_dir() else []


def _kind_folders(layout: Layout) -> Iterator[tuple[str, str, Path]]:
    for month in _entries(layout.landing):
        if month.is_dir() and MONTH.fullmatch(month.name):
            for kind in _entries(month):
                if kind.is_dir() and kind.name in KINDS:
                    yield month.name, kind.name, kind


def files_of(layout: Layout, month: str, kind: str) -> list[Path]:
    """The files delivered for one month and kind, in the order of their names."""
    return [path for path in _entries(layout.landing / month / kind) if path.is_file()]


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


def misplaced(layout: Layout) -> list[Misplaced]:
    """What lies in landing but under no month and kind: reported, so that nothing is passed over in silence."""
    found: list[Misplaced] = []

    def tell(path: Path, code: str, **facts: object) -> None:
        folder = path.relative_to(layout.landing).as_posix()
        found.append(Misplaced(path, refusal(code, path.name, folder=folder, **facts).message))

    for month in _entries(layout.landing):
        if not month.is_dir():
            tell(month, "misplaced")
        elif not MONTH.fullmatch(month.name):
            tell(month, "malformed_month")
        else:
            for kind in _entries(month):
                if not kind.is_dir():
                    tell(kind, "misplaced")
                elif kind.name not in KINDS:
                    tell(kind, "unknown_kind", kinds="、".join(KINDS))
                else:
                    for entry in _entries(kind):
                        if entry.is_dir():
                            tell(entry, "misplaced")
    return found

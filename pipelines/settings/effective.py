"""The settings in force: where they are read from, whether they hold, and the tables that dbt builds on, written down.
The rule of combination is in `combining`; what has to hold, in `checking` and `closed`."""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pipelines.layout import REPOSITORY, Layout
from pipelines.settings import closed, frozen
from pipelines.settings.checking import referred_faults, sheet_faults
from pipelines.settings.combining import Row, combined
from pipelines.settings.faults import Fault, SettingsError, fault
from pipelines.settings.groups import group_faults
from pipelines.settings.installation import FILE as INSTALLATION
from pipelines.settings.installation import installation_faults
from pipelines.settings.tables import ENDINGS, Sheet, plain_rows, read, tables
from pipelines.whole_files import put_in_place

SAMPLES = REPOSITORY / "pipelines" / "samples"
BEIJING = ZoneInfo("Asia/Shanghai")
HELD = ("g_region", "qinghai")
_known: dict[Path, tuple[object, tuple[Fault, ...]]] = {}


@dataclass(frozen=True)
class Settings:
    """What an installation says: its files as read, and what is wrong with them.

    `tables` are the tables in force by name; there are none while a file by itself is at fault.
    """

    sheets: tuple[Sheet, ...]
    faults: tuple[Fault, ...]
    tables: Mapping[str, list[Row]]

    def rows(self, name: str) -> list[Row]:
        """The installation's own rows of a table; none while its settings do not hold."""
        return [] if self.faults else _own(self.sheets, name)


def _own(sheets: Sequence[Sheet], name: str) -> list[Row]:
    return [row for sheet in sheets if sheet.table.name == name for _, row in sheet.rows]


def sources(layout: Layout) -> tuple[Path, ...]:
    """Where settings are read from: the installation's folder or, while it holds none, those of the samples.

    A tree from before there were settings goes on with what the product held then: the courts of the first two samples.
    """
    if any(_files(layout.settings)) or (layout.settings / INSTALLATION).exists():
        return (layout.settings,)
    return tuple(SAMPLES / name / "settings" for name in HELD)


def are_own(layout: Layout) -> bool:
    """Whether the settings in force are the installation's, and not those of the samples."""
    return sources(layout) == (layout.settings,)


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS and path.name[0] not in ".~")


def files(layout: Layout) -> list[Path]:
    """Every file of the settings in force, in order."""
    folders = sources(layout)
    tomls = [folder / INSTALLATION for folder in folders if (folder / INSTALLATION).exists()]
    return [path for folder in folders for path in _files(folder)] + tomls


def digest(layout: Layout) -> str:
    """A digest of what the settings in force say."""
    return hashlib.sha256(b"".join(path.name.encode() + path.read_bytes() for path in files(layout))).hexdigest()[:16]


def load(layout: Layout) -> Settings:
    """Read and check what is in force."""
    faults: list[Fault] = []
    sheets: list[Sheet] = []
    for folder in sources(layout):
        found, said = _of_folder(folder)
        sheets += found
        faults += said
    if not any(sheet.table.name == "courts" and sheet.rows for sheet in sheets):
        faults.append(fault("no_court", "courts.csv"))
    tables = {} if faults else _combined(layout, sheets)
    if not faults:
        faults += referred_faults(sheets, tables)
    if not faults:
        faults += group_faults(sheets, tables, plain_rows(layout.catalogue / "peer_groups.csv"))
    if not faults and are_own(layout):
        faults += closed.faults(layout, sheets)
        faults += frozen.faults(layout, sheets, tables, datetime.now(BEIJING).date())
    return Settings(tuple(sheets), tuple(faults), tables)


def _of_folder(folder: Path) -> tuple[list[Sheet], list[Fault]]:
    faults = installation_faults(folder / INSTALLATION)
    sheets: list[Sheet] = []
    for path in _files(folder):
        table = tables().get(path.stem)
        if table is None:
            faults.append(fault("not_known", path.name))
            continue
        if any(sheet.table is table for sheet in sheets):
            faults.append(fault("twice", path.name))
            continue
        try:
            sheets.append(read(path, table))
        except Exception:  # whatever a broken workbook makes its reader say
            faults.append(fault("unreadable", path.name))
            continue
        faults += sheet_faults(sheets[-1])
    return sheets, faults


def _combined(layout: Layout, sheets: Sequence[Sheet]) -> dict[str, list[Row]]:
    made: dict[str, list[Row]] = {}
    for path in sorted(layout.catalogue.glob("*.csv")):
        product, own = plain_rows(path), _own(sheets, path.stem)
        table = tables().get(path.stem)
        made[path.stem] = combined(table, product, own) if table and own else product
    return made


def _stamp(layout: Layout) -> object:
    """When the catalogue, the settings and the pointer last changed; asked before every kind and month is received."""
    with os.scandir(layout.catalogue) as entries:
        found = sorted((entry.path, entry.stat().st_mtime_ns, entry.stat().st_size) for entry in entries)
    others = [*files(layout), *([layout.pointer] if layout.pointer.exists() else ())]
    return found, [(str(path), stat.st_mtime_ns, stat.st_size) for path in others for stat in [path.stat()]]


def seeds(layout: Layout) -> Path:
    """The folder of the tables in force, written anew where settings or catalogue changed. SettingsError."""
    faults = refresh(layout)
    if faults:
        raise SettingsError(faults)
    return layout.seeds


def refresh(layout: Layout) -> tuple[Fault, ...]:
    """Write the tables in force if the settings hold, and leave those that were if they do not; what is wrong."""
    stamp = _stamp(layout)
    known = _known.get(layout.seeds)
    if known and known[0] == stamp and layout.seeds.is_dir():
        return known[1]
    settings = load(layout)
    if not settings.faults or not layout.seeds.is_dir():
        _write(layout, settings)
    _known[layout.seeds] = (stamp, settings.faults)
    return settings.faults


def _write(layout: Layout, settings: Settings) -> None:
    """Every table of the catalogue with its description, the installation's rows in it; what did not change stays."""
    layout.seeds.mkdir(parents=True, exist_ok=True)
    for path in layout.catalogue.iterdir():
        is_changed = path.suffix == ".csv" and settings.rows(path.stem)
        _replace(layout.seeds / path.name, _text(path, settings.tables[path.stem]) if is_changed else path.read_bytes())
    for path in layout.seeds.iterdir():
        if not (layout.catalogue / path.name).exists():
            path.unlink()


def _text(catalogue: Path, rows: Sequence[Row]) -> bytes:
    with catalogue.open(encoding="utf-8-sig", newline="") as file:
        names = next(csv.reader(file))
    out = io.StringIO()
    writer = csv.DictWriter(out, names, extrasaction="ignore", lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def _replace(path: Path, whole: bytes) -> None:
    if path.exists() and path.read_bytes() == whole:
        return
    put_in_place(path, whole, is_shared=True)

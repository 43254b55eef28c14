"""The settings in force: where they are read from, whether they hold, and the tables that dbt builds on, written down.
The rule of combination is in `combining`; what has to hold, in `checking` and `closed`."""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.layout import REPOSITORY, Layout
from pipelines.settings import closed
from pipelines.settings.checking import referred_faults, sheet_faults
from pipelines.settings.combining import Row, combined
from pipelines.settings.faults import Fault, SettingsError, fault
from pipelines.settings.installation import FILE as INSTALLATION
from pipelines.settings.installation import installation_faults
from pipelines.settings.tables import ENDINGS, Sheet, plain_rows, read, tables

SAMPLES = REPOSITORY / "pipelines" / "samples"
_known: dict[Path, tuple[object, tuple[Fault, ...]]] = {}


@dataclass(frozen=True)
class Settings:
    """What an installation says: its files as read, and what is wrong with them."""

    folders: tuple[Path, ...]
    sheets: tuple[Sheet, ...]
    faults: tuple[Fault, ...]


def sources(layout: Layout) -> tuple[Path, ...]:
    """Where settings are read from: the installation's folder or, while it holds none, those of the samples.

    A tree from before there were settings goes on with what the product held then.
    """
    if any(_files(layout.settings)) or (layout.settings / INSTALLATION).exists():
        return (layout.settings,)
    return tuple(sorted(SAMPLES.glob("*/settings")))


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS and path.name[0] not in ".~")


def files(layout: Layout) -> list[Path]:
    """Every file of the settings in force, in order."""
    tomls = [folder / INSTALLATION for folder in sources(layout) if (folder / INSTALLATION).exists()]
    return [path for folder in sources(layout) for path in _files(folder)] + tomls


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
    if not faults:
        faults += referred_faults(sheets, _combined(layout, sheets))
    if not faults and sources(layout) == (layout.settings,):
        faults += closed.faults(layout, sheets)
    return Settings(sources(layout), tuple(sheets), tuple(faults))


def rows(layout: Layout, name: str) -> list[Row]:
    """The installation's own rows of a table; none while its settings do not hold."""
    settings = load(layout)
    found = [row for sheet in settings.sheets if sheet.table.name == name for _, row in sheet.rows]
    return [] if settings.faults else found


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
        product = plain_rows(path)
        own = [row for sheet in sheets if sheet.table.name == path.stem for _, row in sheet.rows]
        table = tables().get(path.stem)
        made[path.stem] = combined(table, product, own) if table and own else product
    return made


def _stamp(layout: Layout) -> object:
    paths = [*sorted(layout.catalogue.iterdir()), *files(layout)]
    if layout.pointer.exists():
        paths.append(layout.pointer)
    return sources(layout), tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in paths)


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
        _write(layout, [] if settings.faults else settings.sheets)
    _known[layout.seeds] = (stamp, settings.faults)
    return settings.faults


def _write(layout: Layout, sheets: Sequence[Sheet]) -> None:
    """Every table of the catalogue with its description, the installation's rows in it; what did not change stays."""
    layout.seeds.mkdir(parents=True, exist_ok=True)
    made = _combined(layout, sheets)
    changed = {sheet.table.name for sheet in sheets if sheet.rows}
    for path in layout.catalogue.iterdir():
        whole = _text(path, made[path.stem]) if path.suffix == ".csv" and path.stem in changed else path.read_bytes()
        _replace(layout.seeds / path.name, whole)
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
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_bytes(whole)
    aside.replace(path)

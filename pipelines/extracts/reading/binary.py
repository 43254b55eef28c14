"""An XLSB package looked through before the library reads it: a cell in a far corner would take all memory.
The values are read by the library, in `workbook`; it stores what formulas give."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from pipelines.extracts.messages import refusal
from pipelines.extracts.reading.package import BROKEN, LARGEST

_ROW, _FIRST_CELL, _LAST_CELL = 0, 1, 11  # kinds of records: a row begins, a cell of any type


def _records(content: bytes) -> Iterator[tuple[int, int]]:
    """The kind and the place of the body of every record ([MS-XLSB] 2.1.4)."""
    place, end = 0, len(content)
    while place < end:
        kind = content[place]
        place += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (content[place] & 0x7F) << 7
            place += 1
        size = shift = 0
        while True:
            byte = content[place]
            place += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        yield kind, place
        place += size


def _farthest(content: bytes) -> tuple[int, int]:
    """The number of rows and columns up to the last cell."""
    row = last = width = 0
    for kind, at in _records(content):
        if kind == _ROW:
            row = int.from_bytes(content[at : at + 4], "little") + 1
        elif _FIRST_CELL < kind <= _LAST_CELL:
            last, width = row, max(width, int.from_bytes(content[at : at + 4], "little") + 1)
    return last, width


def refuse_far(path: Path, name: str) -> None:
    """FileRefusedError (stray_cell) for a sheet whose rectangle could not be read; unreadable for a broken package."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = [entry for entry in archive.namelist() if entry.startswith("xl/worksheets/")]
            extents = [_farthest(archive.read(part)) for part in parts if part.endswith(".bin")]
    except (*BROKEN, IndexError) as error:
        raise refusal("unreadable", name, detail=str(error)) from error
    for rows, columns in extents:
        if rows * columns > LARGEST:
            raise refusal("stray_cell", name, row=rows)

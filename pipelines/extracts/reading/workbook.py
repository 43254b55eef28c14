"""Workbooks of every age: XLSX, XLS and its likes, XLSB, ODS, read by python-calamine as grids of text.
Which sheet holds the extract is told by `grid`; what an XLSX package hides from the library, by `package`."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from pipelines.extracts.messages import refusal
from pipelines.extracts.reading import apart, binary, compound, opendocument, package
from pipelines.extracts.reading.entries import usual_form
from pipelines.extracts.reading.grid import Around, Grid, grid_of, source_of
from pipelines.extracts.reading.source import MEGABYTE, Limits, Recognise, Source, Span

# What a workbook may take of the processor: some seconds, and more by its size (bytes a second).
SECONDS, SLOWEST = 6, MEGABYTE // 2
BOOKS = {"xl/workbook.xml": "xlsx", "xl/workbook.bin": "xlsb", "content.xml": "ods"}


def _opened(path: Path, name: str, limits: Limits) -> tuple[str, Path | io.BytesIO]:
    """The format of a zipped workbook, by what it contains, and the workbook with its parts as they are named usually.

    FileRefusedError: truncated, not_as_named, too_large, unreadable.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
        raise refusal("truncated", name, place="文件末尾", place_en="its end") from error
    if size > limits.xlsx_unzipped:
        shown = f"{size / MEGABYTE:,.0f} MB", f"{limits.xlsx_unzipped / MEGABYTE:,.0f} MB"
        raise refusal("too_large", name, size=shown[0], limit=shown[1])
    try:
        book = usual_form(path)
        with zipfile.ZipFile(book) as archive:
            entries = archive.namelist()
    except package.BROKEN as error:
        raise refusal("unreadable", name, detail=str(error)) from error
    found = next((format_name for entry, format_name in BOOKS.items() if entry in entries), None)
    if found is None and any(entry.startswith("xl/workbook") for entry in entries):
        found = "xlsx"
    if found is None:
        raise refusal("not_as_named", name, found="ZIP", ending=path.suffix.lower())
    return found, book


def _rows(cells: list[list[Any]], at: Sequence[int] | None) -> Iterator[tuple[int, Sequence[Any]]]:
    numbers = at if at is not None else range(1, len(cells) + 1)
    return zip(numbers, cells, strict=True)


def _grids(workbook: CalamineWorkbook, seen: dict[str, package.Seen]) -> list[Grid]:
    """The sheets; of an empty one its name may say something."""
    found = []
    for sheet in workbook.sheets_metadata:
        of_package = seen.get(sheet.name, package.NOTHING)
        read = workbook.get_sheet_by_name(sheet.name)
        merged = read.merged_cell_ranges or ()
        spans = [Span(top + 1, bottom + 1, left, right) for (top, left), (bottom, right) in merged]
        grid = grid_of(
            sheet.name,
            _rows(read.to_python(skip_empty_area=False), of_package.rows),
            spans=of_package.spans if of_package.spans is not None else tuple(spans),
            doubts=of_package.doubts,
            beside=of_package.beside,
            unseen=of_package.unseen,
            hidden=sheet.visible != SheetVisibleEnum.Visible,
        )
        found.append(grid)
    return found


def _refuse_unendable(content: bytes, name: str) -> None:
    """Refuse a book (unreadable) on which the library would end this very process: it aborts on some flipped bits."""

    def read() -> None:
        with CalamineWorkbook.from_object(io.BytesIO(content)) as workbook:
            for sheet in workbook.sheet_names:
                workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)

    if not apart.ends_well(read, SECONDS + len(content) // SLOWEST):
        raise refusal("unreadable", name, detail="calamine")


def _read(content: str | io.BytesIO, seen: dict[str, package.Seen], name: str) -> list[Grid]:
    try:
        with CalamineWorkbook.from_object(content) as workbook:
            return _grids(workbook, seen)
    except PasswordError as error:
        raise refusal("encrypted", name) from error
    except (CalamineError, OSError, ValueError) as error:
        raise refusal("unreadable", name, detail=str(error)) from error


def _whole(path: Path) -> io.BytesIO:
    return io.BytesIO(path.read_bytes())


def read(path: Path, name: str, recognise: Recognise, limits: Limits) -> Source:
    """Open a zipped workbook. Raises FileRefusedError (truncated, not_as_named, too_large, several_sheets, …)."""
    format_name, book = _opened(path, name, limits)
    # The library goes by the ending of a path, which the content need not match.
    is_as_named = book is path and path.suffix.lower() == f".{format_name}"
    content: str | io.BytesIO = str(path) if is_as_named else book if isinstance(book, io.BytesIO) else _whole(path)
    seen: dict[str, package.Seen] = {}
    around = Around()
    if format_name == "xlsx":
        copy, seen, around = package.looked_through(book, name)
        content = copy or content
    elif format_name == "xlsb":
        seen, around = binary.looked_through(book, name)
    elif format_name == "ods":
        copy, seen, around = opendocument.looked_through(book, name)
        content = copy or content
    if isinstance(content, io.BytesIO):
        content.seek(0)
    if format_name != "xlsx":
        _refuse_unendable(content.getvalue() if isinstance(content, io.BytesIO) else path.read_bytes(), name)
    return source_of(format_name, _read(content, seen, name), name, recognise, around)


def read_old(path: Path, name: str, recognise: Recognise, limits: Limits) -> Source:
    """Open a workbook of Excel 97–2003, or of a program that writes its format. FileRefusedError as in `read`."""
    content = path.read_bytes()
    _refuse_unendable(content, name)
    grids = _read(io.BytesIO(content), {}, name)
    try:
        seen, around = compound.looked_through(content)
    except (compound.NotFollowedError, struct.error, IndexError) as error:
        raise refusal("unreadable", name, detail=str(error)) from error
    grids = [
        replace(grid, doubts=of.doubts, beside=of.beside, unseen=of.unseen) if (of := seen.get(grid.title)) else grid
        for grid in grids
    ]
    return source_of("xls", grids, name, recognise, around)

"""XLSX workbooks: the one sheet that holds the extract, its cells as the text a clerk would have typed.
Excel dates come out as dates, long numbers that Excel has rounded are marked; encryption is found by `opening`."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import polars as pl
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from pipelines.extracts.messages import refusal
from pipelines.extracts.reading.source import MEGABYTE, Chunk, Limits, Line, Recognise, Source, header_place, text_frame

# Excel keeps fifteen significant digits: an identifier with more has lost its end.
EXACT_LIMIT = 1e15


def cell_text(cell: Any) -> str:
    """One cell as text. A number with more digits than Excel keeps comes out in scientific notation, as its mark."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        if abs(cell) >= EXACT_LIMIT:
            return f"{cell:E}"
        if cell.is_integer():
            return str(int(cell))
        text = repr(cell)
        return f"{cell:.12f}".rstrip("0") if "e" in text else text
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def _check_archive(path: Path, name: str, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = {entry.filename: entry.file_size for entry in archive.infolist()}
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
        raise refusal("truncated", name, place="文件末尾", place_en="its end") from error
    if not any(entry.startswith("xl/workbook") for entry in entries):
        raise refusal("not_as_named", name, found="ZIP", ending=".xlsx")
    if sum(entries.values()) > limits.xlsx_unzipped:
        shown = f"{sum(entries.values()) / MEGABYTE:,.0f} MB", f"{limits.xlsx_unzipped / MEGABYTE:,.0f} MB"
        raise refusal("too_large", name, size=shown[0], limit=shown[1])


Rows = list[tuple[str, ...]]


def _sheets(path: Path, name: str) -> dict[str, Rows]:
    """The sheets that are not empty, each as rows of texts counted from its first row."""
    try:
        with CalamineWorkbook.from_path(str(path)) as workbook:
            found: dict[str, Rows] = {}
            for title in workbook.sheet_names:
                cells = workbook.get_sheet_by_name(title).to_python(skip_empty_area=False)
                rows = [tuple(cell_text(cell) for cell in row) for row in cells]
                if any(cell.strip() for row in rows for cell in row):
                    found[title] = rows
            return found
    except PasswordError as error:
        raise refusal("encrypted", name) from error
    except (CalamineError, OSError, ValueError) as error:
        raise refusal("unreadable", name, detail=str(error)) from error


def _the_sheet(sheets: dict[str, Rows], name: str, recognise: Recognise) -> tuple[str, Rows]:
    """The one sheet with known headings; notes on other sheets do not matter, a second sheet of data does."""
    if not sheets:
        raise refusal("empty_file", name)
    known = {
        title: rows
        for title, rows in sheets.items()
        if (place := header_place(rows, recognise)) is not None
        and recognise(rows[place]) >= 2
        and len(rows) > place + 1
    }
    if len(known) > 1:
        raise refusal("several_sheets", name, sheets="、".join(known))
    return next(iter(known.items()), next(iter(sheets.items())))


def _chunks(rows: Rows, place: int) -> Iterator[Chunk]:
    headings = rows[place]
    body = rows[place + 1 :]
    columns: list[tuple[str, ...]] = list(zip(*body, strict=True)) if body else [()] * len(headings)
    first = place + 2
    numbers = pl.int_range(first, first + len(body), dtype=pl.Int32, eager=True)
    yield Chunk(headings, text_frame(columns), numbers)


def read(path: Path, name: str, recognise: Recognise, limits: Limits) -> Source:
    """Open a workbook. Raises FileRefusedError (truncated, not_as_named, too_large, encrypted, several_sheets, …)."""
    _check_archive(path, name, limits)
    title, rows = _the_sheet(_sheets(path, name), name, recognise)
    place = header_place(rows, recognise)
    if place is None:
        raise refusal("empty_file", name)
    above = tuple(Line(number + 1, cells) for number, cells in enumerate(rows[:place]))
    header = (Line(place + 1, rows[place]),)
    damaged = any("\ufffd" in cell for row in rows for cell in row)
    return Source("xlsx", None, damaged, _chunks(rows, place), above=above, header=header, title=title)

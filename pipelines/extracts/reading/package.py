"""An XLSX package looked through before the library reads it: stray cells far away, formulas without a stored value.
The library keeps a sheet as a full rectangle, so that one cell in its last corner would take all memory."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

from lxml import etree

from pipelines.extracts.messages import refusal
from pipelines.extracts.reading import parts
from pipelines.extracts.reading.entries import column_letters, column_place, is_usual, links_of, parser, with_places
from pipelines.extracts.reading.grid import Around
from pipelines.extracts.reading.source import OPEN_FORMULA, Beside, Doubt, Span
from pipelines.extracts.reading.struck import CONDITIONED
from pipelines.extracts.reading.struck import office_xml as struck

BLOCK = 4 << 20
SPARSE_FROM, DENSITY = 2_000_000, 8  # a rectangle of so many cells with not one in eight used is read without its gaps
LARGEST = 50_000_000  # cells of a rectangle that the library is asked for
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d+)"')
_HIDDEN = re.compile(rb"<(?:\w+:)?row\b(?=[^>]*?\bhidden=[\"'](?:1|true)[\"'])[^>]*?\br=[\"'](\d+)")
_WIDE = re.compile(rb'\br="([A-Z]{2,3})\d')
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_OPEN_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:</(?:\w+:)?c>|<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)"
)
_REF = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
_CELLS = re.compile(r"([A-Z]{0,3})(\d*)(?::([A-Z]{0,3})(\d*))?")
LAST_ROW = 1 << 20
_STRING = re.compile(rb'\bt="str"')
_RELATED = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
# What a damaged package raises, in the archive, in its compressed data, or in its XML.
BROKEN = (
    zipfile.BadZipFile, zlib.error, etree.LxmlError, KeyError, ValueError, NotImplementedError, EOFError, OSError,
    RuntimeError,
)  # fmt: skip


class Seen(NamedTuple):
    """What was seen of one sheet. `rows` are the clerk's numbers of its rows, where gaps were taken out."""

    doubts: tuple[Doubt, ...] = ()
    rows: tuple[int, ...] | None = None
    spans: tuple[Span, ...] | None = None
    beside: tuple[Beside, ...] = ()
    unseen: tuple[int, ...] = ()  # rows that are hidden


class _Extent(NamedTuple):
    rows: int
    columns: int
    cells: int
    doubts: tuple[Doubt, ...]
    beside: tuple[Beside, ...]
    unseen: tuple[int, ...]


NOTHING = Seen()


def _blocks(stream: IO[bytes]) -> Iterator[bytes]:
    """The stream in pieces that end with a row."""
    rest = b""
    while block := stream.read(BLOCK):
        rest += block
        cut = rest.rfind(b"row>") + 4
        if cut >= 4:
            yield rest[:cut]
            rest = rest[cut:]
    yield rest


def _open_formulas(block: bytes) -> Iterator[Doubt]:
    for match in _OPEN_FORMULA.finditer(block):
        ref = _REF.search(match[1])
        if ref and not (_STRING.search(match[1]) and not match[0].endswith(b"c>")):
            yield Doubt(int(ref[2]), column_place(ref[1].decode()), OPEN_FORMULA)


def conditioned(ranges: Iterable[str]) -> Iterator[Doubt]:
    """The doubts of ranges of cells, as A2:H10, that a condition may strike out."""
    for cells in ranges:
        if match := _CELLS.fullmatch(cells):
            facts = (("cells", cells), ("last", int(match[4] or (LAST_ROW if match[3] else match[2]) or LAST_ROW)))
            yield Doubt(int(match[2] or 1), column_place(match[1] or "A"), CONDITIONED, facts)


def _extent(stream: IO[bytes], styles: parts.Styles) -> _Extent | None:
    """What is seen of a sheet; None of one in which not every cell says as usual where it stands."""
    rows = cells = 0
    widest = "Z"
    doubts: list[Doubt] = []
    beside: list[Beside] = []
    unseen: list[int] = []
    for block in _blocks(stream):
        if not is_usual(block):
            return None
        cells += block.count(b"<c ") + block.count(b":c ")
        if at := _last_row(block):
            rows = max(rows, at)
        for letters in set(_WIDE.findall(block)):
            widest = max(widest, letters.decode(), key=lambda found: (len(found), found))
        if (b"<f" in block or b":f" in block) and _FORMULA.search(block):
            doubts += _open_formulas(block)
        doubts += parts.odd_cells(block, styles, column_place)
        doubts += parts.error_cells(block, column_place)
        doubts += (Doubt(row, column_place(at), code) for at, row, code in struck.marked_cells(block, styles.fonts))
        doubts += conditioned(struck.conditioned(block, styles.fonts))
        beside += parts.said_in_block(block, styles)
        unseen += map(int, _HIDDEN.findall(block)) if b"hidden=" in block else ()
    return _Extent(rows, column_place(widest) + 1, cells, tuple(doubts), tuple(beside), tuple(unseen))


def _last_row(block: bytes) -> int:
    """The number of the last row in a block: rows stand in order."""
    place = max(block.rfind(b"<row"), block.rfind(b":row "))
    match = _ROW.search(block, max(0, block.rfind(b"<", 0, place + 1))) if place >= 0 else None
    return int(match[1]) if match else 0


def _book(archive: zipfile.ZipFile) -> tuple[str, Any]:
    """The part of the workbook, and what it says."""
    roots = etree.fromstring(archive.read("_rels/.rels"), parser())
    main = next((link.get("Target") for link in roots if link.get("Type", "").endswith("/officeDocument")), "")
    part = posixpath.join("/", main).lstrip("/")
    return part, etree.fromstring(archive.read(part), parser())


def _sheets(archive: zipfile.ZipFile, main: str, book: Any) -> dict[str, str]:
    """Sheet name → its part of the package."""
    folder = posixpath.dirname(posixpath.join("/", main))
    links = etree.fromstring(archive.read(links_of(main)), parser())
    targets = {link.get("Id"): posixpath.normpath(posixpath.join(folder, link.get("Target", ""))) for link in links}
    sheets = [sheet for sheet in book.iter("{*}sheet") if any(sheet.get(name) in targets for name in _RELATED)]
    return {sheet.get("name"): _target(sheet, targets).lstrip("/") for sheet in sheets}


def _target(sheet: Any, targets: dict[str, str]) -> str:
    return next(targets[sheet.get(name)] for name in _RELATED if sheet.get(name) in targets)


def _place(cell: Any) -> int:
    return column_place(re.sub(r"\d", "", cell.get("r", "A")))


def _without_gaps(content: bytes, doubts: tuple[Doubt, ...]) -> tuple[bytes, Seen]:
    """The sheet without empty cells, rows and columns, and what its rows and columns were."""
    sheet = etree.fromstring(content, parser())
    for cell in [cell for cell in sheet.iter("{*}c") if not len(cell)]:
        cell.getparent().remove(cell)
    rows = {int(row.get("r", 0)): row for row in sheet.iter("{*}row") if len(row)}
    for row in [row for row in sheet.iter("{*}row") if not len(row)]:
        row.getparent().remove(row)
    places = sorted({_place(cell) for row in rows.values() for cell in row})
    new = {place: number for number, place in enumerate(places)}
    for number, row in enumerate(rows.values(), 1):
        row.set("r", str(number))
        for cell in row:
            cell.set("r", f"{column_letters(new[_place(cell)])}{number}")
    spans = []
    for merged in list(sheet.iter("{*}mergeCell")):
        first, _, last = merged.get("ref", "").partition(":")
        ends = [re.fullmatch(r"([A-Z]+)(\d+)", end) for end in (first, last)]
        if ends[0] and ends[1]:
            inside = [new[p] for p in places if column_place(ends[0][1]) <= p <= column_place(ends[1][1])]
            if inside:
                spans.append(Span(int(ends[0][2]), int(ends[1][2]), inside[0], inside[-1]))
    for apart in [*sheet.iter("{*}dimension"), *sheet.iter("{*}mergeCells")]:
        apart.getparent().remove(apart)
    moved = tuple(doubt._replace(place=new[doubt.place]) for doubt in doubts if doubt.place in new)
    return etree.tostring(sheet, xml_declaration=True, encoding="UTF-8"), Seen(moved, tuple(rows), tuple(spans))


def rebuilt(archive: zipfile.ZipFile, changed: dict[str, bytes]) -> io.BytesIO:
    """A copy of a package with some of its parts changed."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        for entry in archive.infolist():
            copy.writestr(entry.filename, changed.get(entry.filename) or archive.read(entry))
    content.seek(0)
    return content


def _looked_at(archive: zipfile.ZipFile, part: str, styles: parts.Styles) -> tuple[bytes | None, _Extent]:
    """What is seen of a sheet, and its XML where it had to be written as usual first."""
    with archive.open(part) as stream:
        if extent := _extent(stream, styles):
            return None, extent
    content = with_places(archive.read(part))
    extent = _extent(io.BytesIO(content), styles)
    if extent is None:
        raise ValueError(f"{part}: cells without a place")
    return content, extent


def looked_through(path: Path | io.BytesIO, name: str) -> tuple[io.BytesIO | None, dict[str, Seen], Around]:
    """A copy without gaps where the library cannot read the file itself, what was seen of each sheet, and of all."""
    seen: dict[str, Seen] = {}
    changed: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(path) as archive:
            present = set(archive.namelist())
            main, book = _book(archive)
            styles = parts.styles(archive)
            around = Around(tuple(parts.properties(archive)), parts.day_zero(book))
            for title, part in _sheets(archive, main, book).items():
                if part not in present:
                    continue
                content, extent = _looked_at(archive, part, styles)
                beside = (*extent.beside, *parts.said_beside(archive, part))
                seen[title] = Seen(extent.doubts, beside=beside, unseen=extent.unseen)
                if extent.rows * extent.columns > max(SPARSE_FROM, DENSITY * extent.cells):
                    content, found = _without_gaps(content or archive.read(part), extent.doubts)
                    seen[title] = found._replace(beside=beside, unseen=extent.unseen)
                if content is not None:
                    changed[part] = content
            return (rebuilt(archive, changed) if changed else None), seen, around
    except BROKEN as error:
        raise refusal("unreadable", name, detail=str(error)) from error

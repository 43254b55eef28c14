"""An XLSB package looked through before the library reads it: far cells, number formats, page headers, notes, 1904.
The values are read by the library, in `workbook`; it stores what formulas give."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree

from pipelines.extracts.messages import refusal
from pipelines.extracts.reading import formats, parts
from pipelines.extracts.reading.entries import parser
from pipelines.extracts.reading.grid import Around
from pipelines.extracts.reading.package import BROKEN, LARGEST, Seen
from pipelines.extracts.reading.source import ERROR, ODD_FORMAT, SINCE_1904, Beside, Doubt
from pipelines.extracts.reading.struck.office_binary import Fonts, rich_text

_ROW, _FIRST_CELL, _LAST_CELL = 0, 1, 11  # kinds of records: a row begins, a cell of any type
_HEIGHTLESS = 0x10  # of the flags of a row
_ERRORS = (3, 11)  # a cell of its own, and a formula's
_NUMBERS = (2, 5, 9)  # a number, short or long, and a formula's
_FORMAT, _FONT, _STYLE, _STYLES, _STYLES_END = 44, 43, 47, 617, 618
_SCRIPT_AT = 6  # of a font
_SHARED, _SHARED_TEXT, _RICH_CELL = 19, 7, 62
_BOOK_PROPERTIES, _SHEET, _PAGE, _NOTE = 153, 156, 479, 637
_NAMES = re.compile(r"&[A-Z]|&\"[^\"]*\"|&\d+")
_BROKEN = (*BROKEN, IndexError, struct.error)


def _records(content: bytes) -> Iterator[tuple[int, int, int]]:
    """The kind, the place and the end of the body of every record ([MS-XLSB] 2.1.4)."""
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
        yield kind, place, place + size
        place += size


def _wide(content: bytes, at: int) -> tuple[str, int]:
    """A text at a place, and where it ends; an absent one is empty."""
    length = int.from_bytes(content[at : at + 4], "little")
    if length == 0xFFFFFFFF:
        return "", at + 4
    return content[at + 4 : at + 4 + 2 * length].decode("utf-16-le", errors="replace"), at + 4 + 2 * length


def _odd_styles(content: bytes) -> Mapping[int, str]:
    """The doubtful formats by the number of the cells' style."""
    codes: dict[int, str] = {**formats.BUILT_IN}
    used: list[int] = []
    inside = False
    for kind, at, _ in _records(content):
        if kind == _FORMAT:
            codes[int.from_bytes(content[at : at + 2], "little")] = _wide(content, at + 2)[0]
        elif kind in (_STYLES, _STYLES_END):
            inside = kind == _STYLES
        elif kind == _STYLE and inside:
            used.append(int.from_bytes(content[at + 2 : at + 4], "little"))
    return {place: codes[of] for place, of in enumerate(used) if of in codes and formats.is_doubtful(codes[of])}


def _fonts(styles: bytes, texts: bytes) -> Fonts:
    """The fonts of a workbook, those of the cells' styles, and its shared texts with their runs."""
    found, inside = Fonts(), False
    for kind, at, end in _records(styles):
        if kind == _FONT:
            found.font(styles[at:end], _SCRIPT_AT)
        elif kind in (_STYLES, _STYLES_END):
            inside = kind == _STYLES
        elif kind == _STYLE and inside:
            found.of_styles.append(int.from_bytes(styles[at + 4 : at + 6], "little"))
    if not found.is_plain:
        found.texts += [rich_text(texts, at) for kind, at, _ in _records(texts) if kind == _SHARED]
    return found


def _marked(content: bytes, kind: int, at: int, style: int, fonts: Fonts) -> str | None:
    """What is doubtful of a cell whose text is struck out or raised."""
    if kind == _RICH_CELL:
        return fonts.of_text(*rich_text(content, at + 8), fonts.of_cell(style) is not None)
    return fonts.of_cell(style, int.from_bytes(content[at + 8 : at + 12], "little") if kind == _SHARED_TEXT else None)


def _of_sheet(content: bytes, odd: Mapping[int, str], fonts: Fonts, name: str) -> Seen:
    """What was seen of one sheet. FileRefusedError (stray_cell) for one whose rectangle could not be read."""
    row = last = width = 0
    doubts: list[Doubt] = []
    said: list[Beside] = []
    unseen: list[int] = []
    for kind, at, _ in _records(content):
        if kind == _ROW:
            row = int.from_bytes(content[at : at + 4], "little") + 1
            unseen += [row] if content[at + 11] & _HEIGHTLESS else []
        elif _FIRST_CELL < kind <= _LAST_CELL or kind == _RICH_CELL:
            place, style = (
                int.from_bytes(content[at : at + 4], "little"),
                int.from_bytes(content[at + 4 : at + 7], "little"),
            )
            last, width = row, max(width, place + 1)
            if not fonts.is_plain and (code := _marked(content, kind, at, style, fonts)):
                doubts.append(Doubt(row, place, code))
            if kind in _ERRORS:
                doubts.append(Doubt(row, place, ERROR))
            if kind in _NUMBERS and style in odd:
                doubts.append(Doubt(row, place, ODD_FORMAT, (("format", odd[style]),)))
        elif kind == _PAGE:
            said += _pages(content, at + 2)
    if last * width > LARGEST:
        raise refusal("stray_cell", name, row=last)
    return Seen(tuple(doubts), beside=tuple(said), unseen=tuple(unseen))


def _pages(content: bytes, at: int) -> Iterator[Beside]:
    for _ in range(6):
        text, at = _wide(content, at)
        yield from (Beside("page", "", line) for line in _NAMES.sub("\n", text).splitlines() if line.strip())


def _notes(archive: zipfile.ZipFile, part: str) -> Iterator[Beside]:
    """The notes of a sheet, and the texts of its drawings, which are XML here too."""
    for kind, target in parts.related(archive, part):
        if kind == "comments" and target.endswith(".bin"):
            content = archive.read(target)
            texts = [_wide(content, at + 1)[0] for found, at, _ in _records(content) if found == _NOTE]
            yield from (Beside("note", "", line) for text in texts for line in text.splitlines() if line.strip())
    yield from parts.said_beside(archive, part)


def looked_through(path: Path | io.BytesIO, name: str) -> tuple[dict[str, Seen], Around]:
    """What was seen of each sheet, and of the whole. FileRefusedError (stray_cell, unreadable)."""
    try:
        with zipfile.ZipFile(path) as archive:
            book = archive.read("xl/workbook.bin")
            targets = dict(_relations(archive))
            styles, texts = (_part(archive, part) for part in ("xl/styles.bin", "xl/sharedStrings.bin"))
            odd, fonts = _odd_styles(styles), _fonts(styles, texts)
            seen: dict[str, Seen] = {}
            for title, relation in _sheets(book):
                part = targets.get(relation, "")
                if part in archive.namelist():
                    found = _of_sheet(archive.read(part), odd, fonts, name)
                    seen[title] = found._replace(beside=(*found.beside, *_notes(archive, part)))
            since = any(kind == _BOOK_PROPERTIES and _is_since_1904(book, at) for kind, at, _ in _records(book))
            return seen, Around(tuple(parts.properties(archive)), SINCE_1904 if since else 0)
    except _BROKEN as error:
        raise refusal("unreadable", name, detail=str(error)) from error


def _part(archive: zipfile.ZipFile, part: str) -> bytes:
    return archive.read(part) if part in archive.namelist() else b""


def _is_since_1904(book: bytes, at: int) -> bool:
    """Whether the workbook's days are counted from 1904: the first bit of its properties."""
    return bool(book[at] & 1)


def _sheets(book: bytes) -> Iterator[tuple[str, str]]:
    """The sheets' names and their relations."""
    for kind, at, _ in _records(book):
        if kind == _SHEET:
            relation, end = _wide(book, at + 8)
            yield _wide(book, end)[0], relation


def _relations(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    links = etree.fromstring(archive.read("xl/_rels/workbook.bin.rels"), parser())
    for link in links:
        target = link.get("Target", "")
        yield link.get("Id", ""), target.lstrip("/") if target.startswith("/") else f"xl/{target}"

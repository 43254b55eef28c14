"""What an XLSX package says outside of its cells' values: number formats, page headers, notes, text boxes, properties.
Read because a unit may stand there; the cells themselves belong to `package` and the library."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from lxml import etree

from pipelines.extracts.reading import formats
from pipelines.extracts.reading.entries import links_of, parser
from pipelines.extracts.reading.source import ERROR, ODD_FORMAT, SINCE_1904, Beside, Doubt
from pipelines.extracts.reading.struck.office_xml import Fonts, rich_strings, struck_conditions, struck_styles

_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*[^/])>")
_ERROR = re.compile(rb"<(?:\w+:)?c\b([^>]*\bt=[\"']e[\"'][^>]*)>")
_STYLE, _TYPE = re.compile(rb"\bs=[\"'](\d+)"), re.compile(rb"\bt=[\"'](\w+)")
_REF = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d+)")
_PAGE = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)>(?:<!\[CDATA\[)?([^<]*?)(?:\]\]>)?<")
_PROMPT = re.compile(rb'\b(?:prompt|promptTitle|error|errorTitle)="([^"]*)"')
_CONDITION = re.compile(rb'\bdxfId="(\d+)"')
_CODES = re.compile(r'&"[^"]*"|&K[0-9A-Fa-f]{6}|&\d+|&[A-Z]')
_NOTED = {"comments": "note", "threadedComment": "note", "drawing": "drawing", "chart": "drawing", "chartEx": "drawing"}


@dataclass(frozen=True)
class Styles:
    """The doubtful number formats of a workbook by the number of a cell's style and of a conditional one; its fonts."""

    cells: Mapping[int, str] = field(default_factory=dict)
    conditions: Mapping[int, str] = field(default_factory=dict)
    fonts: Fonts = field(default_factory=Fonts)


def tree(archive: zipfile.ZipFile, part: str) -> Any | None:
    """A part of a package as XML; None where there is none."""
    return etree.fromstring(archive.read(part), parser()) if part in archive.namelist() else None


def related(archive: zipfile.ZipFile, part: str) -> list[tuple[str, str]]:
    """The parts that a part refers to: the last word of the relation, and the place in the package."""
    links = tree(archive, links_of(part))
    found = []
    for link in links if links is not None else ():
        target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), link.get("Target", "")))
        found.append((posixpath.basename(link.get("Type", "")), target.lstrip("/")))
    return found


def styles(archive: zipfile.ZipFile) -> Styles:
    """The doubtful formats of a workbook's styles, and its fonts, from the parts that the library reads too."""
    strings = rich_strings(archive, "xl/sharedStrings.xml")
    sheet = tree(archive, "xl/styles.xml")
    if sheet is None:
        return Styles(fonts=Fonts(frozenset(), strings))
    codes = {each.get("numFmtId"): each.get("formatCode", "") for each in sheet.iter("{*}numFmt")}
    codes |= {str(number): code for number, code in formats.BUILT_IN.items()}
    odd = {number: code for number, code in codes.items() if formats.is_doubtful(code)}
    used = [each.get("numFmtId") for group in sheet.iter("{*}cellXfs") for each in group]
    of_conditions = [
        next((each.get("formatCode", "") for each in style.iter("{*}numFmt")), "")
        for group in sheet.iter("{*}dxfs")
        for style in group
    ]
    return Styles(
        {place: odd[number] for place, number in enumerate(used) if number in odd},
        {place: code for place, code in enumerate(of_conditions) if formats.is_doubtful(code) and "%" not in code},
        Fonts(struck_styles(sheet), strings, struck_conditions(sheet)),
    )


def day_zero(book: Any) -> int:
    """By how many days a workbook's count of days begins later than Excel's own."""
    said = [each.get("date1904", "") for each in book.iter("{*}workbookPr")]
    return SINCE_1904 if any(text in ("1", "true", "on") for text in said) else 0


def odd_cells(block: bytes, known: Styles, place_of: Any) -> Iterator[Doubt]:
    """The numbers of a block that are shown otherwise than they are stored."""
    for match in _CELL.finditer(block) if known.cells else ():
        style, kind, ref = _STYLE.search(match[1]), _TYPE.search(match[1]), _REF.search(match[1])
        code = known.cells.get(int(style[1]) if style else 0)
        if ref and code is not None and (kind is None or kind[1] == b"n"):
            yield Doubt(int(ref[2]), place_of(ref[1].decode()), ODD_FORMAT, (("format", code),))


def error_cells(block: bytes, place_of: Any) -> Iterator[Doubt]:
    """The cells of a block in which an error stands, #N/A or #DIV/0!: the library gives them as empty."""
    for match in _ERROR.finditer(block) if b't="e"' in block or b"t='e'" in block else ():
        if ref := _REF.search(match[1]):
            yield Doubt(int(ref[2]), place_of(ref[1].decode()), ERROR)


def _plain(text: bytes) -> list[str]:
    return [line for line in _CODES.sub("\n", unescape(text.decode(errors="replace"))).splitlines() if line.strip()]


def said_in_block(block: bytes, known: Styles) -> Iterator[Beside]:
    """Page headers, prompts at cells and conditional formats that stand in a block of a sheet's XML."""
    for pattern, where, hints in ((_PAGE, "page", (b"eader>", b"ooter>")), (_PROMPT, "note", (b"rompt", b"rror"))):
        for match in pattern.finditer(block) if any(hint in block for hint in hints) else ():
            yield from (Beside(where, "", line) for line in _plain(match[1]))
    for match in _CONDITION.finditer(block) if known.conditions else ():
        if code := known.conditions.get(int(match[1])):
            yield Beside("format", "", code)


def said_beside(archive: zipfile.ZipFile, part: str) -> Iterator[Beside]:
    """The notes, the text boxes and the charts of a sheet, line by line."""
    for kind, target in related(archive, part):
        found = tree(archive, target) if kind in _NOTED and target.endswith(".xml") else None
        if found is None:
            continue
        if kind == "drawing":
            yield from said_beside(archive, target)  # its charts
        for group in [*found.iter("{*}comment", "{*}threadedComment", "{*}p")]:
            text = "".join(each.text or "" for each in group.iter("{*}t", "{*}text"))
            yield from (Beside(_NOTED[kind], group.get("ref", ""), line) for line in text.splitlines() if line.strip())


def properties(archive: zipfile.ZipFile) -> Iterator[Beside]:
    """What the document's properties say: title, subject, keywords and the like."""
    for part in ("docProps/core.xml", "docProps/custom.xml", "meta.xml"):
        found = tree(archive, part)
        for each in found.iter() if found is not None else ():
            if isinstance(each.tag, str) and (each.text or "").strip():
                yield Beside("properties", "", each.text.strip())

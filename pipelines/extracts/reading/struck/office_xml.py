"""Struck and raised texts of an XLSX package: its fonts, its shared strings, and the cells that use them.
The XML of a sheet is handed in by blocks; what else they say belongs to `parts`."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from pipelines.extracts.reading.struck.marks import Run, doubt_of

_MARKS = re.compile(rb"strike|vertAlign")
_LONGEST_MARK = 16
_BLOCK = 4 << 20
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*[^/>])>(.*?)</(?:\w+:)?c>", re.DOTALL)
_STYLE, _TYPE = re.compile(rb"\bs=[\"'](\d+)"), re.compile(rb"\bt=[\"'](\w+)")
_REF = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d+)")
_SHARED = re.compile(rb"<(?:\w+:)?v>\s*(\d+)\s*</")
_CONDITIONAL = re.compile(
    rb"<(?:\w+:)?conditionalFormatting\b([^>]*)>(.*?)</(?:\w+:)?conditionalFormatting>", re.DOTALL
)
_DXF = re.compile(rb"\bdxfId=[\"'](\d+)")
_OWN_DXF = re.compile(rb"<(?:\w+:)?strike\b(?![^>]*\bval=[\"'](?:0|false|off)[\"'])")
_RANGE, _FORMULA_RANGE = re.compile(rb"\bsqref=[\"']([^\"']*)"), re.compile(rb"sqref>([^<]*)<")
_TAG = re.compile(rb"<(/?)(?:\w+:)?(\w+)")


@dataclass(frozen=True)
class Fonts:
    """The cells' styles that strike their text out, the shared strings with runs of their own, and the formats of
    conditions that strike out, by number."""

    styles: frozenset[int] = frozenset()
    strings: Mapping[int, tuple[Run, ...]] = field(default_factory=dict)
    conditions: frozenset[int] = frozenset()


def _is_on(mark: Any) -> bool:
    return mark.get("val", "1") not in ("0", "false", "off")


def _run(element: Any) -> Run:
    text = "".join(each.text or "" for each in element.iter("{*}t"))
    dress = element.find("{*}rPr")
    if dress is None:
        return Run(text)
    is_raised = any(each.get("val") in ("superscript", "subscript") for each in dress.iter("{*}vertAlign"))
    return Run(text, any(map(_is_on, dress.iter("{*}strike"))), is_raised)


def _runs(item: Any) -> tuple[Run, ...]:
    """The runs of a rich text; none of a plain one."""
    return tuple(_run(each) for each in item.iterchildren("{*}r"))


def struck_styles(sheet: Any) -> frozenset[int]:
    """The cells' styles whose font strikes out, by number, of a package's styles."""
    fonts = [any(map(_is_on, font.iter("{*}strike"))) for group in sheet.iter("{*}fonts") for font in group]
    used = [int(each.get("fontId") or 0) for group in sheet.iter("{*}cellXfs") for each in group]
    return frozenset(place for place, font in enumerate(used) if font < len(fonts) and fonts[font])


def struck_conditions(sheet: Any) -> frozenset[int]:
    """The formats of conditions that strike out, by number, of a package's styles."""
    looks = [any(map(_is_on, each.iter("{*}strike"))) for group in sheet.iter("{*}dxfs") for each in group]
    return frozenset(place for place, is_struck in enumerate(looks) if is_struck)


def conditioned(block: bytes, known: Fonts) -> Iterator[str]:
    """The ranges of cells of a block, as A2:H10, that a condition may strike out."""
    for match in _CONDITIONAL.finditer(block) if b"onditionalFormatting" in block else ():
        numbers = {int(number) for number in _DXF.findall(match[2])}
        if numbers & known.conditions or _OWN_DXF.search(match[2]):
            said = _RANGE.search(match[1]) or _FORMULA_RANGE.search(match[2])
            yield from said[1].decode().replace("$", "").split() if said else ()


def _is_marked(archive: zipfile.ZipFile, part: str) -> bool:
    with archive.open(part) as stream:
        rest = b""
        while block := stream.read(_BLOCK):
            if _MARKS.search(rest + block):
                return True
            rest = block[-_LONGEST_MARK:]
    return False


def rich_strings(archive: zipfile.ZipFile, part: str) -> dict[int, tuple[Run, ...]]:
    """The shared strings that have runs, by number; none where no run is struck out or raised."""
    if part not in archive.namelist() or not _is_marked(archive, part):
        return {}
    found: dict[int, tuple[Run, ...]] = {}
    with archive.open(part) as stream:
        items = etree.iterparse(stream, tag="{*}si", resolve_entities=False, no_network=True, huge_tree=True)
        for number, (_, item) in enumerate(items):
            if runs := _runs(item):
                found[number] = runs
            item.clear()
    return found


def _of_cell(attributes: bytes, content: bytes, known: Fonts) -> str | None:
    style, kind = _STYLE.search(attributes), _TYPE.search(attributes)
    is_struck = (int(style[1]) if style else 0) in known.styles
    if kind and kind[1] == b"s" and (shared := _SHARED.search(content)):
        return doubt_of(known.strings.get(int(shared[1]), (Run("x"),)), is_struck)
    if kind and kind[1] == b"inlineStr" and _MARKS.search(content):
        # Of a namespace that the block does not declare nothing is asked: names alone count.
        bare = _TAG.sub(rb"<\1\2", re.sub(rb"\s(?:xmlns(?::\w+)?|\w+:\w+)=(\"[^\"]*\"|'[^']*')", b"", content))
        return doubt_of(_runs(etree.fromstring(bare, etree.XMLParser(resolve_entities=False))), is_struck)
    return doubt_of((Run("x"),), is_struck) if b"v>" in content or b"t>" in content else None


def marked_cells(block: bytes, known: Fonts) -> Iterator[tuple[str, int, str]]:
    """The letters of a cell's column, its row, and what is doubtful of it; "" and 0 where it does not say its place."""
    if not known.styles and not known.strings and not (b"inlineStr" in block and _MARKS.search(block)):
        return
    for match in _CELL.finditer(block):
        if code := _of_cell(match[1], match[2], known):
            ref = _REF.search(match[1])
            yield (ref[1].decode(), int(ref[2]), code) if ref else ("", 0, code)

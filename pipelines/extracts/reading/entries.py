"""Zipped workbooks in the usual form: parts under the names that the library knows, XML in UTF-8, cells with places.
Writers may spell a part's name otherwise, or leave out where a cell stands; what parts say belongs to the readers."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from lxml import etree

HEAD = 128  # bytes in which an XML part says its encoding
_XML = (".xml", ".rels", ".vml")
_ENCODING = re.compile(rb"encoding=[\"']([\w.-]+)[\"']")
_LETTERS = re.compile(r"([A-Z]{1,3})\d+")
_KNOWN = ("[Content_Types].xml", "docProps/core.xml", "docProps/custom.xml", "content.xml", "styles.xml", "meta.xml",
          "xl/sharedStrings.xml", "xl/styles.xml", "xl/sharedStrings.bin", "xl/styles.bin")  # fmt: skip
_FIXED = {"sharedStrings": "xl/sharedStrings", "styles": "xl/styles", "": "xl/workbook"}
_ODD = re.compile(r"[\\%]|\.\./xl/|/\./|^\./")
_QUOTED = re.compile(rb"<[^<>?]*='")
_UNUSUAL = tuple(f"{tag}{mark}".encode() for tag in ("<c", "<row") for mark in "\r\n\t>")
_PREFIXED = re.compile(rb"<\w+:(?:c|row)[\r\n\t>]")


def parser() -> Any:
    """A parser of delivered XML: no entities, no network."""
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True)


def part_name(name: str) -> str:
    """The name of a part as the standard writes it: no backslashes, no escapes, no slash before it."""
    return posixpath.normpath("/" + unquote(name.replace("\\", "/"))).lstrip("/")


def _target(part: str, link: Any) -> str:
    """The part that a link of another part leads to."""
    place = unquote(link.get("Target", "").replace("\\", "/"))
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), place)).lstrip("/")


def links_of(part: str) -> str:
    """The part that holds the links of a part."""
    folder, file = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _of_links(part: str) -> str:
    """The part whose links a part of links holds."""
    folder, file = posixpath.split(part)
    return posixpath.join(posixpath.dirname(folder), file[: -len(".rels")])


@dataclass(frozen=True)
class _Package:
    """A package and its entries by folded part name: names of parts differ in more than case."""

    archive: zipfile.ZipFile
    entries: Mapping[str, str]

    def links(self, part: str) -> list[tuple[str, str]]:
        """The last word of each relation of a part, and where it leads."""
        entry = self.entries.get(links_of(part).casefold())
        return [] if entry is None else [
            (posixpath.basename(link.get("Type", "")), _target(part, link))
            for link in _internal(self.archive.read(entry))
        ]  # fmt: skip

    def names(self) -> dict[str, str]:
        """Folded part name → the name that the part is read under."""
        known = {name.casefold(): name for name in _KNOWN}
        found = {folded: known.get(folded, part_name(entry)) for folded, entry in self.entries.items()}
        main = next((target for kind, target in self.links("") if kind == "officeDocument"), None)
        if main is None:
            return found
        ending = posixpath.splitext(main)[1].casefold()
        fixed = {target.casefold(): kind for kind, target in (*self.links(main), ("", main)) if kind in _FIXED}
        return found | {folded: _FIXED[kind] + ending for folded, kind in fixed.items() if folded in found}

    def moved(self) -> dict[str, str]:
        """Entry → the name it is read under, in the order of the archive; what another part takes the name of goes."""
        names = self.names()
        for folded, entry in self.entries.items():
            if folded.endswith(".rels"):
                of = _of_links(part_name(entry))
                names[folded] = links_of(names.get(of.casefold(), of))
        taken = {names[folded]: entry for folded, entry in self.entries.items() if names[folded] != part_name(entry)}
        found = {entry: names[folded] for folded, entry in self.entries.items()}
        return {entry: name for entry, name in found.items() if taken.get(name, entry) == entry}


def _internal(content: bytes) -> Iterator[Any]:
    for link in etree.fromstring(content, parser()):
        if isinstance(link.tag, str) and link.get("TargetMode") != "External":
            yield link


def _package(archive: zipfile.ZipFile) -> _Package:
    """BadZipFile for a package in which one part is there twice: which of them holds, no reader can tell."""
    entries: dict[str, str] = {}
    for entry in (name for name in archive.namelist() if not name.endswith(("/", "\\"))):
        folded = part_name(entry).casefold()
        if folded in entries:
            raise zipfile.BadZipFile(f"{entry} is there twice")
        entries[folded] = entry
    return _Package(archive, entries)


def _is_utf8(archive: zipfile.ZipFile, entry: str) -> bool:
    with archive.open(entry) as stream:
        head = stream.read(HEAD)
    said = _ENCODING.search(head)
    return b"\x00" not in head and not (said and said[1].lower() not in (b"utf-8", b"us-ascii"))


def _relinked(content: bytes, of: str, package: _Package, moved: Mapping[str, str]) -> bytes:
    """A part of links that lead to the names that the parts are read under."""
    tree = etree.fromstring(content, parser())
    for link in tree:
        entry = package.entries.get(_target(of, link).casefold())
        if isinstance(link.tag, str) and link.get("TargetMode") != "External" and entry is not None and entry in moved:
            link.set("Target", f"/{moved[entry]}")
    return encoded(tree)


def _is_odd(link: Any, of: str, package: _Package, moved: Mapping[str, str]) -> bool:
    """Whether a link leads to a part otherwise than by the name that it is read under."""
    target = _target(of, link)
    entry = package.entries.get(target.casefold())
    return entry is not None and (moved.get(entry) != target or bool(_ODD.search(link.get("Target", ""))))


def encoded(tree: Any) -> bytes:
    """A tree as XML in UTF-8."""
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


def usual_form(path: Path) -> Path | io.BytesIO:
    """The workbook itself where its parts bear their usual names and are UTF-8, as nearly always; else a copy of which
    that is true. zipfile.BadZipFile, lxml's errors and the like for a package that no reader could follow."""
    with zipfile.ZipFile(path) as archive:
        package = _package(archive)
        moved = package.moved()
        links = {entry: _of_links(part_name(entry)) for entry in moved if part_name(entry).casefold().endswith(".rels")}
        wrong = any(_is_odd(link, of, package, moved) for entry, of in links.items()
                    for link in _internal(archive.read(entry)))  # fmt: skip
        odd = {
            entry for entry, name in moved.items() if name.casefold().endswith(_XML) and not _is_utf8(archive, entry)
        }
        if not wrong and not odd and all(entry == name for entry, name in moved.items()):
            return path
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
            for entry, name in moved.items():
                part = archive.read(entry)
                if entry in links:
                    part = _relinked(part, links[entry], package, moved)
                elif entry in odd:
                    part = encoded(etree.fromstring(part, parser()))
                copy.writestr(name, part)
    content.seek(0)
    return content


def is_usual(block: bytes) -> bool:
    """Whether each row and cell of a piece of a sheet's XML says first where it stands, as nearly all programs write
    it; what is read of it by patterns is read rightly only then."""
    if b"<!" in block or (b"='" in block and _QUOTED.search(block)):
        return False
    is_prefixed = b":row" in block
    if (
        not is_prefixed
        and block.count(b"<c") == block.count(b'<c r="')
        and block.count(b"<row") == block.count(b'<row r="')
    ):
        return True
    rows, cells = block.count(b"<row ") + block.count(b":row "), block.count(b"<c ") + block.count(b":c ")
    return (
        not any(mark in block for mark in _UNUSUAL)
        and not (is_prefixed and _PREFIXED.search(block))
        and rows == block.count(b'row r="')
        and cells == block.count(b'<c r="') + block.count(b':c r="')
    )


def with_places(content: bytes) -> bytes:
    """A sheet's XML with the place of each row and cell: what says none stands behind the one before it."""
    sheet, number = etree.fromstring(content, parser()), 0
    for row in sheet.iter("{*}row"):
        number = int(row.get("r") or number + 1)
        _say_first(row, str(number))
        place = -1
        for cell in row.iterchildren("{*}c"):
            said = _LETTERS.fullmatch(cell.get("r") or "")
            place = column_place(said[1]) if said else place + 1
            _say_first(cell, cell.get("r") if said else f"{column_letters(place)}{number}")
    return encoded(sheet)


def _say_first(element: Any, place: str) -> None:
    """Set where a row or a cell stands before all that it says of itself."""
    others = dict(element.attrib) | {"r": place}
    element.attrib.clear()
    element.set("r", place)
    for name, value in others.items():
        element.set(name, value)


def column_place(letters: str) -> int:
    """The place of a column, from 0: A is 0, AA 26."""
    place = 0
    for letter in letters:
        place = 26 * place + ord(letter) - 64
    return place - 1


def column_letters(place: int) -> str:
    """The letters of a column, by its place from 0."""
    found = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        found = chr(65 + rest) + found
    return found

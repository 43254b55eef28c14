"""Struck and raised texts of an ODS file: styles of cells and of spans.
What else an ODS file says of its cells belongs to `reading.opendocument`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipelines.extracts.reading.struck.marks import Run, doubt_of

_CELLS = "table-cell"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_LINES = tuple(f"{_STYLE}text-line-through-{what}" for what in ("style", "type"))
_RAISED = re.compile(r"super|sub|-?[1-9]\d*%")
_DEEPEST = 16
_FAMILIES = {f"{_TEXT}p": "paragraph", f"{_TEXT}h": "paragraph", f"{_TEXT}span": "text"}
_SHEET_NAME = re.compile(r"(?:'(?:[^']|'')*'|[^.:'\s]*)\.")
_SPACES = re.compile(r"\s+(?=(?:[^']*'[^']*')*[^']*$)")  # not those within the name of a sheet
_DEFAULTS = ("Default", "")

Looks = tuple[bool | None, bool | None]  # struck out, raised; None: not said


@dataclass(frozen=True)
class Styles:
    """What the styles of cells, of lines and of spans say, by family and name, and which of cells hang on a condition.

    What bears no style, or one that is not there, has that of the name "Default", or its family's own.
    """

    looks: Mapping[tuple[str, str], Looks] = field(default_factory=dict)
    conditioned: frozenset[str] = frozenset()
    has_ruby: bool = False

    @property
    def is_plain(self) -> bool:
        return not self.has_ruby and not any(any(said) for said in self.looks.values())

    def of(self, family: str, name: str | None) -> Looks:
        for key in (name or "", *_DEFAULTS):
            if (family, key) in self.looks:
                return self.looks[family, key]
        return None, None


def _own(style: Any) -> Looks:
    struck = raised = None
    for said in style.iter(f"{_STYLE}text-properties"):
        lines = [said.get(name) for name in _LINES if said.get(name)]
        struck = not all(line == "none" for line in lines) if lines else struck
        position = said.get(f"{_STYLE}text-position")
        raised = bool(_RAISED.match(position)) if position else raised
    return struck, raised


def styles(*sheets: Any) -> Styles:
    """The styles of a file: a style says what its parent says where it says nothing, and that, what its family's."""
    own: dict[tuple[str, str], Looks] = {}
    parents: dict[tuple[str, str], str] = {}
    maps: dict[str, set[str]] = {}
    for style in (each for sheet in sheets for each in sheet.iter(f"{_STYLE}style", f"{_STYLE}default-style")):
        key = style.get(f"{_STYLE}family", ""), style.get(f"{_STYLE}name", "")
        own[key], parents[key] = _own(style), style.get(f"{_STYLE}parent-style-name", "")
        applied = {each.get(f"{_STYLE}apply-style-name", "") for each in style.iterchildren(f"{_STYLE}map")}
        if applied and key[0] == _CELLS:
            maps[key[1]] = applied
    found: dict[tuple[str, str], Looks] = {}
    for family, name in own:
        struck, raised = own[family, name]
        parent = parents[family, name]
        for _ in range(_DEEPEST):
            above = own.get((family, parent), (None, None))
            struck, raised = above[0] if struck is None else struck, above[1] if raised is None else raised
            parent = parents.get((family, parent), "")
        found[family, name] = struck, raised
    struck_out = {name for (family, name), said in found.items() if family == _CELLS and said[0]}
    has_ruby = any(True for sheet in sheets for _ in sheet.iter(f"{_TEXT}ruby-text"))
    return Styles(found, frozenset(name for name, applied in maps.items() if applied & struck_out), has_ruby)


def _runs(element: Any, looks: Looks, known: Styles) -> Iterator[Run]:
    yield Run(element.text or "", looks[0], bool(looks[1]))
    for child in element:
        if isinstance(child.tag, str) and not child.tag.endswith("}annotation"):
            family = _FAMILIES.get(child.tag, "")
            struck, raised = known.of(family, child.get(f"{_TEXT}style-name")) if family else (None, None)
            # A reading above a letter stands beside it in the text that the library gives.
            raised = True if child.tag.endswith("}ruby-text") else raised
            inside = looks[0] if struck is None else struck, looks[1] if raised is None else raised
            yield from _runs(child, inside, known)
        yield Run(child.tail or "", looks[0], bool(looks[1]))


def of_cell(cell: Any, style: str, known: Styles) -> str | None:
    """What is doubtful of a cell of a style."""
    is_struck = bool(known.of(_CELLS, style)[0])
    return doubt_of(_runs(cell, (None, None), known), is_struck)


def conditioned(table: Any, known: Styles) -> Iterator[str]:
    """The ranges of cells of a table, as A2:H10, that a condition beside it may strike out."""
    for each in table.iter("{*}conditional-format"):
        applied = {said for part in each.iter() for name, said in part.items() if name.endswith("}apply-style-name")}
        if any(known.of(_CELLS, name)[0] for name in applied):
            where = next((said for name, said in each.items() if name.endswith("}target-range-address")), "")
            yield from (_SHEET_NAME.sub("", cells.replace("$", "")) for cells in _SPACES.split(where) if cells)

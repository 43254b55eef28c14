"""Struck and raised texts of an ODS file: styles of cells and of spans.
What else an ODS file says of its cells belongs to `reading.opendocument`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipelines.extracts.reading.struck.marks import Run, doubt_of

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_LINES = tuple(f"{_STYLE}text-line-through-{what}" for what in ("style", "type"))
_RAISED = re.compile(r"super|sub|-?[1-9]\d*%")
_DEEPEST = 16

Looks = tuple[bool | None, bool | None]  # struck out, raised; None: not said


@dataclass(frozen=True)
class Styles:
    """What the styles of cells and of spans say, by family and name."""

    looks: Mapping[tuple[str, str], Looks] = field(default_factory=dict)

    @property
    def is_plain(self) -> bool:
        return not any(any(said) for said in self.looks.values())

    def of(self, family: str, name: str | None) -> Looks:
        return self.looks.get((family, name or ""), (None, None))


def _own(style: Any) -> Looks:
    struck = raised = None
    for said in style.iter(f"{_STYLE}text-properties"):
        lines = [said.get(name) for name in _LINES if said.get(name)]
        struck = not all(line == "none" for line in lines) if lines else struck
        position = said.get(f"{_STYLE}text-position")
        raised = bool(_RAISED.match(position)) if position else raised
    return struck, raised


def styles(*sheets: Any) -> Styles:
    """The styles of a file: a style says what its parent says where it says nothing."""
    own: dict[tuple[str, str], Looks] = {}
    parents: dict[tuple[str, str], str] = {}
    for style in (each for sheet in sheets for each in sheet.iter(f"{_STYLE}style")):
        key = style.get(f"{_STYLE}family", ""), style.get(f"{_STYLE}name", "")
        own[key], parents[key] = _own(style), style.get(f"{_STYLE}parent-style-name", "")
    found: dict[tuple[str, str], Looks] = {}
    for family, name in own:
        struck, raised = own[family, name]
        parent = parents[family, name]
        for _ in range(_DEEPEST):
            above = own.get((family, parent), (None, None))
            struck, raised = above[0] if struck is None else struck, above[1] if raised is None else raised
            parent = parents.get((family, parent), "")
        found[family, name] = struck, raised
    return Styles(found)


def _runs(element: Any, looks: Looks, known: Styles) -> Iterator[Run]:
    yield Run(element.text or "", looks[0], bool(looks[1]))
    for child in element:
        if isinstance(child.tag, str) and not child.tag.endswith("}annotation"):
            said = known.of("text", child.get(f"{_TEXT}style-name"))
            inside = looks[0] if said[0] is None else said[0], looks[1] if said[1] is None else said[1]
            yield from _runs(child, inside, known)
        yield Run(child.tail or "", looks[0], bool(looks[1]))


def of_cell(cell: Any, style: str, known: Styles) -> str | None:
    """What is doubtful of a cell of a style."""
    is_struck = bool(known.of("table-cell", style)[0])
    runs = [run for line in cell.iterchildren(f"{_TEXT}p") for run in _runs(line, (None, None), known)]
    return doubt_of(runs, is_struck)

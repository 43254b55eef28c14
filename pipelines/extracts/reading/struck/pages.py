"""Struck and raised texts of pages: HTML with its styles, and Excel's XML of 2003.
What the cells of a page say belongs to `reading.markup`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pipelines.extracts.reading.struck.marks import Run, doubt_of

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_STRUCK, _RAISED = ("s", "strike", "del"), ("sup", "sub")
_LINE = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_NO_LINE = re.compile(r"text-decoration(?:-line)?\s*:\s*none", re.IGNORECASE)
_POSITION = re.compile(r"vertical-align\s*:\s*(?:super|sub)\b", re.IGNORECASE)
_RULE = re.compile(r"([^{}<>]+)\{([^{}]*)\}")
_MARKS = re.compile(r"line-through|vertical-align|<(?:s|strike|del|su[bp])[\s>]", re.IGNORECASE)
_PASSED_OVER = ("script", "style", "template")

Look = Callable[[Any], tuple[bool | None, bool]]  # what an element strikes out (None: not said), and raises


@dataclass(frozen=True)
class Sheets:
    """The classes and elements that a page's styles strike out, and those that they raise."""

    struck: frozenset[str] = frozenset()
    raised: frozenset[str] = frozenset()


def style_sheets(page: Any, text: str) -> Sheets | None:
    """What a page's own styles say of classes and elements; None for a page in whose text no such mark stands."""
    if not _MARKS.search(text):
        return None
    struck: set[str] = set()
    raised: set[str] = set()
    for sheet in page.iter("style"):
        for names, style in _RULE.findall("".join(sheet.itertext())):
            last = {name.strip().rpartition(".")[2].casefold() for name in names.split(",")}
            struck |= last if _LINE.search(style) else set()
            raised |= last if _POSITION.search(style) else set()
    return Sheets(frozenset(struck), frozenset(raised))


def _looks(element: Any, known: Sheets) -> tuple[bool | None, bool]:
    """Whether an element strikes out what it holds (None: it says nothing), and raises it."""
    style = element.get("style") or ""
    names = {*(element.get("class") or "").casefold().split(), str(element.tag)}
    if element.tag in _STRUCK or _LINE.search(style) or names & known.struck:
        return None if _NO_LINE.search(style) else True, False
    is_raised = element.tag in _RAISED or bool(_POSITION.search(style)) or bool(names & known.raised)
    return None, is_raised and element.tag not in ("td", "th", "tr", "table")


def _runs(element: Any, look: Look, struck: bool | None = None, raised: bool = False) -> Iterator[Run]:
    """The runs of an element; `look` says what each element within it strikes out, and raises."""
    yield Run(element.text or "", struck, raised)
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _PASSED_OVER:
            is_struck, is_raised = look(child)
            yield from _runs(child, look, is_struck or struck, raised or is_raised)
        yield Run(child.tail or "", struck, raised)


def of_html_cell(cell: Any, known: Sheets) -> str | None:
    """What is doubtful of a cell of an HTML table; what its row or its table strikes out, it strikes out."""
    around = (cell, *cell.iterancestors())
    is_struck = any(_looks(element, known)[0] for element in around if isinstance(element.tag, str))
    if not len(cell) and not is_struck:
        return None
    return doubt_of(_runs(cell, lambda element: _looks(element, known)), is_struck)


def struck_xml_styles(book: Any) -> frozenset[str]:
    """The styles of Excel's XML of 2003 that strike out."""
    return frozenset(
        style.get(f"{_SS}ID", "")
        for style in book.iter(f"{_SS}Style")
        if any(font.get(f"{_SS}StrikeThrough") in ("1", "true") for font in style.iter(f"{_SS}Font"))
    )


def of_xml_cell(cell: Any, is_struck: bool) -> str | None:
    """What is doubtful of a cell of Excel's XML of 2003: its data may hold the elements of HTML."""
    data = cell.find(f"{_SS}Data")
    return None if data is None else doubt_of(_runs(data, _xml_looks), is_struck)


def _xml_looks(element: Any) -> tuple[bool | None, bool]:
    name = element.tag.rpartition("}")[2].casefold()
    return True if name in _STRUCK else None, name in _RAISED

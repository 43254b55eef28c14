"""Struck and raised texts of pages: HTML with its styles.
What the cells of a page say belongs to `reading.markup`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipelines.extracts.reading.struck.css import Rank, Rules, Said, rules_of, said_of
from pipelines.extracts.reading.struck.marks import Run, doubt_of

STRUCK, RAISED = ("s", "strike", "del"), ("sup", "sub")
_MARKS = re.compile(r"text-decoration|line-through|vertical-align", re.IGNORECASE)
_ELEMENTS = re.compile(
    r"<(?:s|strike|del|su[bp])[\s/>]|\sstyle\s*=\s*(?:\"[^\">]*|'[^'>]*)(?:line-through|:\s*su[bp])", re.IGNORECASE
)
_CELLS = ("td", "th", "tr", "table", "tbody", "thead", "tfoot")  # vertical-align of a cell places its text as a whole
HEAD = 1024  # characters in which a page says its type
_BROWSERS_OWN: Rank = (False, False, -1, 0, 0, 0)
_OWN: Rank = (False, True, 0, 0, 0, 0)
_PASSED_OVER = ("script", "style", "template")

Look = Callable[[Any], tuple[bool | None, bool]]  # what an element strikes out (None: not said), and raises


@dataclass(frozen=True)
class Styles:
    """What a page's rules say of its elements, and the selectors that could not be followed."""

    of: Mapping[Any, list[tuple[Rank, Said]]] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()


def style_sheets(page: Any, text: str, imported: Iterable[str] = ()) -> Styles | None:
    """What a page's own styles, and those that it was saved with, say of lines and raised texts; None for a page in
    which nothing is struck out or raised.

    Rows without a tbody get the one that a browser gives them, which selectors count on.
    """
    sheets = ["".join(sheet.itertext()) for sheet in page.iter("style")]
    said = "\n".join([*sheets, *imported])
    rules = rules_of(said, "<!doctype" not in text[:HEAD].casefold()) if _MARKS.search(said) else Rules()
    if rules.marks:
        for table in [*page.iter("table")]:
            _give_bodies(table)
    elif not rules.unknown and not _ELEMENTS.search(text):
        return None
    found, left = rules.on(page)
    return Styles(found, (*rules.unknown, *left))


def _give_bodies(table: Any) -> None:
    body = None
    for child in list(table):
        if child.tag != "tr":
            body = None
            continue
        if body is None:
            body = child.makeelement("tbody")
            child.addprevious(body)
        body.append(child)


def _looks(element: Any, known: Styles) -> tuple[bool | None, bool]:
    """Whether an element strikes out what it holds (None: it does not), and raises it."""
    said = [*known.of.get(element, ())]
    if style := element.get("style"):
        own = said_of(style)
        said.append(((own.is_important, *_OWN[1:]), own))
    lines = [(rank, each.struck) for rank, each in said if each.struck is not None]
    if element.tag in STRUCK:
        lines.append((_BROWSERS_OWN, True))
    is_struck = bool(lines) and bool(max(lines)[1])
    is_raised = (element.tag in RAISED or any(each.raised for _, each in said)) and element.tag not in _CELLS
    return is_struck or None, is_raised and not is_struck


def runs(element: Any, look: Look, struck: bool | None = None, raised: bool = False) -> Iterator[Run]:
    """The runs of an element's text; `look` says what each element within it strikes out, and raises."""
    yield Run(element.text or "", struck, raised)
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _PASSED_OVER:
            is_struck, is_raised = look(child)
            yield from runs(child, look, is_struck or struck, raised or is_raised)
        yield Run(child.tail or "", struck, raised)


def of_html_cell(cell: Any, known: Styles) -> str | None:
    """What is doubtful of a cell of an HTML table; what its row or its table strikes out, it strikes out."""
    around = (cell, *cell.iterancestors())
    is_struck = any(_looks(element, known)[0] for element in around if isinstance(element.tag, str))
    if not len(cell) and not is_struck:
        return None
    return doubt_of(runs(cell, lambda element: _looks(element, known)), is_struck)

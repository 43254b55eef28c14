"""What a bulletin consists of, whatever the format: headings, paragraphs, tables, figures, annexes.
How a block looks belongs to the writers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from dashboards.bulletin.claims import Statement


@dataclass(frozen=True)
class Heading:
    """Level 1 is numbered 一、, level 2 （一）."""

    level: int
    number: str
    said: Statement


@dataclass(frozen=True)
class Paragraph:
    """`style`: body, label, salute, note, list, signature. `number` stands before an item."""

    said: Statement
    style: str = "body"
    number: str = ""


@dataclass(frozen=True)
class HeadCell:
    """A cell of a table's head and what it spans."""

    said: Statement
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Table:
    """`head` rows of cells, `widths` in shares of the line, `aligns` one letter a column: l, c or r."""

    number: str
    caption: Statement
    head: list[list[HeadCell]]
    rows: list[list[Statement]]
    widths: list[float]
    aligns: str
    note: Statement = field(default_factory=lambda: Statement(""))


@dataclass(frozen=True)
class Figure:
    """A drawing in SVG with its caption and the line on how to read it."""

    number: str
    name: str
    caption: Statement
    svg: str
    note: Statement


@dataclass(frozen=True)
class Annex:
    """Starts a new, wide page."""

    number: str
    said: Statement


Block = Heading | Paragraph | Table | Figure | Annex


@dataclass(frozen=True)
class Document:
    """A bulletin in order. `letterhead` stands above the title; empty where the installation has none."""

    lang: str
    title: Statement
    blocks: list[Block]
    letterhead: Statement = field(default_factory=lambda: Statement(""))

    def data(self) -> list[dict[str, Any]]:
        """The blocks as plain values for the writers that fill a template: texts as text, `kind` first."""
        return [{"kind": type(block).__name__.lower(), **_plain(block)} for block in self.blocks]

    def statements(self) -> Iterator[Statement]:
        """Every text of the document, tables included."""
        yield from (self.letterhead, self.title)
        for block in self.blocks:
            if isinstance(block, Table):
                yield block.caption
                yield from (cell.said for row in block.head for cell in row)
                yield from (cell for row in block.rows for cell in row)
                yield block.note
            elif isinstance(block, Figure):
                yield from (block.caption, block.note)
            else:
                yield block.said


def _plain(value: Any) -> Any:
    if isinstance(value, Statement):
        return value.text
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if is_dataclass(value):
        return {entry.name: _plain(getattr(value, entry.name)) for entry in fields(value)}
    return value

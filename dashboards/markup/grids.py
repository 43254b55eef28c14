"""The heat grid of courts and indicators: rows in their prefectures, a cell's tone one of five steps.
Every cell carries its rank or a sign, so that it can be read without colour."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from dashboards.markup.blocks import MARKS, TONES

FIRST_HAN = 0x2E80  # from here on: radicals, characters and their punctuation


@dataclass(frozen=True)
class Cell:
    """`step` is a tone from 0, the worse end, to 4, or None without one; `title` is read on hover.

    Where courts are not ranked, `tone` names the status colour instead.
    """

    step: int | None
    text: str
    status: str
    title: str
    tone: str = ""


@dataclass(frozen=True)
class Row:
    prefecture: str
    court: str
    address: str
    cells: list[Cell]


def grid(heads: Iterable[tuple[str, str]], rows: Iterable[Row], corner: str, is_turned: bool = False) -> str:
    """`heads`: short and full name of each column; turned upright where words do not break, on narrow screens."""
    top = "".join(_head(short, full) for short, full in heads)
    body, seen = [], ""
    for row in rows:
        mark = ' class="g-first"' if row.prefecture != seen else ""
        group = escape(row.prefecture) if row.prefecture != seen else ""
        seen = row.prefecture
        body.append(
            f'<tr{mark}><th class="g-group">{group}</th><th class="g-court">'
            f'<a href="{escape(row.address, quote=True)}" target="_self">{escape(row.court)}</a></th>'
            f"{''.join(_cell(cell) for cell in row.cells)}</tr>"
        )
    turned = " g-turned" if is_turned else ""
    return (
        f'<div class="g-grid{turned}"><table>'
        f'<thead><tr><th colspan="2" class="g-corner">{escape(corner)}</th>'
        f"{top}</tr></thead>"
        f"<tbody>{''.join(body)}</tbody></table></div>"
    )


def _head(short: str, full: str) -> str:
    """A column's head; Chinese stands upright where words of letters are turned on their side."""
    han = ' class="g-han"' if any(ord(letter) >= FIRST_HAN for letter in short) else ""
    return f'<th title="{escape(full, quote=True)}"><span{han}>{escape(short)}</span></th>'


def scale(labels: Iterable[str], signs: Iterable[tuple[str, str]]) -> str:
    """The key: the steps from the worse end to the better, and what the signs mean."""
    steps = "".join(f'<i class="g-s{step}"></i><span>{escape(label)}</span>' for step, label in enumerate(labels))
    rest = "".join(f"<span>{MARKS[status]} {escape(label)}</span>" for status, label in signs)
    return f'<div class="g-scale">{steps}{rest}</div>'


def key(signs: Iterable[tuple[str, str]]) -> str:
    """The key of a grid without ranks: what the signs mean."""
    rest = "".join(
        f'<span><b class="g-t-{TONES.get(status, "unjudged")}">{MARKS[status]}</b> {escape(label)}</span>'
        for status, label in signs
    )
    return f'<div class="g-scale">{rest}</div>'


def _cell(cell: Cell) -> str:
    step = "g-sx" if cell.step is None else f"g-s{cell.step}"
    step = f"g-t-{cell.tone}" if cell.tone else step
    text = cell.text or MARKS.get(cell.status, "·")
    return f'<td class="{step}" title="{escape(cell.title, quote=True)}">{escape(text)}</td>'

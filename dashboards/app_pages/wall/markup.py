"""The wall screen: one screen of 16:9 at a time, in sizes of the screen's width, to be read from six metres.
Which screens there are, and their words, come from the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from dashboards.markup.blocks import MARKS, TONES


@dataclass(frozen=True)
class Figure:
    """A big figure: name, value, status, and one line under it; `spark` is an image's address or empty."""

    name: str
    value: str
    status: str
    status_label: str
    line: str
    tone: str = "unjudged"
    spark: str = ""
    n: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Bar:
    """Courts by status: `parts` are (status, count), drawn in that order with their counts."""

    name: str
    parts: Sequence[tuple[str, int]]


def screen(title: str, measure: str, body: str, foot: str) -> str:
    """A whole screen; `body` is HTML made here."""
    return (
        f'<div class="g-wall"><header><h1>{escape(title)}</h1><span>{escape(measure)}</span></header>'
        f'<div class="g-wall-body">{body}</div><footer>{escape(foot)}</footer></div>'
    )


def figures(items: Iterable[Figure]) -> str:
    return f'<div class="g-wall-figures">{"".join(_figure(item) for item in items)}</div>'


def _figure(item: Figure) -> str:
    tone = TONES.get(item.status, "unjudged")
    spark = f'<img alt="" src="{item.spark}">' if item.spark else ""
    return (
        f"<div><h2>{escape(item.name)}</h2><b>{escape(item.value)}</b>"
        f'<em class="g-{tone}">{MARKS.get(item.status, "")} {escape(item.status_label)}</em>{spark}'
        f"<u>{escape(' · '.join(part for part in (item.n, item.remark) if part))}</u>"
        f'<p class="g-{item.tone}">{escape(item.line)}</p></div>'
    )


def lines(items: Iterable[tuple[str, str]]) -> str:
    """Name and one sentence each, one below the other."""
    rows = "".join(f"<div><b>{escape(name)}</b><span>{escape(said)}</span></div>" for name, said in items)
    return f'<div class="g-wall-lines">{rows}</div>'


def columns(parts: Iterable[tuple[str, Sequence[Sequence[str]]]], remark: str = "") -> str:
    """Tables beside each other, each with a heading and rows of cells, the first right-aligned; a remark below."""
    made = "".join(
        f"<div><h2>{escape(head)}</h2><table>{''.join(_row(row) for row in rows)}</table></div>" for head, rows in parts
    )
    return f'<div class="g-wall-columns">{made}</div><p class="g-wall-remark">{escape(remark)}</p>'


def _row(cells: Sequence[str]) -> str:
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"


def bars(items: Iterable[Bar], key: Iterable[tuple[str, str]]) -> str:
    """Stacked bars of counts, all of one length, with the key of statuses under them."""
    rows = "".join(
        f"<div><span>{escape(bar.name)}</span><div>{''.join(_part(*part) for part in bar.parts if part[1])}</div></div>"
        for bar in items
    )
    signs = "".join(
        f'<span><i class="g-p-{status}">{MARKS.get(status, "")}</i> {escape(label)}</span>' for status, label in key
    )
    return f'<div class="g-wall-bars">{rows}<p>{signs}</p></div>'


def _part(status: str, count: int) -> str:
    return f'<i class="g-p-{status}" style="flex-grow:{count}">{MARKS.get(status, "")} {count}</i>'

"""The blocks of the meeting: dots of progress, a court with its reasons and answers, lines large enough for a room.
What is said is worded by the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Sheet:
    """A court, its page's address, and lines of a label and a text each."""

    court: str
    address: str
    lines: list[tuple[str, str]]


def dots(steps: Iterable[tuple[str, str, bool, bool]]) -> str:
    """Title, address, done, present: one dot each, the present one wide."""
    drawn = "".join(
        f'<a href="{escape(address, quote=True)}" target="_self" title="{escape(title, quote=True)}"'
        f' aria-label="{escape(title, quote=True)}"{" aria-current=step" if here else ""}'
        f' class="{"g-here" if here else "g-done" if done else ""}"></a>'
        for title, address, done, here in steps
    )
    return f'<nav class="g-dots">{drawn}</nav>'


def sheets(items: Iterable[Sheet]) -> str:
    """Courts side by side, two in a row."""
    return f'<div class="g-sheets">{"".join(_sheet(item) for item in items)}</div>'


def _sheet(item: Sheet) -> str:
    lines = "".join(f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>" for label, text in item.lines if text)
    address = escape(item.address, quote=True)
    return f'<section><h3><a href="{address}" target="_self">{escape(item.court)}</a></h3><dl>{lines}</dl></section>'


def lines(items: Iterable[tuple[str, str, str]]) -> str:
    """Head, address, text: one line each, in the size of the room."""
    rows = "".join(
        f'<div><a href="{escape(address, quote=True)}" target="_self">{escape(head)}</a>'
        f"<span>{escape(text)}</span></div>"
        for head, address, text in items
    )
    return f'<div class="g-lines">{rows}</div>'


def notes(items: Iterable[tuple[str, str, str]]) -> str:
    """Court, what kind and when, text: what was noted, line ends kept."""
    rows = "".join(
        f"<div><b>{escape(court)}</b><i>{escape(when)}</i><p>{escape(text)}</p></div>" for court, when, text in items
    )
    return f'<div class="g-notes">{rows}</div>'

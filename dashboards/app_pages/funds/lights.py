"""A row of lights: the same thing in a few states, each with a colour, a shape and a word.
Which states there are, and their figures, come from the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

MARKS = {"overdue": "▼", "near_due": "◐", "new": "●", "deferred": "○"}


@dataclass(frozen=True)
class Light:
    """`tone` is a status colour of the palette; `full` is the whole figure and `meaning` the rule, both on hover."""

    tone: str
    mark: str
    label: str
    figure: str
    full: str
    notes: tuple[str, ...]
    meaning: str


def row(lights: Iterable[Light]) -> str:
    return f'<div class="g-cards">{"".join(_light(light) for light in lights)}</div>'


def _light(light: Light) -> str:
    colour = f"var(--g-{light.tone})"
    notes = "".join(f'<div class="g-small">{escape(note)}</div>' for note in light.notes)
    return (
        f'<div class="g-card" style="border-left:5px solid {colour}" title="{escape(light.meaning, quote=True)}">'
        f'<div class="g-card-top"><span class="g-name" style="color:{colour}">{light.mark} {escape(light.label)}</span>'
        f'</div><div class="g-card-mid"><b title="{escape(light.full, quote=True)}">{escape(light.figure)}</b></div>'
        f"{notes}</div>"
    )

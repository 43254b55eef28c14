"""Charts for paper: SVG drawn directly, in greys that survive a copier, without a browser to draw them.
Charts of the pages are plotly figures and belong to the other modules."""

# Plotly draws pictures only by way of a browser: two seconds a figure, and a pack has a dozen to make in six seconds.

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

FONT = "Noto Sans CJK SC"
INK, MUTED, RULE, BAND = "#1a1a1a", "#555555", "#cfcfcf", "#e3e3e3"
LABEL, ROW = 118, 15.5


@dataclass(frozen=True)
class Spot:
    """One row of a dot plot, in the unit that is printed; no whisker when `low` is None."""

    label: str
    shown: str
    value: float | None
    low: float | None
    high: float | None
    is_small: bool


@dataclass(frozen=True)
class Panel:
    """One small line chart: a title, values oldest first, and their intervals."""

    title: str
    labels: tuple[str, str]
    values: Sequence[float | None]
    lows: Sequence[float | None]
    highs: Sequence[float | None]
    shown: str


def dots(spots: Sequence[Spot], reference: float | None, suffix: str, width: int = 640) -> str:
    """Dots with whiskers, first row on top, a vertical line at `reference`."""
    known = [x for s in spots for x in (s.value, s.low, s.high) if x is not None] + [reference or 0.0] * bool(reference)
    ticks = _ticks(min(known, default=0), max(known, default=1), 6)
    top, bottom, left, right = 20, 14 + ROW * len(spots) + 10, LABEL, width - 62
    scale = _scale(ticks[0], ticks[-1], left, right)
    parts = [_line(scale(tick), top, scale(tick), bottom, RULE, 0.7) for tick in ticks]
    parts += [_text(scale(tick), top - 6, f"{tick:g}{suffix}", 9, MUTED, "middle") for tick in ticks]
    if reference is not None:
        parts.append(_line(scale(reference), top, scale(reference), bottom, INK, 1.1, "4 3"))
    for index, spot in enumerate(spots):
        y = top + 10 + ROW * index
        parts.append(_text(left - 8, y + 3.6, spot.label, 10, INK, "end"))
        if spot.low is not None and spot.high is not None:
            parts.append(_line(scale(spot.low), y, scale(spot.high), y, MUTED, 1.4))
        if spot.value is None:
            parts.append(_text(right + 8, y + 3.4, "—", 9.5, MUTED, "start"))
            continue
        fill = "#ffffff" if spot.is_small else INK
        parts.append(f'<circle cx="{scale(spot.value):.1f}" cy="{y:.1f}" r="3.4" fill="{fill}" stroke="{INK}"/>')
        parts.append(_text(right + 8, y + 3.4, spot.shown, 9.5, INK, "start"))
    return _svg(width, bottom + 8, parts)


def small_multiples(panels: Sequence[Panel], columns: int = 3, width: int = 640) -> str:
    """Line charts side by side, each with its own scale, the last value written at its point."""
    wide, tall = width / columns, 118
    parts: list[str] = []
    for index, panel in enumerate(panels):
        parts += _panel(panel, (index % columns) * wide, (index // columns) * tall, wide, tall)
    return _svg(width, tall * (1 + (len(panels) - 1) // columns), parts)


def _panel(panel: Panel, x: float, y: float, wide: float, tall: float) -> list[str]:
    known = [v for series in (panel.values, panel.lows, panel.highs) for v in series if v is not None]
    if not known:
        return [_text(x + 6, y + 14, panel.title, 10.5, INK, "start")]
    ticks = _ticks(min(known), max(known), 3)
    left, right, top, bottom = x + 34, x + wide - 44, y + 28, y + tall - 24
    up = _scale(ticks[0], ticks[-1], bottom, top)
    along = _scale(0, max(1, len(panel.values) - 1), left, right)
    parts = [_text(x + 4, y + 14, panel.title, 10.5, INK, "start")]
    parts += [_line(left, up(tick), right, up(tick), RULE, 0.7) for tick in ticks]
    parts += [_text(left - 4, up(tick) + 3, f"{tick:g}", 8.5, MUTED, "end") for tick in ticks]
    banded = [i for i, v in enumerate(panel.lows) if v is not None and panel.highs[i] is not None]
    if len(banded) > 1:
        over = [f"{along(i):.1f},{up(panel.highs[i] or 0):.1f}" for i in banded]
        under = [f"{along(i):.1f},{up(panel.lows[i] or 0):.1f}" for i in reversed(banded)]
        parts.append(f'<polygon points="{" ".join(over + under)}" fill="{BAND}"/>')
    drawn = [(along(i), up(v)) for i, v in enumerate(panel.values) if v is not None]
    points = " ".join(f"{px:.1f},{py:.1f}" for px, py in drawn)
    parts.append(f'<polyline points="{points}" fill="none" stroke="{INK}" stroke-width="1.5"/>')
    parts.append(f'<circle cx="{drawn[-1][0]:.1f}" cy="{drawn[-1][1]:.1f}" r="2.6" fill="{INK}"/>')
    parts.append(_text(drawn[-1][0] + 5, drawn[-1][1] + 3.2, panel.shown, 9, INK, "start"))
    parts.append(_text(left, bottom + 13, panel.labels[0], 8.5, MUTED, "start"))
    parts.append(_text(right, bottom + 13, panel.labels[1], 8.5, MUTED, "end"))
    return parts


def _ticks(low: float, high: float, about: int) -> list[float]:
    """Round numbers that hold both ends."""
    span = (high - low) or abs(high) or 1.0
    rough = span / about
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * m for m in (1, 2, 5, 10, 20) if size * m >= rough)
    first, last = int(low // step), int(-(-high // step))
    return [round(step * i, 6) for i in range(first, max(last, first + 1) + 1)]


def _scale(low: float, high: float, start: float, end: float) -> Callable[[float], float]:
    return lambda value: start + (value - low) / ((high - low) or 1) * (end - start)


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, size: float, dash: str = "") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" '
        f'stroke-width="{size}"{dashed}/>'
    )


def _text(x: float, y: float, text: str, size: float, colour: str, anchor: str) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="{FONT}, sans-serif" font-size="{size}" fill="{colour}" '
        f'text-anchor="{anchor}">{escape(text)}</text>'
    )


def _svg(width: float, height: float, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}">{"".join(parts)}</svg>'
    )

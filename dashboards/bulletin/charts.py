"""Charts for paper: matplotlib figures as SVG whose text stays text, in greys that survive a copier.
Charts of the pages are plotly figures and belong to the other modules."""

# Plotly draws pictures only by way of a browser: two seconds a figure. Matplotlib takes a fifth, and half a second to
# be imported: it is imported where it draws, for whoever makes a pack and not for whoever opens a page.

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from itertools import cycle, groupby
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, MUTED, RULE, BAND = "#1a1a1a", "#555555", "#cfcfcf", "#e3e3e3"
WIDTH, ROW, PANEL = 640, 15.5, 118  # points
LONG, HIGH = 960, 430  # of a picture for slides
DASHES: Any = ("-", "--", ":", "-.", (0, (8, 3)), (0, (8, 3, 2, 3)))
STYLE: Any = {
    "font.family": "sans-serif",
    "font.sans-serif": ["Noto Sans CJK SC"],
    "font.size": 8.5,
    "text.color": INK,
    "text.parse_math": False,  # a name is a name, whatever signs it holds
    "axes.linewidth": 0,
    "axes.axisbelow": True,
    "axes.unicode_minus": False,
    "grid.color": RULE,
    "grid.linewidth": 0.7,
    "xtick.color": RULE,
    "ytick.color": RULE,
    "xtick.labelcolor": MUTED,
    "ytick.labelcolor": MUTED,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "svg.fonttype": "none",  # text as text: searchable, and set by the reader's or typst's own font
    "svg.hashsalt": "bulletin",  # the same figure gives the same bytes
}
# Matplotlib's settings and its fonts are the process's: two readers who make a pack draw one after the other.
DRAWING = Lock()


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
    """One small line chart: a title, values oldest first with their intervals, and the definition each follows."""

    title: str
    labels: tuple[str, str]
    values: Sequence[float | None]
    lows: Sequence[float | None]
    highs: Sequence[float | None]
    definitions: Sequence[str]
    shown: str


def dots(spots: Sequence[Spot], reference: float | None, suffix: str, within: Sequence[Spot] = ()) -> str:
    """Dots with whiskers, first row on top, a vertical line at `reference`; on a scale that holds `within` too."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    height = 34 + ROW * len(spots)
    with DRAWING, rc_context(STYLE):
        figure = Figure(figsize=(WIDTH / 72, height / 72))
        axes = figure.add_axes((118 / WIDTH, 6 / height, (WIDTH - 180) / WIDTH, 1 - 26 / height))
        axes.grid(axis="x", clip_on=False)
        axes.set_ylim(len(spots) - 0.4, -0.6)
        axes.set_yticks(range(len(spots)), [spot.label for spot in spots], fontsize=10, color=INK)
        axes.xaxis.set_major_formatter(lambda tick, _: f"{tick:g}{suffix}")
        axes.update_datalim([(x, 0) for s in within for x in (s.value, s.low, s.high) if x is not None], updatey=False)
        axes.tick_params(axis="x", labeltop=True, labelbottom=False, labelsize=9)
        _whiskers(axes, spots)
        if reference is not None:
            axes.axvline(reference, color=INK, linewidth=1.1, linestyle=(0, (4, 3)), clip_on=False)
        return _svg(figure)


def _whiskers(axes: Axes, spots: Sequence[Spot]) -> None:
    for row, spot in enumerate(spots):
        if spot.low is not None and spot.high is not None:
            axes.plot((spot.low, spot.high), (row, row), color=MUTED, linewidth=1.4, clip_on=False)
        if spot.value is not None:
            face = "#ffffff" if spot.is_small else INK
            axes.plot(spot.value, row, "o", color=INK, markerfacecolor=face, markersize=6.5, clip_on=False)
        axes.annotate(
            spot.shown, (1, row), xycoords=axes.get_yaxis_transform(), xytext=(8, 0), textcoords="offset points",
            va="center", fontsize=9.5, color=MUTED if spot.value is None else INK,
        )  # fmt: skip


def small_multiples(panels: Sequence[Panel], columns: int = 3) -> str:
    """Line charts side by side, each with its own scale, the last value written at its point."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    rows = -(-len(panels) // columns)
    with DRAWING, rc_context(STYLE):
        figure = Figure(figsize=(WIDTH / 72, PANEL * rows / 72))
        places = figure.subplots(rows, columns, squeeze=False)
        figure.subplots_adjust(
            left=34 / WIDTH, right=1 - 44 / WIDTH, top=1 - 26 / (PANEL * rows), bottom=22 / (PANEL * rows),
            wspace=0.62, hspace=0.72,
        )  # fmt: skip
        for place, panel in zip(places.flat, panels, strict=False):
            _panel(place, panel)
        for place in places.flat[len(panels) :]:
            place.set_axis_off()
        return _svg(figure)


def _panel(axes: Axes, panel: Panel) -> None:
    """A line for each definition; a dotted upright where the next one begins."""
    axes.set_title(panel.title, loc="left", fontsize=10.5, color=INK, pad=8)
    axes.grid(axis="y", clip_on=False)
    axes.locator_params(axis="y", nbins=4)
    axes.yaxis.set_major_formatter(lambda tick, _: f"{tick:g}")
    values, lows, highs = (
        [float("nan") if v is None else v for v in s] for s in (panel.values, panel.lows, panel.highs)
    )
    for _, run in groupby(range(len(values)), key=lambda at: panel.definitions[at]):
        at = list(run)
        axes.fill_between(at, [lows[i] for i in at], [highs[i] for i in at], color=BAND, linewidth=0, clip_on=False)
        axes.plot(at, [values[i] for i in at], color=INK, linewidth=1.5, clip_on=False)
        if at[0]:
            axes.axvline(at[0] - 0.5, color=MUTED, linewidth=1, linestyle=(0, (1, 2)), clip_on=False)
    last = len(values) - 1
    axes.set_xlim(0, last)
    axes.set_xticks([0, last], panel.labels)
    first, newest = axes.get_xticklabels()
    first.set_horizontalalignment("left")
    newest.set_horizontalalignment("right")
    if (now := panel.values[-1]) is not None:
        axes.plot(last, now, "o", color=INK, markersize=5, clip_on=False)
        axes.annotate(panel.shown, (last, now), xytext=(5, 0), textcoords="offset points", va="center", fontsize=9)


def _svg(figure: Figure) -> str:
    """The `svg` element alone, as it stands in a page: no prologue, no date, no names that two figures would share."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    target = StringIO()
    figure.patch.set_visible(False)
    for axes in figure.axes:
        axes.patch.set_visible(False)
    FigureCanvasSVG(figure).print_svg(target, metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    drawn = target.getvalue()
    return re.sub(r' id="[\w.]+_\d+"', "", drawn[drawn.index("<svg") :])


@dataclass(frozen=True)
class Curve:
    """A line of a picture for slides: `months` and `values` are series of one length, NaN where there is no value."""

    name: str
    colour: str
    months: Any
    values: Any


def curves_together(curves: Sequence[Curve], suffix: str, words: Mapping[str, str], kind: str) -> bytes:
    """Lines in one picture, each named at its last value; `words`: title and source; `kind` is svg or png (200 dpi)."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    target = BytesIO()
    with DRAWING, rc_context({**STYLE, "font.size": 11}):
        figure = Figure(figsize=(LONG / 72, HIGH / 72), facecolor="#ffffff")
        axes = figure.add_axes((0.07, 0.15, 0.75, 0.71))
        axes.grid(axis="y")
        for curve, dash in zip(curves, cycle(DASHES)):
            axes.plot(curve.months, curve.values, color=curve.colour, linewidth=1.8, linestyle=dash)
            known = curve.values.notna()
            if known.any():
                end = (curve.months[known].iloc[-1], float(curve.values[known].iloc[-1]))
                axes.annotate(
                    curve.name, end, xytext=(8, 0), textcoords="offset points", va="center", color=curve.colour
                )
        axes.yaxis.set_major_formatter(lambda tick, _: f"{tick:g}{suffix}")
        figure.text(0.02, 0.93, words["title"], fontsize=14, weight="bold")
        figure.text(0.02, 0.03, words["source"], fontsize=8, color=MUTED)
        figure.savefig(target, format=kind, dpi=200, metadata={"Date" if kind == "svg" else "Software": None})
    return target.getvalue()

"""Stacked bars in fixed bands, the worst first; each band has a colour and a hatching, so that grey print tells them.
Which bands there are, and what is in them, is in the frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboards.charts.drawn import once
from dashboards.charts.theme import Palette, blank

ROW_HEIGHT = 27
ROOM, LETTER = 1.04, 0.017  # right of the longest bar, and for each letter of what is written at its end
NUMBERS = ",~r"


@dataclass(frozen=True)
class Band:
    """`tone` names a colour of the palette; `pattern` is a hatching of plotly."""

    code: str
    label: str
    tone: str
    pattern: str = ""


@once
def rows(
    frame: pd.DataFrame, bands: list[Band], colours: Palette, suffix: str = "", ends: dict[str, str] | None = None
) -> go.Figure:
    """`frame`: label, band, shown, hover; one bar per label from the top, one piece per band. Starts at zero.

    `ends`: label → what is written at the end of its bar.
    """
    labels = list(dict.fromkeys(frame["label"]))
    figure = blank(colours, 74 + ROW_HEIGHT * len(labels))
    drawn = [(band, frame[frame["band"] == band.code]) for band in bands]
    traces: list[Any] = [_bar(part["shown"], part["label"], part["hover"], band, colours, "h") for band, part in drawn]
    lengths = frame.groupby("label")["shown"].sum()
    traces.append(_ends(ends or {}, lengths, colours))
    figure.add_traces(traces)
    reach = max(
        (float(n) * (ROOM + LETTER * _width((ends or {}).get(label, ""))) for label, n in lengths.items()), default=0.0
    )
    figure.update_layout(
        **_legend(),
        barmode="stack",
        bargap=0.3,
        yaxis={"categoryorder": "array", "categoryarray": labels[::-1], "showgrid": False},
        xaxis={"ticksuffix": suffix, "tickformat": NUMBERS, "nticks": 6, "range": [0, reach or 1]},
    )
    return figure


def _width(text: str) -> int:
    """Of a line in letters; a Chinese character is as wide as two."""
    return sum(2 if ord(letter) >= 0x2E80 else 1 for letter in text)


def _ends(ends: dict[str, str], lengths: pd.Series, colours: Palette) -> go.Scatter:
    known = {label: text for label, text in ends.items() if label in lengths.index}
    return go.Scatter(
        x=[float(lengths[label]) for label in known],
        y=list(known),
        text=[f" {text}" for text in known.values()],
        mode="text",
        textposition="middle right",
        textfont={"size": 12, "color": colours.muted},
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )


@once
def months(
    frame: pd.DataFrame,
    bands: list[Band],
    colours: Palette,
    suffix: str = "",
    height: int = 330,
    *,
    is_grouped: bool = False,
) -> go.Figure:
    """`frame`: period_month, band, shown, hover; one column per month, stacked or side by side. Starts at zero."""
    figure = blank(colours, height)
    drawn = [(band, frame[frame["band"] == band.code]) for band in bands]
    figure.add_traces(
        [_bar(part["period_month"], part["shown"], part["hover"], band, colours, "v") for band, part in drawn]
    )
    figure.update_layout(
        **_legend(),
        barmode="group" if is_grouped else "stack",
        bargap=0.25,
        xaxis={"showgrid": False, "tickformat": "%Y-%m", "nticks": 9},
        yaxis={"ticksuffix": suffix, "tickformat": NUMBERS, "nticks": 6, "rangemode": "tozero"},
    )
    return figure


def _bar(x: pd.Series, y: pd.Series, hover: pd.Series, band: Band, colours: Palette, orientation: str) -> go.Bar:
    return go.Bar(
        x=x,
        y=y,
        name=band.label,
        orientation=orientation,
        hovertext=hover,
        hoverinfo="text",
        marker={
            "color": getattr(colours, band.tone),
            "line": {"width": 0.5, "color": colours.ground},
            "pattern": {"shape": band.pattern, "fillmode": "overlay", "fgcolor": colours.ground, "solidity": 0.35},
        },
    )


def _legend() -> dict[str, Any]:
    return {
        "showlegend": True,
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "traceorder": "normal"},
        "margin": {"l": 8, "r": 16, "t": 44, "b": 8},
    }

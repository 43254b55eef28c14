"""Stacked bars of counts or shares, with each part written where there is room for it.
What is stacked, and in which words, is said by the pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from dashboards.charts.drawn import once
from dashboards.charts.theme import Palette, blank

ROW_HEIGHT = 30
ROOM = 0.045  # share of the longest bar that a part needs to carry its own figure
FEW = 8  # up to so many, the axis counts one by one


@dataclass(frozen=True)
class Part:
    """One part of every bar: its column of counts, its name in the legend, its colour in the palette."""

    column: str
    name: str
    tone: str


@once
def rows(frame: pd.DataFrame, stack: Sequence[Part], colours: Palette, is_share: bool = False) -> go.Figure:
    """Horizontal bars, first row on top. `frame`: label, the parts' columns, and maybe `end`, written after the bar."""
    figure = _stacked(frame, stack, colours, "h", 70 + ROW_HEIGHT * len(frame), is_share)
    figure.update_yaxes(autorange="reversed", showgrid=False)
    figure.update_xaxes(ticksuffix="%" if is_share else "", rangemode="tozero", tickformat="" if is_share else ",d")
    sums = frame[[part.column for part in stack]].sum(axis=1)
    ends = [
        {
            "x": 100 if is_share else float(sums.iloc[place]), "y": place, "text": end, "showarrow": False,
            "xanchor": "left", "xshift": 6, "font": {"color": colours.muted, "size": 12},
        }
        for place, end in enumerate(frame.get("end", []))
    ]  # fmt: skip
    # All at once: plotly checks every annotation again for each one that is added.
    figure.update_layout(margin={"r": 96 if "end" in frame else 16}, annotations=ends)
    return figure


@once
def columns(frame: pd.DataFrame, stack: Sequence[Part], colours: Palette, height: int = 280) -> go.Figure:
    """Vertical bars in the frame's order, from zero. `frame`: label and the parts' columns."""
    figure = _stacked(frame, stack, colours, "v", height)
    figure.update_yaxes(rangemode="tozero", tickformat=",d")
    figure.update_xaxes(showgrid=False, type="category", nticks=13)
    return figure


def _stacked(
    frame: pd.DataFrame,
    stack: Sequence[Part],
    colours: Palette,
    orientation: str,
    height: int,
    is_share: bool = False,
) -> go.Figure:
    counts = frame[[part.column for part in stack]].astype(float)
    sums = counts.sum(axis=1)
    figure = blank(colours, height)
    for part in stack:
        amounts = counts[part.column]
        drawn = 100 * amounts / sums.where(sums > 0) if is_share else amounts
        room = drawn >= ROOM * (100 if is_share else max(1.0, float(sums.max() or 0)))
        figure.add_trace(
            go.Bar(
                x=drawn if orientation == "h" else frame["label"],
                y=frame["label"] if orientation == "h" else drawn,
                orientation=orientation,
                name=part.name,
                marker={"color": getattr(colours, part.tone), "line": {"color": colours.ground, "width": 1}},
                text=[f"{int(n):,}" if fits else "" for n, fits in zip(amounts, room, strict=True)],
                textposition="inside",
                insidetextanchor="middle",
                textangle=0,
                textfont={"color": colours.ground, "size": 12},
                hovertext=[
                    f"{label}<br>{part.name} {int(n):,} / {int(total):,}"
                    for label, n, total in zip(frame["label"], amounts, sums, strict=True)
                ],
                hoverinfo="text",
            )
        )
    if not is_share and float(sums.max() or 0) <= FEW:
        figure.update_layout({"xaxis" if orientation == "h" else "yaxis": {"dtick": 1}})
    figure.update_layout(
        barmode="stack",
        bargap=0.28,
        uniformtext={"minsize": 10, "mode": "hide"},
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "traceorder": "normal"},
        margin={"t": 34},
    )
    return figure

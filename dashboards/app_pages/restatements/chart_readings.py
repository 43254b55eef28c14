"""Several readings of one indicator as lines over the same months, each named at its end.
Peers, targets and events belong to the trends."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboards.charts.drawn import once
from dashboards.charts.theme import Palette, blank

MARGIN = 0.12  # of the span of values, above and below


@once
def over_months(frame: pd.DataFrame, colours: Palette, suffix: str, height: int = 320) -> go.Figure:
    """`frame`: label, month (YYYY-MM), shown, hover; the first label is drawn strongest. Lines need no zero."""
    figure = blank(colours, height)
    for place, (label, part) in enumerate(frame.groupby("label", sort=False)):
        colour = colours.lines[place % len(colours.lines)]
        figure.add_trace(
            go.Scatter(
                x=part["month"],
                y=part["shown"],
                mode="lines+markers",
                line={"color": colour, "width": 1.8 if place else 2.8, "dash": "dot" if place else "solid"},
                marker={"size": 5},
                hovertext=part["hover"],
                hoverinfo="text",
                connectgaps=False,
            )
        )
        known = part[part["shown"].notna()]
        if len(known):
            figure.add_annotation(
                x=known["month"].iloc[-1],
                y=float(known["shown"].iloc[-1]),
                text=str(label),
                showarrow=False,
                xanchor="left",
                xshift=10,
                font={"color": colour, "size": 12},
            )
    low, high = frame["shown"].min(), frame["shown"].max()
    if pd.notna(low):
        room = MARGIN * (high - low) or 1.0
        figure.update_yaxes(range=[low - room, high + room])
    figure.update_yaxes(ticksuffix=suffix, nticks=6)
    figure.update_xaxes(type="category", showgrid=False, nticks=12)
    figure.update_layout(margin={"r": 170, "t": 16})
    return figure

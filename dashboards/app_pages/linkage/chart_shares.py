"""Shares with their intervals as dots and whiskers, against the share of all together.
Which parts there are, and in what order, is in the frame."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboards.charts.drawn import once
from dashboards.charts.theme import Palette, blank
from dashboards.rows import records

ROW_HEIGHT = 27


@once
def whiskers(frame: pd.DataFrame, colours: Palette, overall: tuple[float, str] | None) -> go.Figure:
    """`frame`: label, shown, low, high in percent, is_small, tone, symbol, hover; first row on top."""
    figure = blank(colours, 74 + ROW_HEIGHT * len(frame))
    order = list(range(len(frame)))[::-1]
    if overall is not None:
        figure.add_vline(x=overall[0], line={"color": colours.muted, "width": 1, "dash": "dot"})
        figure.add_annotation(
            x=overall[0],
            y=1,
            yref="paper",
            yanchor="bottom",
            text=overall[1],
            showarrow=False,
            font={"size": 12, "color": colours.muted},
        )
    edge = [getattr(colours, tone) for tone in frame["tone"]]
    fill = [colours.ground if small else colour for small, colour in zip(frame["is_small"], edge, strict=True)]
    shapes = [
        {
            "type": "line",
            "x0": row["low"],
            "x1": row["high"],
            "y0": place,
            "y1": place,
            "layer": "below",
            "line": {"color": colour, "width": 1.6},
        }
        for place, colour, row in zip(order, edge, records(frame), strict=True)
    ]
    figure.update_layout(shapes=[*figure.layout.shapes, *shapes])
    figure.add_trace(
        go.Scatter(
            x=frame["shown"],
            y=order,
            mode="markers",
            hovertext=frame["hover"],
            hoverinfo="text",
            marker={"size": 10, "color": fill, "symbol": list(frame["symbol"]), "line": {"color": edge, "width": 2}},
        )
    )
    figure.update_yaxes(tickvals=order, ticktext=frame["label"], range=[-0.8, len(frame) - 0.2], griddash="dot")
    figure.update_xaxes(ticksuffix="%", showgrid=False, showline=True)
    figure.update_layout(margin={"t": 44, "b": 8})
    return figure

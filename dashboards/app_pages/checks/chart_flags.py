"""One check at all courts: share of hits against the number of cases looked at, flagged courts named.
Courts lie where their figures put them; no order is drawn."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboards.charts.drawn import once
from dashboards.charts.theme import Palette, blank


@once
def against_volume(
    frame: pd.DataFrame, colours: Palette, names: tuple[str, str, str], axes: tuple[str, str]
) -> go.Figure:
    """`frame`: label, n, share (percent), flag (alert, watch, none), hover. `names`: of the three flags."""
    figure = blank(colours, 380)
    for flag, name, colour, symbol in (
        ("none", names[2], colours.unjudged, "circle-open"),
        ("watch", names[1], colours.near, "triangle-up-open"),
        ("alert", names[0], colours.below, "triangle-up"),
    ):
        part = frame[frame["flag"] == flag]
        figure.add_trace(
            go.Scatter(
                x=part["n"],
                y=part["share"],
                mode="markers" if flag == "none" else "markers+text",
                name=name,
                text=part["label"],
                textposition="top center",
                textfont={"color": colour, "size": 12},
                marker={"size": 9 if flag == "none" else 13, "color": colour, "symbol": symbol, "line": {"width": 1.5}},
                hovertext=part["hover"],
                hoverinfo="text",
            )
        )
    figure.update_yaxes(ticksuffix="%", rangemode="tozero", title_text=axes[1])
    figure.update_xaxes(type="log", title_text=axes[0], showgrid=False, dtick=1)
    figure.update_layout(
        showlegend=True, legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"}, margin={"t": 34}
    )
    return figure

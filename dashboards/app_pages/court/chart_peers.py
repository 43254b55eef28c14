"""The ranking as dots in order, with whiskers where rank intervals are known.
Which court is ranked, and how, is in the frame."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboards.charts.drawn import once
from dashboards.charts.theme import Palette, blank

ROW_HEIGHT = 21


@once
def ranking(
    frame: pd.DataFrame, colours: Palette, suffix: str, median: tuple[float, str] | None, chosen: str = ""
) -> go.Figure:
    """`frame`: label, court_code, shown (value as drawn), is_small, hover; first row on top. Dots need no zero."""
    figure = blank(colours, max(180, 70 + ROW_HEIGHT * len(frame)))
    order = list(range(len(frame)))[::-1]
    is_tall = len(frame) > 25  # then the axis is above, where reading starts
    # Who is looked at is no verdict: it has the colour of the subject, the others recede.
    solid = [colours.subject if code == chosen else colours.muted for code in frame["court_code"]]
    fill = [colours.ground if small else colour for small, colour in zip(frame["is_small"], solid, strict=True)]
    if median is not None:
        figure.add_vline(x=median[0], line={"color": colours.muted, "width": 1, "dash": "dot"})
        figure.add_annotation(
            x=median[0],
            y=0 if is_tall else 1,
            yref="paper",
            yanchor="top" if is_tall else "bottom",
            text=median[1],
            showarrow=False,
            font={"size": 12, "color": colours.muted},
        )
    figure.add_trace(
        go.Scatter(
            x=frame["shown"],
            y=order,
            mode="markers",
            hovertext=frame["hover"],
            hoverinfo="text",
            customdata=frame["court_code"],
            marker={"size": 10, "color": fill, "line": {"color": solid, "width": 2}},
        )
    )
    labels = [
        f"<b>{label}</b>" if code == chosen else label
        for label, code in zip(frame["label"], frame["court_code"], strict=True)
    ]
    figure.update_yaxes(tickvals=order, ticktext=labels, range=[-0.8, len(frame) - 0.2], showgrid=True, griddash="dot")
    figure.update_xaxes(ticksuffix=suffix, side="top" if is_tall else "bottom", showgrid=False, showline=True)
    figure.update_layout(margin={"t": 34, "b": 24 if is_tall else 8})
    return figure

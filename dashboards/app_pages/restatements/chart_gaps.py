"""How far figures lie from what their own counts give: one line from zero per figure, both values written beside it.
Which figures are compared, and why they differ, is said by the pages."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboards.charts.drawn import once
from dashboards.charts.theme import Palette, blank
from dashboards.rows import records

ROW_HEIGHT = 40


@once
def lollipops(frame: pd.DataFrame, colours: Palette, axis: str) -> go.Figure:
    """`frame`: label, gap (percentage points, signed), words; first row on top, zero drawn."""
    figure = blank(colours, 84 + ROW_HEIGHT * len(frame))
    for row in records(frame):
        figure.add_trace(
            go.Scatter(
                x=[0, row["gap"]],
                y=[row["label"], row["label"]],
                mode="lines+markers",
                line={"color": colours.below, "width": 3},
                marker={"size": [0, 12], "color": colours.below, "symbol": "diamond"},
                hovertext=row["words"],
                hoverinfo="text",
            )
        )
        figure.add_annotation(
            x=max(0.0, float(row["gap"])),
            y=row["label"],
            text=row["words"],
            showarrow=False,
            xanchor="left",
            xshift=14,
            font={"color": colours.muted, "size": 12},
        )
    reach = max([0.5, *frame["gap"].abs().tolist()])
    figure.add_vline(x=0, line={"color": colours.muted, "width": 1})
    figure.update_yaxes(autorange="reversed", showgrid=False)
    figure.update_xaxes(title_text=axis, range=[-1.15 * reach, 1.9 * reach], zeroline=False)
    return figure

"""The flow of cases as a waterfall: opening, new, closed by mode, pending.
Its ends are the figures of the table beside it."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboards.charts.drawn import once
from dashboards.charts.theme import Palette, blank


@once
def waterfall(frame: pd.DataFrame, colours: Palette, height: int = 330) -> go.Figure:
    """`frame`: label, amount (signed), kind (`level` or `step`), text; bars start at zero."""
    figure = blank(colours, height)
    figure.add_trace(
        go.Waterfall(
            x=frame["label"],
            y=frame["amount"],
            text=frame["text"],
            textposition="outside",
            hoverinfo="x+text",
            measure=["absolute" if kind == "level" else "relative" for kind in frame["kind"]],
            connector={"line": {"color": colours.rule, "width": 1}},
            increasing={"marker": {"color": colours.subject}},
            decreasing={"marker": {"color": colours.met}},
            totals={"marker": {"color": colours.muted}},
            textfont={"color": colours.ink, "size": 13},
            cliponaxis=False,
        )
    )
    figure.update_yaxes(rangemode="tozero", tickformat=",d")
    figure.update_xaxes(showgrid=False)
    figure.update_layout(margin={"t": 28}, waterfallgap=0.45)
    return figure

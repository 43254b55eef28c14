"""Why a quotient moved: what its numerator and its denominator did to it, as two bars and their sum.
The effects are computed before they come here."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboards.charts.drawn import once
from dashboards.charts.theme import Palette, blank


@once
def bars(frame: pd.DataFrame, colours: Palette, suffix: str) -> go.Figure:
    """`frame`: label, shown (signed, as drawn), text, tone (`met`, `below` or `unjudged`); the first row on top."""
    figure = blank(colours, 60 + 44 * len(frame))
    tones = {"met": colours.met, "below": colours.below, "unjudged": colours.muted}
    figure.add_trace(
        go.Bar(
            x=frame["shown"],
            y=frame["label"],
            orientation="h",
            text=frame["text"],
            textposition="outside",
            hoverinfo="y+text",
            marker={"color": [tones[tone] for tone in frame["tone"]]},
            textfont={"color": colours.ink, "size": 13},
            cliponaxis=False,
        )
    )
    reach = max((abs(value) for value in frame["shown"]), default=0.0) * 1.45 or 1.0
    figure.add_vline(x=0, line={"color": colours.muted, "width": 1})
    figure.update_xaxes(range=[-reach, reach], ticksuffix=suffix, showgrid=False)
    figure.update_yaxes(autorange="reversed", showgrid=False)
    figure.update_layout(bargap=0.45)
    return figure

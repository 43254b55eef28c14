"""Cohorts as a heat table: one row per cohort, one column per month since, the share reached so far.
Months that have not come yet stay blank."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboards.charts.drawn import once
from dashboards.charts.theme import Palette, blank

ROW_HEIGHT = 17


@once
def heat(frame: pd.DataFrame, colours: Palette, axis: str) -> go.Figure:
    """`frame`: cohort_month, months_since, share (percent), hover; oldest cohort on top; the scale begins at zero."""
    shares = frame.pivot(index="cohort_month", columns="months_since", values="share")
    hovers = frame.pivot(index="cohort_month", columns="months_since", values="hover").reindex_like(shares)
    figure = blank(colours, max(220, 90 + ROW_HEIGHT * len(shares)))
    figure.add_trace(
        go.Heatmap(
            x=[int(month) for month in shares.columns],
            y=shares.index.tolist(),
            z=shares.to_numpy(dtype=float),
            text=hovers.fillna("").to_numpy(),
            hoverinfo="text",
            hoverongaps=False,
            xgap=1,
            ygap=1,
            zmin=0,
            colorscale=[[0, colours.raised], [1, colours.subject]],
            colorbar={
                "thickness": 10,
                "ticksuffix": "%",
                "outlinewidth": 0,
                "tickfont": {"color": colours.muted, "size": 12},
            },
        )
    )
    figure.update_yaxes(autorange="reversed", type="category", showgrid=False, nticks=12)
    figure.update_xaxes(title_text=axis, showgrid=False, dtick=6)
    return figure

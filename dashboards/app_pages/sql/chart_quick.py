"""The analysts' quick chart: one column against another as bars, a line or points.
Which columns, and how many rows of the result are in the frame, is decided by the page."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboards.charts.theme import Palette, blank

KINDS = ("bar", "line", "points")
MOST = {"bar": 60, "line": 5_000, "points": 5_000}
HEIGHT = 360


def chart(frame: pd.DataFrame, x: str, y: str, kind: str, colours: Palette) -> go.Figure:
    """`frame`: the columns `x` and `y` (numbers), rows in the order in which they are drawn."""
    figure = blank(colours, HEIGHT)
    if kind == "bar":
        figure.add_trace(go.Bar(x=frame[x].astype(str), y=frame[y], marker={"color": colours.subject}))
    else:
        mode = "lines+markers" if kind == "line" else "markers"
        figure.add_trace(
            go.Scatter(
                x=frame[x], y=frame[y], mode=mode, marker={"size": 6, "color": colours.subject}, line={"width": 2}
            )
        )
    figure.update_xaxes(title_text=x, showgrid=False, type="category" if kind == "bar" else None)
    figure.update_yaxes(title_text=y, rangemode="tozero" if kind == "bar" else "normal")
    return figure


def drawn(frame: pd.DataFrame, x: str, y: str, kind: str) -> pd.DataFrame:
    """The rows that are drawn: those with both values, a line's in the order of x, at most MOST[kind]."""
    found = pd.DataFrame({x: frame[x], y: pd.to_numeric(frame[y], errors="coerce").astype(float)})
    kept = found.dropna().head(MOST[kind])
    return kept.sort_values(x, kind="stable") if kind == "line" else kept

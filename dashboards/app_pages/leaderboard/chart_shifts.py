"""Two ranks per court on one line: the published one, another one, and the range around the published.
How the other rank came about is not known here."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboards.charts.drawn import once
from dashboards.charts.theme import Palette, blank

ROW_HEIGHT = 22


@once
def shifts(frame: pd.DataFrame, colours: Palette, head: str) -> go.Figure:
    """`frame`, by published rank: label, rank, other (NaN: none), low, high (range of the published), hover."""
    figure = blank(colours, max(160, 70 + ROW_HEIGHT * len(frame)))
    places = list(range(len(frame)))
    for low, high, tone, width, opacity in (("low", "high", colours.muted, 6, 0.25),
                                            ("rank", "other", colours.subject, 1.6, 0.8)):  # fmt: skip
        xs: list[float | None] = []
        ys: list[float | None] = []
        for place, left, right in zip(places, frame[low], frame[high], strict=True):
            if pd.notna(left) and pd.notna(right):
                xs += [left, right, None]
                ys += [place, place, None]
        figure.add_trace(
            go.Scatter(
                x=xs, y=ys, mode="lines", hoverinfo="skip", line={"color": tone, "width": width}, opacity=opacity
            )
        )
    for name, fill, symbol in (("rank", colours.ground, "circle"), ("other", colours.subject, "diamond")):
        figure.add_trace(
            go.Scatter(
                x=frame[name], y=places, mode="markers", hovertext=frame["hover"], hoverinfo="text",
                marker={"size": 9, "symbol": symbol, "color": fill, "line": {"color": colours.subject, "width": 1.8}},
            )
        )  # fmt: skip
    figure.update_yaxes(
        tickvals=places, ticktext=frame["label"].tolist(), range=[len(frame) - 0.4, -0.6], griddash="dot",
        tickfont={"size": 13, "color": colours.ink},
    )  # fmt: skip
    figure.update_xaxes(
        side="top", tickformat="d", showgrid=False, showline=True, title={"text": head}, range=[0, len(frame) + 1]
    )
    return figure

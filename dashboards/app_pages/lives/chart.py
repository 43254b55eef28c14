"""The shares of cases that ended in each way by their age, a court's drawn through and its peers' dotted.
What is drawn is worked out in curves."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from dashboards.app_pages.lives.curves import Curve
from dashboards.charts.theme import Palette, blank

LONGEST = 365  # days drawn
OPEN = "still_open"


def drawn(own: Curve, peers: Curve | None, colours: Palette, words: Mapping[str, str]) -> go.Figure:
    """`words`: the causes and still_open, in their order; the axis is per cent from 0 to 100."""
    figure = blank(colours, 430)
    for place, name in enumerate(words):
        colour = colours.muted if name == OPEN else colours.lines[place % len(colours.lines)]
        values = _values(own, name)
        figure.add_trace(_line(values, {"color": colour, "width": 2.3, "shape": "hv"}, words[name], name))
        if peers is not None:
            figure.add_trace(
                _line(_values(peers, name), {"color": colour, "width": 1.3, "dash": "dot"}, "", f"{name}_peers")
            )
        known = values[~np.isnan(values)]
        if len(known):
            figure.add_annotation(
                x=len(known) - 1, y=float(known[-1]), text=words[name], showarrow=False, xanchor="left", xshift=4,
                font={"color": colour, "size": 12},
            )  # fmt: skip
    figure.update_yaxes(range=[0, 102], ticksuffix="%")
    figure.update_xaxes(range=[0, LONGEST], dtick=30, showgrid=False)
    figure.update_layout(margin={"r": 96})
    return figure


def _values(found: Curve, name: str) -> np.ndarray:
    part = found.still_open if name == OPEN else found.incidence[name]
    return np.asarray(part[: LONGEST + 1] * 100)


def _line(values: np.ndarray, line: dict[str, object], word: str, name: str) -> go.Scatter:
    days = np.arange(len(values))
    hovers = [f"{word} {day}: {value:.1f}%" for day, value in zip(days, values, strict=True)] if word else None
    return go.Scatter(
        x=days, y=values, mode="lines", line=line, name=name, connectgaps=False,
        hovertext=hovers, hoverinfo="text" if word else "skip",
    )  # fmt: skip

"""What happened in a case, on a line of time: a row for each kind of event, in the order in which they first came.
Which events there are, and their words, come from the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from dashboards.charts.theme import Palette, blank

ROW, AROUND = 26, 70  # pixels of a row, and of what stands above and below


@dataclass(frozen=True)
class Station:
    """One event in the reader's words."""

    day: date
    event: str
    note: str


def drawn(stations: Sequence[Station], begin: date, end: date, colours: Palette) -> go.Figure:
    """The bar is the time from filing to closing, or to what came last in a case that is open."""
    events = list(dict.fromkeys(station.event for station in stations))
    figure = blank(colours, AROUND + ROW * max(4, len(events)))
    figure.add_vrect(x0=begin, x1=end, fillcolor=colours.band, line_width=0, layer="below")
    figure.add_trace(
        go.Scatter(
            x=[station.day for station in stations],
            y=[station.event for station in stations],
            mode="markers",
            marker={"size": 11, "color": [_colour(events.index(s.event), colours) for s in stations]},
            hovertext=[" · ".join(part for part in (f"{s.day:%Y-%m-%d}", s.event, s.note) if part) for s in stations],
            hoverinfo="text",
        )
    )
    figure.update_yaxes(categoryorder="array", categoryarray=events, autorange="reversed", showgrid=True)
    figure.update_xaxes(tickformat="%Y-%m-%d", hoverformat="%Y-%m-%d", nticks=8)
    return figure


def _colour(place: int, colours: Palette) -> str:
    return colours.lines[place % len(colours.lines)]

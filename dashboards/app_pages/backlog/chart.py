"""The stock of pending cases: two years of history, the projection with its 80 % interval, and the one with levers.
What is drawn is worked out in outlook."""

from __future__ import annotations

from collections.abc import Mapping

import plotly.graph_objects as go

from dashboards.app_pages.backlog.outlook import Outlook
from dashboards.charts.theme import Palette, blank

SHOWN = 24  # months of history


def stocks(found: Outlook, colours: Palette, words: Mapping[str, str], is_pulled: bool) -> go.Figure:
    """`words`: expected, pulled, stock. The axis begins at zero."""
    figure = blank(colours, 400)
    past = [month.isoformat() for month in found.months[-SHOWN:]]  # plotly writes plain dates only
    ahead = [past[-1], *(month.isoformat() for month in found.ahead)]
    last = float(found.stock[-1])
    if found.low is not None and found.high is not None:
        edge = [last, *found.high.tolist(), *found.low.tolist()[::-1], last]
        figure.add_trace(
            go.Scatter(
                x=[*ahead, *ahead[::-1]], y=edge, fill="toself", fillcolor=colours.band, mode="lines",
                line={"width": 0}, hoverinfo="skip", name="interval",
            )
        )  # fmt: skip
    lines = [
        ("stock", past, found.stock[-SHOWN:].tolist(), {"color": colours.ink, "width": 2.2}),
        ("expected", ahead, [last, *found.expected.stock.tolist()], {"color": colours.subject, "width": 2.2}),
    ]
    if is_pulled:
        dashes = {"color": colours.below, "width": 2, "dash": "dash"}
        lines.append(("pulled", ahead, [last, *found.pulled.stock.tolist()], dashes))
    for name, months, values, line in lines:
        hovers = [f"{words[name]}<br>{month[:7]}: {value:,.0f}" for month, value in zip(months, values, strict=True)]
        figure.add_trace(
            go.Scatter(x=months, y=values, mode="lines", line=line, hovertext=hovers, hoverinfo="text", name=name)
        )
        place = len(months) // 2 if name == "stock" else len(months) - 1
        figure.add_annotation(
            x=months[place], y=values[place], text=words[name], showarrow=False, yshift=12,
            xanchor="center" if name == "stock" else "right", font={"color": line["color"], "size": 12},
        )  # fmt: skip
    figure.update_yaxes(rangemode="tozero", nticks=6)
    figure.update_xaxes(tickformat="%Y-%m", showgrid=False)
    return figure

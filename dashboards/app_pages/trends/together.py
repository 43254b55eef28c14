"""Up to six courts in one picture, on the page and as SVG or PNG with its source line, for slides.
Windows that are not full are no points of it; intervals and peers are in the panels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import cycle
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboards.bulletin.charts import Curve, curves_together
from dashboards.charts.theme import LIGHT, Palette, blank

DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")


@dataclass(frozen=True)
class Line:
    """A court's months (as dates) and values in the unit shown; None where there is none, or the window is not full."""

    name: str
    frame: pd.DataFrame  # period_month, shown, hover


def drawn(lines: list[Line], colours: Palette, suffix: str, height: int = 430) -> go.Figure:
    """Each court a line of its own colour and dash, named at its end; a gap stays a gap."""
    figure = blank(colours, height)
    for place, line in enumerate(lines):
        colour = colours.lines[place % len(colours.lines)]
        months, values = line.frame["period_month"].tolist(), line.frame["shown"].tolist()
        figure.add_trace(
            go.Scatter(
                x=months, y=values, mode="lines+markers", name=line.name, connectgaps=False, marker={"size": 4},
                line={"color": colour, "width": 2.2, "dash": DASHES[place % len(DASHES)]},
                hovertext=line.frame["hover"].tolist(), hoverinfo="text",
            )
        )  # fmt: skip
    for (month, level), place in _ends(lines).items():
        colour = colours.lines[place % len(colours.lines)]
        figure.add_annotation(
            x=month, y=level, text=lines[place].name, showarrow=False, xanchor="left", xshift=8,
            font={"color": colour, "size": 12},
        )  # fmt: skip
    figure.update_yaxes(ticksuffix=suffix, nticks=6)
    figure.update_xaxes(tickformat="%Y-%m", showgrid=False)
    figure.update_layout(margin={"r": 120})
    return figure


def _ends(lines: list[Line]) -> dict[tuple[Any, float], int]:
    """Where each line's name stands: at its last value."""
    known = {place: line.frame[line.frame["shown"].notna()] for place, line in enumerate(lines)}
    return {
        (part["period_month"].iloc[-1], float(part["shown"].iloc[-1])): place
        for place, part in known.items()
        if len(part)
    }


def picture(lines: list[Line], suffix: str, words: Mapping[str, str], kind: str) -> bytes:
    """`words`: title and source, both printed; `kind` is svg or png (200 dpi). The same figures give the same bytes."""
    curves = [
        Curve(line.name, colour, pd.to_datetime(line.frame["period_month"]), line.frame["shown"].astype(float))
        for line, colour in zip(lines, cycle(LIGHT.lines))
    ]
    return curves_together(curves, suffix, words, kind)

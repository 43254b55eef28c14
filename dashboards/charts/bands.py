"""Stacked bars in fixed bands, the worst first; each band has a colour and a hatching, so that grey print tells them.
Which bands there are, and what is in them, is in the frame."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from dashboards.charts.theme import Palette, blank

ROW_HEIGHT = 27
ROOM = 1.22  # right of the longest bar, for what is written at its end
NUMBERS = ",~r"


@dataclass(frozen=True)
class Band:
    """`tone` names a colour of the palette; `pattern` is a hatching of plotly."""

    code: str
    label: str
    tone: str
    pattern: str = ""


def rows(
    frame: pd.DataFrame, bands: list[Band], colours: Palette, suffix: str = "", ends: dict[str, str] | None = None
) -> go.Figure:
    """`frame`: label, band, shown, hover; one bar per label from the top, one piece per band. Starts at zero.

    `ends`: label → what is written at the end of its bar.
    """
    labels = list(dict.fromkeys(frame["label"]))
    figure = blank(colours, 74 + ROW_HEIGHT * len(labels))
    for band in bands:
        part = frame[frame["band"] == band.code]
        figure.add_trace(_bar(part["shown"], part["label"], part["hover"], band, colours, "h"))
    lengths = frame.groupby("label")["shown"].sum()
    for label, text in (ends or {}).items():
        figure.add_annotation(
            x=lengths.get(label, 0),
            y=label,
            text=text,
            xanchor="left",
            xshift=4,
            showarrow=False,
            font={"size": 12, "color": colours.muted},
        )
    figure.update_layout(barmode="stack", bargap=0.3, **_legend())
    figure.update_yaxes(categoryorder="array", categoryarray=labels[::-1], showgrid=False)
    figure.update_xaxes(
        ticksuffix=suffix, tickformat=NUMBERS, nticks=6, range=[0, (lengths.max() if len(lengths) else 1) * ROOM or 1]
    )
    return figure


def months(
    frame: pd.DataFrame,
    bands: list[Band],
    colours: Palette,
    suffix: str = "",
    height: int = 330,
    *,
    is_grouped: bool = False,
) -> go.Figure:
    """`frame`: period_month, band, shown, hover; one column per month, stacked or side by side. Starts at zero."""
    figure = blank(colours, height)
    for band in bands:
        part = frame[frame["band"] == band.code]
        figure.add_trace(_bar(part["period_month"], part["shown"], part["hover"], band, colours, "v"))
    figure.update_layout(barmode="group" if is_grouped else "stack", bargap=0.25, **_legend())
    figure.update_xaxes(showgrid=False, tickformat="%Y-%m", nticks=9)
    figure.update_yaxes(ticksuffix=suffix, tickformat=NUMBERS, nticks=6, rangemode="tozero")
    return figure


def _bar(x: pd.Series, y: pd.Series, hover: pd.Series, band: Band, colours: Palette, orientation: str) -> go.Bar:
    return go.Bar(
        x=x,
        y=y,
        name=band.label,
        orientation=orientation,
        hovertext=hover,
        hoverinfo="text",
        marker={
            "color": getattr(colours, band.tone),
            "line": {"width": 0.5, "color": colours.ground},
            "pattern": {"shape": band.pattern, "fillmode": "overlay", "fgcolor": colours.ground, "solidity": 0.35},
        },
    )


def _legend() -> dict[str, object]:
    return {
        "showlegend": True,
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "traceorder": "normal"},
        "margin": {"l": 8, "r": 16, "t": 44, "b": 8},
    }

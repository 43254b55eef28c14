"""Lines over months with the peers' median and middle half, a target, and marked events.
Small multiples share one scale; two y-axes are never drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from dashboards.charts.theme import Palette, blank

LABEL_GAP = 0.045  # share of the panel's height that two direct labels need between them


@dataclass(frozen=True)
class Panel:
    """How one panel is drawn: `words` has target and peers; `scale` is shared by panels of one unit."""

    words: dict[str, str]
    suffix: str
    target: float | None
    scale: tuple[float, float] | None
    height: int
    last_year: bool


def trend(frame: pd.DataFrame, colours: Palette, panel: Panel, events: list[tuple[date, str]]) -> go.Figure:
    """`frame`: label, period_month, shown, low, middle, high, last_year, is_small, hover; one colour per label."""
    figure = blank(colours, panel.height)
    if frame["label"].nunique() == 1:
        _add_peers(figure, frame, colours, panel.words)
    ends = [
        _add_line(figure, part.sort_values("period_month"), colours.lines[place % len(colours.lines)], panel.last_year)
        for place, (_, part) in enumerate(frame.groupby("label", sort=False))
    ]
    if panel.target is not None:
        figure.add_hline(y=panel.target, line={"color": colours.near, "width": 1.5, "dash": "dash"})
        figure.add_annotation(
            x=0,
            xref="paper",
            xanchor="left",
            y=panel.target,
            yanchor="bottom",
            text=panel.words["target"],
            showarrow=False,
            font={"color": colours.near, "size": 12},
        )
    _add_events(figure, events, colours)
    bounds = panel.scale or _bounds(frame)
    _add_labels(figure, [end for end in ends if end], bounds)
    figure.update_yaxes(ticksuffix=panel.suffix, range=bounds, nticks=6)
    figure.update_xaxes(showgrid=False, tickformat="%Y-%m", nticks=9)
    figure.update_layout(margin={"r": _label_width(frame["label"]), "t": 30}, hovermode="closest")
    return figure


def _label_width(labels: pd.Series) -> int:
    """Pixels that the longest label needs at its size: a Chinese character is twice as wide as a Latin one."""
    widths = [sum(13 if ord(sign) > 0x2E80 else 7 for sign in str(label)) for label in labels.unique()]
    return max([80, *widths]) + 16


def _add_line(figure: go.Figure, part: pd.DataFrame, colour: str, last_year: bool) -> tuple[float, str, str] | None:
    if last_year:
        figure.add_trace(
            go.Scatter(
                x=part["period_month"],
                y=part["last_year"],
                mode="lines",
                hoverinfo="skip",
                line={"color": colour, "width": 1.2, "dash": "dot"},
                opacity=0.65,
            )
        )
    hollow = ["circle-open" if small else "circle" for small in part["is_small"]]
    figure.add_trace(
        go.Scatter(
            x=part["period_month"],
            y=part["shown"],
            mode="lines+markers",
            hovertext=part["hover"],
            hoverinfo="text",
            line={"color": colour, "width": 2.2},
            marker={"size": 5, "symbol": hollow},
            connectgaps=False,
        )
    )
    known = part[part["shown"].notna()]
    return None if known.empty else (float(known["shown"].iloc[-1]), str(known["label"].iloc[-1]), colour)


def _add_peers(figure: go.Figure, frame: pd.DataFrame, colours: Palette, words: dict[str, str]) -> None:
    peers = frame.drop_duplicates("period_month").sort_values("period_month")
    if peers["middle"].notna().sum() == 0:
        return
    edge = {"width": 0}
    figure.add_trace(go.Scatter(x=peers["period_month"], y=peers["high"], mode="lines", line=edge, hoverinfo="skip"))
    figure.add_trace(
        go.Scatter(
            x=peers["period_month"],
            y=peers["low"],
            mode="lines",
            line=edge,
            fill="tonexty",
            fillcolor=colours.band,
            hoverinfo="skip",
        )
    )
    figure.add_trace(
        go.Scatter(
            x=peers["period_month"],
            y=peers["middle"],
            mode="lines",
            hoverinfo="skip",
            line={"color": colours.muted, "width": 1.4},
        )
    )
    known = peers[peers["middle"].notna()]
    place = known.iloc[len(known) // 2]
    figure.add_annotation(
        x=place["period_month"],
        y=place["low"],
        yanchor="top",
        xanchor="center",
        showarrow=False,
        text=words["peers"],
        font={"color": colours.muted, "size": 12},
    )


def _add_labels(figure: go.Figure, ends: list[tuple[float, str, str]], bounds: tuple[float, float]) -> None:
    gap, floor = LABEL_GAP * 1.4 * (bounds[1] - bounds[0]), -float("inf")
    for height, label, colour in sorted(ends):
        floor = max(height, floor + gap)
        figure.add_annotation(
            x=1.005,
            xref="paper",
            xanchor="left",
            y=floor,
            text=label,
            showarrow=False,
            font={"color": colour, "size": 12},
        )


def _add_events(figure: go.Figure, events: list[tuple[date, str]], colours: Palette) -> None:
    for number, (day, title) in enumerate(events, start=1):
        figure.add_vline(x=day.isoformat(), line={"color": colours.rule, "width": 1})
        figure.add_annotation(
            x=day.isoformat(),
            y=1,
            yref="paper",
            yanchor="bottom",
            text=str(number),
            hovertext=title,
            showarrow=False,
            font={"size": 12, "color": colours.muted},
            bordercolor=colours.rule,
            borderwidth=1,
            borderpad=2,
        )


def _bounds(frame: pd.DataFrame) -> tuple[float, float]:
    columns = ["shown", "low", "high"] if frame["label"].nunique() == 1 else ["shown"]
    return bounds(frame, columns)


def bounds(frame: pd.DataFrame, columns: list[str]) -> tuple[float, float]:
    """A scale that holds all values of the columns with a margin; small multiples share it."""
    low, high = frame[columns].min().min(), frame[columns].max().max()
    if pd.isna(low):
        return (0.0, 1.0)
    margin = 0.08 * (high - low) or 1.0
    return (float(low - margin), float(high + margin))

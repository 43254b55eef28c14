"""Small multiples over months: one panel per court, all panels of an indicator on one scale.
A panel has the court's own history with its interval, its peers, a year earlier, bounds, and marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboards.charts.theme import Palette, blank

MOST_IN_A_ROW = 3
VALUES = ("shown", "last_year", "q25", "q75")


@dataclass(frozen=True)
class Panel:
    """One court. `frame`, by month: period_month, shown, low, high (95 % interval), q25, middle, q75 (peers),
    last_year, is_small, hover. `others`: period_month, shown of a definition not in force. `restated`: period_month,
    old, shown, hover."""

    title: str
    frame: pd.DataFrame
    others: pd.DataFrame
    restated: pd.DataFrame


@dataclass(frozen=True)
class Scale:
    """What all panels of an indicator share: unit suffix, target and interval bounds, numbered events, words."""

    suffix: str
    words: dict[str, str]
    targets: Sequence[float] = ()
    interval: tuple[float | None, float | None] = (None, None)
    events: Sequence[tuple[int, date, str]] = ()  # number, day, title
    month: date | None = None


def multiples(panels: Sequence[Panel], colours: Palette, scale: Scale, height: int) -> go.Figure:
    """`height` pixels for each row of panels; axes need no zero and the page says so."""
    across = min(MOST_IN_A_ROW, len(panels))
    down = ceil(len(panels) / across)
    figure = make_subplots(
        rows=down, cols=across, shared_yaxes="all", shared_xaxes="all", horizontal_spacing=0.02,
        vertical_spacing=min(0.16, 60 / (height * down)), figure=blank(colours, height * down + 30),
    )  # fmt: skip
    for number, panel in enumerate(panels):
        row, column = number // across + 1, number % across + 1
        _panel(figure, panel, colours, scale, {"row": row, "col": column}, is_first=number == 0)
        _title(figure, number, panel.title if len(panels) > 1 else "", colours)
    _axes(figure, colours, scale, panels)
    figure.update_layout(margin={"t": 44 if len(panels) > 1 else 26, "r": 24})
    return figure


def bounds(panels: Sequence[Panel], scale: Scale) -> tuple[float, float]:
    """A scale that holds all values and bounds; intervals may stretch it by as much again and are cut beyond."""
    frame = pd.concat([panel.frame for panel in panels]) if panels else pd.DataFrame()
    known = [frame[name] for name in VALUES if name in frame]
    values = pd.concat([*known, pd.Series([*scale.targets, *(b for b in scale.interval if b is not None)])]).dropna()
    if values.empty:
        return (0.0, 1.0)
    low, high = float(values.min()), float(values.max())
    span = (high - low) or abs(high) or 1.0
    least, most = frame["low"].min(), frame["high"].max()
    low = low if pd.isna(least) else max(min(low, float(least)), low - span / 2)
    high = high if pd.isna(most) else min(max(high, float(most)), high + span / 2)
    return (low - 0.06 * span, high + 0.06 * span)


def _panel(figure: go.Figure, panel: Panel, colours: Palette, scale: Scale, at: dict[str, int], is_first: bool) -> None:
    frame = panel.frame
    _band(figure, frame, ("q25", "q75"), colours.band, at)
    _line(figure, frame["period_month"], frame["middle"], {"color": colours.muted, "width": 1.3}, at)
    _band(figure, frame, ("low", "high"), _faint(colours.subject), at)
    _line(figure, frame["period_month"], frame["last_year"], {"color": colours.near, "width": 1.3, "dash": "dot"}, at)
    for _, part in panel.others.groupby("definition_version") if len(panel.others) else ():
        _line(figure, part["period_month"], part["shown"], {"color": colours.ink, "width": 1.3, "dash": "dash"}, at)
    _bounds_drawn(figure, colours, scale, at, is_first)
    _events(figure, scale.events, colours, at)
    _own(figure, frame, colours, at)
    _restated(figure, panel.restated, colours, at)
    if is_first:
        _words(figure, frame, colours, scale, at)


def _faint(colour: str) -> str:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.16)"


def _band(figure: go.Figure, frame: pd.DataFrame, names: tuple[str, str], fill: str, at: dict[str, int]) -> None:
    """Each unbroken run of months is one area: a gap stays a gap."""
    low, high = frame[names[0]], frame[names[1]]
    run = (low.isna() | high.isna()).cumsum()
    for _, part in frame[low.notna() & high.notna()].groupby(run):
        months = part["period_month"].tolist()
        figure.add_trace(
            go.Scatter(
                x=[*months, *months[::-1]], y=[*part[names[1]], *part[names[0]].tolist()[::-1]], mode="lines",
                line={"width": 0}, fill="toself", fillcolor=fill, hoverinfo="skip",
            ),
            **at,
        )  # fmt: skip


def _line(figure: go.Figure, x: Any, y: Any, line: dict[str, Any], at: dict[str, int]) -> None:
    figure.add_trace(go.Scatter(x=x, y=y, mode="lines", hoverinfo="skip", line=line, connectgaps=False), **at)


def _own(figure: go.Figure, frame: pd.DataFrame, colours: Palette, at: dict[str, int]) -> None:
    figure.add_trace(
        go.Scatter(
            x=frame["period_month"], y=frame["shown"], mode="lines+markers", hovertext=frame["hover"],
            hoverinfo="text", line={"color": colours.subject, "width": 2.2}, connectgaps=False,
            marker={"size": 5, "symbol": ["circle-open" if small else "circle" for small in frame["is_small"]]},
        ),
        **at,
    )  # fmt: skip


def _restated(figure: go.Figure, restated: pd.DataFrame, colours: Palette, at: dict[str, int]) -> None:
    """The value as it was published first, joined to the value now."""
    if restated.empty:
        return
    for row in restated.itertuples():
        joined = {"color": colours.below, "width": 1.4}
        _line(figure, [row.period_month, row.period_month], [row.old, row.shown], joined, at)
    figure.add_trace(
        go.Scatter(
            x=restated["period_month"], y=restated["old"], mode="markers", hovertext=restated["hover"],
            hoverinfo="text", marker={"size": 9, "symbol": "x-thin", "line": {"width": 2, "color": colours.below}},
        ),
        **at,
    )  # fmt: skip


def _bounds_drawn(figure: go.Figure, colours: Palette, scale: Scale, at: dict[str, int], is_first: bool) -> None:
    low, high = scale.interval
    if low is not None and high is not None:
        figure.add_hrect(y0=low, y1=high, fillcolor=colours.met, opacity=0.1, line_width=0, layer="below", **at)
    for edge in (*scale.targets, low, high):
        if edge is None:
            continue
        figure.add_hline(y=edge, line={"color": colours.met, "width": 1.4, "dash": "dash"}, **at)
        if is_first:
            word = scale.words["target" if edge in scale.targets else "interval"]
            figure.add_annotation(
                x=0.01, xref="x domain", xanchor="left", y=edge, yref="y", yanchor="bottom", text=word,
                showarrow=False, font={"color": colours.met, "size": 12},
            )  # fmt: skip


def _events(figure: go.Figure, events: Sequence[tuple[int, date, str]], colours: Palette, at: dict[str, int]) -> None:
    for number, day, title in events:
        figure.add_vline(x=day.isoformat(), line={"color": colours.rule, "width": 1}, **at)
        figure.add_annotation(
            x=day.isoformat(), y=1, yref="y domain", yanchor="bottom", text=str(number), hovertext=title,
            showarrow=False, font={"size": 12, "color": colours.muted}, bordercolor=colours.rule, borderwidth=1,
            borderpad=1, **at,
        )  # fmt: skip


def _words(figure: go.Figure, frame: pd.DataFrame, colours: Palette, scale: Scale, at: dict[str, int]) -> None:
    """Direct labels in the first panel: peers, and the year before."""
    labels = (("q25", "peers", colours.muted, 0.5), ("last_year", "last_year", colours.near, 0.85))
    for name, word, tone, share in labels:
        known = frame[frame[name].notna()]
        if known.empty:
            continue
        place = known.iloc[int((len(known) - 1) * share)]
        figure.add_annotation(
            x=place["period_month"], y=place[name], yanchor="top", text=scale.words[word], showarrow=False,
            font={"color": tone, "size": 12}, bgcolor=colours.ground, opacity=0.9, borderpad=1, **at,
        )  # fmt: skip


def _title(figure: go.Figure, number: int, title: str, colours: Palette) -> None:
    if title:
        name = "" if number == 0 else str(number + 1)
        figure.add_annotation(
            x=0, xref=f"x{name} domain", xanchor="left", y=1, yref=f"y{name} domain", yanchor="bottom", yshift=18,
            text=f"<b>{title}</b>", showarrow=False, font={"color": colours.ink, "size": 13},
        )  # fmt: skip


def _months(panels: Sequence[Panel]) -> dict[str, Any]:
    """Ticks at years in narrow panels that hold more than one of them, at months elsewhere."""
    months = pd.concat([panel.frame["period_month"] for panel in panels])
    if len(panels) > 1 and months.nunique() > 18:
        return {"tickformat": "%Y", "dtick": "M12", "tick0": "2000-01-01"}
    return {"tickformat": "%Y-%m", "nticks": 8}


def _axes(figure: go.Figure, colours: Palette, scale: Scale, panels: Sequence[Panel]) -> None:
    limits = bounds(panels, scale)
    shared = {
        "gridcolor": colours.rule, "linecolor": colours.rule, "zeroline": False, "automargin": True,
        "tickfont": {"color": colours.muted, "size": 12},
    }  # fmt: skip
    figure.update_yaxes(**shared, ticksuffix=scale.suffix, range=list(limits), nticks=6)
    figure.update_xaxes(**shared, **_months(panels), showgrid=False, showticklabels=True)
    if scale.month is not None:
        figure.add_vline(
            x=scale.month.isoformat(), line={"color": colours.subject, "width": 1, "dash": "dot"}, opacity=0.6
        )

"""Ranks over months: the chosen few as lines with their names, all others as grey threads.
Ranks are read as published; an absent rank is a gap."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from dashboards.charts.drawn import once
from dashboards.charts.theme import Palette, blank

LABEL_GAP = 0.045  # of the height: names at the right edge closer than this would overlap
ASIDE = pd.Timedelta(days=9)  # from one rank interval to the next, right of the last month


@once
def bump(frame: pd.DataFrame, chosen: Mapping[str, str], colours: Palette, height: int = 470) -> go.Figure:
    """`frame`: court_code, period_month, rank (NaN: none), rank_low, rank_high, hover. `chosen`: code → name."""
    figure = blank(colours, height)
    figure.add_trace(_threads(frame[~frame["court_code"].isin(list(chosen))], colours))
    ends: list[tuple[float, str, str]] = []
    for number, (code, name) in enumerate(chosen.items()):
        part, colour = frame[frame["court_code"] == code], colours.lines[number % len(colours.lines)]
        _chosen(figure, part, colour, ASIDE * (number + 1))
        known = part[part["rank"].notna()]
        if len(known):
            ends.append((float(known["rank"].iloc[-1]), name, colour))
    last = float(frame["rank"].max())
    step = 1 if last <= 10 else 5 if last <= 30 else 10
    ticks = [1, *range(step if step > 1 else 2, int(last) + 1, step)]
    _labels(figure, ends, LABEL_GAP * last)
    figure.update_yaxes(range=[last + 0.8, 0.2], tickvals=ticks, showgrid=True)
    figure.update_xaxes(showgrid=False, tickformat="%Y-%m")
    figure.update_layout(margin={"r": 150, "t": 16})
    return figure


def _threads(others: pd.DataFrame, colours: Palette) -> go.Scatter:
    """All other courts as one trace, a gap after each: one trace a court takes plotly forty times as long."""
    xs: list[object] = []
    ys: list[float | None] = []
    for _, part in others.groupby("court_code", sort=False):
        xs += [*part["period_month"], None]
        ys += [*part["rank"], None]
    line = {"color": colours.rule, "width": 1.2}
    return go.Scatter(x=xs, y=ys, mode="lines", name="others", hoverinfo="skip", line=line, connectgaps=False)


def _chosen(figure: go.Figure, part: pd.DataFrame, colour: str, aside: pd.Timedelta) -> None:
    """The line of one court, and beside its last month the interval of its rank."""
    known = part[part["rank_low"].notna() & part["rank"].notna()]
    if len(known):
        row = known.iloc[-1]
        figure.add_trace(
            go.Scatter(
                x=[row["period_month"] + aside] * 2, y=[row["rank_low"], row["rank_high"]], mode="lines",
                hoverinfo="skip", line={"color": colour, "width": 5}, opacity=0.35,
            )
        )  # fmt: skip
    figure.add_trace(
        go.Scatter(
            x=part["period_month"], y=part["rank"], mode="lines+markers", hovertext=part["hover"], hoverinfo="text",
            line={"color": colour, "width": 2.4}, marker={"size": 6, "color": colour}, connectgaps=False,
        )
    )  # fmt: skip


def _labels(figure: go.Figure, ends: list[tuple[float, str, str]], gap: float) -> None:
    floor = -float("inf")
    for rank, name, colour in sorted(ends):
        floor = max(rank, floor + gap)
        figure.add_annotation(
            x=1.01, xref="paper", xanchor="left", y=floor, text=f"{int(rank)}  {name}", showarrow=False,
            font={"color": colour, "size": 13},
        )  # fmt: skip

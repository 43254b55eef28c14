"""Courts as rows: value with its interval, rank with its interval, and figures in aligned columns.
The order of the rows, and what is a rank, is in the frame; dots without intervals belong to dots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboards.charts.drawn import once
from dashboards.charts.theme import Palette, blank

Parts = list[dict[str, Any]]
ROW_HEIGHT, HEAD_HEIGHT, FOOT_HEIGHT = 22, 46, 40
SYMBOLS = {"met": "circle", "above": "triangle-up", "below": "triangle-down", "too_few": "circle-open-dot"}


@dataclass(frozen=True)
class Column:
    """A column of texts right of the picture: its head, the frame's column, its right edge on a scale of 0–1."""

    head: str
    name: str
    edge: float


@dataclass(frozen=True)
class Line:
    """A vertical reference with its words: a target, or what the courts compare with."""

    value: float
    words: str
    is_target: bool


@dataclass(frozen=True)
class Axis:
    """The value axis: its head, the unit's suffix, reference lines, and the bounds of a published interval."""

    head: str
    suffix: str
    lines: Sequence[Line] = ()
    interval: tuple[float | None, float | None] = (None, None)


@once
def standing(frame: pd.DataFrame, colours: Palette, axis: Axis, rank_head: str, columns: Sequence[Column]) -> go.Figure:
    """Rank mode. `frame`, best first: label, shown, low, high, rank, rank_low, rank_high, end, is_small, hover."""
    figure = _rows(frame, colours, axis, columns, (0.0, 0.47), [_head(rank_head, 0.51, colours)])
    figure.update_layout(
        xaxis2={
            **_side(colours), "domain": (0.51, 0.72), "anchor": "y", "zeroline": False, "tickformat": "d",
            "range": (0.2, max(2.0, float(frame["rank"].max()) + 1.0) if frame["rank"].notna().any() else 2.0),
        }
    )  # fmt: skip
    _whiskers(figure, frame, ("shown", "low", "high"), colours.subject, "x")
    _whiskers(figure, frame, ("rank", "rank_low", "rank_high"), colours.subject, "x2")
    solid = [colours.subject if pd.notna(rank) else colours.unjudged for rank in frame["rank"]]
    _dots(figure, frame, "shown", solid, ["circle"] * len(frame), colours, "x")
    _dots(figure, frame, "rank", solid, ["diamond"] * len(frame), colours, "x2")
    return figure


@once
def statuses(frame: pd.DataFrame, colours: Palette, axis: Axis, columns: Sequence[Column]) -> go.Figure:
    """Interval mode: rows in the given order, a mark by `status`. Columns as in `standing`, without ranks."""
    figure = _rows(frame.drop(columns="end"), colours, axis, columns, (0.0, 0.68), [])
    tones = {"met": colours.met, "above": colours.near, "below": colours.below}
    solid = [tones.get(status, colours.unjudged) for status in frame["status"]]
    for tone in dict.fromkeys(solid):
        _whiskers(figure, frame[[colour == tone for colour in solid]], ("shown", "low", "high"), tone, "x")
    _dots(figure, frame, "shown", solid, [SYMBOLS.get(s, "circle") for s in frame["status"]], colours, "x")
    return figure


def _side(colours: Palette) -> dict[str, object]:
    return {
        "side": "top", "showgrid": False, "showline": True, "linecolor": colours.rule,
        "tickfont": {"color": colours.muted, "size": 12},
    }  # fmt: skip


def _rows(
    frame: pd.DataFrame,
    colours: Palette,
    axis: Axis,
    columns: Sequence[Column],
    domain: tuple[float, float],
    heads: Parts,
) -> go.Figure:
    """The figure with its rows, heads, reference lines and columns of texts, and no data yet."""
    figure = blank(colours, HEAD_HEIGHT + FOOT_HEIGHT + ROW_HEIGHT * max(3, len(frame)))
    left = 0.73 if heads else domain[1] + 0.01  # further left its rules would cross the whiskers
    shapes, notes = _references(axis, colours)
    notes += [_head(axis.head, domain[0], colours), *heads]
    notes += [_head(column.head, column.edge, colours, "right") for column in columns]
    # All at once: plotly checks every annotation again for each one that is added.
    figure.update_layout(
        margin={"t": HEAD_HEIGHT, "b": FOOT_HEIGHT, "l": 8, "r": 8}, shapes=[*shapes, *_ends(frame, colours)],
        annotations=notes,
        yaxis={
            "tickvals": list(range(len(frame))), "ticktext": frame["label"].tolist(),
            "range": [len(frame) - 0.4, -0.6], "griddash": "dot", "gridcolor": colours.rule,
            "tickfont": {"size": 13, "color": colours.ink},
        },
        xaxis={**_side(colours), "ticksuffix": axis.suffix, "domain": domain, "nticks": 6},
        xaxis3={"domain": (left, 1.0), "range": [left, 1.0], "anchor": "y", "visible": False, "fixedrange": True},
    )  # fmt: skip
    for column in columns:
        figure.add_trace(
            go.Scatter(
                x=[column.edge] * len(frame), y=frame["place"], text=frame[column.name], mode="text", xaxis="x3",
                textposition="middle left", hoverinfo="skip", cliponaxis=False,
                textfont={"size": 12, "color": colours.ink},
            )
        )  # fmt: skip
    return figure


def _head(words: str, left: float, colours: Palette, anchor: str = "left") -> dict[str, Any]:
    return {
        "x": left, "xref": "paper", "xanchor": anchor, "y": 1, "yref": "paper", "yanchor": "bottom", "yshift": 22,
        "text": words, "showarrow": False, "font": {"size": 12, "color": colours.muted},
    }  # fmt: skip


def _references(axis: Axis, colours: Palette) -> tuple[Parts, Parts]:
    """Shapes and words of what the values are compared with: bounds, target, median."""
    low, high = axis.interval
    upright = {"type": "line", "yref": "paper", "y0": 0, "y1": 1}
    shapes: Parts = []
    if low is not None and high is not None:
        filled = {"type": "rect", "yref": "paper", "y0": 0, "y1": 1, "line": {"width": 0}, "layer": "below"}
        shapes.append({**filled, "x0": low, "x1": high, "fillcolor": colours.met, "opacity": 0.12})
    for edge in (low, high):
        if edge is not None:
            line = {"color": colours.met, "width": 1.4, "dash": "dash"}
            shapes.append({**upright, "x0": edge, "x1": edge, "line": line})
    notes: Parts = []
    for number, mark in enumerate(axis.lines):
        tone, dash = (colours.met, "dash") if mark.is_target else (colours.muted, "dot")
        line = {"color": tone, "width": 1.2, "dash": dash}
        shapes.append({**upright, "x0": mark.value, "x1": mark.value, "line": line})
        below = {"y": 0, "yref": "paper", "yanchor": "top", "yshift": -2 - 16 * number, "showarrow": False}
        notes.append({**below, "x": mark.value, "text": mark.words, "font": {"size": 12, "color": tone}})
    return shapes, notes


def _ends(frame: pd.DataFrame, colours: Palette) -> Parts:
    """Rows of courts that could be among the first, or among the last, are shaded apart: a rectangle for every run."""
    if "end" not in frame:
        return []
    plain = {"type": "rect", "xref": "paper", "x0": 0, "x1": 1, "layer": "below", "line": {"width": 0}, "opacity": 0.14}
    tones = {"first": colours.met, "last": colours.below}
    runs = (frame["end"] != frame["end"].shift()).cumsum()
    return [
        {
            **plain,
            "y0": part["place"].min() - 0.5,
            "y1": part["place"].max() + 0.5,
            "fillcolor": tones[part["end"].iloc[0]],
        }
        for _, part in frame.groupby(runs, sort=True)
        if part["end"].iloc[0]
    ]


def _whiskers(figure: go.Figure, frame: pd.DataFrame, names: tuple[str, str, str], colour: str, axis: str) -> None:
    """One line per row from low to high; rows without an interval have none."""
    _, low, high = names
    xs: list[float | None] = []
    ys: list[float | None] = []
    for place, left, right in zip(frame["place"], frame[low], frame[high], strict=True):
        if pd.notna(left) and pd.notna(right):
            xs += [left, right, None]
            ys += [place, place, None]
    figure.add_trace(
        go.Scatter(
            x=xs, y=ys, mode="lines", hoverinfo="skip", xaxis=axis, line={"color": colour, "width": 2}, opacity=0.5
        )
    )


def _dots(
    figure: go.Figure, frame: pd.DataFrame, name: str, solid: list[str], symbols: list[str], colours: Palette, axis: str
) -> None:
    fill = [colours.ground if small else tone for small, tone in zip(frame["is_small"], solid, strict=True)]
    figure.add_trace(
        go.Scatter(
            x=frame[name],
            y=frame["place"],
            mode="markers",
            hovertext=frame["hover"],
            hoverinfo="text",
            xaxis=axis,
            customdata=frame["court_code"], cliponaxis=False,
            marker={"size": 9, "color": fill, "symbol": symbols, "line": {"color": solid, "width": 1.8}},
        )
    )  # fmt: skip

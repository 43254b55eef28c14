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

from dashboards.charts.theme import Palette, blank

MOST_IN_A_ROW = 3
BETWEEN, HEAD = 0.025, 44  # share of the width between panels; pixels above each row for titles and numbers
VALUES = ("shown", "last_year", "q25", "q75")
Parts = list[dict[str, Any]]


@dataclass(frozen=True)
class Panel:
    """One court. `frame`, by month: period_month, shown, low, high (95 % interval), q25, middle, q75 (peers),
    last_year, is_small, hover. `others`: period_month, shown, definition_version of definitions not in force.
    `restated`: period_month, old, shown, hover."""

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
    across = 2 if len(panels) == 4 else min(MOST_IN_A_ROW, len(panels))
    down, limits = ceil(len(panels) / across), bounds(panels, scale)
    figure, traces, notes = blank(colours, height * down + 20), Parts(), Parts()
    axes: dict[str, Any] = {}
    for number, panel in enumerate(panels):
        axis = "" if number == 0 else str(number + 1)
        drawn = _panel(panel, colours, scale, limits) + _marks(scale, limits, colours)
        traces += [{"type": "scatter", "xaxis": f"x{axis}", "yaxis": f"y{axis}", **trace} for trace in drawn]
        axes |= _axes(axis, (number % across, across), (number // across, down), height)
        notes += [_title(axis, panel.title, colours)] if len(panels) > 1 else []
    # All at once: plotly checks every annotation again for each one that is added.
    notes += _words(panels[0].frame, colours, scale)
    figure.add_traces(traces)
    figure.update_layout(**axes, annotations=notes, margin={"t": 30 if len(panels) == 1 else HEAD, "r": 24})
    figure.update_yaxes(**_plain(colours), ticksuffix=scale.suffix, range=list(limits), nticks=6)
    figure.update_xaxes(**_plain(colours), **_months(panels), showgrid=False)
    return figure


def bounds(panels: Sequence[Panel], scale: Scale) -> tuple[float, float]:
    """A scale that holds all values and bounds; intervals may stretch it by half as much again and are cut beyond."""
    frame = pd.concat([panel.frame for panel in panels]) if panels else pd.DataFrame()
    known = [frame[name] for name in VALUES if name in frame]
    edges = [*scale.targets, *(bound for bound in scale.interval if bound is not None)]
    values = pd.concat([*known, pd.Series(edges, dtype="float64")]).dropna()
    if values.empty:
        return (0.0, 1.0)
    low, high = float(values.min()), float(values.max())
    span = (high - low) or abs(high) or 1.0
    least, most = frame["low"].min(), frame["high"].max()
    low = low if pd.isna(least) else max(min(low, float(least)), low - span / 2)
    high = high if pd.isna(most) else min(max(high, float(most)), high + span / 2)
    return (low - 0.06 * span, high + 0.06 * span)


def _panel(panel: Panel, colours: Palette, scale: Scale, limits: tuple[float, float]) -> Parts:
    frame = panel.frame
    months = frame["period_month"].tolist()
    traces = [
        _band(frame, ("q25", "q75"), colours.band),
        _line(months, frame["middle"].tolist(), {"color": colours.muted, "width": 1.3}),
        _band(frame, ("low", "high"), _faint(colours.subject)),
        _line(months, frame["last_year"].tolist(), {"color": colours.near, "width": 1.3, "dash": "dot"}),
    ]
    for _, part in panel.others.groupby("definition_version") if len(panel.others) else ():
        dashes = {"color": colours.ink, "width": 1.3, "dash": "dash"}
        traces.append(_line(part["period_month"].tolist(), part["shown"].tolist(), dashes))
    traces += _edges(scale, (months[0], months[-1]), colours)
    traces.append(
        {
            "x": months, "y": frame["shown"].tolist(), "mode": "lines+markers", "hovertext": frame["hover"].tolist(),
            "hoverinfo": "text", "line": {"color": colours.subject, "width": 2.2}, "connectgaps": False,
            "marker": {"size": 5, "symbol": ["circle-open" if s else "circle" for s in frame["is_small"]]},
        }
    )  # fmt: skip
    return traces + _restated(panel.restated, colours)


def _faint(colour: str) -> str:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.16)"


def _band(frame: pd.DataFrame, names: tuple[str, str], fill: str) -> dict[str, Any]:
    """Each unbroken run of months is one area: a gap stays a gap."""
    low, high = frame[names[0]], frame[names[1]]
    is_known = low.notna() & high.notna()
    xs: list[Any] = []
    ys: list[float | None] = []
    for _, part in frame[is_known].groupby((~is_known).cumsum()[is_known]):
        months = part["period_month"].tolist()
        xs += [*([None] if xs else []), *months, *months[::-1]]
        ys += [*([None] if ys else []), *part[names[1]].tolist(), *part[names[0]].tolist()[::-1]]
    plain = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "fill": "toself", "fillcolor": fill}
    return {"x": xs, "y": ys, **plain}


def _line(x: list[Any], y: list[Any], line: dict[str, Any]) -> dict[str, Any]:
    return {"x": x, "y": y, "mode": "lines", "hoverinfo": "skip", "line": line, "connectgaps": False}


def _edges(scale: Scale, ends: tuple[Any, Any], colours: Palette) -> Parts:
    """Target and interval bounds as lines; an interval with both bounds is filled."""
    low, high = scale.interval
    dashes = {"color": colours.met, "width": 1.4, "dash": "dash"}
    lines = [_line(list(ends), [edge, edge], dashes) for edge in (*scale.targets, low, high) if edge is not None]
    if low is None or high is None:
        return lines
    area = {"x": [*ends, *ends[::-1]], "y": [low, low, high, high], "fill": "toself", "fillcolor": _faint(colours.met)}
    return [{**area, "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}, *lines]


def _marks(scale: Scale, limits: tuple[float, float], colours: Palette) -> Parts:
    """The chosen month, and events: an upright each, its number above and its title on hover."""
    marks: Parts = []
    if scale.month is not None:
        day = scale.month.isoformat()
        marks.append(_line([day, day], list(limits), {"color": colours.subject, "width": 1, "dash": "dot"}))
    if scale.events:
        days = [day.isoformat() for _, day, _ in scale.events]
        xs = [x for day in days for x in (day, day, None)]
        ys = [y for _ in days for y in (*limits, None)]
        marks.append(_line(xs, ys, {"color": colours.rule, "width": 1}))
        marks.append(
            {
                "x": days, "y": [limits[1]] * len(days), "mode": "text", "cliponaxis": False, "hoverinfo": "text",
                "text": [str(number) for number, _, _ in scale.events], "textposition": "top center",
                "hovertext": [title for _, _, title in scale.events],
                "textfont": {"size": 12, "color": colours.muted},
            }
        )  # fmt: skip
    return marks


def _restated(restated: pd.DataFrame, colours: Palette) -> Parts:
    """The value as it was published first, joined to the value now."""
    if restated.empty:
        return []
    months, old, now = (restated[name].tolist() for name in ("period_month", "old", "shown"))
    xs = [x for month in months for x in (month, month, None)]
    ys = [y for pair in zip(old, now, strict=True) for y in (*pair, None)]
    marker = {"size": 9, "symbol": "x-thin", "line": {"width": 2, "color": colours.below}}
    cross = {"x": months, "y": old, "mode": "markers", "hovertext": restated["hover"].tolist(), "hoverinfo": "text"}
    return [_line(xs, ys, {"color": colours.below, "width": 1.4}), {**cross, "marker": marker}]


def _words(frame: pd.DataFrame, colours: Palette, scale: Scale) -> Parts:
    """Direct labels in the first panel: peers, the year before, target and interval."""
    plain = {"showarrow": False, "bgcolor": colours.ground, "opacity": 0.9, "borderpad": 1, "xref": "x", "yref": "y"}
    notes: Parts = []
    labels = (("q25", "peers", colours.muted, 0.5), ("last_year", "last_year", colours.near, 0.85))
    for name, word, tone, share in labels:
        known = frame[frame[name].notna()]
        if len(known):
            place = known.iloc[int((len(known) - 1) * share)]
            font = {"color": tone, "size": 12}
            where = {"x": place["period_month"], "y": place[name], "yanchor": "top"}
            notes.append({**plain, **where, "text": scale.words[word], "font": font})
    edges = [(edge, "target") for edge in scale.targets] + [
        (edge, "interval") for edge in scale.interval if edge is not None
    ]
    for edge, word in edges:
        where = {"x": 0.01, "xref": "x domain", "xanchor": "left", "y": edge, "yanchor": "bottom"}
        notes.append({**plain, **where, "text": scale.words[word], "font": {"color": colours.met, "size": 12}})
    return notes


def _title(axis: str, title: str, colours: Palette) -> dict[str, Any]:
    return {
        "x": 0, "xref": f"x{axis} domain", "xanchor": "left", "y": 1, "yref": f"y{axis} domain", "yanchor": "bottom",
        "yshift": 16, "text": f"<b>{title}</b>", "showarrow": False, "font": {"color": colours.ink, "size": 13},
    }  # fmt: skip


def _axes(axis: str, column: tuple[int, int], row: tuple[int, int], height: int) -> dict[str, Any]:
    """The axes of one panel: its place in the grid, and the first panel's scale."""
    wide, tall = 1 / column[1], 1 / row[1]
    gap = (HEAD + 26) / (height * row[1]) if row[1] > 1 else 0.0
    left, top = column[0] * wide, 1 - row[0] * tall
    across = (left + (BETWEEN if column[0] else 0), left + wide)
    up = (max(0.0, top - tall + (gap if row[0] < row[1] - 1 else 0)), top)
    shared_x, shared_y = ({}, {}) if axis == "" else ({"matches": "x"}, {"matches": "y"})
    return {
        f"xaxis{axis}": {"domain": across, "anchor": f"y{axis}", **shared_x},
        f"yaxis{axis}": {"domain": up, "anchor": f"x{axis}", "showticklabels": column[0] == 0, **shared_y},
    }  # fmt: skip


def _months(panels: Sequence[Panel]) -> dict[str, Any]:
    """Ticks at years in narrow panels that hold more than one of them, at months elsewhere."""
    months = pd.concat([panel.frame["period_month"] for panel in panels])
    if len(panels) > 1 and months.nunique() > 18:
        return {"tickformat": "%Y", "dtick": "M12", "tick0": "2000-01-01"}
    return {"tickformat": "%Y-%m", "nticks": 8}


def _plain(colours: Palette) -> dict[str, Any]:
    return {
        "gridcolor": colours.rule, "linecolor": colours.rule, "zeroline": False, "automargin": True,
        "tickfont": {"color": colours.muted, "size": 12},
    }  # fmt: skip

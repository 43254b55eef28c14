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
BETWEEN = 4.5  # per cent of the height: a line of twelve points


def drawn(own: Curve, peers: Curve | None, colours: Palette, words: Mapping[str, str]) -> go.Figure:
    """`words`: the causes and still_open, in their order; the axis is per cent from 0 to 100."""
    figure = blank(colours, 430)
    ends: dict[str, tuple[int, float, str]] = {}
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
            ends[name] = (len(known) - 1, float(known[-1]), colour)
    beside = apart({name: y for name, (_, y, _) in ends.items()})
    for name, (x, _, colour) in ends.items():
        figure.add_annotation(
            x=x, y=beside[name], text=words[name], showarrow=False, xanchor="left", xshift=4,
            font={"color": colour, "size": 12},
        )  # fmt: skip
    figure.update_yaxes(range=[0, 102], ticksuffix="%")
    figure.update_xaxes(range=[0, LONGEST], dtick=30, showgrid=False)
    figure.update_layout(margin={"r": max(map(_pixels, words.values())) + 12})
    return figure


def apart(places: Mapping[str, float]) -> dict[str, float]:
    """Where the words stand that belong to these heights (per cent): in the same order, none over another."""
    found: dict[str, float] = {}
    least = 0.0
    for name, place in sorted(places.items(), key=lambda item: item[1]):
        found[name] = max(place, least)
        least = found[name] + BETWEEN
    return found


def _pixels(word: str) -> int:
    """The width of a word of twelve points, at most."""
    return sum(13 if ord(letter) > 0x2E7F else 7 for letter in word)


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

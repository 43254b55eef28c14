"""What is made from what, as bands from left to right: extracts, models, records, measures, indicator.
Which steps there are is asked by queries; a band's width says nothing."""

from __future__ import annotations

import re

import pandas as pd
import plotly.graph_objects as go

from dashboards.charts.drawn import once
from dashboards.charts.theme import FONT, Palette, blank

ROW_PIXELS, LEAST_PIXELS = 42, 320
LONGEST = 13  # signs of a label that fit between two steps at 1,024 pixels


@once
def path(steps: pd.DataFrame, nodes: pd.DataFrame, colours: Palette) -> go.Figure:
    """`steps`: source, target (node keys); `nodes`: node, label, layer, hover. Ends with the indicator on the right."""
    number = {node: place for place, node in enumerate(nodes["node"])}
    tallest = int(nodes["layer"].value_counts().max()) if len(nodes) else 1
    figure = blank(colours, max(LEAST_PIXELS, ROW_PIXELS * (tallest + 2)))
    figure.add_trace(
        go.Sankey(
            arrangement="snap",
            node={
                "label": [_broken(label) for label in nodes["label"]],
                "customdata": nodes["hover"].tolist(),
                "hovertemplate": "%{customdata}<extra></extra>",
                "color": [_colour(layer, colours) for layer in nodes["layer"]],
                "pad": 16,
                "thickness": 12,
                "line": {"width": 0},
            },
            link={
                "source": [number[node] for node in steps["source"]],
                "target": [number[node] for node in steps["target"]],
                "value": [1] * len(steps),
                "color": colours.band,
                "hovertemplate": "%{source.label} → %{target.label}<extra></extra>",
            },
            textfont={"family": FONT, "color": colours.ink, "size": 11, "shadow": "none"},
        )
    )
    return figure


def _broken(label: str) -> str:
    """A long name of a model in lines, so that it does not run into the next step."""
    lines = [""]
    for part in re.findall(r"[^_\u2e80-\uffff]+_*|.", label):
        fits = _width(lines[-1] + part) <= LONGEST
        lines = [*lines[:-1], lines[-1] + part] if fits else [*lines, part]
    return "<br>".join(line for line in lines if line)


def _width(text: str) -> int:
    """In half characters: a Chinese character counts two."""
    return sum(1 + (sign > "\u2e7f") for sign in text)


def _colour(layer: str, colours: Palette) -> str:
    """Delivered, computed, recorded, measured: one colour each; the words under the picture say which."""
    return {
        "extract": colours.near,
        "core": colours.met,
        "measure": colours.subject,
        "indicator": colours.subject,
    }.get(layer, colours.muted)

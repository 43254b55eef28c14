"""What is made from what, as bands from left to right: extracts, models, records, measures, indicator.
Which steps there are is asked by queries; a band's width says nothing."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboards.charts.drawn import once
from dashboards.charts.theme import FONT, Palette, blank

ROW_PIXELS, LEAST_PIXELS = 30, 300


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
                "label": nodes["label"].tolist(),
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


def _colour(layer: str, colours: Palette) -> str:
    """Delivered, computed, recorded, measured: one colour each; the words under the picture say which."""
    return {
        "extract": colours.near,
        "core": colours.met,
        "measure": colours.subject,
        "indicator": colours.subject,
    }.get(layer, colours.muted)

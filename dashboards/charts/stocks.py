"""Stock and flow as one Sankey: what came in on the left, what it became on the right, widths to one scale.
Whether the ends add up is said by the page, from the same figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboards.charts.drawn import once
from dashboards.charts.theme import Palette, blank


@dataclass(frozen=True)
class Node:
    """`x` and `y` are places from 0 to 1, left to right and top to bottom; `tone` names a colour of the palette."""

    label: str
    x: float
    y: float
    tone: str


@dataclass(frozen=True)
class Link:
    """A stream of `amount` cases between two nodes, by their positions in the list of nodes."""

    source: int
    target: int
    amount: float
    hover: str


@once
def sankey(nodes: Sequence[Node], links: Sequence[Link], colours: Palette, height: int = 420) -> go.Figure:
    """Streams without an amount are left out: a Sankey cannot draw nothing, and the table says it."""
    drawn = [link for link in links if link.amount > 0]
    kept = sorted({place for link in drawn for place in (link.source, link.target)})
    at = {place: position for position, place in enumerate(kept)}
    tones = [getattr(colours, nodes[place].tone) for place in kept]
    figure = blank(colours, height)
    figure.add_trace(
        go.Sankey(
            arrangement="fixed",
            node={
                "label": [nodes[place].label for place in kept],
                "x": [nodes[place].x for place in kept],
                "y": [nodes[place].y for place in kept],
                "color": tones,
                "thickness": 14,
                "pad": 22,
                "line": {"width": 0},
                "hovertemplate": "%{label}<extra></extra>",
            },
            link={
                "source": [at[link.source] for link in drawn],
                "target": [at[link.target] for link in drawn],
                "value": [link.amount for link in drawn],
                "customdata": [link.hover for link in drawn],
                "color": [_veil(tones[at[link.target]]) for link in drawn],
                "hovertemplate": "%{customdata}<extra></extra>",
            },
            textfont={"color": colours.ink, "size": 13, "shadow": "none"},
        )
    )
    figure.update_layout(margin={"l": 8, "r": 8, "t": 18, "b": 18})
    return figure


def _veil(colour: str, opacity: float = 0.28) -> str:
    """A `#rrggbb` colour that lets the ground through, so that crossing streams stay visible."""
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"

"""A sparkline as an image that a card can carry: SVG in a data address, so that nothing is fetched.
Anything with axes belongs to the other charts."""

from __future__ import annotations

import math
from base64 import b64encode
from collections.abc import Sequence

WIDTH, HEIGHT, PAD = 160, 34, 4


def sparkline(values: Sequence[float | None], colour: str, faint: str, width: int = WIDTH, height: int = HEIGHT) -> str:
    """A data address of a line through the values; gaps stay gaps, the last point is marked."""
    known = [v for v in values if v is not None and not math.isnan(v)]
    if len(known) < 2:
        return ""
    low, span = min(known), (max(known) - min(known)) or 1.0
    step = (width - 2 * PAD) / max(1, len(values) - 1)
    points = [
        None if v is None or math.isnan(v) else (PAD + i * step, height - PAD - (v - low) / span * (height - 2 * PAD))
        for i, v in enumerate(values)
    ]
    drawn, pen = [], "M"
    for point in points:
        if point is not None:
            drawn.append(f"{pen}{point[0]:.1f} {point[1]:.1f}")
        pen = "M" if point is None else "L"
    last = next(point for point in reversed(points) if point is not None)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" preserveAspectRatio="none">'
        f'<path d="M{PAD} {height - 1}H{width - PAD}" stroke="{faint}" stroke-width="1"/>'
        f'<path d="{" ".join(drawn)}" fill="none" stroke="{colour}" stroke-width="1.8" stroke-linejoin="round"/>'
        # A dot that stays round however wide the card is: an end of a line without length, whose width does not scale.
        f'<path d="M{last[0]:.1f} {last[1]:.1f}h0" stroke="{colour}" stroke-width="6" stroke-linecap="round"'
        ' vector-effect="non-scaling-stroke"/></svg>'
    )
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()

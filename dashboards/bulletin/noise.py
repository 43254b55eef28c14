"""When a difference of two proportions counts as one, from numerators and denominators alone.
Published intervals will replace this; amounts and days have no second moments yet and are not judged."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

# 95 % for a change over time. 99.8 % for a court against its peers: 46 courts are looked at at once, and at 95 % two
# of them would be named by chance alone.
CHANGE_LEVEL, PEER_LEVEL = 95.0, 99.8
Z = {CHANGE_LEVEL: 1.959964, PEER_LEVEL: 3.090232}
UP, DOWN, FLAT, UNJUDGED = "up", "down", "flat", "unjudged"


@dataclass(frozen=True)
class Share:
    """`hits` of `trials`: a proportion with its n."""

    hits: float
    trials: float

    @property
    def value(self) -> float:
        return self.hits / self.trials


def is_proportion(definition: Any) -> bool:
    """True for x of n counted things; False for amounts of money and for days."""
    units = (definition["numerator_unit"], definition["denominator_unit"])
    return definition["unit"] == "ratio" and "yuan" not in units


def difference(now: Share, before: Share, level: float = CHANGE_LEVEL) -> str:
    """up, down, or flat when the interval of the difference holds zero; unjudged without trials.

    Agresti and Caffo 2000: one hit and one miss are added to each side, so that 0 of 5 and 5 of 5 have a width.
    A difference that would be printed as 0.00 points is flat too.
    """
    if not (now.trials > 0 and before.trials > 0):
        return UNJUDGED
    p, m = (now.hits + 1) / (now.trials + 2), now.trials + 2
    q, n = (before.hits + 1) / (before.trials + 2), before.trials + 2
    width = Z[level] * math.sqrt(max(0.0, p * (1 - p) / m + q * (1 - q) / n))
    if abs(p - q) <= width or abs(now.value - before.value) < 5e-5 or (p > q) != (now.value > before.value):
        return FLAT
    return UP if p > q else DOWN


def interval(share: Share, level: float = CHANGE_LEVEL) -> tuple[float, float]:
    """Wilson's interval of one proportion, for whiskers."""
    z, n = Z[level], share.trials
    centre = (share.value + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share.value * (1 - share.value) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, centre - half), min(1.0, centre + half)

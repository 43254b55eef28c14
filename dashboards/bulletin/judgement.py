"""When a difference counts: beyond the 95 % intervals that the snapshot publishes, or beyond its control limits.
The intervals themselves are the pipeline's work; how a difference is worded belongs to wording."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# The levels at which the snapshot's intervals and control limits are made. 99.8 % for a court against its peers: some
# fifty courts are looked at at once, and at 95 % two of them would be named by chance alone.
CHANGE_LEVEL, PEER_LEVEL = "95%", "99.8%"
UP, DOWN, FLAT, UNJUDGED, ABSENT = "up", "down", "flat", "unjudged", "absent"
REDEFINED = "redefined"  # the two values follow different definitions: there is nothing to compare


@dataclass(frozen=True)
class Reading:
    """A value with the ends of its interval; without ends, or with too few cases, it is shown and not judged."""

    value: float
    low: float | None
    high: float | None


def difference(now: Reading | None, before: Reading | None, visible: float) -> str:
    """up, down, or flat when the interval of the difference holds zero; unjudged without intervals.

    MOVER (Zou and Donner 2008) for two values that share no case, as the snapshot's own changes from month to month.
    A difference that would be printed as zero, one under half of `visible`, is flat too.
    """
    if now is None or before is None:
        return ABSENT
    if now.low is None or now.high is None or before.low is None or before.high is None:
        return UNJUDGED
    gap = now.value - before.value
    low = gap - math.hypot(now.value - now.low, before.high - before.value)
    high = gap + math.hypot(now.high - now.value, before.value - before.low)
    return by_ends(gap, low, high, visible)


def is_swayed(gap: float, now: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Whether a change of an amount that few records carry is none, or another, without the largest of each month."""
    if not any(row.get("is_concentrated") is True for row in (now, before)):
        return False
    own, old = now.get("value_without_largest"), before.get("value_without_largest")
    if own is None or old is None or own != own or old != old:
        return True
    return bool(gap * (own - old) <= 0)


def by_ends(gap: float, low: float | None, high: float | None, visible: float) -> str:
    """The same from the ends of a difference's interval."""
    if low is None or high is None:
        return UNJUDGED
    if low <= 0 <= high or abs(gap) < visible / 2:
        return FLAT
    return UP if gap > 0 else DOWN

"""The two editions of one bulletin and the dated rule that says which is in force.
What an edition looks like belongs to the outline."""

from __future__ import annotations

RANK, INTERVAL = "rank", "interval"
EDITIONS = (RANK, INTERVAL)
# The Supreme People's Court ended ranking lower courts on 2024-10-08 in favour of reasonable intervals (domain notes
# S06, S08). Earlier months were discussed with ranks and keep them. A setting of the snapshot will replace this line.
INTERVALS_SINCE = "2024-10"


def edition_in_force(month: str) -> str:
    """rank for months before October 2024, interval from then on."""
    return INTERVAL if month >= INTERVALS_SINCE else RANK

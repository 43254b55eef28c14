"""The two editions of one bulletin and the dated setting that says which is in force.
What an edition looks like belongs to the outline."""

from __future__ import annotations

import duckdb

from dashboards.month import Month
from dashboards.queries import modes

RANK, INTERVAL = "rank", "interval"
EDITIONS = (RANK, INTERVAL)


def edition_in_force(cursor: duckdb.DuckDBPyConnection, month: Month) -> str:
    """What the snapshot's presentation modes say of the month; intervals, which name nobody, if they say nothing."""
    found = modes.mode_in_force(cursor, month)["mode_code"]
    return str(found.iloc[0]) if len(found) else INTERVAL

"""What the meeting goes through: standings of the leading indicators with all that tells courts apart.
Flags and open items are the bulletin's questions, cards the overview's; what was noted is in the minutes."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.month import Month
from dashboards.queries.dimensions import leading
from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)


def standings(cursor: Cursor, peer_group: str, province: str, month: Month, window: str) -> pd.DataFrame:
    """court × leading indicator or COMPOSITE: value, n, rank and band, streak, funnel signal, change and its doubt.

    In the official order of the courts. `streak` is the number of months in the last band, null below three;
    `strength` is the change over the width of its interval, null where the change cannot be judged.
    """
    return SQL.frame(
        cursor,
        "standings",
        peer=peer_group,
        province=province,
        window=window,
        month=month,
        leading=leading(cursor, month),
    )

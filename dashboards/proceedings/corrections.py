"""Whether the delivery that corrects an accepted objection has come: read from the snapshot, each time anew.
A delivery corrects one when it came after the filing and changed records that it names; all it changed is listed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import duckdb
import pandas as pd

from dashboards import formats
from dashboards.month import Month
from dashboards.proceedings.objections import ACCEPTED, CLOCKS, CORRECTED, Objection
from dashboards.queries import dimensions
from dashboards.rows import records
from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)


@dataclass(frozen=True)
class Correction:
    """What the deliveries changed that touch an objection's cases. `corrected` are those of its cases they touched."""

    deliveries: tuple[str, ...]
    files: tuple[str, ...]
    corrected: tuple[str, ...]
    waiting: tuple[str, ...]
    changes: pd.DataFrame

    @property
    def is_whole(self) -> bool:
        return bool(self.corrected) and not self.waiting

    @property
    def others(self) -> int:
        """How many records were changed beside those that the objection names."""
        return int((~self.changes["is_named"]).sum()) if len(self.changes) else 0


def known_cases(cursor: Cursor, court: str, scope: str, named: tuple[str, ...]) -> pd.DataFrame:
    """case_number, case_id of those named cases that are the court's in its scope."""
    courts = tuple(dimensions.members(cursor, court, scope)["court_code"])
    return SQL.frame(cursor, "known_cases", courts=courts, named=named)


def changed_since(cursor: Cursor, since: str, named: tuple[str, ...], keys: tuple[str, ...]) -> pd.DataFrame:
    """Every record changed by a delivery that came after `since` (UTC) and changed a named one; `is_named` says which.

    delivery_id, file_name, received_at (UTC), court_code, kind, record_key, case_number, change, changed_columns.
    """
    return SQL.frame(cursor, "changed_since", since=since, named=named, keys=keys)


def value_now(
    cursor: Cursor, court: str, scope: str, window: str, month: Month, indicator: str, version: str
) -> pd.DataFrame:
    """value in the snapshot; old_value, new_value and file of its restatement, null where it was not restated."""
    return SQL.frame(
        cursor,
        "value_now",
        court=court,
        scope=scope,
        window=window,
        month=month,
        indicator=indicator,
        version=version,
    )


def clocks(cursor: Cursor) -> pd.DataFrame:
    """node_code, limit_value (calendar days): the limits of handling objections."""
    return SQL.frame(cursor, "clocks")


def correction(objection: Objection, changes: pd.DataFrame) -> Correction:
    """From the answer of `changed_since` for the objection."""
    touched = records(changes[changes["is_named"]]) if len(changes) else []
    done = {str(row[name]) for row in touched for name in ("case_number", "record_key") if row[name]}
    corrected = tuple(case for case in objection.named if case in done or objection.keys.get(case) in done)
    return Correction(
        deliveries=tuple(dict.fromkeys(str(row["delivery_id"]) for row in touched)),
        files=tuple(dict.fromkeys(str(row["file_name"]) for row in touched)),
        corrected=corrected,
        waiting=tuple(case for case in objection.named if case not in corrected),
        changes=changes,
    )


def state(objection: Objection, found: Correction) -> str:
    """The objection's state, which is `corrected` for an accepted one whose every case a later delivery changed."""
    return CORRECTED if objection.state == ACCEPTED and found.is_whole else objection.state


def due(objection: Objection, stands: str, limits: dict[str, int]) -> date | None:
    """The last day of the clock that runs in its state, in Beijing; None where none runs or the limit is not known."""
    node = CLOCKS.get(stands)
    if node not in limits:
        return None
    return formats.day(objection.since) + timedelta(days=limits[str(node)])


def is_overdue(last_day: date | None, now: datetime) -> bool:
    return last_day is not None and formats.day(now) > last_day


def limits(found: pd.DataFrame) -> dict[str, int]:
    """node_code → days, from the answer of `clocks`."""
    return {str(row["node_code"]): int(row["limit_value"]) for row in records(found)}

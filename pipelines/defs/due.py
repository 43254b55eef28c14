"""The day on which a month's deliveries fall due: read from the threshold by which the mart calls a delivery late.
Days are Beijing's. What is done when the day is over belongs to the sensor and the schedule."""

from __future__ import annotations

import csv
from datetime import date, datetime, timedelta
from pathlib import Path

from pipelines.extracts.landing import BEIJING

THRESHOLD = "LATE_DELIVERY"


def due_date(seeds: Path, month: str) -> date:
    """The last day on which deliveries of `month` (`YYYY-MM`) are in time. ValueError unless it is set in days."""
    year, number = int(month[:4]), int(month[5:])
    last_day = date(year + number // 12, number % 12 + 1, 1) - timedelta(days=1)
    with (seeds / "thresholds.csv").open(encoding="utf-8", newline="") as handle:
        rows = [row for row in csv.DictReader(handle) if row["threshold_code"] == THRESHOLD]
    found = [row for row in rows if _holds(row, last_day)]
    if len(found) != 1 or found[0]["limit_unit"] != "day":
        raise ValueError(f"thresholds.csv: {THRESHOLD} 须以“日”为单位，且每天只有一个 | in days, one for each day")
    return last_day + timedelta(days=int(found[0]["limit_value"]))


def _holds(row: dict[str, str], day: date) -> bool:
    text = day.isoformat()
    return (row["valid_from"] or text) <= text <= (row["valid_to"] or text)


def beijing_day(moment: datetime) -> date:
    return moment.astimezone(BEIJING).date()

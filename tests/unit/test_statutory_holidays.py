"""The statutory days that stand in for a schedule agree with a library that reckons the lunar calendar."""

from __future__ import annotations

import csv
from pathlib import Path

import holidays

SEED = Path(__file__).parents[2] / "dbt_project" / "seeds" / "statutory_holidays.csv"


def test_every_statutory_day_is_the_librarys_and_none_is_missing() -> None:
    with SEED.open(encoding="utf-8", newline="") as rows:
        days = {row["day"] for row in csv.DictReader(rows)}
    known = {str(day) for day in holidays.China(years=range(2027, 2061), observed=False)}
    assert days == {day for day in known if "2027" <= day[:4] <= "2060"}

"""Says on the terminal for which months working days are only reckoned, because no schedule of days off was entered.
How they are reckoned is said by the model of working days."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pipelines.commands.terminal import console

SATURDAY = 5


def _days(seed: Path) -> set[str]:
    with seed.open(encoding="utf-8", newline="") as rows:
        return {row["day"] for row in csv.DictReader(rows)}


def unentered_years(seeds: Path) -> set[str]:
    """YYYY of which not every statutory weekday is among the exceptions: a schedule of days off names them all."""
    lacking = _days(seeds / "statutory_holidays.csv") - _days(seeds / "working_days.csv")
    return {day[:4] for day in lacking if date.fromisoformat(day).weekday() < SATURDAY}


def say_provisional(seeds: Path, months: Sequence[str]) -> None:
    """What is said, in each language, when a month lies in a year without a schedule; nothing otherwise."""
    years = unentered_years(seeds)
    reckoned = [month for month in months if month[:4] in years]
    if reckoned:
        which = reckoned[0] if len(reckoned) == 1 else f"{reckoned[0]} … {reckoned[-1]}"
        console.print(f"! 暂定日历：{which} 的放假安排未载入，工作日按周一至周五减法定节假日计。")
        console.print("    请在设置的 working_days.csv 中补录国务院办公厅的放假安排（make settings 写出样表）。")
        console.print(f"  Provisional calendar: days off of {which} are not entered.")
        console.print(
            "    Enter the State Council's schedule in working_days.csv of the settings (make settings writes a sheet)."
        )

"""Says on the terminal for which months working days are only reckoned, because no schedule of days off was entered.
How they are reckoned is said by the model of working days."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from pipelines.commands.terminal import console


def last_entered_month(seeds: Path) -> str:
    """YYYY-MM of the last day in the seed of working days."""
    with (seeds / "working_days.csv").open(encoding="utf-8", newline="") as rows:
        return max(row["day"] for row in csv.DictReader(rows))[:7]


def say_provisional(seeds: Path, months: Sequence[str]) -> None:
    """One line in each language when a month lies after the last entered year; nothing otherwise."""
    last = last_entered_month(seeds)
    reckoned = [month for month in months if month > last]
    if reckoned:
        which = reckoned[0] if len(reckoned) == 1 else f"{reckoned[0]} … {reckoned[-1]}"
        console.print(f"! 暂定日历：{which} 的放假安排未载入（止于 {last}），工作日按周一至周五减法定节假日计。")
        console.print("    请在设置的 working_days.csv 中补录国务院办公厅的放假安排（make settings 写出样表）。")
        console.print(f"  Provisional calendar: days off of {which} are not entered (they end with {last}).")
        console.print(
            "    Enter the State Council's schedule in working_days.csv of the settings (make settings writes a sheet)."
        )

"""The figures worked out by hand, read from the files beside this module.
How each was reached is in README.md; nothing is computed here."""

from __future__ import annotations

import csv
from pathlib import Path

HERE = Path(__file__).resolve().parent


def by_hand(name: str) -> list[dict[str, str]]:
    """Rows of expected_<name>.csv as text."""
    with (HERE / f"expected_{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def month(text: str) -> tuple[int, int]:
    year, number = text.split("-")
    return int(year), int(number)

"""A month, as an address says it, a statement takes it and a page shows it.
How a month reads in a sentence is said by formats; which months there are is said by a snapshot."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pandas as pd

WRITTEN = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


class Month(date):
    """A month as its first day, so that DuckDB takes it as a date; written YYYY-MM."""

    @classmethod
    def parse(cls, text: str) -> Month:
        """The month written YYYY-MM; ValueError for anything else."""
        found = WRITTEN.fullmatch(text)
        if found is None:
            raise ValueError(f"not a month written YYYY-MM: {text}")
        return cls(int(found[1]), int(found[2]), 1)

    @classmethod
    def of(cls, day: Any) -> Month:
        """The month of a date or of a moment, from whatever has a year and a month."""
        return cls(day.year, day.month, 1)

    def shifted(self, months: int) -> Month:
        """The month so many months later, or earlier where the number is negative."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Month(year, month + 1, 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def with_months(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """The frame with the dates of these columns as months."""
    return frame.assign(**{name: pd.Series(map(Month.of, frame[name]), frame.index, object) for name in columns})

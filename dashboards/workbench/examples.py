"""The example questions, from examples.toml, with the page's month and court filled in.
Running them belongs to queue.py."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dashboards.month import Month


@dataclass(frozen=True)
class Example:
    """A question in two languages and the statement that answers it, with {month}, {year} and {court} still open."""

    code: str
    zh: str
    en: str
    sql: str

    def filled(self, month: Month, court: str) -> str:
        """The statement for a month and a court's code."""
        text = self.sql.strip().replace("{month}", str(month)).replace("{year}", f"{month:%Y}")
        return text.replace("{court}", court)


@cache
def examples() -> tuple[Example, ...]:
    """All examples in the order of the file."""
    content = tomllib.loads((Path(__file__).parent / "examples.toml").read_text(encoding="utf-8"))
    return tuple(Example(**entry) for entry in content["example"])

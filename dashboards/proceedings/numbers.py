"""Which number somebody writes about, and which of the numbers on a page that is.
What is written about it belongs to objections, comments and decisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from dashboards.month import Month

Key = tuple[str, str, str, Month]  # court, scope, indicator, month


@dataclass(frozen=True)
class Number:
    """A number of a court in a scope, for a month in a window, by a version of its definition."""

    court: str
    scope: str
    indicator: str
    window: str
    month: Month
    version: str = ""

    @property
    def key(self) -> Key:
        """Without the window: whoever doubts a month's cases doubts them in every window that ends with it."""
        return (self.court, self.scope, self.indicator, self.month)

    @property
    def content(self) -> dict[str, str]:
        """As an act keeps it: the month as YYYY-MM."""
        return {name: str(value) for name, value in asdict(self).items()}


def is_of(number: tuple[str, str, str], court: str, scope: str, indicator: str) -> bool:
    """Whether a number (court, scope, indicator) is one of those asked for, of which an empty text means any."""
    return all(not asked or asked == own for asked, own in zip((court, scope, indicator), number, strict=True))


def of(content: Mapping[str, Any]) -> Number:
    """The number that an act is about."""
    court, scope, indicator, window = (str(content[name]) for name in ("court", "scope", "indicator", "window"))
    return Number(court, scope, indicator, window, Month.parse(content["month"]), str(content["version"]))

"""What entered and left the two sides of a quotient from a month to the next: tiles that add up to the bars above them.
What the bars are made of is in findings; how the tiles look belongs to the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from dashboards.month import Month

Span = tuple[Month, Month]  # first and last
SMALLEST = 0.005  # measures have two decimals
ENTERED, LEFT, OPENING, CLOSING, OTHER = "entered", "left", "opening", "closing", "other"


@dataclass(frozen=True)
class Tile:
    """One reason why a side changed: `amount` is signed; `months` are the months it is about, `measure` its part."""

    kind: str
    measure: str
    months: Span
    amount: float


def tiles(monthly: pd.DataFrame, before: Span, now: Span, change: float) -> list[Tile]:
    """The tiles of one side, which add up to `change`, the side's change from the window `before` to the window `now`.

    `monthly`: measure_code, window_rule, month (YYYY-MM), measure_value of every part over both windows. Flows enter
    and leave with their months; of a stock at the window's beginning or end the later counts less the earlier. What no
    month can tell, such as persons counted once in a window, is the rest.
    """
    parts = monthly.groupby("measure_code", sort=False)
    found = [tile for code, part in parts for tile in _part(str(code), part, before, now)]
    rest = change - sum(tile.amount for tile in found)
    return [*found, *([Tile(OTHER, "", now, rest)] if abs(rest) >= SMALLEST else [])]


def _part(code: str, part: pd.DataFrame, before: Span, now: Span) -> Iterator[Tile]:
    rule = str(part["window_rule"].iloc[0])
    months = map(Month.parse, part["month"])
    values = {month: float(value) for month, value in zip(months, part["measure_value"], strict=True)}
    if rule == "sum":
        yield from _flow(code, values, before, now)
    elif rule in ("first", "last"):
        end = 0 if rule == "first" else 1
        amount = values.get(now[end], 0.0) - values.get(before[end], 0.0)
        if abs(amount) >= SMALLEST:
            yield Tile(OPENING if rule == "first" else CLOSING, code, (before[end], now[end]), amount)


def _flow(code: str, values: dict[Month, float], before: Span, now: Span) -> Iterator[Tile]:
    for kind, here, there, sign in ((ENTERED, now, before, 1), (LEFT, before, now, -1)):
        months = sorted(m for m in values if here[0] <= m <= here[1] and not there[0] <= m <= there[1])
        if months:
            yield Tile(kind, code, (months[0], months[-1]), sign * sum(values[m] for m in months))

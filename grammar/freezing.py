"""From which year a changed criterion applies: criteria freeze some days, or on a day of the year, before it begins.
Who may change one, and what is refused, belongs to the settings and to the objections."""

from __future__ import annotations

from datetime import date, timedelta

Rule = int | str  # so many days before the year begins, or the month and day of the year before: "12-02"


def freeze(year: int, rule: Rule) -> date:
    """The last day on which what is changed applies in a year."""
    if isinstance(rule, int):
        return date(year, 1, 1) - timedelta(days=rule)
    return date.fromisoformat(f"{year - 1}-{rule}")


def applies_from(changed: date, rule: Rule) -> date:
    """The first day of the next year whose criteria are not frozen on the day of the change."""
    year = changed.year + 1
    return date(year if changed <= freeze(year, rule) else year + 1, 1, 1)


def is_day(said: object) -> bool:
    """Whether it is a month and day that every year has."""
    try:
        return isinstance(said, str) and len(said) == 5 and date.fromisoformat(f"2001-{said}") is not None
    except ValueError:
        return False

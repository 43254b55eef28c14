"""When a court delivers and bears a name, and who has its cases before and after, as the register's rows say it.
Which court a delivered row means is found in `courts`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

FIRST_DAY, LAST_DAY = date(1, 1, 1), date(9999, 12, 31)


@dataclass(frozen=True)
class Alias:
    """Another name of a court. A homonym is a short name that courts of other provinces also bear."""

    court_code: str
    valid_from: date
    valid_to: date
    is_homonym: bool

    def holds(self, first: date, last: date) -> bool:
        return self.valid_from <= last and self.valid_to >= first


@dataclass(frozen=True)
class Service:
    """The days on which a court delivers, and who has its cases after them and had them before."""

    begins: date
    ends: date
    successor: str = ""
    predecessor: str = ""

    def holds(self, first: date, last: date) -> bool:
        return self.begins <= last and self.ends >= first


def stated_day(text: str, default: date, last: bool) -> date:
    """The day that a text says, a year standing for its first or last one."""
    if not text:
        return default
    if re.fullmatch(r"\d{4}", text):
        return date(int(text), 12, 31) if last else date(int(text), 1, 1)
    return date.fromisoformat(text)


def are_apart(one: Alias, other: Alias) -> bool:
    """Whether two courts bear the name one after the other; what two bear at a time says nothing."""
    return one.court_code != other.court_code and not other.holds(one.valid_from, one.valid_to)


def services(rows: list[dict[str, str]]) -> dict[str, Service]:
    """Each court's days of service. A successor without a first day that bears the name begins when the other ends."""
    said: dict[str, dict[str, str]] = {}
    for row in rows:
        names = ("delivers_from", "delivers_to", "successor_code", "predecessor_code")
        own = said.setdefault(row["court_code"], {"name_zh": row["name_zh"]})
        own |= {name: row[name] for name in names if row.get(name)}
    for own in list(said.values()):
        heir = said.get(own.get("successor_code", ""))
        if heir and heir["name_zh"] == own["name_zh"] and "delivers_to" in own:
            heir.setdefault("delivers_from", (date.fromisoformat(own["delivers_to"]) + timedelta(days=1)).isoformat())
    return {
        code: Service(
            stated_day(own.get("delivers_from", ""), FIRST_DAY, last=False),
            stated_day(own.get("delivers_to", ""), LAST_DAY, last=True),
            own.get("successor_code", ""),
            own.get("predecessor_code", ""),
        )
        for code, own in said.items()
    }

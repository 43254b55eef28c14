"""Whether the courts of a register hang together: who is above whom and for how long, and who has whose cases.
That codes are known and days in order is asked in `checking`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from pipelines.settings.combining import FIRST, LAST, Row, day
from pipelines.settings.faults import Fault, fault
from pipelines.settings.tables import Sheet

# dbt's models follow a court's records over so many successions; a longer chain stops their build.
PASSINGS = 3
ABOVE = {"high": (), "intermediate": ("high",), "basic": ("high", "intermediate")}


def register_faults(courts: Sheet) -> list[Fault]:
    """What is wrong with a register whose references are met and whose courts stand in no circle."""
    known = {row["court_code"]: row for _, row in courts.rows}
    found: list[Fault] = []
    for line, row in courts.rows:
        found += [*_placed(courts.file, line, row, known), *_handed(courts.file, line, row, known)]
    return found


def _placed(file: str, line: int, row: Row, known: Mapping[str, Row]) -> Iterator[Fault]:
    above = known.get(row.get("parent_court_code", ""))
    if above is None:
        return
    if above["level"] not in ABOVE[row["level"]]:
        yield fault("level", file, line, "parent_court_code", row["parent_court_code"], level=above["level"])
    if _last(above) < _last(row):
        yield fault("parent_gone", file, line, "parent_court_code", row["parent_court_code"], last=_last(above))


def _handed(file: str, line: int, row: Row, known: Mapping[str, Row]) -> Iterator[Fault]:
    successor, predecessor = row.get("successor_code", ""), row.get("predecessor_code", "")
    if successor and not row.get("delivers_to"):
        yield fault("successor_without_end", file, line, "delivers_to")
    elif successor and _last(known[successor]) <= _last(row):
        yield fault("successor_gone", file, line, "successor_code", successor)
    if predecessor and not row.get("delivers_from"):
        yield fault("predecessor_without_begin", file, line, "delivers_from")
    elif predecessor and day(known[predecessor].get("delivers_from", ""), FIRST) >= day(row["delivers_from"], FIRST):
        yield fault("predecessor_later", file, line, "predecessor_code", predecessor)
    at, passed = row, 0
    while passed <= PASSINGS and at.get("successor_code"):
        at, passed = known[at["successor_code"]], passed + 1
    if passed > PASSINGS:
        yield fault("chain", file, line, "successor_code", successor, most=PASSINGS)


def _last(row: Row) -> date:
    return day(row.get("delivers_to", ""), LAST)

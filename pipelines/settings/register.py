"""Whether the courts of a register hang together: who is above whom and for how long, and who has whose cases.
That codes are known and days in order is asked in `checking`; how rows follow one another, in `rows_in_time`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from pipelines.settings.combining import FIRST, LAST, Row, day
from pipelines.settings.faults import Fault, fault
from pipelines.settings.rows_in_time import Stretch, name_faults, row_faults, stretches
from pipelines.settings.tables import Sheet

# dbt's models follow a court's records over so many successions; a longer chain stops their build.
PASSINGS = 3
ABOVE = {"high": (), "intermediate": ("high",), "basic": ("high", "intermediate")}


def register_faults(courts: Sheet) -> list[Fault]:
    """What is wrong with a register whose references are met."""
    if found := list(row_faults(courts)):
        return found
    said = stretches(courts)
    if found := list(_circles(courts.file, said)):
        return found
    found = list(name_faults(courts.file, said))
    known = {stretch.code: stretch.service for stretch in said}
    for stretch in said:
        found += [*_placed(courts.file, stretch, said), *_handed(courts.file, stretch, known)]
    return found + list(_split(courts.file, said, known))


def _circles(file: str, said: Sequence[Stretch]) -> Iterator[Fault]:
    for begin in sorted({stretch.first for stretch in said}):
        above = {each.code: each.row.get("parent_court_code", "") for each in said if each.first <= begin <= each.last}
        for stretch in said:
            at, passed = stretch.code, set[str]()
            while at and at not in passed:
                passed.add(at)
                at = above.get(at, "")
            if at == stretch.code and stretch.first == begin:
                yield fault("circle", file, stretch.line, "parent_court_code", stretch.row["parent_court_code"])


def _placed(file: str, stretch: Stretch, said: Sequence[Stretch]) -> Iterator[Fault]:
    code = stretch.row.get("parent_court_code", "")
    above = [each for each in said if each.code == code]
    if not above:
        return
    level = above[0].row["level"]
    if level not in ABOVE[stretch.row["level"]]:
        yield fault("level", file, stretch.line, "parent_court_code", code, level=level)
    gone = day(above[0].service.get("delivers_to", ""), LAST)
    if gone < stretch.ends:
        yield fault("parent_gone", file, stretch.line, "parent_court_code", code, last=gone)


def _handed(file: str, stretch: Stretch, known: Mapping[str, Row]) -> Iterator[Fault]:
    row, own = stretch.row, stretch.service
    successor, predecessor = row.get("successor_code", ""), row.get("predecessor_code", "")
    if successor and not own.get("delivers_to"):
        yield fault("successor_without_end", file, stretch.line, "delivers_to")
    elif successor and _last(known[successor]) <= _last(own):
        yield fault("successor_gone", file, stretch.line, "successor_code", successor)
    if predecessor and not own.get("delivers_from"):
        yield fault("predecessor_without_begin", file, stretch.line, "delivers_from")
    elif predecessor and day(known[predecessor].get("delivers_from", ""), FIRST) >= day(own["delivers_from"], FIRST):
        yield fault("predecessor_later", file, stretch.line, "predecessor_code", predecessor)
    at, passed = own, 0
    while passed <= PASSINGS and at.get("successor_code"):
        at, passed = known[at["successor_code"]], passed + 1
    if passed > PASSINGS:
        yield fault("chain", file, stretch.line, "successor_code", successor, most=PASSINGS)


def _split(file: str, said: Sequence[Stretch], known: Mapping[str, Row]) -> Iterator[Fault]:
    """A court that ends and others are set up out of it, and none is named to have what nobody delivers again."""
    heirs = {stretch.service.get("predecessor_code", "") for stretch in said}
    for code in sorted(heirs & known.keys()):
        if known[code].get("delivers_to") and not known[code].get("successor_code"):
            line = max(stretch.line for stretch in said if stretch.code == code)
            yield fault("split_without_heir", file, line, "successor_code", "", last=known[code]["delivers_to"])


def _last(service: Row) -> date:
    return day(service.get("delivers_to", ""), LAST)

"""The rows of a court in the register: one after the other in time, and what of a name or prefix two courts may share.
Who is above whom and who has whose cases is asked in `register`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from pipelines.settings.combining import FIRST, LAST, Row, day
from pipelines.settings.faults import Fault, fault
from pipelines.settings.tables import Sheet

# Said of a court, not of a row: once, or the same in each row.
SERVICE = ("delivers_from", "delivers_to", "successor_code", "predecessor_code")
# A court of another level or province is another court.
LASTING = ("level", "province_code")


@dataclass(frozen=True)
class Stretch:
    """One row and the days for which it holds, `first` to `last`. `service`: what all rows of its court say of it."""

    line: int
    row: Row
    first: date
    last: date
    service: Row

    @property
    def code(self) -> str:
        return self.row["court_code"]

    @property
    def begins(self) -> date:
        return max(self.first, day(self.service.get("delivers_from", ""), FIRST))

    @property
    def ends(self) -> date:
        return min(self.last, day(self.service.get("delivers_to", ""), LAST))


def stretches(courts: Sheet) -> list[Stretch]:
    """Every row with its days: it holds until the court's next row begins. In the order of the file."""
    found = []
    for rows in _by_court(courts).values():
        service = {name: row[name] for _, row in rows for name in SERVICE if row.get(name)}
        begins = [day(row.get("valid_from", ""), FIRST) for _, row in rows]
        ends = [*(begin - timedelta(days=1) for begin in begins[1:]), LAST]
        found += [
            Stretch(line, row, first, last, service)
            for (line, row), first, last in zip(rows, begins, ends, strict=True)
        ]
    return sorted(found, key=lambda stretch: stretch.line)


def _by_court(courts: Sheet) -> dict[str, list[tuple[int, Row]]]:
    found: dict[str, list[tuple[int, Row]]] = {}
    for line, row in sorted(courts.rows, key=lambda each: each[1].get("valid_from", "")):
        found.setdefault(row["court_code"], []).append((line, row))
    return found


def row_faults(courts: Sheet) -> Iterator[Fault]:
    """Where the rows of a court leave a gap, overlap, or contradict one another on what is said of it once."""
    for rows in _by_court(courts).values():
        for (line, row), (_, following) in pairwise(rows):
            said, begins = row.get("valid_to", ""), date.fromisoformat(following["valid_from"])
            if said and day(said, LAST) != begins - timedelta(days=1):
                yield fault("not_adjoining", courts.file, line, "valid_to", said, begins=begins)
        line, row = rows[-1]
        if row.get("valid_to"):
            yield fault("row_without_next", courts.file, line, "valid_to", row["valid_to"])
        for name in (*SERVICE, *LASTING):
            values = {each[name]: number for number, each in rows if each.get(name)}
            if len(values) > 1:
                (other, _), *_, (value, number) = sorted(values.items(), key=lambda each: each[1])
                code = "lasting" if name in LASTING else "said_twice"
                yield fault(code, courts.file, number, name, value, other=other)


def name_faults(file: str, said: list[Stretch]) -> Iterator[Fault]:
    """Names and prefixes that two courts bear at one time."""
    for name in ("case_prefix", "name_zh", "short_name_zh"):
        bearers: dict[str, list[Stretch]] = {}
        for stretch in said:
            others = bearers.setdefault(stretch.row[name], [])
            for other in others:
                if other.code != stretch.code and other.begins <= stretch.ends and stretch.begins <= other.ends:
                    yield fault("repeated", file, stretch.line, name, stretch.row[name], other=other.line)
                    break
            others.append(stretch)

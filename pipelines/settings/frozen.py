"""Changes of criteria that reach into a year whose criteria are frozen: refused, with the day from which they may.
They are found against the copy of the settings that the current snapshot holds; a stated reason does not help."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from grammar import freezing
from pipelines.layout import Layout
from pipelines.settings.closed import begins_of, changes, key_of, published
from pipelines.settings.combining import FIRST, Row, day
from pipelines.settings.faults import Fault, fault
from pipelines.settings.installation import FILE, criteria_freeze
from pipelines.settings.tables import Sheet
from pipelines.settings.tables import tables as known_tables

# What decides how figures are computed and judged; the register of courts and the calendar are facts, not criteria.
CRITERIA = ("indicator_weights", "definition_choices", "thresholds", "indicator_sets", "indicator_set_members")


def faults(layout: Layout, sheets: Sequence[Sheet], tables: Mapping[str, Sequence[Row]], today: date) -> list[Fault]:
    """The changes since the current publication that would count in a frozen year; none where nothing freezes.

    `tables` are the combined tables by name, in which a member of a set finds from when its set is in force.
    """
    rule = criteria_freeze(layout.settings)
    then, _ = published(layout)
    if then is None:
        return []
    moved = _moved(layout.settings / FILE, rule, criteria_freeze(then), today)
    rule = criteria_freeze(then) if moved else rule
    if not rule:
        return []
    begins = freezing.applies_from(today, rule)
    last = freezing.freeze(begins.year, rule).isoformat()
    criteria = [*(sheet for sheet in sheets if sheet.table.name in CRITERIA), *_of_missing(sheets)]
    found = [each for sheet in criteria for each in _changed(sheet, then, tables)]
    refused = [fault("frozen", *at, freeze=last, begins=begins.isoformat()) for at, first in found if first < begins]
    return [moved, *refused] if moved else refused


def _moved(file: Path, rule: str, before: str, today: date) -> Fault | None:
    """The freeze day itself was moved or taken away since the publication, and a frozen year would be open again."""
    if not before:
        return None
    begins = freezing.applies_from(today, before)
    if rule and freezing.applies_from(today, rule) >= begins:
        return None
    lines = file.read_text(encoding="utf-8-sig").splitlines() if file.is_file() else []
    line = next((number for number, text in enumerate(lines, 1) if text.strip().startswith("criteria_freeze")), 0)
    year = begins.year - 1
    last = freezing.freeze(year, before).isoformat()
    return fault("freeze_moved", FILE, line, "criteria_freeze", rule, before=before, freeze=last, year=year)


Place = tuple[str, int, str, str]  # file, line, column, value


def _changed(sheet: Sheet, then: Path, tables: Mapping[str, Sequence[Row]]) -> Iterator[tuple[Place, date]]:
    """Rows that were added, changed or deleted, each with the first day on which that makes a difference."""
    for line, row, before in changes(sheet, then):
        said = ("valid_from", row.get("valid_from", "")) if line else ("", ", ".join(filter(None, key_of(sheet, row))))
        yield (sheet.file, line, *said), _first(sheet, row, before, tables)


def _first(sheet: Sheet, row: Row, before: Row | None, tables: Mapping[str, Sequence[Row]]) -> date:
    if sheet.table.name == "indicator_set_members":
        sets = {each["set_code"]: each.get("valid_from", "") for each in tables.get("indicator_sets", ())}
        return day(sets.get(row.get("set_code", ""), ""), FIRST)
    if sheet.table.from_column and (found := begins_of(sheet, row, before)) is not None:
        return found
    return min(day(each.get("valid_from", ""), FIRST) for each in (row, before) if each is not None)


def _of_missing(sheets: Sequence[Sheet]) -> Iterator[Sheet]:
    """Tables of criteria of which there is no file: a file that was there may have been taken away."""
    here = {sheet.table.name for sheet in sheets}
    for name in CRITERIA:
        if name not in here:
            yield Sheet(known_tables()[name], f"{name}.csv", (), (), ())

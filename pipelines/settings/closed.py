"""Changes of settings that reach back into closed months: each needs a reason in its row.
They are found against the copy of the settings that the current snapshot holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import duckdb

from pipelines import snapshots
from pipelines.layout import Layout
from pipelines.settings.combining import FIRST, LAST, Row, day
from pipelines.settings.faults import Fault, fault
from pipelines.settings.tables import ENDINGS, REASON, Sheet, read

# The columns that say on which days a row of a table without bounds counts.
DAYS = {"courts": ("delivers_from", "delivers_to"), "working_days": ("day",), "indicator_sets": ("valid_from",)}
# What a row of the register says of the months for which it holds; a name that was misspelt may be mended at any time.
PLACE = ("parent_court_code", "level", "province_code", "peer_group")


def faults(layout: Layout, sheets: Sequence[Sheet]) -> list[Fault]:
    """The changes since the current publication that count in a closed month and give no reason."""
    then, last = published(layout)
    if then is None or last is None:
        return []
    return [each for sheet in sheets for each in _of_sheet(sheet, then, last)]


def published(layout: Layout) -> tuple[Path | None, date | None]:
    """The settings of the current snapshot, and its last closed month; None where there is none."""
    folder = layout.published / str(snapshots.current(layout))
    if not (folder / snapshots.SETTINGS).is_dir():
        return None, None
    try:
        with duckdb.connect(str(folder / snapshots.DATABASE), read_only=True) as connection:
            said = connection.execute(
                "select last_day(max(period_month)) from performance.fct_month_closings where is_closed"
            ).fetchall()
    except duckdb.Error:  # damage is told where snapshots are opened
        return None, None
    return folder / snapshots.SETTINGS, said[0][0]


def _of_sheet(sheet: Sheet, then: Path, last: date) -> Iterator[Fault]:
    month = f"{last:%Y-%m}"
    for line, row, before in changes(sheet, then):
        begins = begins_of(sheet, row, before)
        if begins is None or begins > last:
            continue
        if not line:
            yield fault("removed", sheet.file, 0, column_of(sheet), ", ".join(key_of(sheet, row)), month=month)
        elif not row.get(REASON):
            yield fault("closed", sheet.file, line, column_of(sheet), begins.isoformat(), month=month)


def changes(sheet: Sheet, then: Path) -> Iterator[tuple[int, Row, Row | None]]:
    """Rows that were added or changed since the settings of a snapshot, with their line and what was there before;
    then those that were deleted, with no line."""
    before = rows_of(then, sheet)
    known, by_key = {plain(row) for row in before}, {key_of(sheet, row): row for row in before}
    for line, row in sheet.rows:
        if plain(row) not in known:
            yield line, row, by_key.get(key_of(sheet, row))
    mine = {key_of(sheet, row) for _, row in sheet.rows}
    yield from ((0, row, None) for key, row in by_key.items() if key not in mine)


def rows_of(then: Path, sheet: Sheet) -> list[Row]:
    """The rows of a sheet in the settings of a snapshot."""
    for ending in ENDINGS:
        path = then / f"{sheet.table.name}{ending}"
        if path.exists():
            return [row for _, row in read(path, sheet.table).rows]
    return []


def column_of(sheet: Sheet) -> str:
    """The column that says from when a row counts; empty where none does."""
    return sheet.table.from_column or DAYS.get(sheet.table.name, ("",))[0]


def key_of(sheet: Sheet, row: Row) -> tuple[str, ...]:
    """What a row is about, and from when."""
    names = (*sheet.table.key, *((sheet.table.from_column,) if sheet.table.from_column else ()))
    return tuple(row.get(name, "") for name in names)


def plain(row: Row) -> tuple[tuple[str, str], ...]:
    """What a row says, without the reason for saying it."""
    return tuple(sorted((name, value) for name, value in row.items() if value and name != REASON))


def begins_of(sheet: Sheet, row: Row, before: Row | None) -> date | None:
    """The first day on which the row, new or changed, makes a difference; None where it has no day of its own."""
    begin, end = sheet.table.from_column, sheet.table.to_column
    if begin and end:
        ends = [day(each.get(end, ""), LAST) for each in (row, before) if each]
        is_ended = before is not None and plain(row | {end: ""}) == plain(before | {end: ""})
        return min(*ends, LAST - timedelta(days=1)) + timedelta(days=1) if is_ended else day(row.get(begin, ""), FIRST)
    if sheet.table.name == "courts" and (own := _of_row(row, before)):
        return own
    names = DAYS.get(sheet.table.name, ())
    said = [row.get(name, "") for name in names if before is None or before.get(name, "") != row.get(name, "")]
    said += [before.get(name, "") for name in names if before and before.get(name, "") != row.get(name, "")]
    days = [date.fromisoformat(text) for text in said if text]
    return min(days) if days else None


def _of_row(row: Row, before: Row | None) -> date | None:
    """The first day on which a court's row, new in time or of another place, counts; None where neither is so."""
    if before is None:
        return day(row["valid_from"], FIRST) if row.get("valid_from") else None
    is_moved = any(row.get(name, "") != before.get(name, "") for name in PLACE)
    return day(row.get("valid_from", ""), FIRST) if is_moved else None

"""Whether the settings hold: files and headers known, values typed, keys single, days in order, references met.
What a change does to months that are closed is asked in `closed`; the words are in messages.toml."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from pipelines.settings.combining import FIRST, LAST, Row, day
from pipelines.settings.faults import Fault, fault
from pipelines.settings.register import register_faults
from pipelines.settings.tables import Column, Sheet, Table, tables


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _is_day(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text)) and date.fromisoformat(text) >= FIRST
    except ValueError:
        return False


def _one_of(*words: str) -> Callable[[str], bool]:
    return lambda text: text in words


TYPES: Mapping[str, tuple[Callable[[str], bool], str]] = {
    "text": (lambda _: True, "文字 text"),
    "integer": (lambda text: re.fullmatch(r"-?\d+", text) is not None, "整数 a whole number"),
    "number": (_is_number, "数字 a number"),
    "date": (_is_day, "日期 a date such as 2019-01-31"),
    "year_or_date": (
        lambda text: re.fullmatch(r"\d{4}", text) is not None or _is_day(text),
        "年份或日期 a year or a date",
    ),
    "boolean": (_one_of("true", "false"), "true / false"),
    "level": (_one_of("high", "intermediate", "basic"), "high / intermediate / basic"),
    "group_scope": (_one_of("own", "jurisdiction"), "own 本院 / jurisdiction 辖区"),
    "set_role": (_one_of("core", "leading"), "core 核心 / leading 重点"),
    "mode": (_one_of("rank", "interval"), "rank / interval"),
    "prefix_status": (_one_of("confirmed", "derived", "unverified"), "confirmed / derived / unverified"),
}


def sheet_faults(sheet: Sheet) -> list[Fault]:
    """What is wrong with one file by itself."""
    table = sheet.table
    found = [fault("column_unknown", sheet.file, 0, header) for header in sheet.unknown]
    if not sheet.rows:
        return found
    missing = [column for column in table.columns if column.is_required and column.name not in sheet.headers]
    found += [fault("column_missing", sheet.file, 0, f"{column.zh} {column.name}") for column in missing]
    if found:
        return found
    for line, row in sheet.rows:
        found += [each for column in table.columns if (each := _of_value(sheet.file, line, column, row))]
    if not found:
        found += [*_ordered(sheet), *_single(sheet)]
    return found


def _of_value(file: str, line: int, column: Column, row: Row) -> Fault | None:
    value = row.get(column.name, "")
    if not value:
        return fault("empty", file, line, f"{column.zh} {column.name}") if column.is_required else None
    holds, expected = TYPES[column.type]
    return None if holds(value) else fault("type", file, line, f"{column.zh} {column.name}", value, expected=expected)


def _bounds(table: Table) -> Iterator[tuple[str, str]]:
    """The pairs of columns in which days begin and end, where both are dates."""
    kinds = {column.name: column.type for column in table.columns}
    pairs = {(table.from_column, table.to_column), ("delivers_from", "delivers_to"), ("valid_from", "valid_to")}
    for begin, end in sorted(pairs - {(None, None)}, key=str):
        if begin and end and kinds.get(begin) == kinds.get(end) == "date":
            yield begin, end


def _ordered(sheet: Sheet) -> Iterator[Fault]:
    for begin, end in _bounds(sheet.table):
        for line, row in sheet.rows:
            if row.get(begin) and row.get(end) and row[end] < row[begin]:
                yield fault("order", sheet.file, line, end, row[end])


def _single(sheet: Sheet) -> Iterator[Fault]:
    table = sheet.table
    seen: dict[tuple[str, ...], list[tuple[int, Row]]] = {}
    for line, row in sheet.rows:
        key = tuple(row.get(name, "") for name in table.key)
        for other, before in seen.get(key, ()):
            if not table.from_column or not table.to_column:
                said = {name: value for name, value in zip(table.key, key, strict=True) if value}
                yield fault("repeated", sheet.file, line, ", ".join(said), ", ".join(said.values()), other=other)
            elif _days(table, row)[0] <= _days(table, before)[1] and _days(table, before)[0] <= _days(table, row)[1]:
                yield fault("overlap", sheet.file, line, table.from_column, row[table.from_column], other=other)
        seen.setdefault(key, []).append((line, row))


def _days(table: Table, row: Row) -> tuple[date, date]:
    return day(row.get(table.from_column or "", ""), FIRST), day(row.get(table.to_column or "", ""), LAST)


def referred_faults(sheets: Sequence[Sheet], effective: Mapping[str, Sequence[Row]]) -> list[Fault]:
    """What an installation's rows refer to and nobody has. `effective`: the combined tables by name."""
    found = []
    for sheet in sheets:
        for column, target in sheet.table.refers.items():
            table, _, name = target.partition(".")
            known = {row[name] for row in effective.get(table, ())}
            where = tables()[table].zh if table in tables() else table
            found += [
                fault("refers", sheet.file, line, column, row[column], where=where)
                for line, row in sheet.rows
                if row.get(column) and row[column] not in known
            ]
    courts = next((sheet for sheet in sheets if sheet.table.name == "courts"), None)
    if courts is None or found:
        return found
    return register_faults(courts)

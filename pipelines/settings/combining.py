"""The one rule by which an installation's rows and the national catalogue's become one table.
Whether the rows hold belongs to `checking`; reading and writing files, to `tables` and `effective`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from pipelines.settings.tables import Table

Row = dict[str, str]
FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)


def combined(table: Table, product: Sequence[Row], own: Sequence[Row]) -> list[Row]:
    """The product's rows as far as the installation leaves them, then the installation's own.

    A row of the installation takes its days from the product's rows of the same key: what it covers is its own, what
    lies before and after stays the product's, ended the day before and begun the day after. A table without dates has
    one row for a key, the installation's. Nothing of the product is left out for any other reason.
    """
    kept: list[Row] = []
    for row in product:
        mine = [other for other in own if all(other.get(name, "") == row.get(name, "") for name in table.key)]
        kept += _left_of(table, row, mine)
    return [*kept, *({name: row.get(name, "") for name in (product[0] if product else row)} for row in own)]


def _left_of(table: Table, row: Row, mine: Sequence[Row]) -> list[Row]:
    if not mine:
        return [row]
    if table.from_column is None or table.to_column is None:
        return []
    begin, end = table.from_column, table.to_column
    stretches = [(day(row[begin], FIRST), day(row[end], LAST))]
    for other in mine:
        first, last = day(other.get(begin, ""), FIRST), day(other.get(end, ""), LAST)
        stretches = [part for stretch in stretches for part in _outside(stretch, first, last)]
    return [row | {begin: _said(first, FIRST), end: _said(last, LAST)} for first, last in stretches]


def _outside(stretch: tuple[date, date], first: date, last: date) -> list[tuple[date, date]]:
    begun, ended = stretch
    if last < begun or first > ended:
        return [stretch]
    parts = []
    if first > begun:
        parts.append((begun, first - timedelta(days=1)))
    if last < ended:
        parts.append((last + timedelta(days=1), ended))
    return parts


def day(text: str, otherwise: date) -> date:
    """The day that a text says, `otherwise` where it says none."""
    return date.fromisoformat(text) if text else otherwise


def _said(value: date, otherwise: date) -> str:
    return "" if value == otherwise else value.isoformat()

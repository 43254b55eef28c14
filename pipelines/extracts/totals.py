"""Lines of a region among its courts' rows: 某某省, 某某州 with the sums of what stands above or below them.
Told by the register's tree and by adding up, never by a name alone; lines that say 合计 belong to `not_data`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from pipelines.extracts.cleaning import court_columns
from pipelines.extracts.columns import Columns
from pipelines.extracts.contracts import contract
from pipelines.extracts.courts import CourtRegister
from pipelines.extracts.headers import HeaderMap
from pipelines.extracts.not_data import naming_columns
from pipelines.extracts.reading.words import TOTAL

NUMBERS = ("amount", "number", "integer")
ROUNDED = Decimal("0.01")  # what each amount added up may have lost


@dataclass(frozen=True)
class _Table:
    """A chunk as sums are looked for in it: its courts, its typed columns, and the rows that hold no data."""

    header_map: HeaderMap
    columns: Columns
    courts: pl.Series
    left_out: frozenset[int]

    def values(self, name: str) -> pl.Series:
        return self.columns.typed.get(name, self.columns.raw[name])


def _named(table: _Table, place: int, register: CourtRegister) -> frozenset[str] | None:
    """The courts of the region that a row is named after; None if it names none, or anything beside it."""
    raw = table.columns.raw
    texts = [text for name in _names(table) if (text := raw[name][place]) is not None]
    regions = {register.courts_of(text) for text in texts}
    return regions.pop() if len(regions) == 1 else None


def _names(table: _Table) -> list[str]:
    """The columns that name a row as a whole: its courts and the free text of its key."""
    rules = contract(table.header_map.kind)
    free = [name for name in naming_columns(table.header_map, table.columns.raw) if name in rules.key]
    return [*court_columns(table.header_map), *(name for name in free if rules.column(name).type != "code")]


def _has_no_key(table: _Table) -> bool:
    """Whether the records of a kind are no courts' figures, so that a row without a key of its own is none."""
    return not any(contract(table.header_map.kind).column(name).type == "court" for name in _key(table))


def _key(table: _Table) -> tuple[str, ...]:
    return contract(table.header_map.kind).key


def _adds_up(table: _Table, place: int, region: frozenset[str]) -> bool:
    """Whether each figure of a row is the sum of the figures of the region's courts, and one of them is above 0."""
    rules = contract(table.header_map.kind)
    alike = table.courts.is_in(list(region)).fill_null(value=False)
    alike &= ~pl.int_range(alike.len(), eager=True).is_in(sorted(table.left_out | {place}))
    for name in _key(table):
        if rules.column(name).type != "court":
            alike &= table.values(name).eq_missing(table.values(name)[place])
    is_more = False
    for column in rules.columns:
        stated = table.values(column.name)[place] if column.type in NUMBERS else None
        if stated is None:
            continue
        parts = table.values(column.name).filter(alike)
        difference = abs(Decimal(stated) - Decimal(parts.sum() or 0))
        if difference > (0 if column.type == "integer" else ROUNDED * (1 + parts.len())):
            return False
        is_more |= stated > 0
    return is_more


def totals_of_regions(
    header_map: HeaderMap,
    columns: Columns,
    courts: pl.Series,
    register: CourtRegister,
    faults: Collection[int],
    outside: Mapping[int, str],
) -> dict[int, str]:
    """The places of rows with a fault that are a region's total, with the word for it.

    A row of figures must add up; a row of records is none without a key of its own.
    """
    table = _Table(header_map, columns, courts, frozenset({*faults, *outside}))
    found: dict[int, str] = {}
    for place in faults:
        region = _named(table, place, register) if courts[place] is None and place not in outside else None
        if region and (_has_no_key(table) or _adds_up(table, place, region)):
            found[place] = TOTAL
    return found

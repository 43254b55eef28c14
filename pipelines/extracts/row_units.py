"""Units that stand row by row: in a column 单位 or 备注 that the contract does not know, or in one without a heading.
What a text states is told by `units`; a row whose unit cannot be told is rejected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import compress
from typing import NamedTuple

import polars as pl

from pipelines.extracts import units
from pipelines.extracts.columns import Fault
from pipelines.extracts.contracts import contract
from pipelines.extracts.headers import HeaderMap, amounts, fold
from pipelines.extracts.messages import refusal
from pipelines.extracts.upper_units import named_columns, scope_refusal

_UNITS = re.compile("(?:单位|币种|货币|units?|currency)(?:名称|代码|code)?$")
_REMARKS = re.compile("备注|说明|附注|注释|^注$|remarks?|notes?|memo|comments?")
_CURRENCIES = re.compile("(?:币种|货币|currency)(?:名称|代码|code)?$")
_CODE = re.compile("[0-9]{3}")  # of a currency by ISO 4217: 156 is the yuan's
# Without what looks back: a column is looked through for what may be one, and read afterwards.
_OTHERS = re.sub(r"\(\?<?![^)]*\)", "", units.FOREIGN)
_MAY_SAY = (
    f"(?i)[元圆圓万萬亿億千百仟佰分角]|单位|unit|yuan|rmb|cny|wan|10k|10000|^ *[wk] *$|^ *[0-9]{{3}} *$|{_OTHERS}"
)


class _Column(NamedTuple):
    """A column that may state units: its place, its heading, whether it is one of units, of remarks, or of neither."""

    place: int
    heading: str
    is_of_units: bool
    is_of_remarks: bool
    is_of_scales: bool = False

    @property
    def may_say(self) -> str:
        """What a text of it has that may state a unit."""
        return "[0-9]" if self.is_of_scales else _MAY_SAY


@dataclass
class RowUnits:
    """The units of a chunk's rows by amount column (null: none stated), and the faults of rows whose unit is open."""

    by_column: dict[str, pl.Series] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def _columns(header_map: HeaderMap, headings: tuple[str, ...]) -> Iterator[_Column]:
    for place in header_map.others:
        heading = fold(headings[place]) if place < len(headings) else ""
        is_scale = units.is_scale(heading)
        yield _Column(
            place, heading, is_scale or bool(_UNITS.search(heading)), bool(_REMARKS.search(heading)), is_scale
        )


def _stated(column: _Column, text: str) -> str | None:
    """The unit that a cell states for its row."""
    if column.is_of_scales:
        return units.in_field(column.heading, text)
    if column.is_of_units:
        if _CURRENCIES.search(column.heading) and _CODE.fullmatch(text.strip()):
            return units.YUAN if text.strip() == "156" else units.UNCLEAR
        found = units.money_unit(text) or units.in_field("单位", text)
        return units.UNCLEAR if found in ("分", "角") else found
    if column.is_of_remarks:
        return units.in_remark(text)
    if not column.heading or text.startswith("{"):  # a note beside the table, or a field of several
        return units.in_upper(text).unit and units.UNCLEAR if units.has_word(text) else _exact(text)
    return _exact(text)


def _exact(text: str) -> str | None:
    exact = units.money_unit(text)
    return exact if exact and not text.strip().isascii() else None


def _at_left(header_map: HeaderMap, column: _Column) -> tuple[str, ...]:
    return tuple(name for name in amounts(header_map) if column.place - 1 in header_map.positions[name])


def _scope(header_map: HeaderMap, column: _Column, is_complete: bool) -> tuple[str, ...] | None:
    """The amounts that a column speaks of: those its heading names, the one at its left, or all; None if unknown.

    One without a heading speaks of the amount at its left where there is one such column for each amount.
    """
    left = _at_left(header_map, column)
    if not column.heading:
        return left if left and (is_complete or len(left) == len(amounts(header_map))) else None
    if not (column.is_of_units or column.is_of_remarks):
        return None
    named = named_columns(header_map, _UNITS.sub("", column.heading)) if column.is_of_units else set()
    if named:
        return tuple(name for name in amounts(header_map) if name in named)
    return amounts(header_map) if is_complete or column.is_of_remarks else left or None


def row_units(header_map: HeaderMap, headings: tuple[str, ...], frame: pl.DataFrame, raw: pl.DataFrame,
              numbers: pl.Series, file: str) -> RowUnits:  # fmt: skip
    """The units that stand in the rows of a chunk. `raw` has its contract columns as clean text.

    FileRefusedError: unit_scope, unit_contradiction, and unit_below for a row that states a unit and nothing else.
    """
    found = RowUnits()
    if not header_map.others:
        return found
    columns = list(_columns(header_map, headings))
    found.faults += _scaled_counts(header_map, columns, frame, raw)
    if not amounts(header_map):
        return found
    of_units = [column for column in columns if column.is_of_units]
    bare = [column for column in columns if not column.heading and _at_left(header_map, column)]
    for column in _that_may_say(columns, frame):
        texts = frame[str(column.place)]
        may = texts.str.contains(column.may_say).fill_null(value=False)
        said = {text: unit for text in texts.filter(may).unique() if (unit := _stated(column, text))}
        if said:
            is_complete = len(bare) == len(amounts(header_map)) if not column.heading else len(of_units) == 1
            scope = _scope(header_map, column, is_complete)
            _take(found, header_map, column, texts, said, scope, _Rows(raw, numbers, file))
    return found


def _that_may_say(columns: list[_Column], frame: pl.DataFrame) -> list[_Column]:
    """The columns that have a text which may state a unit.

    One query asks for all of them: a stray cell in a sheet's last column makes 16,384.
    """
    present = [column for column in columns if column.place < frame.width]
    asked = frame.select(pl.col(str(column.place)).str.contains(column.may_say).any() for column in present)
    return list(compress(present, asked.row(0))) if present else []


def stated_by_rows(header_map: HeaderMap, headings: tuple[str, ...], frame: pl.DataFrame) -> frozenset[str]:
    """The units that the columns of units state in these rows."""
    columns = [column for column in _columns(header_map, headings) if column.is_of_units and column.place < frame.width]
    said = ((column, text) for column in columns for text in frame[str(column.place)].drop_nulls().unique())
    return frozenset(unit for column, text in said if (unit := _stated(column, text)))


def _scaled_counts(
    header_map: HeaderMap, columns: list[_Column], frame: pl.DataFrame, raw: pl.DataFrame
) -> Iterator[Fault]:
    """Rows that count in hundreds or thousands: counts are never scaled."""
    rules = contract(header_map.kind)
    counted = [name for name in header_map.positions if rules.column(name).type == "integer"]
    for column in columns if counted else ():
        texts = frame[str(column.place)] if column.place < frame.width and column.is_of_units else None
        scaled = [] if texts is None else [text for text in texts.drop_nulls().unique() if units.scales_counts(text)]
        for place in texts.is_in(scaled).arg_true() if texts is not None and scaled else ():
            yield from (Fault(place, name, "row_unit") for name in counted if raw[name][place] is not None)


class _Rows(NamedTuple):
    raw: pl.DataFrame
    numbers: pl.Series
    file: str


def _take(
    found: RowUnits, header_map: HeaderMap, column: _Column, texts: pl.Series, said: dict[str, str],
    scope: tuple[str, ...] | None, rows: _Rows,
) -> None:  # fmt: skip
    """Add what one column says."""
    of_rows = texts.replace_strict(list(said), list(said.values()), default=None, return_dtype=pl.String)
    known = [name.name for name in contract(header_map.kind).columns if name.name in rows.raw.columns]
    alone = of_rows.is_not_null() & rows.raw.select(pl.all_horizontal(pl.col(known).is_null()).alias("e"))["e"]
    wanted = set(said.values()) != {units.YUAN}
    for place in alone.arg_true() if wanted else ():
        heading = header_map.headings[amounts(header_map)[0]]
        raise refusal("unit_below", rows.file, row=rows.numbers[place], text=texts[place], column=heading)
    if scope is None:
        if wanted:
            place = of_rows.is_not_null().arg_true()[0]
            raise scope_refusal(rows.file, rows.numbers[place], texts[place])
        return
    is_scaled = bool(set(said.values()) - {units.YUAN, units.UNCLEAR})
    is_blank = of_rows.is_null() & (texts.fill_null("").str.strip_chars() == "")
    for name in scope:
        filled = rows.raw[name].is_not_null()
        _refuse_contradiction(header_map, name, of_rows.filter(filled), rows)
        earlier = found.by_column.get(name)
        open_ones = (of_rows == units.UNCLEAR) | (is_blank if is_scaled and column.is_of_units else False)
        if earlier is not None:
            open_ones = open_ones | (earlier.is_not_null() & of_rows.is_not_null() & (earlier != of_rows))
        found.faults += [
            Fault(place, name, "row_unit") for place in (open_ones & filled).fill_null(value=False).arg_true()
        ]
        of_rows = of_rows.set(of_rows == units.UNCLEAR, None)
        found.by_column[name] = of_rows if earlier is None else pl.select(pl.coalesce(earlier, of_rows)).to_series()


def _refuse_contradiction(header_map: HeaderMap, name: str, stated: pl.Series, rows: _Rows) -> None:
    """Refuse a file whose rows state another unit than its heading or title."""
    settled = header_map.settled.get(name)
    others = [unit for unit in stated.drop_nulls().unique() if unit not in (settled, units.UNCLEAR)]
    if settled and others:
        heading = header_map.headings[name]
        raise refusal(
            "unit_contradiction", rows.file, column=heading, one=f"表头：{settled}", other=f"单位：{others[0]}",
            one_en=f"the heading: {settled}", other_en=f"unit: {others[0]}",
        )  # fmt: skip

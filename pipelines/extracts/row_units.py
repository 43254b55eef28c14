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
from pipelines.extracts.contracts import contract, vocabulary
from pipelines.extracts.headers import HeaderMap, amounts, counts, fold
from pipelines.extracts.messages import refusal
from pipelines.extracts.reading import Chunk
from pipelines.extracts.reading.struck import HELD_OPEN
from pipelines.extracts.spoken_units import FOREIGN
from pipelines.extracts.upper_units import named_columns, scope_refusal
from pipelines.extracts.values import STRIPPED, own_unit, spellings

_UNITS = re.compile("(?:单位|币种|币别|币名|币制|货币|units?|currency)(?:名称|代码|类型|种类|类别|code|type)?$")
_REMARKS = re.compile("备注|说明|附注|附言|摘要|用途|注释|^注$|remarks?|notes?|memo|comments?")
_CURRENCIES = re.compile("(?:币种|币别|币名|币制|货币|currency)(?:名称|代码|类型|种类|类别|code|type)?$")
_FOREIGN = re.compile(
    "外币|外汇|foreign|(?:汇|折算|兑换)率|exchange"
)  # a column that says of a row whether it is in yuan
_NO = "(?i)^ *(?:否|无|不是|没有|人民币|非外币|n|no|f|false|rmb|cny|-+|—+|/|0+(?:[.]0+)?|1(?:[.]0+)?|100(?:[.]0+)?) *$"
_YUANS = ("人民币", "人民币元", "rmb", "cny", "cnh", "本币", "本位币", "¥", "元", "156")  # 156 by ISO 4217
# Without what looks back: a column is looked through for what may be one, and read afterwards.
_OTHERS = re.sub(r"\(\?<?![^)]*\)", "", FOREIGN)
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
    def is_of_foreign(self) -> bool:
        """Whether it says of its row that the amounts are in another currency: 是否外币, 汇率."""
        return not self.is_of_units and bool(_FOREIGN.search(self.heading))

    @property
    def is_of_currencies(self) -> bool:
        return bool(_CURRENCIES.search(self.heading))

    @property
    def may_say(self) -> str:
        """What a text of it has that may state a unit."""
        return "[0-9]" if self.is_of_scales else r"\S" if self.is_of_units or self.is_of_foreign else _MAY_SAY


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
        if column.is_of_currencies and units.folded(text) in _YUANS:
            return None  # which of its units, is said elsewhere
        found = units.money_unit(text) or units.in_field("单位", text)
        is_open = found in ("分", "角") or (found is None and column.is_of_currencies and bool(text.strip(STRIPPED)))
        return units.UNCLEAR if is_open else found
    if column.is_of_foreign:
        return None if re.search(_NO, text) else units.UNCLEAR
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
    if column.is_of_foreign:
        return amounts(header_map)
    if not (column.is_of_units or column.is_of_remarks):
        return None
    named = named_columns(header_map, _UNITS.sub("", column.heading)) if column.is_of_units else set()
    if named:
        return tuple(name for name in amounts(header_map) if name in named)
    return amounts(header_map) if is_complete or column.is_of_remarks else left or None


def row_units(header_map: HeaderMap, chunk: Chunk, raw: pl.DataFrame, file: str) -> RowUnits:
    """The units that stand in the rows of a chunk. `raw` has its contract columns as clean text.

    FileRefusedError: unit_scope, unit_contradiction, and unit_below for a row that states a unit and nothing else.
    """
    found = RowUnits()
    if not header_map.others:
        return found
    frame, numbers = chunk.frame, chunk.rows
    columns = list(_columns(header_map, chunk.headings))
    found.faults += _scaled_counts(header_map, columns, frame, raw)
    if not amounts(header_map):
        return found
    of_units = [column for column in columns if column.is_of_units]
    bare = [column for column in columns if not column.heading and _at_left(header_map, column)]
    for column in _that_may_say(columns, frame):
        texts = frame[str(column.place)]
        may = texts.str.contains(column.may_say).fill_null(value=False)
        said = {text: unit for text in texts.filter(may).unique() if (unit := _stated(column, text))}
        if not said and column.is_of_units:
            found.faults += _of_things(header_map, texts, raw)
        if said:
            is_complete = len(bare) == len(amounts(header_map)) if not column.heading else _is_alone(column, of_units)
            scope = _scope(header_map, column, is_complete)
            _take(found, header_map, column, texts, said, scope, _Rows(raw, numbers, file, _struck(chunk, column)))
    return found


def _is_alone(column: _Column, of_units: list[_Column]) -> bool:
    """Whether a column is the only one of units, or of currencies."""
    return sum(1 for other in of_units if other.is_of_currencies == column.is_of_currencies) == 1


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


def _struck(chunk: Chunk, column: _Column) -> pl.Series:
    rows = [doubt.row for doubt in chunk.doubts if doubt.place == column.place and doubt.code in HELD_OPEN]
    return chunk.rows.is_in(rows)


class _Rows(NamedTuple):
    raw: pl.DataFrame
    numbers: pl.Series
    file: str
    struck: pl.Series  # in which rows the column's text is struck out, or in part


def _take(
    found: RowUnits, header_map: HeaderMap, column: _Column, texts: pl.Series, said: dict[str, str],
    scope: tuple[str, ...] | None, rows: _Rows,
) -> None:  # fmt: skip
    """Add what one column says."""
    of_rows = texts.replace_strict(list(said), list(said.values()), default=None, return_dtype=pl.String)
    if rows.struck.any():  # whether a word that is struck out holds, is for the clerk to say
        of_rows = of_rows.set(of_rows.is_not_null() & rows.struck, units.UNCLEAR)
        said = {text: unit for text, unit in zip(texts, of_rows, strict=True) if text and unit}
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
    is_open = is_scaled and column.is_of_units and not column.is_of_scales
    is_silent = of_rows.is_null() if is_open else pl.repeat(value=False, n=len(texts), eager=True)
    stated = of_rows.set(of_rows == units.UNCLEAR, None)
    for name in scope:
        filled = rows.raw[name].is_not_null()
        _refuse_contradiction(header_map, name, of_rows.filter(filled), rows)
        earlier = found.by_column.get(name)
        of_amounts = is_silent | _differs(rows.raw[name], stated)
        open_ones = (of_rows == units.UNCLEAR) | (of_amounts & _is_money(header_map, name, rows.raw))
        if earlier is not None:
            open_ones = open_ones | (earlier.is_not_null() & of_rows.is_not_null() & (earlier != of_rows))
        open_ones = (open_ones & filled).fill_null(value=False)
        found.faults += [Fault(place, name, "row_unit") for place in open_ones.arg_true()]
        found.by_column[name] = stated if earlier is None else pl.select(pl.coalesce(earlier, stated)).to_series()
    if column.is_of_units and not is_scaled:
        found.faults += _of_things(header_map, texts, rows.raw, scope)


def _differs(amounts_of: pl.Series, stated: pl.Series) -> pl.Series:
    """Which amounts carry a unit of their own other than the one their row states: 5万元 in a row of 元."""
    may = amounts_of.str.contains(r"[百千万亿元圆]\D*$").fill_null(value=False) & stated.is_not_null()
    wrong = [place for place in may.arg_true() if own_unit(amounts_of[place]) not in (None, stated[place])]
    return pl.select(pl.int_range(len(may)).is_in(wrong)).to_series()


def _of_things(
    header_map: HeaderMap, texts: pl.Series, raw: pl.DataFrame, scope: tuple[str, ...] | None = None
) -> Iterator[Fault]:
    """The amounts of rows whose unit is one of things: 5 件 is none. In a file with counts it speaks of those."""
    things = [text for text in texts.drop_nulls().unique() if units.is_of_things(text)]
    if not things or counts(header_map):
        return
    for name in amounts(header_map) if scope is None else scope:
        wrong = texts.is_in(things) & _is_money(header_map, name, raw) & raw[name].is_not_null()
        yield from (Fault(place, name, "row_unit") for place in wrong.fill_null(value=False).arg_true())


def _is_money(header_map: HeaderMap, name: str, raw: pl.DataFrame) -> pl.Series:
    """In which rows a column holds an amount; a table of counts and amounts says so by its items."""
    rules = contract(header_map.kind)
    found = pl.repeat(value=True, n=raw.height, eager=True)
    for item in rules.columns if rules.column(name).type == "number" else ():
        of_money = {term.value for term in vocabulary(item.vocabulary) if term.yuan} if item.vocabulary else set()
        if of_money and item.name in raw.columns:
            said = [text for text, value in spellings(item.vocabulary or "").items() if value in of_money]
            found = found & raw[item.name].is_in(said).fill_null(value=False)
    return found


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

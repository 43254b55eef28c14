"""The unit of each amount column of one file, from all places that speak of it; what contradicts is asked about.
How units are written is told by `units`; amounts are scaled by their law in `values`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import NamedTuple

from pipelines.extracts import spoken_units, units
from pipelines.extracts.contracts import contract
from pipelines.extracts.elsewhere_units import hold_together, in_fields
from pipelines.extracts.headers import HeaderMap, amounts, counted, counts
from pipelines.extracts.messages import Message, notice, refusal
from pipelines.extracts.reading import Chunk, Source
from pipelines.extracts.reading.struck import HELD_OPEN
from pipelines.extracts.reading.words import numbers_columns
from pipelines.extracts.upper_units import in_upper_cells, refuse_doubtful, scope_refusal

UNIT_ROWS_SEARCHED = 3
_OF_NOTHING = re.compile("^(?:序号|编号|备注|说明|附注|附件|注|no)?$")
SHORT = 3  # cells: a line with more is a row of the table


class Statement(NamedTuple):
    """What one place says of the amounts of some columns, or of all (None)."""

    unit: str
    zh: str
    en: str
    columns: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Units:
    """The header map with its units settled, and the lines that tell the clerk of it."""

    header_map: HeaderMap
    notices: tuple[Message, ...]


def _joined(cells: Sequence[str]) -> list[str]:
    """A line's cells; a cell that only says 单位 and the cell after it are one statement."""
    said = [cell.strip() for cell in cells if cell and cell.strip()]
    found: list[str] = []
    for text in said:
        if found and units.folded(found[-1]).strip(":(").endswith(("单位", "unit")):
            found[-1] = f"{found[-1].rstrip('：: ')}：{text}"
        else:
            found.append(text)
    return found


def _of_line(cells: Sequence[str], header_map: HeaderMap) -> tuple[str | None, str]:
    """The unit that a line states for the table, and the words it does so in."""
    for text in _joined(cells):
        stated = units.in_line(text)
        if stated.counts_scaled and counts(header_map):
            return units.UNCLEAR, text
        if stated.unit:
            return stated.unit, text
    return None, ""


def _by_column(cells: Sequence[str | None], header_map: HeaderMap) -> dict[str, str]:
    """Amount column → the unit that a row of units says under it."""
    at = {place: name for name in amounts(header_map) for place in header_map.positions[name]}
    found: dict[str, str] = {}
    for place, name in at.items():
        cell = cells[place] if place < len(cells) else None
        if cell and cell.strip() and (unit := _of_cell(header_map, name, cell)):
            found[name] = unit
    return found


def _of_cell(header_map: HeaderMap, name: str, cell: str) -> str | None:
    """The unit that a row of units says under an amount: one of things or of shares is none of money."""
    is_amount = contract(header_map.kind).column(name).type == "amount"
    if units.measures_otherwise(cell) or (is_amount and units.is_of_things(cell)):
        return units.UNCLEAR
    return units.in_line(cell).unit or units.in_note(cell).unit


def is_unit_row(cells: Sequence[str | None]) -> bool:
    """Whether a row says units and nothing else: （万元）, 元, 件 under their headings."""
    said = [cell for cell in cells if cell and cell.strip()]
    return bool(said) and all(units.is_unit_cell(cell) for cell in said)


def _outside(header_map: HeaderMap, source: Source, file: str) -> Iterator[Statement]:
    """What the cells above, the sheet's and the file's name, and headings that are only a unit state."""
    for said in in_upper_cells(header_map, source, file):
        yield Statement(said.unit, f"第 {said.row} 行“{said.text}”", f"row {said.row} ({said.text})", said.columns)
    for heading in header_map.extra:
        if (unit := units.in_line(heading).unit) and (units.is_unit_cell(heading) or _is_of_nothing(heading)):
            yield Statement(unit, f"表头“{heading}”", f"the heading {heading}")
    for name, zh, en in (
        (source.title, "工作表名", "the sheet's name"),
        (PurePath(source.named or file).stem, "文件名", "the file's name"),
    ):
        if name and (unit := units.in_name(name).unit):
            refuse_doubtful(header_map, name, unit, file)
            yield Statement(unit, f"{zh}“{name}”", f"{en} {name}")
    for field in in_fields(header_map, source, file):
        yield Statement(field.unit, f"字段“{field.text}”", f"the field {field.text}", field.columns)


def _refuse_gaps(header_map: HeaderMap, cells: Sequence[str | None], row: int, file: str) -> None:
    """Refuse a row of units (unit_scope) that leaves an amount without one while another is scaled."""
    said = _by_column(cells, header_map)
    silent = [name for name in amounts(header_map) if name not in said and name not in header_map.stated]
    scaled = [unit for unit in said.values() if unit not in (units.YUAN, units.UNCLEAR)]
    if silent and scaled:
        raise scope_refusal(file, row, scaled[0])


def _is_of_nothing(heading: str) -> bool:
    """Whether a heading that states a unit has nothing of its own to speak of: 备注（单位：万元）, 序号（万元）."""
    return bool(_OF_NOTHING.search(units.without_unit(heading)))


def _unit_rows(header_map: HeaderMap, chunk: Chunk, file: str) -> Iterator[Statement]:
    """What rows of units and notes right below the header state; whether one that is struck out holds, is open."""
    frame, numbers = chunk.frame, chunk.rows
    struck = {doubt.row for doubt in chunk.doubts if doubt.code in HELD_OPEN}
    for place in range(min(UNIT_ROWS_SEARCHED, frame.height)):
        cells = frame.row(place)
        row = numbers[place]
        if not any(cell and cell.strip() for cell in cells):
            continue
        if is_unit_row(cells):
            if row in struck:
                yield Statement(
                    units.UNCLEAR, f"表头下第 {row} 行（有删除线）", f"row {row} below the header (struck out)"
                )
            _refuse_gaps(header_map, cells, row, file)
            if _leaves_counts_open(header_map, cells):
                yield Statement(units.UNCLEAR, f"表头下第 {row} 行", f"row {row} below the header")
            for name, of_name in _by_column(cells, header_map).items():
                yield Statement(of_name, f"表头下第 {row} 行", f"row {row} below the header", (name,))
            others = [cell for at, cell in enumerate(cells) if cell and not _is_amount(header_map, at)]
            unit, text = _of_line([cell for cell in others if len(units.folded(cell)) > 2], header_map)
        elif numbers_columns(cells):
            continue
        elif sum(1 for cell in cells if cell and cell.strip()) <= SHORT:
            unit, text = _of_line([cell for cell in cells if cell], header_map)
        else:
            return
        if unit:
            yield Statement(unit, f"第 {row} 行“{text}”", f"row {row} ({text})")


def _leaves_counts_open(header_map: HeaderMap, cells: Sequence[str | None]) -> bool:
    """Whether a row of units counts in thousands or so, or says % under a column of counts."""
    if counts(header_map) and any(units.scales_counts(cell) for cell in cells if cell):
        return True
    places = [place for name in counted(header_map) for place in header_map.positions[name]]
    return any(units.measures_otherwise(cells[place] or "") for place in places if place < len(cells))


def _is_amount(header_map: HeaderMap, place: int) -> bool:
    return any(place in header_map.positions[name] for name in amounts(header_map))


def _settled(header_map: HeaderMap, statements: list[Statement], file: str) -> dict[str, Statement]:
    """The statement that holds for each amount column. FileRefusedError: unit_unclear, unit_contradiction."""
    found: dict[str, Statement] = {}
    for statement in statements:
        if statement.unit == units.UNCLEAR:
            raise refusal("unit_unclear", file, where=statement.zh, where_en=statement.en)
        for name in amounts(header_map) if statement.columns is None else statement.columns:
            known = found.setdefault(name, statement)
            if known.unit != statement.unit:
                raise refusal(
                    "unit_contradiction", file, column=header_map.headings[name],
                    one=f"{known.zh}：{known.unit}", other=f"{statement.zh}：{statement.unit}",
                    one_en=f"{known.en}: {known.unit}", other_en=f"{statement.en}: {statement.unit}",
                )  # fmt: skip
    return found


def settle(
    header_map: HeaderMap, source: Source, chunk: Chunk, file: str, by_rows: frozenset[str] = frozenset()
) -> Units:
    """The units of a file, from its headings, what stands around them, and the first rows of its first chunk.

    `by_rows`: the units that a column of units states: what stands around the table may not state another.

    FileRefusedError (unit_unclear, unit_contradiction) rather than a guess.
    """
    if not amounts(header_map) and not counts(header_map):
        return Units(header_map, ())
    statements = [
        Statement(unit, f"表头“{header_map.headings[name]}”", f"the heading {header_map.headings[name]}", (name,))
        for name, unit in header_map.stated.items()
    ]
    statements += [*_outside(header_map, source, file), *_unit_rows(header_map, chunk, file)]
    settled = _settled(header_map, statements, file)
    read_in = by_rows or {settled[name].unit if name in settled else units.YUAN for name in amounts(header_map)}
    hold_together(header_map, source, read_in, file)
    found = {name: said for name, said in settled.items() if said.unit != units.YUAN}
    spoken: dict[Statement, list[str]] = {}
    for name, statement in found.items():
        spoken.setdefault(statement, []).append(name)
    notices = tuple(
        notice("unit_applied", file, unit=said.unit, where=said.zh, where_en=said.en,
               columns="、".join(header_map.headings[name] for name in names))
        for said, names in spoken.items()
    )  # fmt: skip
    of_columns = {name: said.unit for name, said in settled.items()}
    scaled = {name: said.unit for name, said in found.items()}
    return Units(replace(header_map, units=scaled, settled=of_columns), notices)


def hold_to(header_map: HeaderMap, cells: Sequence[str | None], row: int, file: str) -> None:
    """Refuse a file (unit_below) in which a line among or below the rows states another unit than was applied."""
    if not amounts(header_map) and not counts(header_map):
        return
    said = [cell for cell in cells if cell and cell.strip()]
    if is_unit_row(cells):
        stated = _by_column(cells, header_map)
        others = [cell for cell in said if len(units.folded(cell)) > 2 or len(said) == 1]
        unit, text = _of_line(others, header_map) if not stated else (None, "")
    elif len(said) <= SHORT:
        stated, (unit, text) = {}, _of_line(said, header_map)
    else:  # a sentence over many cells; what single cells say there may be values
        stated, text = {}, ",".join(said)
        is_open = spoken_units.speaks_of_foreign(text) or spoken_units.speaks_of_scale(text)
        unit = units.UNCLEAR if is_open else None
    if unit == units.UNCLEAR and not amounts(header_map):
        heading = "、".join(header_map.headings[name] for name in counted(header_map))
        raise refusal("unit_below", file, row=row, text=text, column=heading)
    for name in amounts(header_map):
        of_name = stated.get(name, unit)
        if of_name and of_name != header_map.units.get(name, units.YUAN):
            raise refusal("unit_below", file, row=row, text=text or of_name, column=header_map.headings[name])

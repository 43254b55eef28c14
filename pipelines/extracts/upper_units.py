"""Units in the cells above the headings: which columns each cell speaks of, a whole table or the group below it.
How a unit is written is told by `units`; what contradicts what, by `stated_units`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipelines.extracts import units
from pipelines.extracts.contracts import contract
from pipelines.extracts.headers import HeaderMap, amounts, counts
from pipelines.extracts.messages import FileRefusedError, refusal
from pipelines.extracts.reading import Line, Source

TITLE = re.compile("表|明细|情况|统计|台账|清单|汇总|一览|登记|报告|数据|list|table|report", re.IGNORECASE)
_GENERIC = re.compile("(?:(?<!标)的|总)*(?:金额|数额|款额|款项|价款|价格|价|款|额|数|amounts?)$")


class Said(NamedTuple):
    """A unit that a cell states: its line, its place, the text, and the columns it holds for (None: all amounts)."""

    unit: str
    row: int
    text: str
    columns: tuple[str, ...] | None


@dataclass(frozen=True)
class _Cell:
    """A cell of a line above the headings: the places it covers, and whether a merge says so or empty cells do."""

    line: Line
    place: int
    text: str
    scope: range
    merged: bool
    alone: bool  # nothing else stands in its line
    in_header: bool


def _merged(source: Source, line: Line, place: int) -> range | None:
    for span in source.spans:
        if span.left == place and span.top <= line.row <= span.bottom and span.right > span.left:
            return range(span.left, span.right + 1)
    return None


def _cells(source: Source, line: Line, width: int) -> Iterator[_Cell]:
    """The cells of a line that are not empty; a cell that only says 单位 and the cell after it are one statement."""
    filled = [place for place, cell in enumerate(line.cells) if cell and cell.strip()]
    in_header, skip = line in source.header, -1
    for number, place in enumerate(filled):
        if place == skip:
            continue
        text, after = line.cells[place].strip(), filled[number + 1 : number + 2]
        if after and units.folded(text).strip(":(").endswith(("单位", "unit")):
            skip = after[0]
            text = f"{text.rstrip('：: ')}：{line.cells[skip].strip()}"
        end = next((other for other in filled if other > max(place, skip)), max(width, len(line.cells)))
        merged = _merged(source, line, place)
        yield _Cell(line, place, text, merged or range(place, end), merged is not None, len(filled) == 1, in_header)


def _is_heading(source: Source, cell: _Cell) -> bool:
    """Whether a cell of the header's upper rows is the heading of its own column: nothing stands below it."""
    below = [line.cells for line in source.header if line.row > cell.line.row]
    return not any(place < len(cells) and cells[place].strip() for cells in below for place in cell.scope[:1])


def _stem(text: str) -> str:
    return _GENERIC.sub("", units.folded(text))


def named_columns(header_map: HeaderMap, rest: str) -> set[str]:
    """The amount columns that a text speaks of by name; none for a text that names no column, or amounts as such."""
    said, found = _stem(rest), set()
    for name in amounts(header_map):
        stems = {stem for spelling in contract(header_map.kind).column(name).spellings if (stem := _stem(spelling))}
        if any(stem in said or (len(said) > 1 and said in stem) for stem in stems):
            found.add(name)
    return found


def scope_refusal(file: str, row: int, text: str) -> FileRefusedError:
    """The refusal of a file in which a line states a unit, and it cannot be told of which amounts."""
    return refusal("unit_scope", file, where=f"第 {row} 行“{text}”", where_en=f"row {row} ({text})")


def refuse_doubtful(header_map: HeaderMap, text: str, unit: str, file: str) -> None:
    """Refuse a file (unit_scope) whose name or title states a unit and names one of several amounts: 到账（万元）."""
    rest = units.without_unit(text)
    named = named_columns(header_map, rest) if not TITLE.search(rest) else set()
    if 0 < len(named) < len(amounts(header_map)) and unit != units.YUAN:
        raise refusal("unit_scope", file, where=f"“{text}”", where_en=f"“{text}”")


def _in_scope(header_map: HeaderMap, scope: range) -> list[str]:
    return [name for name in amounts(header_map) if header_map.positions[name][0] in scope]


def _is_title(header_map: HeaderMap, cell: _Cell, rest: str) -> bool:
    """Whether a cell speaks of the whole table: 单位：万元 wherever it stands, a title, a merge over every column."""
    if cell.merged and all(place in cell.scope for places in header_map.positions.values() for place in places):
        return True
    if not rest:
        over = _in_scope(header_map, cell.scope if cell.merged else cell.scope[:1])
        return units.has_word(cell.text) or not over or over == list(amounts(header_map))
    named = named_columns(header_map, rest)
    if not cell.in_header and TITLE.search(rest):
        return True
    return not cell.merged and cell.alone and not cell.in_header and len(named) in (0, len(amounts(header_map)))


def _group(header_map: HeaderMap, cell: _Cell, rest: str, is_one_of_many: bool) -> list[str] | None:
    """The amount columns that a cell over a group of headings speaks of; None where that cannot be told."""
    inside = _in_scope(header_map, cell.scope)
    if cell.merged or not inside:
        return inside or None
    if not rest:
        return inside[:1] if is_one_of_many or len(amounts(header_map)) == 1 else None
    named, open_ones = named_columns(header_map, rest), {name for name in inside if name not in header_map.stated}
    if named and (named - set(inside) or open_ones - named):
        return None
    if not named and _stem(rest) and not cell.in_header:
        return None
    return inside


def in_upper_cells(header_map: HeaderMap, source: Source, file: str) -> Iterator[Said]:
    """The units that stand above the headings, the nearest line first.

    Within a group the statement nearest to the values holds: （元） at a heading under a cell that says 万元 for others
    too. FileRefusedError (unit_scope) where it cannot be told of which columns a cell speaks.
    """
    known: dict[str, str] = dict(header_map.stated)
    lines = [*source.above, *source.header[:-1]]
    for line in reversed(lines):
        cells = list(_cells(source, line, max(len(line.cells) for line in source.header)))
        stating = [
            (cell, stated) for cell in cells if (stated := units.in_upper(cell.text)).unit or stated.counts_scaled
        ]
        for cell, stated in stating:
            if cell.in_header and _is_heading(source, cell):
                continue
            yield from _said(header_map, cell, stated, len(stating) > 1, known, file)


def _said(
    header_map: HeaderMap, cell: _Cell, stated: units.Stated, is_one_of_many: bool, known: dict[str, str], file: str
) -> Iterator[Said]:
    unit = units.UNCLEAR if stated.counts_scaled and counts(header_map) else stated.unit
    if unit is None:
        return
    rest = units.without_unit(cell.text)
    several = is_one_of_many and not rest
    if unit == units.UNCLEAR or not amounts(header_map) or (not several and _is_title(header_map, cell, rest)):
        yield Said(unit, cell.line.row, cell.text, None)
        return
    columns = _group(header_map, cell, rest, is_one_of_many)
    if columns is None:
        if unit != units.YUAN:
            raise scope_refusal(file, cell.line.row, cell.text)
        return
    yield Said(unit, cell.line.row, cell.text, _nearest(columns, unit, known))


def _nearest(columns: Sequence[str], unit: str, known: dict[str, str]) -> tuple[str, ...]:
    """The columns of a group without those that say another unit nearer to their values, if any other is left."""
    free = [name for name in columns if known.get(name, unit) == unit]
    known.update(dict.fromkeys(free, unit))
    return tuple(free or columns)

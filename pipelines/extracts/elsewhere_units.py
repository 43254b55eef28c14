"""Units that a file states outside of its table: in fields around its records, on other sheets, in page headers, notes.
Fields are read as titles are; of the other places it cannot be told what they speak of, so they must not disagree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from pipelines.extracts import units
from pipelines.extracts.headers import HeaderMap, amounts, counts
from pipelines.extracts.messages import refusal
from pipelines.extracts.reading import Beside, Doubt, Source, formats
from pipelines.extracts.reading.source import ODD_FORMAT
from pipelines.extracts.upper_units import Said, named_columns, refuse_doubtful

PLACES = {
    "sheet": ("工作表", "the sheet"),
    "page": ("页眉或页脚", "a page header or footer"),
    "note": ("批注", "a note at a cell"),
    "drawing": ("文本框", "a text box"),
    "format": ("条件格式", "a conditional format"),
    "properties": ("文档属性", "the document's properties"),
}


def in_fields(header_map: HeaderMap, source: Source, file: str) -> Iterator[Said]:
    """What the fields around a document's records state: for the columns that their names name, or for all.

    FileRefusedError (unit_scope) for a field that speaks of some amounts, and it cannot be told of which.
    """
    if not amounts(header_map):
        return
    for field in source.beside:
        unit = units.in_field(field.name, field.text) if field.where == "fields" else None
        if unit is None:
            continue
        named = named_columns(header_map, field.name)
        if not named:
            refuse_doubtful(header_map, field.text, unit, file)
        yield Said(
            unit, 0, f"{field.name}：{field.text}", tuple(name for name in amounts(header_map) if name in named) or None
        )


def _stated(said: Beside) -> units.Stated:
    if said.where == "format":
        return units.Stated(units.UNCLEAR)
    stated = units.in_upper(said.text)
    return units.in_name(said.text) if said.text == said.name and not stated.unit else stated


def hold_together(header_map: HeaderMap, source: Source, read_in: Set[str], file: str) -> None:
    """Refuse a file (unit_elsewhere) in which a place outside of the table states another unit than is read there."""
    if not amounts(header_map) and not counts(header_map):
        return
    for said in source.beside:
        if said.where == "fields":
            continue
        stated = _stated(said)
        unit = units.UNCLEAR if stated.counts_scaled and counts(header_map) else stated.unit
        if unit is not None and unit not in read_in and (amounts(header_map) or unit == units.UNCLEAR):
            zh, en = PLACES[said.where]
            where = f"{zh}“{said.name}”：“{said.text}”" if said.name else f"{zh}“{said.text}”"
            raise refusal("unit_elsewhere", file, where=where, where_en=f"{en} {said.name} ({said.text})")


def check_formats(header_map: HeaderMap, doubts: Iterable[Doubt], file: str) -> None:
    """Refuse a file (odd_format) with an amount whose format shows another number, or a unit that is not the column's.

    A format that writes behind the number as stored what the heading says is none.
    """
    at = {place: name for name in amounts(header_map) for place in header_map.positions[name]}
    for doubt in doubts:
        if doubt.code != ODD_FORMAT or doubt.place not in at:
            continue
        code, name = str(dict(doubt.facts)["format"]), at[doubt.place]
        says_so = units.money_unit(formats.words(code)) == header_map.units.get(name, units.YUAN)
        if formats.scales(code) or not says_so:
            heading = header_map.headings[name]
            raise refusal("odd_format", file, row=doubt.row, column=heading, format=code)

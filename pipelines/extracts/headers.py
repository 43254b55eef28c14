"""Which delivered heading is which contract column, in any order and spelling, and what is missing or twice there.
Headings only; the values under them belong to `columns`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from pipelines.extracts.contracts import Column, Contract, contract
from pipelines.extracts.messages import refusal
from pipelines.extracts.values import fold_width

_NOISE = re.compile(r"[\s\u200b\ufeff*|:'\"“”]+")
_NOTE = re.compile(r"[(\[](?P<note>[^()\[\]]*)[)\]]$")
_UNITS = ("万亿元", "亿元", "千万元", "百万元", "万元", "千元", "百元")
MONEY_TYPES = ("amount", "number")


@dataclass(frozen=True)
class HeaderMap:
    """Where each contract column stands. `positions` of a court may be several (code and name), all others one."""

    kind: str
    positions: dict[str, tuple[int, ...]]
    headings: dict[str, str]  # contract column → heading as delivered
    units: dict[str, str]  # contract column → unit named in the heading, e.g. 万元
    extra: tuple[str, ...]


def fold(heading: str) -> str:
    """A heading as it is compared: half-width, without spaces and marks, lower case."""
    return _NOISE.sub("", fold_width(heading)).casefold()


@cache
def _known(kind: str) -> dict[str, Column]:
    return {fold(spelling): column for column in contract(kind).columns for spelling in column.spellings}


def _match(kind: str, heading: str) -> tuple[Column, str] | None:
    """The contract column of a heading, and the note in brackets at its end, e.g. 申请标的金额（万元）."""
    folded = fold(heading)
    if column := _known(kind).get(folded):
        return column, ""
    note = _NOTE.search(folded)
    if note and (column := _known(kind).get(folded[: note.start()])):
        return column, note["note"]
    return None


def recognised(kind: str, cells: tuple[str, ...]) -> int:
    """How many cells of a row are headings of the kind: tells the header from a title line above it."""
    return sum(1 for cell in cells if cell and _match(kind, cell))


def _court_can_be_found(rules: Contract, present: set[str]) -> bool:
    """A court column may be absent when the row's case number or case tells the court."""
    telling = {column.name for column in rules.columns if column.type == "case_number" or column.name == "case_id"}
    return bool(telling & present)


def _missing(rules: Contract, present: set[str]) -> list[Column]:
    missing = [column for column in rules.required if column.name not in present]
    if _court_can_be_found(rules, present):
        missing = [column for column in missing if column.type != "court"]
    return missing


@lru_cache(maxsize=4096)
def _mapped(kind: str, headings: tuple[str, ...]) -> tuple[HeaderMap, tuple[tuple[str, ...], ...]]:
    """The map, and the sets of headings that mean one column (empty if all is well)."""
    places: dict[str, list[int]] = {}
    units: dict[str, str] = {}
    extra: list[str] = []
    for place, heading in enumerate(headings):
        found = _match(kind, heading)
        if found is None:
            if heading.strip():
                extra.append(heading.strip())
            continue
        column, note = found
        places.setdefault(column.name, []).append(place)
        if column.type in MONEY_TYPES and (unit := next((unit for unit in _UNITS if unit in note), None)):
            units[column.name] = unit
    twice = [
        tuple(headings[place] for place in at)
        for name, at in places.items()
        if len(at) > 1 and not (_is_court(kind, name) and len({fold(headings[place]) for place in at}) == len(at))
    ]
    names = {name: "、".join(headings[place].strip() for place in at) for name, at in places.items()}
    positions = {name: tuple(at) for name, at in places.items()}
    return HeaderMap(kind, positions, names, units, tuple(extra)), tuple(twice)


def _is_court(kind: str, name: str) -> bool:
    return contract(kind).column(name).type == "court"


def map_headers(kind: str, headings: tuple[str, ...], file: str, complete: bool = True) -> HeaderMap:
    """The map of a header row. FileRefusedError: duplicate_columns, and missing_columns if it must be `complete`."""
    header_map, twice = _mapped(kind, headings)
    if twice:
        raise refusal("duplicate_columns", file, columns="；".join("、".join(group) for group in twice))
    missing = _missing(contract(kind), set(header_map.positions)) if complete else []
    if missing:
        raise refusal(
            "missing_columns",
            file,
            columns="、".join(f"{column.header}（{column.name}）" for column in missing),
            columns_en=", ".join(f"{column.name} ({column.header})" for column in missing),
            found="、".join(heading.strip() for heading in headings if heading.strip()) or "（无）",
        )
    return header_map

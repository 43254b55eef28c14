"""Which delivered heading is which contract column, in any order and spelling, and what is missing or twice there.
Headings only; the values under them belong to `columns`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache, lru_cache

from pipelines.extracts import units
from pipelines.extracts.contracts import Column, Contract, contract
from pipelines.extracts.masking import quoted
from pipelines.extracts.messages import refusal
from pipelines.extracts.values import fold_width

_NOISE = re.compile(r"[\s\u200b\ufeff*|:'\"“”]+")
# What headings have in traditional characters, and the two ways to write an account.
_SIMPLIFIED = str.maketrans(
    "帐帳賬號額發執單時間類種標識碼數請實際結審辦緩狀態員稱證財產評價買賣國縣區個關聯動歷備註說報項戶對開終處罰條據"
    "還劃凍續協調準長門後過達進選遲錄電話題駁權讓價債務擔異議監屆滿徵領處級別鎮鄉課責與係紀錄繳費預餘聽訴談該現場",
    "账账账号额发执单时间类种标识码数请实际结审办缓状态员称证财产评价买卖国县区个关联动历备注说报项户对开终处罚条据"
    "还划冻续协调准长门后过达进选迟录电话题驳权让价债务担异议监届满征领处级别镇乡课责与系纪录缴费预余听诉谈该现场",
)
_NUMBERED = re.compile(r"^(?:[0-9]{1,2}[.、)]|\([0-9]{1,2}\))(?=[^0-9])")
_BRACKET = re.compile(r"[(\[{<【「『〔〈《]([^()\[\]{}<>【】「」『』〔〕〈〉《》]*)[)\]}>】」』〕〉》]")
_APART = "/_,、;-—·.~=\\"
_LONGEST_UNIT = 12  # characters that a unit at the end of a heading may have: 到账金额单位为人民币万元
_SHORTEST_LIKE, _ALIKE, _MOST_LOOKED_AT = 3, 0.75, 200  # characters, share of them, headings
MONEY_TYPES = ("amount", "number")
COUNTED_TYPES = (*MONEY_TYPES, "integer")


@dataclass(frozen=True)
class HeaderMap:
    """Where each contract column stands. `positions` of a court may be several (code and name), all others one."""

    kind: str
    positions: dict[str, tuple[int, ...]]
    headings: dict[str, str]  # contract column → heading as delivered, as messages quote it
    units: dict[str, str]  # contract column → unit of its amounts where it is not the yuan, e.g. 万元
    extra: tuple[str, ...]  # headings that the contract does not know: whatever stands there, messages only count them
    stated: dict[str, str] = field(default_factory=dict)  # contract column → unit named in its heading, 元 too
    settled: dict[str, str] = field(default_factory=dict)  # contract column → unit named for it anywhere, 元 too
    others: tuple[int, ...] = ()  # places that are no column of the contract, with a heading or without


def amounts(header_map: HeaderMap) -> tuple[str, ...]:
    """The columns of a file whose values can have a unit of money."""
    rules = contract(header_map.kind)
    return tuple(name for name in header_map.positions if rules.column(name).type in MONEY_TYPES)


def counts(header_map: HeaderMap) -> bool:
    """Whether a file has columns of counts, which are never scaled."""
    return bool(counted(header_map))


def counted(header_map: HeaderMap) -> tuple[str, ...]:
    """The columns of a file that hold counts."""
    rules = contract(header_map.kind)
    return tuple(name for name in header_map.positions if rules.column(name).type == "integer")


def fold(heading: str) -> str:
    """A heading as it is compared: half-width, without spaces, marks and a number before it, in lower case
    and simplified characters."""
    return _NUMBERED.sub("", _NOISE.sub("", fold_width(heading)).casefold().translate(_SIMPLIFIED))


@cache
def _known(kind: str) -> dict[str, Column]:
    known = {fold(spelling): column for column in contract(kind).columns for spelling in column.spellings}
    return {name.replace("_", ""): column for name, column in known.items()} | known  # receivedAmount


def _split(kind: str, folded: str) -> tuple[Column, tuple[str, ...]] | None:
    """A heading without brackets: a contract column, and what is said of its unit behind it, e.g. 发放金额/万元."""
    known = _known(kind)
    if column := known.get(folded):
        return column, ()
    for cut in range(max(1, len(folded) - _LONGEST_UNIT), len(folded)):
        column, note = known.get(folded[:cut].rstrip(_APART)), folded[cut:].lstrip(_APART)
        if column and column.type in MONEY_TYPES and units.in_note(note).unit:
            return column, (note,)
    for cut in range(1, min(len(folded), _LONGEST_UNIT)):  # 万元控制金额
        column, note = known.get(folded[cut:].lstrip(_APART)), folded[:cut].rstrip(_APART)
        if column and column.type in MONEY_TYPES and units.money_unit(note):
            return column, (note,)
    return None


@lru_cache(maxsize=1 << 14)
def _match(kind: str, heading: str) -> tuple[Column, tuple[str, ...]] | None:
    """The contract column of a heading, and the notes at it: in brackets, e.g. 申请标的金额（万元）, or behind it."""
    folded = fold(heading)
    if column := _known(kind).get(folded):
        return column, ()
    notes = tuple(note for note in _BRACKET.findall(folded) if note)
    found = _split(kind, _BRACKET.sub("", folded))
    return (found[0], notes + found[1]) if found else None


def column_of(kind: str, heading: str) -> Column | None:
    """The contract column that a heading means; of several joined by 、 the first one's. None for an unknown one."""
    found = _match(kind, heading) or _match(kind, heading.split("、")[0])
    return found[0] if found else None


def recognised(kind: str, cells: tuple[str, ...]) -> int:
    """How many cells of a row are headings of the kind: tells the header from a title line above it."""
    return sum(1 for cell in cells if cell and _match(kind, cell))


def _court_can_be_found(rules: Contract, present: set[str]) -> bool:
    """A court column may be absent when the row's case number or case tells the court."""
    telling = {column.name for column in rules.columns if column.type == "case_number" or column.name == "case_id"}
    return bool(telling & present)


def _persons(rules: Contract) -> list[str]:
    """The personal columns; a record without a key is told from others by one of them at least."""
    return [column.name for column in rules.columns if column.personal]


def _missing(rules: Contract, present: set[str]) -> list[Column]:
    missing = [column for column in rules.required if column.name not in present]
    if _court_can_be_found(rules, present):
        missing = [column for column in missing if column.type != "court"]
    if rules.key_from and set(rules.key_from) - present <= set(_persons(rules)[1:]):
        missing = [column for column in missing if column.name not in rules.key]
    return missing


def _unit_of(column: Column, notes: tuple[str, ...]) -> str | None:
    """The unit that the notes at a heading name; `UNCLEAR` if they name several, thousands of what is
    counted, or anything that is neither money nor a count."""
    stated = [units.in_note(note) for note in notes]
    if column.type in COUNTED_TYPES and any(map(units.measures_otherwise, notes)):
        return units.UNCLEAR
    if column.type == "amount" and any(map(units.is_of_things, notes)):
        return units.UNCLEAR
    if column.type == "integer":
        return units.UNCLEAR if any(found.counts_scaled or found.unit for found in stated) else None
    if column.type not in MONEY_TYPES:  # a unit of money at a heading of something else may speak of the whole table
        return units.UNCLEAR if any(found.unit not in (None, units.YUAN) for found in stated) else None
    named = {found.unit for found in stated if found.unit}
    return None if not named else named.pop() if len(named) == 1 else units.UNCLEAR


@lru_cache(maxsize=4096)
def _mapped(kind: str, headings: tuple[str, ...]) -> tuple[HeaderMap, tuple[tuple[str, ...], ...]]:
    """The map, and the sets of headings that mean one column (empty if all is well)."""
    places: dict[str, list[int]] = {}
    stated: dict[str, str] = {}
    extra: list[str] = []
    others: list[int] = []
    for place, heading in enumerate(headings):
        found = _match(kind, heading)
        if found is None:
            others.append(place)
            if heading.strip():
                extra.append(heading.strip())
            continue
        column, notes = found
        places.setdefault(column.name, []).append(place)
        if unit := _unit_of(column, notes):
            stated[column.name] = unit
    twice = [
        tuple(quoted(headings[place].strip()) for place in at)
        for name, at in places.items()
        if len(at) > 1 and not (_is_court(kind, name) and len({fold(headings[place]) for place in at}) == len(at))
    ]
    names = {name: "、".join(quoted(headings[place].strip()) for place in at) for name, at in places.items()}
    positions = {name: tuple(at) for name, at in places.items()}
    scaled = {name: unit for name, unit in stated.items() if unit != units.YUAN}
    return HeaderMap(kind, positions, names, scaled, tuple(extra), stated, {}, tuple(others)), tuple(twice)


def headings_again(header_map: HeaderMap, cells: tuple[str, ...], file: str, row: int) -> bool:
    """Whether a row of the table is its header again. FileRefusedError (second_header) if it is another one."""
    matched = {place: found for place, cell in enumerate(cells) if cell and (found := _match(header_map.kind, cell))}
    filled = sum(1 for cell in cells if cell.strip())
    if len(matched) < 2 or 2 * len(matched) < filled:
        return False
    for place, (column, notes) in matched.items():
        same_place = place in header_map.positions.get(column.name, ())
        unit = _unit_of(column, notes)
        if not same_place or (unit or header_map.stated.get(column.name)) != header_map.stated.get(column.name):
            raise refusal("second_header", file, row=row, heading=cells[place].strip())
    return True


def _is_court(kind: str, name: str) -> bool:
    return contract(kind).column(name).type == "court"


def map_headers(kind: str, headings: tuple[str, ...], file: str, complete: bool = True) -> HeaderMap:
    """The map of a header row.

    FileRefusedError: duplicate_columns, unit_unclear, and missing_columns if it must be `complete`.
    """
    header_map, twice = _mapped(kind, headings)
    if twice:
        raise refusal("duplicate_columns", file, columns="；".join("、".join(group) for group in twice))
    for name, unit in header_map.stated.items():
        if unit == units.UNCLEAR:
            raise refusal("unit_unclear", file, where=f"表头“{header_map.headings[name]}”",
                          where_en=f"the heading {header_map.headings[name]}")  # fmt: skip
    missing = _missing(contract(kind), set(header_map.positions)) if complete else []
    if missing:
        raise refusal(
            "missing_columns",
            file,
            columns="、".join(f"{column.header}（{column.name}）" for column in missing),
            columns_en=", ".join(f"{column.name} ({column.header})" for column in missing),
            **_found(header_map),
        )
    return header_map


def nearly_known(header_map: HeaderMap) -> list[tuple[str, str]]:
    """Headings that were not read and are nearly those of columns that the file lacks: as they may be told, and the
    contract's heading. 宽限期 is neither 宽限期起 nor 宽限期止; what stands under it is nowhere."""
    absent = [column for column in contract(header_map.kind).columns if column.name not in header_map.positions]
    found: list[tuple[str, str]] = []
    for heading in header_map.extra[:_MOST_LOOKED_AT]:
        bare = fold(_BRACKET.sub("", heading))
        if len(bare) < _SHORTEST_LIKE:
            continue
        for column in absent:
            alike = [known for known in map(fold, column.spellings) if _are_alike(bare, known)]
            if alike:
                found.append((bare if bare in column.header else quoted(heading), column.header))
                break
    return found


def _are_alike(heading: str, known: str) -> bool:
    if len(known) < _SHORTEST_LIKE:
        return False
    within = known.startswith(heading) or (heading.startswith(known) and len(heading) <= 2 * len(known))
    return within or (len(known) > _SHORTEST_LIKE and SequenceMatcher(None, heading, known).ratio() >= _ALIKE)


def _found(header_map: HeaderMap) -> dict[str, str]:
    """The file's headings for a message: those that the contract knows by name, the others by their number."""
    known, extra = list(header_map.headings.values()), len(header_map.extra)
    zh, en = "、".join(known) or "（没有约定的列）", ", ".join(known) or "(none of the contract)"
    if not extra:
        return {"found": zh, "found_en": en}
    return {
        "found": f"{zh}，另有 {extra} 列不在约定之内",
        "found_en": f"{en}, and {extra} that the contract does not know",
    }

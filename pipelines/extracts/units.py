"""Units of amounts as people write them: in a heading, a title, a note, a row of units, a sheet's or a file's name.
What a text states is said here; which columns it speaks of, and what contradicts what, belongs to `stated_units`."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from pipelines.extracts import measures, spoken_units
from pipelines.extracts.spoken_units import FOREIGN
from pipelines.extracts.values import fold_width

YUAN = "元"
SHORT_TEXT = 12
UNCLEAR = "?"  # a unit is spoken of, and which one cannot be told
_SIZES = {
    "": YUAN, "十": "十元", "百": "百元", "佰": "百元", "千": "千元", "仟": "千元", "k": "千元",
    "万": "万元", "萬": "万元", "w": "万元", "wan": "万元", "10k": "万元", "10000": "万元", "1万": "万元",
    "十万": "十万元", "百万": "百万元", "佰万": "百万元", "million": "百万元", "mn": "百万元",
    "千万": "千万元", "仟万": "千万元", "亿": "亿元", "億": "亿元", "十亿": "十亿元", "百亿": "百亿元",
    "千亿": "千亿元", "万亿": "万亿元",
}  # fmt: skip
_SIZE = "|".join(sorted((re.escape(size) for size in _SIZES if size), key=len, reverse=True))
_COIN = "元|圆|圓|块钱?|yuan|rmb|cny"
_MONEY = re.compile(
    rf"(?:人民币|rmb|cny|[¥￥])?(?:of)?(?P<size>{_SIZE})?(?P<coin>{_COIN})?(?:\(?(?:人民币|rmb|cny)\)?)?", re.IGNORECASE
)
_SMALL = {"分": "分", "角": "角", "毛": "角", "人民币": YUAN, "fen": "分"}
_COINS_ALONE = ("人民币", "rmb", "cny", "本币", "本位币")
# A scale in other words: ×10000, 10^4元, RMB'000, thousands.
_MULTIPLIED = re.compile(
    r"(?:[×*]|^x)10|10\^|10的|^(?:rmb|cny|人民币|[¥￥])?[\d.,]+(?:e\d+)?(?:元|yuan)?$|^(?:rmb|cny|[¥￥])?0{3,}s?$"
    r"|thousand|hundred|mill|^m$|^mm$|^bn$|billion|倍",
    re.IGNORECASE,
)
_FOREIGN = re.compile(FOREIGN, re.IGNORECASE)
_CURRENCY_IS = re.compile("(?:币种|货币)(?:名称|种类)?[为是:=]+([^;。,\\s]{1,12})")
_SCALED_COUNT = re.compile(rf"(?:{_SIZE})[{measures.COUNTS}]|[{measures.COUNTS}](?:\((?:{_SIZE})\))")
_LEAD = re.compile(
    r"^(?:(?:金额|计量|货币|数据|数额|本表)?的?单位|units?|in|计量|币种)(?:均|都|一律)?(?:为|是|:|=|,)*|^(?:以|按)",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(?:为单位|为计量单位|计算|计|列示|填列|表示)$")
_SPLIT = re.compile(r"[、,;/|\\]|和|及|或|与|以及")
_BEFORE_AMOUNT = r"(?<![\d.几数多一二两三四五六七八九十百千万亿])"
_AFTER_AMOUNT = r"(?![以之]?[上下内外]|[至到~\-—]|户|左右|案(?!款)|级|大|标|区间|及以上|起)"
_WRITTEN = re.compile(rf"{_BEFORE_AMOUNT}(?:[十百佰千仟万]?[万萬亿億]|[十百佰千仟])[元圆]{_AFTER_AMOUNT}")
_BRACKETS = re.compile(r"[(\[{<【「『〔〈《]([^()\[\]{}<>【】「」『』〔〕〈〉《》]*)[)\]}>】」』〕〉》]")
_UNIT_IS = re.compile(
    r"(?<![填报制主送编位级管门属办协])(?:(?:金额|计量|货币|数据|数额)的?)?(?:单位|(?<![a-z])units?(?![a-z]))"
    r"(?:均|都|一律)?(?:[为是:=]+|(?=[\(\[【]))[(\[【]?([^)\]】。;\s]{1,24})"
)
_LARGE = "百万|千万|十亿|百亿|千亿|万亿|百|千|万|亿"
_COUNTED_IN = re.compile(
    rf"(?<![数动])(?:以|按)(?:人民币)?((?:{_SIZE})?[元圆]|{_LARGE})(?:为(?:计量)?单位|计(?![划件])|列|填|反映|统计|表示)"
)
_DENIED = re.compile("(?:勿|不要?|不得|不能|不再|非|禁止|避免|原|曾|此前|以前|改)[^。,;]{0,6}$")
_NOTED = re.compile(r"^(?:(?:注|备注|说明|注释|附注|提示|note|notes|remarks?)\d*[:.、,]?)+")
_IN_YUAN = re.compile(
    rf"(?<![a-z])in((?:{_SIZE})?(?:of)?(?:rmb|cny)?yuan)|(?:amounts?|figures?|values?)in((?:{_SIZE})?(?:rmb)?yuan)"
)
_AMOUNTS_ARE = re.compile(
    rf"金额[^。,;]{{0,6}}?(?:为|是|:|按|以)(?:人民币)?((?:{_SIZE})?[元圆]|{_LARGE})(?:计|为|列|$|[。,;)])"
)
_SPOKEN_OF = re.compile(rf"{_BEFORE_AMOUNT}(?<![上逾近约达超过余])[万萬亿億][元圆]{_AFTER_AMOUNT}")
_UNIT_WORD = re.compile(rf"单位(?:人民币)?((?:{_SIZE})?[元圆])")
_ENDS = re.compile(rf"(?:(?:^|[_\-—·.,|/\s])(?:人民币)?((?:{_LARGE})[元圆]?|元)|{_BEFORE_AMOUNT}((?:{_LARGE})[元圆]))$")
_ENDING = re.compile(rf"(?:人民币)?(?:{_LARGE})?元$|(?<=[_\-—·.,|/])(?:{_LARGE})$")
_OF_ALL = re.compile(
    "(?:以?下|以?上|上述|本表|表中|表内|所有|全部|各项|金额|数额|单位|均|都|一律|的|注|备注|说明|[:：,])*"
)
_ROUNDED = re.compile(r"精确|取整|四舍五入")


class Stated(NamedTuple):
    """What a text says of units: that of its amounts (None for nothing), and whether counts are in thousands or so."""

    unit: str | None
    counts_scaled: bool = False
    counts: bool = False  # it names what counts are counted in, so that it speaks of a table of both


NOTHING = Stated(None)


def folded(text: str) -> str:
    """A text as units are looked for in it: half-width, lower case, without white space and quotation marks."""
    return re.sub(r"[\s\u200b\ufeff\"'“”‘’*]+", "", fold_width(text)).casefold().replace("10,000", "10000")


def money_unit(text: str) -> str | None:
    """The unit that a text is, and nothing else: 万元, 万, (w), 人民币元; `UNCLEAR` for another currency."""
    bare = folded(text).strip("()[]{}<>【】「」『』〔〕〈〉《》:。.,;")
    if bare in _SMALL:
        return _SMALL[bare]
    if _FOREIGN.fullmatch(re.sub(rf"^(?:{_SIZE})", "", bare)):
        return UNCLEAR
    match = _MONEY.fullmatch(bare)
    if not bare or not match or not (match["size"] or match["coin"]) or bare.isdigit():
        return None
    return _SIZES[(match["size"] or "").lower()]


def _one(units: set[str]) -> str | None:
    return None if not units else next(iter(units)) if len(units) == 1 else UNCLEAR


def _listed(text: str) -> Stated:
    """A list of units, as after 单位：; amounts and counts may be named side by side."""
    text = _BRACKETS.sub(lambda match: f"、{match[1]}" if money_unit(match[1]) else "", text)
    parts = [part for part in _SPLIT.split(text.strip("()[]【】").replace("(", "、")) if part]
    parts = [part for part in parts if part not in _COINS_ALONE] or parts
    units = {unit for part in parts if (unit := money_unit(_TAIL.sub("", _LEAD.sub("", part))))}
    counts = any(part in measures.COUNTS or (part[-1] in measures.COUNTS and len(part) <= 3) for part in parts)
    return Stated(_one(units), bool(_SCALED_COUNT.search(text)), counts)


def in_note(note: str) -> Stated:
    """What a note at a heading says: the brackets of 到账金额（单位：万元）, or what follows its slash."""
    bare = folded(note)
    if _FOREIGN.search(bare) or (_ROUNDED.search(bare) and _WRITTEN.search(bare)):
        return Stated(UNCLEAR)
    bare = _TAIL.sub("", _LEAD.sub("", bare))
    found = _listed(bare)
    if found.unit or found.counts_scaled:
        return found
    if _MULTIPLIED.search(bare):
        return Stated(UNCLEAR)
    written = {money_unit(match[0]) or UNCLEAR for match in _WRITTEN.finditer(bare)}
    if written:
        return Stated(_one(written))
    return Stated(UNCLEAR) if re.search(r"[万萬亿億](?!分)", bare) else NOTHING


def _after_the_word(bare: str) -> Stated:
    """What follows 单位： and the like, wherever in a line."""
    found = [_listed(match[1]) for match in _UNIT_IS.finditer(bare)]
    units = {stated.unit for stated in found if stated.unit}
    texts = [match[1] for match in _UNIT_IS.finditer(bare)]
    if any(_FOREIGN.search(match[1]) for match in _CURRENCY_IS.finditer(bare)):
        units.add(UNCLEAR)
    if any(_FOREIGN.search(text) or (not units and _MULTIPLIED.fullmatch(text)) for text in texts):
        units.add(UNCLEAR)
    small = {UNCLEAR if unit in ("分", "角") else unit for unit in units}  # marks of a score are called so too
    return Stated(_one(small), any(s.counts_scaled for s in found), any(s.counts for s in found))


def in_line(text: str) -> Stated:
    """What a title, a note, or the name of a sheet or a file says of the table's amounts."""
    bare = folded(text)
    if (exact := money_unit(_NOTED.sub("", bare))) and exact not in ("分", "角"):
        return Stated(exact)
    said = _after_the_word(bare)
    units = {said.unit} if said.unit else set()
    for match in _BRACKETS.finditer(bare):
        parts = _SPLIT.split(_LEAD.sub("", match[1]))
        units |= {unit for part in parts if part not in _SMALL and (unit := money_unit(part))}
    for pattern in (_COUNTED_IN, _AMOUNTS_ARE, _IN_YUAN):
        units |= {unit for match in pattern.finditer(bare) if (unit := _unless_denied(match))}
    if not units and (ending := _ENDS.search(re.sub(r"(?<=[百千万亿])\s+(?=[元圆])", "", fold_width(text).strip()))):
        units |= {unit for group in ending.groups() if group and (unit := money_unit(group))}
    if not units and (_WRITTEN.search(bare) or spoken_units.speaks_of_scale(text)):
        units = {UNCLEAR}
    units |= {UNCLEAR} if measures.is_price_of_one(bare) or spoken_units.speaks_of_foreign(text) else set()
    return Stated(_one(units), said.counts_scaled or spoken_units.scales_counts(text), said.counts)


def _unless_denied(match: re.Match[str]) -> str | None:
    """The unit that a sentence states; `UNCLEAR` where it says that it is not, or was once: 请勿以万元为单位."""
    unit = money_unit(match[match.lastindex or 1])
    return UNCLEAR if unit and _DENIED.search(match.string[: match.start()]) else unit


def _without_lead(text: str) -> str:
    """What a cell of units says without brackets and the words before a unit: 万元 of （单位：万元）."""
    return _LEAD.sub("", folded(text).strip("()[]【】「」:")).strip("()[]【】「」:")


def measures_otherwise(text: str) -> bool:
    """Whether what stands at a heading says that a column holds no amount and no count: %, 折, 元/平方米."""
    return measures.is_share(_without_lead(text))


def is_of_things(text: str) -> bool:
    """Whether a cell of a column of units counts things, time or measures: 件, 人次, 吨, 平方米."""
    bare = _LEAD.sub("", folded(text).strip("()[]【】「」:/"))
    return measures.is_thing(bare)


def scales_counts(text: str) -> bool:
    """Whether a cell counts in hundreds or thousands: 百人, 千件."""
    return bool(_SCALED_COUNT.search(folded(text)))


def in_upper(text: str) -> Stated:
    """What a cell above the headings says: as a line does, or in its brackets as a note at a heading does."""
    stated = in_line(text)
    if stated.unit or stated.counts_scaled:
        return stated
    notes = [in_note(match[1]) for match in _BRACKETS.finditer(folded(text))]
    return next((note for note in notes if note.unit not in (None, UNCLEAR)), stated)


_PARTS = re.compile(r"[\-_—–·.,，、;；+&~\s()（）\[\]【】]+")
_LATIN_UNIT = re.compile(rf"(?:in|unit)?({_SIZE})?(?:yuan|rmbyuan)", re.IGNORECASE)
_NUMBERS = {"1": YUAN, "100": "百元", "1000": "千元", "10000": "万元", "1000000": "百万元", "100000000": "亿元"}
_UNIT_KEY = re.compile("(?:金额|计量|货币|数额|数据)?单位$|(?<![a-z])units?(?![a-z])|币种|currency", re.IGNORECASE)
_SCALE_KEY = re.compile("倍率|换算|(?<![a-z])(?:scale|multiplier|factor|exponent)(?![a-z])", re.IGNORECASE)


def in_name(name: str) -> Stated:
    """What the name of a file or a sheet says, wherever in it: 案款万元-2019, funds_10k_yuan."""
    has_coin = not name.isascii() or re.search("yuan|rmb|cny|unit", name, re.IGNORECASE)
    stated = in_line(name) if has_coin else NOTHING
    parts = [part for part in _PARTS.split(name) if part]
    latin = [part for part in parts if part.isascii()]
    joined = {*latin, *(one + other for one, other in pairwise(latin))}
    units = {_SIZES[(match[1] or "").lower()] for part in joined if (match := _LATIN_UNIT.fullmatch(part))}
    units = units - {YUAN} or units  # 10k_yuan holds yuan, too
    is_foreign = spoken_units.speaks_of_foreign(re.sub(r"[_\-\s]+\d{4,}|[_-]+", " ", name))
    said = [part for part in parts if not part.isascii() and spoken_units.speaks_of_foreign(part) <= is_foreign]
    units |= {unit for part in said if (unit := in_line(part).unit)}
    units |= {stated.unit} if stated.unit and (stated.unit != UNCLEAR or not units) else set()
    units |= {UNCLEAR} if is_foreign else set()
    units |= {UNCLEAR} if units <= {YUAN} and spoken_units.speaks_of_scale(re.sub("[_-]+", " ", name)) else set()
    return Stated(_one(units), stated.counts_scaled)


def is_scale(name: str) -> bool:
    """Whether a heading or a field is called a scale: what stands there multiplies the amounts."""
    return bool(_SCALE_KEY.search(name))


def in_field(name: str, text: str) -> str | None:
    """The unit that a field beside a table states: 单位 = 万元, unit = 10000, title = 案款（万元）."""
    said = in_line(f"{name}：{text}").unit or in_line(text).unit
    bare = folded(text)
    if said and said != UNCLEAR:
        return said
    if _SCALE_KEY.search(name):
        return None if re.fullmatch(r"1(?:\.0+)?", bare) else _NUMBERS.get(bare, UNCLEAR)
    is_of_units, number = _UNIT_KEY.search(folded(name)), bare.removesuffix(".0")
    if is_of_units and number.isdigit():
        return _NUMBERS.get(number, UNCLEAR)
    if said or not is_of_units:
        return said
    return UNCLEAR if re.search("[十百千万亿萬億]", bare) and len(bare) <= SHORT_TEXT else None


def in_remark(text: str) -> str | None:
    """The unit that a remark states for its row: 万元, 单位：万元, 以万元计. Sums that it speaks of are none."""
    bare = folded(text)
    if (exact := money_unit(bare)) and exact not in _SMALL:
        return exact
    said = _after_the_word(bare).unit
    for pattern in (_COUNTED_IN, _AMOUNTS_ARE, _UNIT_WORD):
        said = said or next((_unless_denied(match) for match in pattern.finditer(bare)), None)
    said = said or next((unit for match in _BRACKETS.finditer(bare) if (unit := money_unit(match[1]))), None)
    is_open = spoken_units.speaks_of_foreign(text) or (not said and spoken_units.speaks_of_scale(text))
    return UNCLEAR if is_open or (not said and _SPOKEN_OF.search(bare)) else said


def has_word(text: str) -> bool:
    """Whether a text says that what it names is a unit: 单位：万元, 以万元计."""
    return bool(re.search("单位|(?<![a-z])units?(?![a-z])|币种|[以按].*[计列填]|均为|都是", folded(text)))


def without_unit(text: str) -> str:
    """What a text says beside the unit it states: 到账 of 到账（万元）, nothing of 单位：万元."""
    bare = _BRACKETS.sub(
        lambda match: "" if in_note(match[1]).unit or in_line(match[1]).unit else match[0], folded(text)
    )
    for pattern in (_UNIT_IS, _COUNTED_IN, _AMOUNTS_ARE, _LEAD, _ENDING):
        bare = pattern.sub("", bare).strip("()[]{}<>【】:。.,;、_-—·|/\\")
    if bare in ("金额", "数额", "款额"):
        return bare  # a group of amounts
    return "" if money_unit(bare) or _OF_ALL.fullmatch(bare) else bare


def is_unit_cell(text: str) -> bool:
    """Whether a cell says a unit and nothing else: （万元）, 元, 件, 人, 单位：万元."""
    bare = _without_lead(text)
    return bool(money_unit(bare)) or measures_otherwise(bare) or all(map(_is_unit, _SPLIT.split(bare)))


def _is_unit(part: str) -> bool:
    """Whether one part of a cell is a unit of money, of counts or of areas."""
    if not part:
        return False
    is_of_counts = part in measures.COUNTS or bool(_SCALED_COUNT.fullmatch(part))
    return is_of_counts or part in measures.AREAS or bool(money_unit(part))

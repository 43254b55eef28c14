"""What stands in a cell of text in place of its value: ditto marks, words for none, notes that a record is void, and
characters that a wrong encoding left. Rows that are no data as a whole are told by `not_data`."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import lru_cache
from typing import NamedTuple

import polars as pl

from pipelines.extracts.contracts import Column, Contract
from pipelines.extracts.conversions import Noted, noted
from pipelines.extracts.dress import changed, is_identifier
from pipelines.extracts.values import fold_width

DITTO, NO_IDENTIFIER, OTHER, VOID = "ditto", "no_identifier", "other_for_identifier", "marked_void"
DAMAGED = "damaged_text"
# What systems write for a formula's error; of an identifier the # before it is a mark like any other.
_ERROR = re.compile(r"#(?:N/A|REF!?|VALUE!?|DIV/0!?|NAME\??|NUM!?|NULL!?|SPILL!?|CALC!?|GETTING_DATA)", re.IGNORECASE)
_DITTO = re.compile(
    r"(?:↑+|与上[一行条]*相?同|同前案|同第?\d+[行条]|同上[一]?[行栏格列条案]?|[同如]前|[上如]同|同左|同右|如上|详?见[上前][一]?[行栏格列条案]?|[〃〝〞″״‟々仝]+|['\"“”’]{1,3}|ditto|idem)",
    re.IGNORECASE,
)
# What stands for none of identifiers and of names alike.
_NOTHING = r"无|没有|空白?|缺失?|暂[无缺]|未知|不[详明]|略|blank|n/?a|nan|null|none|nil|undefined|unknown|0+"
_NONE = re.compile(
    rf"{_NOTHING}|无效|待[定补填查编录]入?|待(?:分配|确认|核实|生成|补充|录入)|不清楚?|未[填编知录][入号]?|未(?:生成|填写|录入|提供|登记)"
    r"|[无没]有?(?:编号|案号|标识|此案|该案|案件|记录|数据)|(?:详?见|另)附[件表页]?"
    r"|tb[dc]|-?1?#?inf|x+|0+\.0+|-1|[-—–_.…/\\*#~·、,。?]+",
    re.IGNORECASE,
)
# What a spreadsheet makes of an identifier, or of a shifted row: a day, a share, a yes.
_OTHER = re.compile(
    r"(?:19|20)\d\d([-/.])\d{1,2}\1\d{1,2}(?:[t ]?\d{1,2}:\d{2}(?::\d{2})?)?|\d+(?:\.\d+)?[%‰]|true|false|[是否]",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    rf"{_NOTHING}|本人|某+人?|佚名|匿名|无名氏|待[定补填查录]入?|待(?:确认|核实|补充|录入)|姓名不[详明]|未[填录]入?|未(?:填写|录入|提供|登记)"
    r"|[-—–_.…/\\#~]+",
    re.IGNORECASE,
)
_WORDS = "作废|误录|错录|误登|错登|误报|重复(?:录入|登记|立案|报送|数据|项|行)|此[行条]不[算计用]"
_NOTED = "(?:(?:已|此|该|本|系|现)?[行条案件]?已?(?:{words})[^()\\[\\]]{{0,6}})"
_CLOSED = r"[(\[【〔<〈《{{]{noted}[)\]】〕>〉》}}]"
_ENDED = "作废|废|删|撤销|注销|删除|取消|重复|无效|停用|撤回|不用|不算|不计|未用"
_VOID_PROSE = re.compile(_CLOSED.format(noted=_NOTED.format(words=f"{_WORDS}|废|删除|不算|不计|重复")))
_VOID_NUMBER = re.compile(
    f"{_WORDS}|已(?:{_ENDED})|{_CLOSED.format(noted=_NOTED.format(words=_ENDED))}"
    rf"|(?<=[0-9A-Za-z号])[\s_\-—:]*(?:{_ENDED}|void|cancell?ed|deleted|duplicate)$"
    rf"|^(?:{_ENDED}|void)[\s_\-—:]*(?=[0-9A-Za-z(])",
    re.IGNORECASE,
)
# The continuation bytes of UTF-8 as Latin letters and as Windows shows them, behind the first byte of a Chinese letter.
_NEXT = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_WRONG = f"\ufffd|锟斤|斤拷|烫烫|屯屯屯|[ä-é]{_NEXT}{_NEXT}|[ÂÃ]{_NEXT}"
_WRONG += r"|&#[xX]?[0-9a-fA-F]+;|&(?:amp|lt|gt|quot|nbsp);|\\u[0-9a-fA-F]{4}|%[0-9A-F]{2}%[0-9A-F]{2}"
_LOST_PROSE = re.compile(rf"{_WRONG}|\?{{3,}}")
_LOST_NUMBER = re.compile(rf"{_WRONG}|\?\?|(?<=.)\?(?=.)")
_LOST_NAME = re.compile(rf"{_WRONG}|[?□■◇�]")
# Asked of a whole column at once; what is found is looked at one by one.
HINTS = (
    f"{_WRONG}|[?？][?？]|作废|撤销|注销|删除|取消|重复|无效|停用|[误错][录登报]|撤回|不[算计用]|[(（\\[【]废|未用"
    r"|[〃〝〞″״‟々仝]|^[\s'\"“”’]{1,3}$|↑|同第?[0-9]+[行条]|^.{0,2}(?:同上|与上|[同如]前|见前|[上如]同|同左|同右|如上|见上)|(?i:ditto|idem)"
)
NUMBER_HINTS = (
    r"^(?:19|20)[0-9]{2}[-/.]|[%‰是否]$|[(（]删|[?？]|^#|^[^1-9]{1,10}$|^-?1?#?[a-zA-Z/.]{1,10}$|^-1$|^[xX]+$|[废用销除消复]$"
    r"|(?i:void|cancell?ed|deleted|duplicate)"
)
NAME_HINTS = r"[?？□■◇]|^[^\u3400-\u9fff]{1,10}$|^.{0,2}[无没空缺待暂未不略某佚匿].{0,4}$|^本人$"


class _Found(NamedTuple):
    """What is wrong with a text; None with `is_none` for one that stands for no value, where none need be."""

    code: str | None
    is_none: bool = False


def _whole(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a text is a word of the pattern, whatever brackets and stops stand around it."""
    return bool(pattern.fullmatch(text) or pattern.fullmatch(text.strip("()[]【】〔〕<>《》。,;:!、")))


def stands_for_none(column: Column, text: str) -> bool:
    """Whether nothing but a word for none, or for not yet, stands in place of an identifier or a name."""
    is_asked = is_identifier(column) or column.personal == "name"
    pattern = _NO_NAME if column.personal == "name" else _NONE
    return is_asked and _whole(pattern, re.sub(r"\s+", "", fold_width(text)))


@lru_cache(maxsize=1 << 12)
def _of_identifier(text: str) -> str | None:
    if _ERROR.fullmatch(text) or _LOST_NUMBER.search(text):
        return DAMAGED
    if _whole(_DITTO, text):
        return DITTO
    if _OTHER.fullmatch(text):
        return OTHER
    return NO_IDENTIFIER if _whole(_NONE, text) else VOID if _VOID_NUMBER.search(text) else None


@lru_cache(maxsize=1 << 12)
def _of_prose(text: str, is_name: bool) -> str | None:
    if (_LOST_NAME if is_name else _LOST_PROSE).search(text):
        return DAMAGED
    if _whole(_DITTO, text):
        return DITTO
    if is_name and _whole(_NO_NAME, text):
        return NO_IDENTIFIER
    return VOID if _VOID_PROSE.search(text) else None


def _judged(column: Column, text: str, may_be_none: bool) -> _Found:
    """What a text of a column is in place of a value, if it is none."""
    bare = re.sub(r"\s+", "", fold_width(text))
    if column.type == "case_number":  # whatever else is wrong with it is labelled by its status, and costs no case
        return _Found(VOID if _VOID_NUMBER.search(bare) else None)
    if column.personal == "id_number":  # words for no number, and what is no number, have a law of their own
        code = _of_prose(bare, is_name=False)
    elif is_identifier(column):
        code = _of_identifier(bare)
    else:
        code = _of_prose(bare, is_name=column.personal == "name")
    if code == NO_IDENTIFIER and may_be_none:
        return _Found(None, is_none=True)
    return _Found(code)


def hints_of(column: Column) -> str:
    """What a column's texts are asked for, all at once."""
    if column.personal == "name":
        return f"{HINTS}|{NAME_HINTS}"
    return f"{HINTS}|{NUMBER_HINTS}" if is_identifier(column) and not column.personal else HINTS


def without_placeholders(
    rules: Contract, raw: pl.DataFrame, odd: Set[str]
) -> tuple[pl.DataFrame, list[Noted], list[tuple[int, str, str]]]:
    """The chunk with null where a word stands for no value and none is asked for, the notes of that, and (place,
    column, code) of the texts that stand for another value, for no identifier, for a record that is void, or are lost.

    Only columns in `odd` are looked at.
    """
    notes: list[Noted] = []
    found: list[tuple[int, str, str]] = []
    for column in rules.columns:
        if column.name not in odd or column.type not in ("text", "case_number"):
            continue
        texts = raw[column.name]
        hinted = texts.str.contains(hints_of(column)).fill_null(value=False)
        if not hinted.any():
            continue
        may_be_none = not column.required or (bool(rules.key_from) and column.name == rules.key[0])
        judged = {text: _judged(column, text, may_be_none) for text in texts.filter(hinted).unique().to_list()}
        wrong = {text: said.code for text, said in judged.items() if said.code}
        if wrong:
            places = texts.is_in(list(wrong)).fill_null(value=False).arg_true()
            found += [(place, column.name, wrong[texts[place]]) for place in places]
        if nothing := [text for text, said in judged.items() if said.is_none]:
            open_ones = texts.is_in(nothing).fill_null(value=False)
            codes = dict.fromkeys(nothing, ("no_value",))
            notes.append(noted(column.name, texts, open_ones, codes, dict.fromkeys(nothing, "")))
            raw = raw.with_columns(changed(texts, open_ones, dict.fromkeys(nothing)).alias(column.name))
    return raw, notes, found

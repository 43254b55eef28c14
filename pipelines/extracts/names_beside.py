"""Names that stand beside an identity number: several persons in one cell, and marks of notes at one name.
What is wrong with the number belongs to `identities`, what two rows of one person have in common to `persons`."""

from __future__ import annotations

import re
from functools import lru_cache

from grammar.names import FIRM, SURNAMES
from grammar.words import words
from pipelines.extracts.values import fold_width

NUMBER_AS_NAME, SEVERAL = "number_as_name", "several_names"
_RAISED = "¹²³⁰⁴-⁹₀-₉①-⓿❶-➓⑴-⒇㈠-㈩"
# Which names are looked at one by one: asked of a whole column at once.
MAY_BE_ODD = (
    rf"[、，,;；\r\n/／|｜\\＼&＆+＋—–*＊※#＃†‡★:：.．0-9０-９{_RAISED}\x20\t\u3000\u00a0A-Za-z-]|[和及与跟]|[)）][^)）]|[之的].{{1,2}}$|(?:先生|女士|同志)$"
    r"|(?:夫[妇妻]|父[子女]|母[子女]|兄[弟妹]|姐[妹弟]|[一全]家|[二两三]人)$|^(?:被执行人|失信|被告|被申请人|姓名|名称|当事人)"
)
_STRONG = re.compile(rf"[、,;\r\n/|\\&+]+|\d{{1,2}}[.)]|[{_RAISED}]")
_WEAK = re.compile(r"[和及与跟]其?|\s+|[—–\-]+")
_NOTE = re.compile(r"[(\[【〔《<][^)\]】〕》>]*[)\]】〕》>]?")
_COUNT = re.compile(r"等(?:[0-9一二三四五六七八九十两]{1,3})?[人名位]?$")
_PERSON = re.compile("[\u3400-\u9fff]{2,4}")
_LATIN = re.compile(r"[A-Za-z][A-Za-z'.\-]*(?:\s+[A-Za-z][A-Za-z'.\-]*)+")
_KIN = re.compile(
    "^(?:其|及其)?(?:妻子?|丈?夫|配偶|父亲?|母亲?|子|儿子|女儿?|兄|弟|姐|妹|监护人|法定代理人|法定代表人|担保人|保证人):?(?=.{2})"
)
_TOGETHER = re.compile(
    "([\u3400-\u9fff]{2,3})(?:夫妇|夫妻|父子|父女|母子|母女|兄弟|兄妹|姐妹|姐弟|一家|全家|二人|两人|三人)"
)
_OF_KIN = re.compile("[\u3400-\u9fff]{2,4}[之的](?:妻子?|丈?夫|配偶|父亲?|母亲?|儿?子|女儿?|[兄弟姐妹])")
_LABEL = "(?:被执行人|失信被执行人|失信人|被告人?|被申请人|姓名|名称|当事人):?"
_MARKED = re.compile(
    rf"(?P<before>\d{{1,3}}[.、)]|\(\d{{1,2}}\)|[{_RAISED}]|[*※#★]+|{_LABEL})?\s*"
    r"(?P<name>[\u3400-\u9fff][\u3400-\u9fff·•‧∙⋅・\s]*?[\u3400-\u9fff])\s*"
    rf"(?P<note>(?:[{_RAISED}†‡※#★]+|[\[(【]\d{{1,2}}[\])】]|注\d*|先生|女士|同志)*)(?P<sign>[*]*(?:\d{{1,2}}|[A-Za-z])?)"
)


@lru_cache(maxsize=1)
def _two_characters() -> frozenset[str]:
    return frozenset(words("double_surnames"))


@lru_cache(maxsize=1)
def _elsewhere() -> re.Pattern[str]:
    """What names of other peoples are made of: 索南 才让 and 古丽 买买提 are one person each."""
    return re.compile("|".join(sorted(words("other_names"))))


def _are_persons(parts: list[str]) -> bool:
    """Whether parts with nothing but 和 or a space between them are names of a person each."""
    if len(parts) < 2 or not all(_PERSON.fullmatch(part) for part in parts) or parts[0] in _two_characters():
        return False
    if any(_elsewhere().search(part) for part in parts):
        return False
    return all(part[0] in SURNAMES for part in parts) or len({part[:1] for part in parts}) == 1


def _without_kin(parts: list[str]) -> list[str]:
    return [_KIN.sub("", re.sub(r"\s+", "", part) if not _LATIN.fullmatch(part) else part) for part in parts]


def _are_several(text: str) -> bool:
    bare = _COUNT.sub("", _NOTE.sub("", text)).strip()
    parts = _without_kin([part.strip() for part in _STRONG.split(bare) if part.strip()])
    if len(parts) > 1 and all(_PERSON.fullmatch(part) or FIRM.search(part) or _LATIN.fullmatch(part) for part in parts):
        return True
    if FIRM.search(text):
        return False
    if _OF_KIN.fullmatch(bare):
        return True
    if (together := _TOGETHER.fullmatch(bare)) and together[1][0] in SURNAMES:
        return True
    apart = [_NOTE.sub("\n", text).strip().split("\n"), [part for whole in parts for part in _WEAK.split(whole)]]
    apart.append(_WEAK.split(bare))
    return any(_are_persons(_without_kin([part.strip() for part in found if part.strip()])) for found in apart)


@lru_cache(maxsize=1 << 14)
def name_fault(name: str, number: str | None) -> str | None:
    """Why a name is not one person's: a number stands there, or several names beside one number."""
    text = fold_width(name)
    digits = re.search("[0-9]{7,}", re.sub(r"\s+", "", text))
    if (digits and (len(digits[0]) > 14 or not FIRM.search(text))) or re.fullmatch(r"[\d\s*Xx]{6,}", name):
        return NUMBER_AS_NAME
    return SEVERAL if number and _are_several(text) else None


@lru_cache(maxsize=1 << 14)
def unmarked(name: str, number: str | None) -> str:
    """A person's name without a serial number or a label before it and the mark of a note behind it.

    张三1 and 张三* may tell one person from another where no number does, and stay there.
    """
    found = _MARKED.fullmatch(fold_width(name).strip())
    if not found or FIRM.search(name) or (found["sign"] and not number):
        return name
    return found["name"].strip() if found["before"] or found["note"] or found["sign"] else name

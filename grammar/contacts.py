"""Telephone numbers, e-mail addresses and accounts in texts: found by their form, or by the word before them.
Identity numbers belong to `numbers`; in typed columns (amounts, dates, identifiers) nothing is looked for here."""

from __future__ import annotations

import re
from datetime import datetime

from grammar.numbers import MASK

_PLAIN = str.maketrans("０１２３４５６７８９〇零○一二三四五六七八九＋－＠．", "0123456789000123456789+-@.")
_GAP = r"[\s\-‐-―·.]{0,2}"
_ALONE, _ENDS = r"(?<!\d)(?<!\d\.)", r"(?!\d)(?!\.\d{1,2}(?!\d))"
_EMAIL = r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+"
_MOBILE = rf"{_ALONE}(?:\+?86{_GAP})?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}{_ENDS}"
_AREA = r"(?:0(?:10|2\d|[3-9]\d{2}))"
_OF_AN_AREA = rf"(?:[（(]{_AREA}[）)]|{_AREA}){_GAP}[2-9]\d{{2,3}}{_GAP}\d{{4}}(?:[\-转]\d{{1,6}})?"
_LANDLINE = rf"{_ALONE}(?:\+?86{_GAP})?{_OF_AN_AREA}{_ENDS}"
_BLOCKS = r"\d{4}(?P<gap>[ \-])\d{4}(?P=gap)\d{4}(?P=gap)\d{1,4}(?:(?P=gap)\d{1,3})?"
_CARD = rf"{_ALONE}(?:{_BLOCKS}|\d{{13,19}}){_ENDS}"
_CALLED = (
    r"(?P<cue>(?:电话|手机|座机|热线|传真|联系方式|银行卡|卡号|[帐账][号户]|护照|通行证|军官证|士兵证|证件|\b(?:tel|phone|mobile)\b)"
    r"(?:号码|号)?[\s:：为是]{0,3})[A-Za-z]{0,2}[\d(+][\d\s()（）\-]{4,28}"
)
_NICKNAME = r"(?P<where>(?:微信|微博|\b(?:wechat|QQ)\b)(?:号码|号)?[\s:：为是]{0,3})[A-Za-z0-9][A-Za-z0-9_\-]{4,28}"
_FOUND = re.compile(
    f"{_CALLED}|{_NICKNAME}|(?P<email>{_EMAIL})|(?P<phone>{_MOBILE}|{_LANDLINE})|(?P<card>{_CARD})", re.I
)
_MOMENTS = {14: "%Y%m%d%H%M%S", 17: "%Y%m%d%H%M%S%f"}


def _is_card(text: str) -> bool:
    """Thirteen to nineteen digits whose last one checks the others (ISO/IEC 7812), and no moment of a system's log."""
    digits = re.sub(r"\D", "", text)
    if not 13 <= len(digits) <= 19 or _is_moment(digits):
        return False
    doubled = [sum(divmod(int(digit) * 2, 10)) for digit in digits[-2::-2]]
    return (sum(doubled) + sum(map(int, digits[::-2]))) % 10 == 0


def _is_moment(digits: str) -> bool:
    try:
        return 1990 <= datetime.strptime(digits, _MOMENTS[len(digits)]).year <= 2100  # noqa: DTZ007 - only whether it is one
    except (KeyError, ValueError):
        return False


def without_contacts(text: str) -> str:
    """The text without telephone numbers, e-mail addresses and numbers of bank cards, in digits of any width.

    A number that nothing tells from others (a number of seven digits, an account that is no card's) is hidden where a
    word says what it is: 电话, 账号, 微信 and the like.
    """
    done, at = [], 0
    for found in _FOUND.finditer(text.translate(_PLAIN)):
        if found["card"] and not _is_card(found["card"]):
            continue
        start = max(found.start(), found.end("cue"), found.end("where"))
        tail = len(found.group()) - len(found.group().rstrip())
        done += [text[at:start], MASK]
        at = found.end() - tail
    return "".join([*done, text[at:]])

"""Persons in longer texts, of whom no column of the row says that they are there: by what stands around a name.
Names that stand alone, and those of the row, belong to `names`."""

from __future__ import annotations

import re
from functools import lru_cache

from grammar.contacts import without_contacts
from grammar.names import HIDDEN, LOOKS_LIKE_A_NAME, OTHER_WORDS, is_a_cause, without_persons
from grammar.numbers import without_numbers
from grammar.words import words

_HAN = r"[\u3400-\u9fff]"
_NAME = rf"{LOOKS_LIKE_A_NAME}{{1,2}}"
_LATIN = r"[A-Za-z]+(?:[ ·.][A-Za-z]+){0,3}"
_STOP = r"[\s，,。．；;、：:（(）)\[\]【】《》“”\"'/|+&]"
_ROLE = "|".join(sorted(words("roles"), key=len, reverse=True))
_AFTER = "|".join(sorted(words("after_a_name"), key=len, reverse=True))
_TOLD = r"(?:的|与|和|及|诉|等|已|因|于|在|向|将|对|把|由|未|系|名下|所有)"
_BY_ROLE = re.compile(
    rf"(?P<role>{_ROLE})(?:(?P<sign>[\s]*[：:＝=]\s*|(?:姓名)?[为是系叫]|\s+)(?P<said>{_HAN}{{2,4}}(?!{_HAN})|{_NAME}|{_LATIN})"
    rf"|(?P<name>{_NAME})(?={_STOP}|$|{_TOLD}|{_AFTER}))"
)
_SAID = "可|称|说|有|无|不|没|现|曾|尚|均|也|被|经|从|给|转|交|拒|表示|反映|提出|要求|认为|到|应|为|是|名|其"
_SAID += "|核|陈述|来|去|签|申|请"
_BY_ROLE_IN_SPEECH = re.compile(
    rf"(?:{_ROLE}|承办人|法官|书记员|执行员|代理人|证人|家属|联系)(?P<name>{_NAME})(?=(?:{_SAID}))"
)
_BY_WHAT_FOLLOWS = re.compile(rf"(?P<name>{_NAME})(?=(?:[，,：:（(\s]{{0,2}})(?:{_AFTER}))")
_CAUSE = "借款|借贷|欠款|货款|离婚|抚养|赡养|继承|买卖|租赁|承揽|运输|劳务|劳动|工伤|交通|纠纷|一案|案件"
_IN_A_LIST = re.compile(rf"(?:^|(?<={_STOP}))(?P<name>{_NAME})(?={_STOP}|等|$|{_CAUSE})")
_SUES = r"(?<![非反上起撤公应申自抗])诉(?![讼前中求状])"
_SUING = re.compile(rf"(?P<name>{_NAME})(?={_SUES}{_NAME})")
_SUED = re.compile(rf"{_SUES}(?P<name>{_NAME})")
_DOTTED = re.compile(rf"{_HAN}{{2,7}}(?:[·•‧∙⋅]{_HAN}{{2,7}}){{1,3}}")


def _is_nobody(text: str, start: int, end: int) -> bool:
    """Whether a listed word that is no name begins here, or reaches into it from before, or a cause ends so."""
    name = text[start:end]
    reaches = any(
        text.startswith(word, start - back)
        for back in range(1, min(start, 3) + 1)
        for word in OTHER_WORDS
        if len(word) > back
    )
    return name in words("fillers") or name.startswith(OTHER_WORDS) or reaches or is_a_cause(name)


def _without(text: str, by: re.Pattern[str], *parts: str) -> str:
    """The text with those parts of whatever is found hidden; what is no name is passed over by one character."""
    at = 0
    while found := by.search(text, at):
        at = found.start() + 1
        for part in reversed(parts):
            start, end = found.span(part)
            if start >= 0 and not _is_nobody(text, start, end):
                text = f"{text[: start + 1]}{HIDDEN}{text[end:]}"
                at = max(at, start + 1 + len(HIDDEN))
    return text


@lru_cache(maxsize=1 << 14)
def without_told_persons(text: str) -> str:
    """The text without names beside which a word says that they are: 联系人：李四, 张三，电话…, 登记在王五名下.

    Also without 甲诉乙 wherever it stands, names with a dot in their middle, and what stands by itself between commas
    and is built like a name. One character of each is left.
    """
    text = _DOTTED.sub(lambda found: found.group()[0] + HIDDEN, text)
    text = _without(text, _BY_ROLE, "said", "name")
    text = _without(text, _SUING, "name")
    text = _without(text, _SUED, "name")
    text = _without(text, _BY_WHAT_FOLLOWS, "name")
    text = _without(text, _BY_ROLE_IN_SPEECH, "name")
    return _without(text, _IN_A_LIST, "name")


def masked(text: str) -> str:
    """A text that somebody wrote as others may read it: persons, identity numbers, telephones and accounts hidden.

    Numbers of cases stay as they were written.
    """
    return without_contacts(without_numbers(without_told_persons(without_persons(text))))

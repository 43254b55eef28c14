"""Names of files as messages, receipts and tables give them: words that are known here, and of all others one letter.
A file itself keeps its name in landing; two names that look alike when they are hidden bear different marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import PurePosixPath

from pipelines.extracts.contracts import KINDS, contract
from pipelines.extracts.courts import load_register
from pipelines.extracts.masking.numbers import without_numbers
from pipelines.extracts.masking.values import Key, headings, mark
from pipelines.extracts.masking.words import NUMERALS, only_known, words
from pipelines.layout import REPOSITORY

ERROR_SHOWN = 120  # characters of a library's message
CHARACTERS = NUMERALS + "年月日号第份期次季度版本册上下半初末批新旧"
ENDINGS = words("endings")
_SYLLABLE = (
    "(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?(?:iang|iong|uang|ueng|ang|eng|ing|ong|iao|ian|uai|uan|uei|iou|ai|ei|ao|ou|an|en|in|un|"
    "ia|ie|iu|ua|uo|ui|ue|ve|er|a|o|e|i|u|v)"
)
_SYLLABLES = re.compile(f"(?:{_SYLLABLE}){{0,3}}")
_GIVEN_NAME = re.compile(rf"([A-Za-z]\*\*)[\s·.'’_-]+(?:{_SYLLABLE}){{1,3}}(?![A-Za-z])", re.I)


def _short_names(names: Iterable[str]) -> Iterator[str]:
    """What files call a court beside its full name: 城东区法院, 城东区 for 西宁市城东区人民法院."""
    for name in names:
        place = re.sub(r"(?:中级|高级)?(?:人民)?法院$", "", name)
        own = re.sub(r"^.{1,9}?(?:省|自治区|市|自治州|州|地区|盟)(?=.{2})", "", place)
        for part in {place, own}:
            yield from (part, f"{part}法院", f"{part}人民法院", f"{part}中院", f"{part}高院")


@cache
def _known() -> frozenset[str]:
    register = load_register(REPOSITORY / "dbt_project" / "seeds")
    courts = {*register.by_name, *register.by_alias, *_short_names(register.names.values()), *register.by_code}
    names = {name for kind in KINDS for name in (contract(kind).name_zh, *kind.split("_"))}
    return frozenset(
        {*words("files"), *words("quoted"), *names, *courts, *(word for word in headings() if len(word) > 2)}
    )


@lru_cache(maxsize=4096)
def is_pinyin(word: str) -> bool:
    """Whether a Latin word is built like a Chinese name: a surname's syllable, alone or with up to three more."""
    low = word.casefold()
    return any(
        _SYLLABLES.fullmatch(low[len(surname) :]) for surname in words("pinyin_surnames") if low.startswith(surname)
    )


def known_ending(name: str) -> str:
    """The ending of a file's name without its dot, lower case; empty when it is none that programs use."""
    ending = PurePosixPath(name).suffix.lower().removeprefix(".")
    return ending if ending in ENDINGS else ""


def shown_error(text: str) -> str:
    """What a library says of a file it cannot read: it may quote what stands there, in whatever place."""
    return only_known(without_numbers(text[:ERROR_SHOWN]), words("quoted"), "", is_pinyin)


def shown_file(name: str, key: Key | None = None) -> str:
    """A file's name, or its path in landing, with known words alone; with a `key` a name that lost any gets a mark."""
    ending = known_ending(name)
    stem = name[: -len(ending) - 1] if ending else name
    shown = only_known(without_numbers(stem), _known(), CHARACTERS, is_pinyin)
    shown = _GIVEN_NAME.sub(r"\1", shown)
    if shown != stem and key is not None:
        shown += f"~{mark(key(), stem)}"
    return f"{shown}.{ending}" if ending else shown

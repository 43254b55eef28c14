"""Names of files as messages, receipts and tables give them: words that are known here, and of all others one letter.
A file itself keeps its name in landing; two names that look alike when they are hidden bear different marks."""

from __future__ import annotations

import re
from functools import cache
from pathlib import PurePosixPath

from grammar.contacts import without_contacts
from grammar.numbers import without_numbers
from grammar.words import NUMERALS, SYLLABLE, is_pinyin, only_known, words
from pipelines.extracts.contracts import KINDS, contract
from pipelines.extracts.masking.places import courts
from pipelines.extracts.masking.values import Key, headings, mark

ERROR_SHOWN = 120  # characters of a library's message
CHARACTERS = NUMERALS + "年月日号第份期次季度版本册上下半初末批新旧"
ENDINGS = words("endings")
_GIVEN_NAME = re.compile(rf"([A-Za-z]\*\*)[\s·.'’_-]+(?:{SYLLABLE}){{1,3}}(?![A-Za-z])", re.I)


@cache
def _known() -> frozenset[str]:
    names = {name for kind in KINDS for name in (contract(kind).name_zh, *kind.split("_"))}
    return frozenset(
        {*words("files"), *words("quoted"), *names, *courts(), *(word for word in headings() if len(word) > 2)}
    )


def known_ending(name: str) -> str:
    """The ending of a file's name without its dot, lower case; empty when it is none that programs use."""
    ending = PurePosixPath(name).suffix.lower().removeprefix(".")
    return ending if ending in ENDINGS else ""


def shown_error(text: str) -> str:
    """What a library says of a file it cannot read: it may quote what stands there, in whatever place."""
    return only_known(without_contacts(without_numbers(text[:ERROR_SHOWN])), words("quoted"), "", is_pinyin)


def shown_file(name: str, key: Key | None = None) -> str:
    """A file's name, or its path in landing, with known words alone; with a `key` a name that lost any gets a mark."""
    ending = known_ending(name)
    stem = name[: -len(ending) - 1] if ending else name
    shown = only_known(without_contacts(without_numbers(stem)), _known(), CHARACTERS, is_pinyin)
    shown = _GIVEN_NAME.sub(r"\1", shown)
    if shown != stem and key is not None:
        shown += f"~{mark(key(), stem)}"
    return f"{shown}.{ending}" if ending else shown

"""Texts of which only known words are shown: every other run of letters keeps its first one.
Which words are known where is said by the callers; what is a digit or a mark is always shown."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from importlib import resources

HIDDEN = "**"
NUMERALS = "〇零一二三四五六七八九十百千万亿两廿卅壹贰叁肆伍陆柒捌玖拾佰仟萬億"
_RUN = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ]+")
SYLLABLE = (
    "(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?(?:iang|iong|uang|ueng|ang|eng|ing|ong|iao|ian|uai|uan|uei|iou|ai|ei|ao|ou|an|en|in|un|"
    "ia|ie|iu|ua|uo|ui|ue|ve|er|a|o|e|i|u|v)"
)
_SYLLABLES = re.compile(f"(?:{SYLLABLE}){{0,3}}")
_REPEATED = re.compile(rf"(\S{re.escape(HIDDEN)})(?:[\s·•.,'’]*\S{re.escape(HIDDEN)})+")


@cache
def words(section: str) -> frozenset[str]:
    """One list of words.toml. KeyError if there is none of that name."""
    text = (resources.files(__package__) / "words.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)[section].split())


@lru_cache(maxsize=64)
def _listed(known: frozenset[str]) -> re.Pattern[str]:
    """The longest of the words first; one of a single character is not a word."""
    listed = sorted((word for word in known if len(word) > 1), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, listed)) or r"(?!)", re.I)


def _script(run: str) -> list[str]:
    """A run of letters cut where Latin letters and others meet: A3案款 is two words."""
    found, at = [], 0
    for match in _LATIN.finditer(run):
        found += [run[at : match.start()], match.group()]
        at = match.end()
    return [part for part in [*found, run[at:]] if part]


def _hidden(part: str, known: frozenset[str], characters: str, is_person: Callable[[str], bool]) -> str:
    if _LATIN.fullmatch(part):
        is_known = len(part) == 1 or part.casefold() in known or part.upper() in known or part in known
        return part if is_known or not is_person(part) else part[0] + HIDDEN
    kept, at = [], 0
    for match in _listed(known).finditer(part):
        kept += [part[at : match.start()], match.group()]
        at = match.end()
    pieces = [*kept, part[at:]]
    rests = pieces[::2]
    if all(character in characters for rest in rests for character in rest):
        return part
    pieces[::2] = [rest and rest[0] + HIDDEN for rest in rests]
    return "".join(pieces)


@lru_cache(maxsize=4096)
def is_pinyin(word: str) -> bool:
    """Whether a Latin word is built like a Chinese name: a surname's syllable, alone or with up to three more."""
    low = word.casefold()
    return any(
        _SYLLABLES.fullmatch(low[len(surname) :]) for surname in words("pinyin_surnames") if low.startswith(surname)
    )


def anybody(_: str) -> bool:
    """Where nothing is known of a text, any word may be somebody's name."""
    return True


def only_known(
    text: str,
    shown: Iterable[str] = (),
    characters: str = NUMERALS,
    is_person: Callable[[str], bool] = anybody,
) -> str:
    """The text with every run of letters hidden behind its first one, but for words of two letters and more in `shown`.

    A run made of them and of `characters` alone is shown; one letter of the Latin alphabet is, too. Runs that only
    space, dots or commas divide are one: Zhang San is one person. Of unknown Latin words `is_person` decides.
    """
    known = frozenset(shown)

    def settled(match: re.Match[str]) -> str:
        return "".join(_hidden(part, known, characters, is_person) for part in _script(match.group()))

    return _REPEATED.sub(r"\1", _RUN.sub(settled, text))

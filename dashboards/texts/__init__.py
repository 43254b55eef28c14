"""The words of the gallery, one catalogue per language: those of a room lie in it, those of several lie here.
Names of courts, indicators and measures come from the snapshot and do not belong here."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

LANGUAGES = ("zh", "en")
# Of what the figures of all courts are, by the last sign of what the name of the court at the head begins with.
REGIONS = {"省": "province", "区": "region", "市": "city", "州": "prefecture"}
THEIRS = "bar.province"  # the choice among several keeps its name


def counted(amount: str, forms: str) -> str:
    """1 court, 3 courts of the forms `court|courts`; the word alone of forms that begin with a dash."""
    one, _, many = forms.removeprefix("-").partition("|")
    word = one if amount == "1" else many
    return word if forms.startswith("-") else f"{amount} {word}"


class _Counting(Formatter):
    """Fills places; `{n:court|courts}` with the form that goes with the number."""

    def format_field(self, value: Any, format_spec: str) -> str:
        return counted(str(value), format_spec) if "|" in format_spec else str(super().format_field(value, format_spec))


COUNTING = _Counting()


class Texts:
    """Phrases of one language; `texts("page.overview", n=3)` fills the named places."""

    def __init__(self, lang: str, phrases: Mapping[str, str]) -> None:
        self.lang = lang
        self._phrases = phrases
        self._glossaries: dict[str, dict[str, str]] = {}

    def __call__(self, phrase: str, /, **values: Any) -> str:
        return COUNTING.format(self._phrases[phrase], **values) if values else self._phrases[phrase]

    def of(self, region: str) -> Texts:
        """The phrases where the courts are no province's: 全市 for 全省. `region` is as `region_of` tells."""
        return self if region == "province" else _of(self.lang, region)

    def known(self, section: str, code: str) -> str:
        """The section's word for a code that was delivered or written down; the code itself where there is none."""
        return self._phrases.get(f"{section}.{code}", code)

    def name(self, row: Mapping[str, Any], stem: str = "name") -> str:
        """The column `<stem>_zh` or `<stem>_en` of a row; the other language if that one is empty."""
        own, other = row.get(f"{stem}_{self.lang}"), row.get(f"{stem}_{'en' if self.lang == 'zh' else 'zh'}")
        return self._set(str(own if isinstance(own, str) and own else other if isinstance(other, str) else ""))

    def glossary(self, section: str) -> dict[str, str]:
        """Term → explanation, of a section whose phrases read `term | explanation`."""
        if section not in self._glossaries:
            entries = (text for key, text in self._phrases.items() if key.startswith(f"{section}."))
            self._glossaries[section] = dict(text.split(" | ", 1) for text in entries)
        return self._glossaries[section]

    def half(self, text: Any) -> str:
        """This language's half of a `中文 | English` text; the whole text when it has no halves."""
        parts = str(text).split(" | ", 1) if isinstance(text, str) else [""]
        return self._set(parts[-1]) if self.lang == "en" else parts[0]

    def _set(self, text: str) -> str:
        """English with a straight apostrophe: fonts that draw Chinese give the curved one the width of a character."""
        return text.replace("’", "'") if self.lang == "en" else text


@cache
def texts(lang: str) -> Texts:
    """The catalogue of a language; unknown languages are refused by KeyError."""
    if lang not in LANGUAGES:
        raise KeyError(lang)
    return Texts(lang, phrases(lang))


def region_of(court: str) -> str:
    """province, region, city or prefecture, of the Chinese name of the court at its head; area where it names none."""
    return REGIONS.get(re.split("高级|中级", court)[0][-1:], "area")


@cache
def _of(lang: str, region: str) -> Texts:
    said = phrases(lang)
    was, now = said["whole.province"], said[f"whole.{region}"]
    # Whole words, and neither a place to fill nor somebody else's province.
    pattern = re.compile(rf"(?<!another )(?<!{{)\b{was}\b", re.IGNORECASE) if lang == "en" else re.compile(was)
    return Texts(lang, {key: text if key == THEIRS else pattern.sub(lambda found: _cased(found[0], now), text)
                        for key, text in said.items()})  # fmt: skip


def _cased(was: str, now: str) -> str:
    return now.capitalize() if was[:1].isupper() else now


def phrases(lang: str) -> dict[str, str]:
    """Every phrase of a language, its key with dots: section.name. No key stands in two files."""
    found: dict[str, str] = {}
    for file in files(lang):
        for section, entries in tomllib.loads(file.read_text(encoding="utf-8")).items():
            found |= {f"{section}.{key}": text for key, text in entries.items()}
    return found


def files(lang: str) -> list[Path]:
    """The shared words of a language, and `<lang>.toml` of every room."""
    gallery = Path(__file__).parents[1]
    return [*sorted((gallery / "texts" / lang).glob("*.toml")), *sorted(gallery.glob(f"**/{lang}.toml"))]

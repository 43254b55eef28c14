"""What a delivered text means as a flag or as a code of a closed vocabulary.
The vocabularies are data of the contracts."""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.extracts.contracts import vocabulary
from pipelines.extracts.values.texts import Reading, UnreadableError, fold_width

# The forms that the contract lists; whatever else is read as yes or no is noted.
YES, NO = ("是", "1", "Y", "true"), ("否", "0", "N", "false")
TRUE = (*YES, "y", "YES", "yes", "Yes", "TRUE", "True", "有", "√", "对", "1.0")
FALSE = (*NO, "n", "NO", "no", "No", "FALSE", "False", "无", "×", "错", "0.0")


def flag_law(text: str) -> Reading:
    """Yes or no. Raises UnreadableError (not_a_flag)."""
    folded = fold_width(text).strip()
    notes = () if text in YES or text in NO else ("mapped_flag",)
    if folded in TRUE:
        return Reading(value=True, notes=notes)
    if folded in FALSE:
        return Reading(value=False, notes=notes)
    raise UnreadableError("not_a_flag")


def _key(text: str) -> str:
    folded = re.sub(r"[\s、,，。;；]+", "", fold_width(text)).casefold()
    return folded.removesuffix("的") if len(folded) > 2 else folded


@lru_cache(maxsize=64)
def spellings(name: str) -> dict[str, str]:
    """Every spelling of a vocabulary's terms as courts write them, to the value that the lake keeps."""
    terms = vocabulary(name)
    found = {spelling: term.value for term in terms for spelling in (term.en, *term.aliases)}
    found |= {term.value: term.value for term in terms}  # a canonical value always means itself
    return found


@lru_cache(maxsize=64)
def _folded_spellings(name: str) -> dict[str, str]:
    return {_key(spelling): value for spelling, value in spellings(name).items()}


def code_law(text: str, name: str) -> Reading:
    """The vocabulary's value for a label or code. Several joined by commas: the first that is known.

    Raises UnreadableError (not_in_vocabulary).
    """
    known = _folded_spellings(name)
    if value := known.get(_key(text)) or known.get(_key(re.sub(r"\.0+$", "", text))):
        return Reading(value, () if value == text else ("mapped_code",))
    for part in re.split(r"[,;]", fold_width(text)):
        if value := known.get(_key(part)):
            return Reading(value, ("first_of_several",))
    raise UnreadableError("not_in_vocabulary")


def read_flag(text: str) -> bool:
    """The value alone of `flag_law`."""
    return bool(flag_law(text).value)


def read_code(text: str, name: str) -> str:
    """The value alone of `code_law`."""
    return str(code_law(text, name).value)

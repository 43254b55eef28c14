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


# Of a listing's grounds several may hold. Two kinds, results or modes in one cell contradict each other.
JOINED = ("ground",)
SHORTEST_JOINED = 4  # characters: shorter spellings are not looked for inside a text


def _leading(key: str, known: dict[str, str]) -> str | None:
    """The value of the first of several spellings that follow each other with nothing else between them."""
    found: dict[int, str] = {0: ""}  # where a spelling may begin, with the first value on the way there
    for start in range(len(key)):
        if start in found:
            rest = key[start:]
            for spelling, value in known.items():
                if len(spelling) >= SHORTEST_JOINED and rest.startswith(spelling):
                    end = start + len(spelling)
                    for after in (end, end + 1) if rest[len(spelling) : len(spelling) + 1] == "的" else (end,):
                        found.setdefault(after, found[start] or value)
    return found.get(len(key)) or None


def _first_of(text: str, known: dict[str, str]) -> str | None:
    """The first of several values in a cell, if every one of them is known."""
    parts = [part for part in re.split(r"[,;|/\n\t]", fold_width(text)) if part.strip()]
    values = [known.get(_key(part)) for part in parts]
    if len(parts) > 1 and values[0] and all(values):
        return values[0]
    return _leading(_key(text), known)


def code_law(text: str, name: str) -> Reading:
    """The vocabulary's value for a label or code. Of grounds joined in one cell, all of them known: the first.

    Raises UnreadableError (not_in_vocabulary, two_codes).
    """
    known = _folded_spellings(name)
    if value := known.get(_key(text)) or known.get(_key(re.sub(r"\.0+$", "", text))):
        return Reading(value, () if value == text else ("mapped_code",))
    if value := _first_of(text, known):
        if name not in JOINED:
            raise UnreadableError("two_codes")
        return Reading(value, ("first_of_several",))
    raise UnreadableError("not_in_vocabulary")


def read_flag(text: str) -> bool:
    """The value alone of `flag_law`."""
    return bool(flag_law(text).value)


def read_code(text: str, name: str) -> str:
    """The value alone of `code_law`."""
    return str(code_law(text, name).value)

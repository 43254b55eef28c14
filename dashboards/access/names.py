"""One spelling of a person's or group's name: what may stand in one, and when two of them are the same.
Who bears a name and what they may do belongs to identity.py and readers.py."""

from __future__ import annotations

import unicodedata

LONGEST = 254  # characters, as of an e-mail address
NO_LETTERS = ("Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp", "So")  # So has the radicals that look like Hanzi
# Alphabets whose letters look like one another's: a name has letters of one of them at most.
ALIKE = ("LATIN", "CYRILLIC", "GREEK", "COPTIC", "ARMENIAN", "CHEROKEE", "LISU")


class UnreadableNameError(ValueError):
    """A name that could be taken for another's. The message says why, in Chinese and English."""


def spelled(name: str) -> str:
    """The spelling under which a name is looked up: composed, in small letters, without blanks around it.

    Full-width letters, no-break spaces and other characters that only look like common ones are refused rather than
    replaced: whoever can choose their own name at an identity provider could otherwise choose somebody else's.
    UnreadableNameError says which.
    """
    plain = name.strip(" \t")
    if not plain or len(plain) > LONGEST:
        raise UnreadableNameError(f"名称应为 1 至 {LONGEST} 个字符 | a name has 1 to {LONGEST} characters")
    composed = unicodedata.normalize("NFC", plain)
    strange = next((c for c in composed if c != " " and unicodedata.category(c) in NO_LETTERS), "")
    if strange:
        raise UnreadableNameError(
            f"名称含不可见字符或符号 U+{ord(strange):04X} | an invisible character or a sign U+{ord(strange):04X}"
        )
    if unicodedata.normalize("NFKC", composed) != composed or not _is_one_text(plain, composed):
        usual = unicodedata.normalize("NFKC", plain)
        raise UnreadableNameError(f"名称含全角或兼容字符，应写作“{usual}” | look-alike characters: write “{usual}”")
    small = composed.lower()
    alphabets = {alphabet for c in small if (alphabet := _alphabet(c))}
    if len(alphabets) > 1:
        mixed = ", ".join(sorted(alphabets))
        raise UnreadableNameError(f"名称混用形近的字母（{mixed}）| letters of alphabets that look alike: {mixed}")
    return small


def is_readable(name: str) -> bool:
    try:
        return bool(spelled(name))
    except UnreadableNameError:
        return False


def _is_one_text(plain: str, composed: str) -> bool:
    """Whether composing changed only how accents are stored: a Kelvin sign becomes another letter by it."""
    return plain == composed or unicodedata.normalize("NFD", composed) == plain


def _alphabet(character: str) -> str:
    first = unicodedata.name(character, "").split(" ")[0]
    return first if first in ALIKE and unicodedata.category(character)[0] == "L" else ""

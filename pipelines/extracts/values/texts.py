"""What all laws share: a reading with what was converted in it, the fault of an unreadable text, width, empty tokens.
What a text means as a date, an amount or a code belongs to the modules beside this one."""

from __future__ import annotations

from typing import Any, NamedTuple

STRIPPED = " \t\r\n\f\v\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff|"
EMPTY_TEXT = ("", "-", "--", "—", "——", "/", "\\", "NULL", "null", "None", "\\N")
EMPTY_VALUE = (*EMPTY_TEXT, "无", "空", "NaN", "nan", "N/A", "n/a")
EMPTY_FLAG = tuple(token for token in EMPTY_VALUE if token != "无")

_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}


class Reading(NamedTuple):
    """A text read: its value, and the codes of the conversions (conversions.toml) that led to it."""

    value: Any
    notes: tuple[str, ...] = ()


class UnreadableError(ValueError):
    """A text that is not a value of the type; `code` names the reason in the catalogue of messages."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def fold_width(text: str) -> str:
    """Full-width letters, digits, brackets and spaces made half-width; no other character changes."""
    return text.translate(_WIDTH)


def half_width(text: str, notes: list[str]) -> str:
    """`fold_width`, noting whether it changed anything but spaces."""
    folded = fold_width(text)
    if folded.replace(" ", "") != text.replace(" ", "").replace("\u3000", "").replace("\u00a0", ""):
        notes.append("full_width")
    return folded

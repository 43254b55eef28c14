"""What all laws share: a reading with what was converted in it, the fault of an unreadable text, width, empty tokens.
What a text means as a date, an amount or a code belongs to the modules beside this one."""

from __future__ import annotations

import re
from typing import Any, Literal, NamedTuple

STRIPPED = " \t\r\n\f\v\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff|"
EMPTY_TEXT = ("", "-", "--", "—", "——", "/", "\\", "NULL", "null", "None", "\\N")
EMPTY_VALUE = (*EMPTY_TEXT, "无", "空", "NaN", "nan", "N/A", "n/a")
EMPTY_FLAG = tuple(token for token in EMPTY_VALUE if token != "无")
# What systems write into a date that is not known: none where none need be, and unreadable where one is required.
_NO_DAYS = ("0000-00-00", "0001-01-01", "1899-12-30", "1900-01-00", "1900-01-01", "9999-12-31")
EMPTY_DATE = (
    *EMPTY_VALUE, "0", "暂无", "不详", "未知", "待定", "暂缺",
    *(form for day in _NO_DAYS for form in (day, f"{day} 00:00:00", f"{day}T00:00:00", day.replace("-", "/"),
                                            day.replace("-", ""))),
    "1900/1/1", "1900/1/0", "0000/0/0", "9999-12-31 23:59:59",
)  # fmt: skip

WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}


# Zero-width and direction marks, soft hyphens, controls: no part of any value, and not to be seen.
INVISIBLE = "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f]"
_MARKS = "'‘’`´＇"
_MARKED = re.compile(f"[{_MARKS}]")
_QUOTES = (('="', '"'), ('"', '"'), ("“", "”"), ("「", "」"), ("'", "'"), ("‘", "’"))
# Marks of a sentence or a footnote at an identifier. Several stars hide digits and stay.
_AT_ENDS = r"¹²³⁰⁴-⁹₀-₉①-⓿❶-➓⑴-⒇†‡。，、；：;,.:·!！?？＊#＃/／\\|_~'’\"”`\-—–"
_ENDED, _BEGUN = re.compile(rf"(?:[{_AT_ENDS}]|(?<!\*)\*)+$"), re.compile(rf"^[*※★{_AT_ENDS}]+")
_ENCLOSED = re.compile(r"[(（\[【〔<《]([^()（）\[\]【】〔〕<>《》]+)[)）\]】〕>》]")
Dress = Literal["key", "identifier", "value", "prose"]
_OUTER = INVISIBLE + "|^[=\"“「'‘’`´＇]"
_IDENTIFIER = _OUTER + r"|^[0-9][0-9 ]* [0-9 ]*[0-9Xx]$|^[0-9]+\.0+$"
_IDENTIFIER += rf"|[*)）\]】〕>》{_AT_ENDS}]$|^[*※★{_AT_ENDS}]"
# Which texts may be in such a dress: asked of a whole column at once.
DRESSED: dict[Dress, str] = {
    "key": _IDENTIFIER + "|[a-zａ-ｚ \u3000\u00a0]",
    "identifier": _IDENTIFIER,
    "value": _OUTER,
    "prose": _OUTER,
}


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
    return text.translate(WIDTH)


def undressed(text: str, dress: Dress) -> str:
    """Without what a spreadsheet or a copied page puts around a value: invisible characters, a leading mark, =\"…\".

    In prose other quotes may be meant and stay. Spaces between digits, `.0` behind them and marks of a sentence or a
    footnote come off identifiers only: in a number the first part two numbers, and the second is said by its law.
    """
    text = re.sub(INVISIBLE, "", text).strip(STRIPPED)
    for opening, closing in _QUOTES[:1] if dress == "prose" else _QUOTES:
        if len(text) > len(opening) + len(closing) and text.startswith(opening) and text.endswith(closing):
            text = text[len(opening) : -len(closing)].strip(STRIPPED)
    if text[:1] in _MARKS and len(text) > 1 and not (dress == "prose" and _MARKED.search(text, 1)):
        text = text[1:].strip(STRIPPED)
    if dress not in ("identifier", "key"):
        return text
    text = _BEGUN.sub("", _ENDED.sub("", text)).strip(STRIPPED) or text
    if dress == "key":
        enclosed = _ENCLOSED.fullmatch(text)
        text = re.sub(r"\s+", "", enclosed[1] if enclosed else text)
    if re.fullmatch(r"[\d ]+[\dXx]", text, re.ASCII):
        text = text.replace(" ", "")
    return re.sub(r"^(\d+)\.0+$", r"\1", text, flags=re.ASCII)


def half_width(text: str, notes: list[str]) -> str:
    """`fold_width`, noting whether it changed anything but spaces."""
    folded = fold_width(text)
    if folded.replace(" ", "") != text.replace(" ", "").replace("\u3000", "").replace("\u00a0", ""):
        notes.append("full_width")
    return folded

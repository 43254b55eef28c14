"""What a delivered text means as an amount in yuan, a number or a count.
One value at a time; which unit a heading names belongs to `headers`."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from pipelines.extracts.values.texts import Reading, UnreadableError, half_width

# No enforcement case in the sources reaches a tenth of this; a value above it has the wrong unit.
ABSURD_AMOUNT = Decimal(10) ** 12
LARGEST_NUMBER = Decimal(10) ** 18  # the lake keeps decimal(20,2)
CENT = Decimal("0.01")
SCIENTIFIC = re.compile(r"-?\d+(?:\.\d+)?[eE]\+?\d+", re.ASCII)
_AMOUNT = re.compile(
    r"((?:人民币|CNY|RMB|[¥￥])?)(-?)((?:人民币|[¥￥])?)"
    r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d*)?|\.\d+)"
    r"(百万|千万|万亿|百|千|万|亿)?(元|圆)?(整?)",
    re.ASCII,
)
# White space that sets thousands apart; anywhere else it stands between two numbers.
_GROUPED = re.compile(r"\D*\d{1,3}(?:[ \u2009\u202f]\d{3})+(?:\.\d+)?\D*", re.ASCII)
_APART = re.compile(r"[\d.]\s+[\d.]", re.ASCII)
_UNITS = {
    "分": -2, "角": -1, None: 0, "十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8,
    "十亿": 9, "百亿": 10, "千亿": 11, "万亿": 12,
}  # fmt: skip
_PLAIN = re.compile(r"\d+(?:\.\d+)?", re.ASCII)


def _bare(text: str, notes: list[str]) -> str:
    """Without white space. Raises UnreadableError (two_numbers): `1000⏎2000` is not ten million."""
    bare = re.sub(r"\s+", "", text)
    if bare != text:
        if _APART.search(text) and not _GROUPED.fullmatch(text):
            raise UnreadableError("two_numbers")
        notes.append("spaces_removed")
    return bare


def _decimal(text: str, fault: str, unit: str | None) -> Reading:
    """`unit` is what the heading names (`万元`); a text with a unit of its own keeps it."""
    notes: list[str] = []
    bare = _bare(half_width(text, notes), notes)
    if SCIENTIFIC.fullmatch(bare):
        raise UnreadableError("scientific_notation")
    match = _AMOUNT.fullmatch(bare)
    if not match:
        raise UnreadableError(fault)
    _, sign, _, digits, own, yuan, _ = match.groups()
    if own:
        notes.append("unit_in_value")
    elif unit and not yuan:
        notes.append("unit_applied")
        own = unit.removesuffix("元")
    elif not _PLAIN.fullmatch(bare.removeprefix("-")):
        notes.append("number_form")
    exact = Decimal(digits.replace(",", "")).scaleb(_UNITS[own or None])
    if exact >= LARGEST_NUMBER:
        raise UnreadableError("absurd_amount")
    value = exact.quantize(CENT, ROUND_HALF_UP)
    if value != exact:
        notes.append("decimal_rounded")
    return Reading(-value if sign and value else value, tuple(notes))


def own_unit(text: str) -> str | None:
    """The unit that an amount carries itself, as units are called: 万元 of 5万 and 5万元, 元 of ￥5元; None of 5."""
    match = _AMOUNT.fullmatch(re.sub(r"\s+", "", half_width(text, [])))
    return f"{match[5] or ''}元" if match and (match[5] or match[6]) else None


def number_law(text: str, unit: str | None = None) -> Reading:
    """A number with two decimals, of either sign. Raises UnreadableError (not_a_number, absurd_amount)."""
    return _decimal(text, "not_a_number", unit)


def amount_law(text: str, unit: str | None = None) -> Reading:
    """An amount in yuan, rounded half up to the cent. Raises UnreadableError (not_an_amount, negative_amount, …)."""
    reading = _decimal(text, "not_an_amount", unit)
    if reading.value < 0:
        raise UnreadableError("negative_amount")
    if reading.value >= ABSURD_AMOUNT:
        raise UnreadableError("absurd_amount")
    return reading


def integer_law(text: str) -> Reading:
    """A count, 0 or more. Raises UnreadableError (not_an_integer, negative_count)."""
    notes: list[str] = []
    bare = _bare(half_width(text, notes), notes)
    match = re.fullmatch(r"(-?)(\d{1,3}(?:,\d{3})+|\d{1,15})(\.0+)?", bare, re.ASCII)
    if not match:
        raise UnreadableError("not_an_integer")
    value = int(match[2].replace(",", ""))
    if match[1] and value:
        raise UnreadableError("negative_count")
    if match[3] or "," in match[2]:
        notes.append("number_form")
    return Reading(value, tuple(notes))


def read_number(text: str) -> Decimal:
    """The value alone of `number_law`."""
    value = number_law(text).value
    assert isinstance(value, Decimal)
    return value


def read_amount(text: str) -> Decimal:
    """The value alone of `amount_law`."""
    value = amount_law(text).value
    assert isinstance(value, Decimal)
    return value


def read_integer(text: str) -> int:
    """The value alone of `integer_law`."""
    value = integer_law(text).value
    assert isinstance(value, int)
    return value

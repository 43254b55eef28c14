"""What a delivered text means as a date, an amount, a number, a flag or a code: one law per contract type.
One value at a time and without regard to speed; `columns` applies the laws to whole columns."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from pipelines.extracts.contracts import Column, vocabulary

CHINA = timezone(timedelta(hours=8))
FIRST_YEAR, LAST_YEAR = 1950, 2100
# No enforcement case in the sources reaches a tenth of this; a value above it has the wrong unit.
ABSURD_AMOUNT = Decimal(10) ** 12
LARGEST_NUMBER = Decimal(10) ** 18  # the lake keeps decimal(20,2)
CENT = Decimal("0.01")
EXCEL_EPOCH = datetime.fromisoformat("1899-12-30")

STRIPPED = " \t\r\n\f\v\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff|"
EMPTY_TEXT = ("", "-", "--", "—", "——", "/", "\\", "NULL", "null", "None", "\\N")
EMPTY_VALUE = (*EMPTY_TEXT, "无", "空", "NaN", "nan", "N/A", "n/a")
EMPTY_FLAG = tuple(token for token in EMPTY_VALUE if token != "无")

_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
_TIME = r"(?:[ T]?(\d{1,2})[:时](\d{1,2})(?:[:分](?:(\d{1,2})(?:[.,](\d{1,9}))?秒?)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?"
_DASHED = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}", re.ASCII)
_CHINESE = re.compile(rf"(\d{{4}})\s*年\s*(\d{{1,2}})\s*月\s*(\d{{1,2}})\s*[日号]?\s*{_TIME}", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?(?:\.0+)?", re.ASCII)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
_EPOCH_MS = re.compile(r"\d{12,13}(?:\.0+)?", re.ASCII)
_AMOUNT = re.compile(
    r"(?:人民币|CNY|RMB|[¥￥])?(-?)(?:人民币|[¥￥])?"
    r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d*)?|\.\d+)"
    r"(百万|千万|万亿|百|千|万|亿)?(?:元|圆)?整?",
    re.ASCII,
)
_UNITS = {"百": 2, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "万亿": 12, None: 0}
SCIENTIFIC = re.compile(r"-?\d+(?:\.\d+)?[eE]\+?\d+", re.ASCII)

TRUE = ("是", "1", "Y", "y", "YES", "yes", "Yes", "true", "TRUE", "True", "有", "√", "对", "1.0")
FALSE = ("否", "0", "N", "n", "NO", "no", "No", "false", "FALSE", "False", "无", "×", "错", "0.0")


class UnreadableError(ValueError):
    """A text that is not a value of the type; `code` names the reason in the catalogue of messages."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def fold_width(text: str) -> str:
    """Full-width letters, digits, brackets and spaces made half-width; no other character changes."""
    return text.translate(_WIDTH)


def _in_range(moment: datetime) -> datetime:
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise UnreadableError("absurd_date")
    return moment


def _day(year: str, month: str, day: str) -> datetime:
    return datetime.fromisoformat(f"{year}-{month:0>2}-{day:0>2}")


def _clock(parts: tuple[str | None, ...], day: datetime) -> datetime:
    hour, minute, second, fraction, zone = parts
    micro = int((fraction or "0").ljust(6, "0")[:6])
    moment = day.replace(hour=int(hour or 0), minute=int(minute or 0), second=int(second or 0), microsecond=micro)
    if zone is None or hour is None:
        return moment
    offset = "+00:00" if zone == "Z" else zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
    return datetime.fromisoformat(moment.isoformat() + offset).astimezone(CHINA).replace(tzinfo=None)


@lru_cache(maxsize=1 << 16)
def read_timestamp(text: str) -> datetime:
    """A moment in Chinese time, without zone. Raises UnreadableError (not_a_date, absurd_date)."""
    text = fold_width(text).strip()
    try:
        if match := _DASHED.fullmatch(text):
            year, _, month, day, *clock = match.groups()
            return _in_range(_clock(tuple(clock), _day(year, month, day)))
        if match := _CHINESE.fullmatch(text):
            year, month, day, *clock = match.groups()
            return _in_range(_clock(tuple(clock), _day(year, month, day)))
        if match := _COMPACT.fullmatch(text):
            year, month, day, *clock = match.groups()
            return _in_range(_clock((*clock, None, None), _day(year, month, day)))
        if _SERIAL.fullmatch(text):
            seconds = round(Decimal(text) * 86400)
            return _in_range(EXCEL_EPOCH + timedelta(seconds=int(seconds)))
        if _EPOCH_MS.fullmatch(text):
            moment = datetime.fromtimestamp(0, CHINA) + timedelta(milliseconds=int(text.split(".")[0]))
            return _in_range(moment.replace(tzinfo=None))
    except UnreadableError:
        raise
    except (ValueError, OverflowError) as error:
        raise UnreadableError("not_a_date") from error
    raise UnreadableError("not_a_date")


def read_date(text: str) -> date:
    """A day. Takes everything `read_timestamp` takes and drops the time."""
    return read_timestamp(text).date()


def _decimal(text: str, fault: str) -> Decimal:
    text = re.sub(r"\s+", "", fold_width(text))
    if SCIENTIFIC.fullmatch(text):
        raise UnreadableError("scientific_notation")
    match = _AMOUNT.fullmatch(text)
    if not match:
        raise UnreadableError(fault)
    sign, digits, unit = match.groups()
    value = Decimal(digits.replace(",", "")).scaleb(_UNITS[unit])
    if value >= LARGEST_NUMBER:
        raise UnreadableError("absurd_amount")
    value = value.quantize(CENT, ROUND_HALF_UP)
    return -value if sign and value else value


def read_number(text: str) -> Decimal:
    """A number with two decimals, of either sign. Raises UnreadableError (not_a_number, absurd_amount)."""
    return _decimal(text, "not_a_number")


def read_amount(text: str) -> Decimal:
    """An amount in yuan, rounded half up to the cent. Raises UnreadableError (not_an_amount, negative_amount, …)."""
    value = _decimal(text, "not_an_amount")
    if value < 0:
        raise UnreadableError("negative_amount")
    if value >= ABSURD_AMOUNT:
        raise UnreadableError("absurd_amount")
    return value


def read_integer(text: str) -> int:
    """A count, 0 or more. Raises UnreadableError (not_an_integer, negative_count)."""
    text = re.sub(r"\s+", "", fold_width(text))
    match = re.fullmatch(r"(-?)(\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.0+)?", text, re.ASCII)
    if not match:
        raise UnreadableError("not_an_integer")
    value = int(match[2].replace(",", ""))
    if match[1] and value:
        raise UnreadableError("negative_count")
    return value


def read_flag(text: str) -> bool:
    """Yes or no. Raises UnreadableError (not_a_flag)."""
    text = fold_width(text).strip()
    if text in TRUE:
        return True
    if text in FALSE:
        return False
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


def read_code(text: str, name: str) -> str:
    """The vocabulary's value for a label or code. Several joined by commas: the first that is known.

    Raises UnreadableError (not_in_vocabulary).
    """
    known = _folded_spellings(name)
    if value := known.get(_key(text)) or known.get(_key(re.sub(r"\.0+$", "", text))):
        return value
    for part in re.split(r"[,;]", fold_width(text)):
        if value := known.get(_key(part)):
            return value
    raise UnreadableError("not_in_vocabulary")


LAWS: dict[str, Callable[[str], Any]] = {
    "date": read_date,
    "timestamp": read_timestamp,
    "amount": read_amount,
    "number": read_number,
    "integer": read_integer,
    "flag": read_flag,
}


def law(column: Column) -> Callable[[str], Any]:
    """The law of a column's type. KeyError for types that have none (text, case_number, court)."""
    if column.type == "code":
        name = column.vocabulary or ""
        return lambda text: read_code(text, name)
    return LAWS[column.type]

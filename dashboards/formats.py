"""How numbers, months and money are written in Chinese and in English.
What a number means, and where it comes from, does not belong here."""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pandas as pd

ABSENT = "—"
BEIJING = timezone(timedelta(hours=8))  # no summer time since 1991


def is_absent(value: Any) -> bool:
    """None, NaN and pandas' NA are absent; 0 is not."""
    if value is None or value is pd.NA:
        return True
    try:
        return bool(value != value) or (isinstance(value, float) and math.isnan(value))
    except TypeError:
        return True


def moment(at: datetime | None, seconds: bool = False) -> str:
    """2020-01-05 14:43, Beijing's time; a moment without a zone is UTC, as snapshots and stores keep it."""
    if at is None or is_absent(at):
        return ABSENT
    local = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(BEIJING)
    return f"{local:%Y-%m-%d %H:%M:%S}" if seconds else f"{local:%Y-%m-%d %H:%M}"


def day(at: datetime) -> date:
    """The day on which a moment with a zone falls in Beijing."""
    return at.astimezone(BEIJING).date()


def today() -> date:
    """Beijing's today, wherever the server stands."""
    return day(datetime.now(UTC))


def rounded(value: float, digits: int) -> Decimal:
    """Half up, as the indicator cards demand; binary floats alone would round half to even."""
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def percent(ratio: float | None, digits: int = 2) -> str:
    """0.5123 → 51.23%."""
    return ABSENT if is_absent(ratio) else f"{rounded(float(ratio or 0) * 100, digits)}%"


def number(value: float | None, digits: int = 0) -> str:
    """12345.6 → 12,346."""
    return ABSENT if is_absent(value) else f"{rounded(float(value or 0), digits):,}"


def amount(said: Any) -> str:
    """A sum as it was counted: whole where it is whole, to the cent otherwise."""
    is_whole = is_absent(said) or float(said) == int(float(said))
    return number(said, 0 if is_whole else 2)


def signed(said: Any) -> str:
    """A sum with its sign: +57, −3, ±0."""
    if is_absent(said):
        return ABSENT
    sign = "+" if said > 0 else "−" if said < 0 else "±"
    return f"{sign}{amount(abs(float(said)))}"


def money(yuan: float | None, lang: str) -> str:
    """万元 and 亿元 in Chinese, million and billion yuan in English."""
    if is_absent(yuan):
        return ABSENT
    amount = float(yuan or 0)
    if lang == "zh":
        if abs(amount) >= 1e8:
            return f"{rounded(amount / 1e8, 2):,} 亿元"
        return f"{rounded(amount / 1e4, 2):,} 万元" if abs(amount) >= 1e4 else f"{rounded(amount, 2):,} 元"
    if abs(amount) >= 1e9:
        return f"¥{rounded(amount / 1e9, 2):,} bn"
    return f"¥{rounded(amount / 1e6, 2):,} m" if abs(amount) >= 1e6 else f"¥{rounded(amount, 0):,}"


def bound(amount: float | None, unit: str, lang: str) -> str:
    """A target or an end of an interval, without zeros that it does not need: 90 %, 0.12 %, 30 days."""
    return re.sub(r"\.0+(?=\D|$)|(\.\d*[1-9])0+(?=\D|$)", r"\1", value(amount, unit, lang))


def value(amount: float | None, unit: str, lang: str, digits: int | None = None) -> str:
    """An indicator's value in its unit: ratio, days, points, yuan, or a plain count."""
    if is_absent(amount):
        return ABSENT
    if unit == "ratio":
        return percent(amount, 2 if digits is None else digits)
    if unit == "days":
        return f"{number(amount, 1)} {'天' if lang == 'zh' else 'd'}"
    if unit == "points":
        return number(amount, 1)
    if unit == "yuan":
        return money(amount, lang)
    is_whole = float(amount or 0).is_integer()  # a mean of counts is not: 0.12 overdue nodes a case are not none
    return number(amount, digits if digits is not None else 0 if is_whole else 2)


def change(difference: float | None, unit: str, lang: str) -> str:
    """A signed difference: percentage points for ratios, the unit itself otherwise."""
    if is_absent(difference):
        return ABSENT
    amount = float(difference or 0) * (100 if unit == "ratio" else 1)
    digits = 2 if unit == "ratio" else 1
    figure = rounded(amount, digits)
    sign = "+" if figure > 0 else "−" if figure < 0 else "±"
    suffix = {"ratio": " 个百分点" if lang == "zh" else " pp", "days": " 天" if lang == "zh" else " d"}.get(unit, "")
    return f"{sign}{abs(figure)}{suffix}"


def month(day: date | None, lang: str) -> str:
    """2019-12-01 → 2019年12月 / Dec 2019."""
    if day is None:
        return ABSENT
    return f"{day.year}年{day.month}月" if lang == "zh" else f"{day:%b} {day.year}"


def suffix(unit: str, lang: str) -> str:
    """What follows the numbers on an axis."""
    return {"ratio": "%", "days": " 天" if lang == "zh" else " d"}.get(unit, "")


def scaled(amount: float | None, unit: str) -> float | None:
    """The value as charts and sheets show it: ratios in percent, everything else as it is."""
    if is_absent(amount):
        return None
    return float(amount or 0) * 100 if unit == "ratio" else float(amount or 0)

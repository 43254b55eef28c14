"""What a delivered text means as a day or a moment in Chinese time.
One value at a time and without regard to speed; `columns` applies the laws to whole columns."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from functools import lru_cache

from pipelines.extracts.values.texts import Reading, UnreadableError, half_width

CHINA = timezone(timedelta(hours=8))
FIRST_YEAR, LAST_YEAR = 1950, 2100
EXCEL_EPOCH = datetime.fromisoformat("1899-12-30")

_TIME = r"(?:[ T]?(\d{1,2})[:时](\d{1,2})(?:[:分](?:(\d{1,2})(?:[.,](\d{1,9}))?秒?)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?"
_DASHED = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}", re.ASCII)
_CHINESE = re.compile(rf"(\d{{4}})\s*年\s*(\d{{1,2}})\s*月\s*(\d{{1,2}})\s*[日号]?\s*{_TIME}", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?(?:\.0+)?", re.ASCII)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
_EPOCH_MS = re.compile(r"\d{12,13}(?:\.0+)?", re.ASCII)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?)?", re.ASCII)


def _in_range(moment: datetime) -> datetime:
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise UnreadableError("absurd_date")
    return moment


def _day(year: str, month: str, day: str) -> datetime:
    return datetime.fromisoformat(f"{year}-{month:0>2}-{day:0>2}")


def _clock(parts: tuple[str | None, ...], day: datetime, notes: list[str]) -> datetime:
    hour, minute, second, fraction, zone = parts
    micro = int((fraction or "0").ljust(6, "0")[:6])
    moment = day.replace(hour=int(hour or 0), minute=int(minute or 0), second=int(second or 0), microsecond=micro)
    if zone is None or hour is None:
        return moment
    notes.append("time_zone")
    offset = "+00:00" if zone == "Z" else zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
    return datetime.fromisoformat(moment.isoformat() + offset).astimezone(CHINA).replace(tzinfo=None)


def _moment(text: str, notes: list[str]) -> datetime:
    if not _ISO.fullmatch(text):
        notes.append("date_form")
    if match := _DASHED.fullmatch(text):
        year, _, month, day, *clock = match.groups()
        return _clock(tuple(clock), _day(year, month, day), notes)
    if match := _CHINESE.fullmatch(text):
        year, month, day, *clock = match.groups()
        return _clock(tuple(clock), _day(year, month, day), notes)
    if match := _COMPACT.fullmatch(text):
        year, month, day, *clock = match.groups()
        return _clock((*clock, None, None), _day(year, month, day), notes)
    if _SERIAL.fullmatch(text):
        notes[-1] = "date_serial"
        return EXCEL_EPOCH + timedelta(seconds=round(Decimal(text) * 86400))
    if _EPOCH_MS.fullmatch(text):
        notes[-1] = "date_epoch"
        moment = datetime.fromtimestamp(0, CHINA) + timedelta(milliseconds=int(text.split(".")[0]))
        return moment.replace(tzinfo=None)
    raise UnreadableError("not_a_date")


@lru_cache(maxsize=1 << 16)
def moment_law(text: str) -> Reading:
    """A moment in Chinese time, without zone. Raises UnreadableError (not_a_date, absurd_date)."""
    notes: list[str] = []
    text = half_width(text, notes).strip()
    try:
        return Reading(_in_range(_moment(text, notes)), tuple(notes))
    except UnreadableError:
        raise
    except (ValueError, OverflowError) as error:
        raise UnreadableError("not_a_date") from error


@lru_cache(maxsize=1 << 16)
def day_law(text: str) -> Reading:
    """A day. Takes everything `moment_law` takes and drops the time, noting a time other than midnight."""
    moment, notes = moment_law(text)
    return Reading(moment.date(), notes if moment.time() == time.min else (*notes, "time_dropped"))


def read_timestamp(text: str) -> datetime:
    """The value alone of `moment_law`."""
    value = moment_law(text).value
    assert isinstance(value, datetime)
    return value


def read_date(text: str) -> date:
    """The value alone of `day_law`."""
    value = day_law(text).value
    assert isinstance(value, date)
    return value

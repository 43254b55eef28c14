"""What a delivered text means as a day or a moment in Chinese time.
One value at a time and without regard to speed; `columns` applies the laws to whole columns."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from functools import lru_cache

from pipelines.extracts.values.texts import Reading, UnreadableError, fold_width, half_width

CHINA = timezone(timedelta(hours=8))
FIRST_YEAR, LAST_YEAR = 1950, 2100
EXCEL_EPOCH = datetime.fromisoformat("1899-12-30")

_TIME = r"(?:[ T]?(\d{1,2})[:时](\d{1,2})(?:[:分](?:(\d{1,2})(?:[.,](\d{1,9}))?秒?)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?"
_DASHED = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}", re.ASCII)
_CHINESE = re.compile(rf"(\d{{4}})\s*年\s*(\d{{1,2}})\s*月\s*(\d{{1,2}})\s*[日号]?\s*{_TIME}", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?(?:\.0+)?", re.ASCII)
_OFFSET = re.compile(r"[+-](?:0\d|1[0-4]):?(?:00|30|45)", re.ASCII)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
# 1985 to 2050: five digits outside are no day that enforcement has to do with (20191 would be 1955).
FIRST_SERIAL, LAST_SERIAL = 31048, 55153
_TO_THE_MINUTE = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(?:\.0+)?", re.ASCII)
_TO_THE_MILLISECOND = re.compile(r"(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{3})", re.ASCII)
_SECONDS = re.compile(r"\d{9,10}(?:\.0+)?", re.ASCII)
# 1985 and 2030: an epoch outside is another number cut short. Ten digits from 2030 on can be year to hour.
FIRST_SECOND, LAST_SECOND = 473_356_800, 1_893_456_000
_TAGGED = re.compile(r"/?Date\((\d{10,13})(?:[+-]\d{4})?\)/?", re.ASCII)
_HALF_DAY = re.compile(
    r"(?P<day>.*?\d[日号]?)\s*(?:(?P<zh>凌晨|上午|中午|下午|晚上)\s*(?P<hour>\d{1,2})(?P<rest>[:时].*)"
    r"|(?P<hour2>\d{1,2})(?P<rest2>:[\d:.]+)\s*(?P<en>[AaPp])\.?[Mm]\.?)",
    re.ASCII,
)
_MIDNIGHT = re.compile(r"(.*\d[日号]?[ T]?)24([:时]00(?:[:分]00秒?)?分?)", re.ASCII)
# A year of two digits only where the last part cannot be one: 03-12-19 may be 2003 or 2019.
_SHORT_YEAR = re.compile(r"(\d{2})([-/.])(\d{1,2})\2(\d)", re.ASCII)
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
    if zone != "Z" and not _OFFSET.fullmatch(zone):
        raise UnreadableError("not_a_date")
    notes.append("time_zone")
    offset = "+00:00" if zone == "Z" else zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
    return datetime.fromisoformat(moment.isoformat() + offset).astimezone(CHINA).replace(tzinfo=None)


def _half_day(text: str) -> str:
    """上午, 下午, AM and PM as hours of twenty-four."""
    match = _HALF_DAY.fullmatch(text)
    if not match:
        return text
    hour, rest = int(match["hour"] or match["hour2"]), match["rest"] or match["rest2"]
    half = match["zh"] or match["en"].lower()
    if hour > 12:  # 下午 15:30 says it twice; 上午 15:30 contradicts itself
        return f"{match['day']} {hour}{rest}" if half in ("下午", "晚上", "p") else text
    if half == "中午":
        hour += 12 * (hour < 3)
    else:
        hour = hour % 12 + 12 * (half in ("下午", "晚上", "p"))
    return f"{match['day']} {hour}{rest}"


def _digits(text: str, notes: list[str]) -> datetime | None:
    """Digits alone: year to hour, minute or millisecond where that makes a date, else seconds since 1970."""
    if match := _TO_THE_MILLISECOND.fullmatch(text):
        *parts, thousandth = match.groups()
        year, month, day, hour, minute, second = parts
        return _clock((hour, minute, second, thousandth, None), _day(year, month, day), notes)
    if match := _TAGGED.fullmatch(text):
        notes[-1] = "date_epoch"
        return _since_1970(int(match[1]) * (1000 if len(match[1]) == 10 else 1))
    if _SECONDS.fullmatch(text) and int(float(text)) < LAST_SECOND:
        notes[-1] = "date_epoch"
        return _plausible(int(float(text)) * 1000)
    if match := _TO_THE_MINUTE.fullmatch(text):
        year, month, day, hour, minute = match.groups()
        try:
            return _clock((hour, minute or "0", None, None, None), _day(year, month, day), notes)
        except ValueError:
            return None
    return None


def _plausible(milliseconds: int) -> datetime:
    """A count from 1970 that nothing marks as one: a moment's digits cut short would be a day of 1976 or 2033."""
    if not FIRST_SECOND <= milliseconds / 1000 < LAST_SECOND:
        raise UnreadableError("absurd_date")
    return _since_1970(milliseconds)


def _since_1970(milliseconds: int) -> datetime:
    return (datetime.fromtimestamp(0, CHINA) + timedelta(milliseconds=milliseconds)).replace(tzinfo=None)


def _parted(text: str, notes: list[str]) -> datetime | None:
    """Year, month and day with something between them, or as eight digits."""
    if match := _SHORT_YEAR.fullmatch(text):
        return _day(f"20{match[1]}", match[3], match[4])
    if match := _DASHED.fullmatch(text):
        year, _, month, day, *clock = match.groups()
        if (clock[-1] or "").startswith("-") and "T" not in text:
            raise UnreadableError("not_a_date")  # 09:30-10:30 says from when to when
        return _clock(tuple(clock), _day(year, month, day), notes)
    if match := _CHINESE.fullmatch(text):
        year, month, day, *clock = match.groups()
        if (clock[-1] or "").startswith("-"):
            raise UnreadableError("not_a_date")
        return _clock(tuple(clock), _day(year, month, day), notes)
    if match := _COMPACT.fullmatch(text):
        year, month, day, *clock = match.groups()
        return _clock((*clock, None, None), _day(year, month, day), notes)
    return None


def _counted(text: str, notes: list[str], day_zero: int) -> datetime:
    """Days as a spreadsheet counts them, or milliseconds since 1970."""
    if _SERIAL.fullmatch(text):
        days = Decimal(text) + day_zero
        if not FIRST_SERIAL <= days <= LAST_SERIAL:
            raise UnreadableError("absurd_date")
        notes[-1] = "date_serial"
        return EXCEL_EPOCH + timedelta(seconds=round(days * 86400))
    if _EPOCH_MS.fullmatch(text):
        notes[-1] = "date_epoch"
        return _plausible(int(text.split(".")[0]))
    raise UnreadableError("not_a_date")


def _moment(text: str, notes: list[str], day_zero: int) -> datetime:
    if not _ISO.fullmatch(text):
        notes.append("date_form")
    if match := _MIDNIGHT.fullmatch(text):
        notes += [] if notes[-1:] == ["date_form"] else ["date_form"]
        return _moment(f"{match[1]}00{match[2]}", notes, day_zero) + timedelta(days=1)
    text = _half_day(text)
    return _digits(text, notes) or _parted(text, notes) or _counted(text, notes, day_zero)


@lru_cache(maxsize=1 << 16)
def moment_law(text: str, day_zero: int = 0) -> Reading:
    """A moment in Chinese time, without zone. Raises UnreadableError (not_a_date, absurd_date).

    `day_zero`: by how many days the workbook's count of days begins after Excel's own.
    """
    notes: list[str] = []
    text = half_width(text, notes).strip()
    try:
        return Reading(_in_range(_moment(text, notes, day_zero)), tuple(notes))
    except UnreadableError:
        raise
    except (ValueError, OverflowError) as error:
        raise UnreadableError("not_a_date") from error


@lru_cache(maxsize=1 << 16)
def day_law(text: str, day_zero: int = 0) -> Reading:
    """A day. Takes everything `moment_law` takes and drops the time, noting a time other than midnight."""
    moment, notes = moment_law(text, day_zero)
    if _MIDNIGHT.fullmatch(fold_width(text).strip()):
        moment -= timedelta(days=1)  # the end of a day belongs to it
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

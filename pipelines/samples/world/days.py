"""Days as whole numbers since 1970-01-01, months of the window, seeded random streams.
What happens on a day belongs to the modules of each kind of event."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import date

import numpy as np

from pipelines.samples.figures import Figures

NEVER = np.int32(2**30)  # a day that does not come: the event has not happened by the end of the window

# Filings by calendar month, and working rhythm: few in the New Year holidays, many before the year's end.
_FILING_SEASON = np.array([0.80, 0.62, 1.12, 1.06, 1.02, 1.04, 1.00, 0.98, 1.10, 0.96, 1.14, 0.92])
_YEARLY_GROWTH = 1.17


def stream(seed: int, *labels: object) -> np.random.Generator:
    """A random stream of its own for each label, so that a new kind of event does not move the others."""
    return np.random.default_rng([seed, *(zlib.crc32(str(label).encode()) for label in labels)])


def day_number(day: date) -> int:
    return (day - date(1970, 1, 1)).days


@dataclass(frozen=True)
class Span:
    """Days `start` to `end`, both included."""

    start: int
    end: int


@dataclass(frozen=True)
class Window:
    """The months of a sample as day numbers: starts and ends per month, spans per period, filing weights per day."""

    months: tuple[date, ...]
    starts: np.ndarray
    ends: np.ndarray
    periods: tuple[Span, ...]

    @property
    def start(self) -> int:
        return int(self.starts[0])

    @property
    def end(self) -> int:
        return int(self.ends[-1])


def window(figures: Figures) -> Window:
    months = figures.months
    following = [date(m.year + m.month // 12, m.month % 12 + 1, 1) for m in months]
    starts = np.array([day_number(m) for m in months], dtype=np.int32)
    ends = np.array([day_number(m) - 1 for m in following], dtype=np.int32)
    by_month = {m: i for i, m in enumerate(months)}
    periods = tuple(
        Span(int(starts[by_month[p.first_month]]), int(ends[by_month[p.last_month]])) for p in figures.periods
    )
    return Window(months, starts, ends, periods)


def filing_days(window: Window, span: Span, count: int, trend: float, rng: np.random.Generator) -> np.ndarray:
    """`count` working days in `span`, sorted, by season, growth of the province and the court's own trend."""
    days = np.arange(span.start, span.end + 1, dtype=np.int32)
    stamps = days.astype("datetime64[D]")
    month = stamps.astype("datetime64[M]").astype(int) % 12
    years = (days - window.start) / 365.25
    weights = _FILING_SEASON[month] * (_YEARLY_GROWTH * np.exp(trend)) ** years * np.is_busday(stamps)
    of_month = stamps.astype(int) - stamps.astype("datetime64[M]").astype("datetime64[D]").astype(int)
    holiday = ((month == 9) & (of_month < 7)) | ((month == 0) & (of_month < 2)) | ((month == 4) & (of_month < 1))
    weights = np.where(holiday, 0.0, weights)
    return np.sort(rng.choice(days, size=count, p=weights / weights.sum())).astype(np.int32)


def on_weekdays(days: np.ndarray, earliest: np.ndarray, spans: tuple[Span, ...]) -> np.ndarray:
    """Weekend days moved to the Friday before, or else the Monday after, never across a period's border."""
    weekday = (days.astype(np.int64) + 3) % 7
    back = np.where(weekday >= 5, weekday - 4, 0).astype(np.int32)
    forward = np.where(weekday >= 5, 7 - weekday, 0).astype(np.int32)
    moved = days.copy()
    for span in spans:
        inside = (days >= span.start) & (days <= span.end) & (back > 0)
        can_back = inside & (days - back >= np.maximum(earliest, span.start))
        can_forward = inside & ~can_back & (days + forward <= span.end)
        moved[can_back] = (days - back)[can_back]
        moved[can_forward] = (days + forward)[can_forward]
    return moved

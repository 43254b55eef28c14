"""Arithmetic of the stock of pending cases: each month cases come in, grow a month older, and close by their age.
Where the figures come from, and what is said of them, belongs to the page's other blocks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
YEAR = 12
LAST_AGE = 24  # months: this age and all above are one
PRIOR = 20.0  # cases: a court's rates lean on those of all courts as if it had so many more of each age
DAMPING = 0.5  # of the growth of filings: half of last year's goes on, a working rule that the back-test judges
SUSPENSION = 1  # among the modes of closing
MODES = ("full_satisfaction", "suspension", "termination", "other_closure")


@dataclass(frozen=True)
class History:
    """By court (axis 0) and month (axis 1): `pending` by age, `closed` by age and mode, filings and inactive stock.

    `pending` at the month's end and `closed` in it, by age in months up to LAST_AGE; so cases of an age that were open
    within a month are their sum. `first` and `resumed` are filings, `inactive` suspended cases at the month's end.
    `calendar` is the calendar month (0 to 11) of the first month.
    """

    pending: Array
    closed: Array
    first: Array
    resumed: Array
    inactive: Array
    calendar: int

    @property
    def months(self) -> int:
        return int(self.pending.shape[1])

    @cached_property
    def stock(self) -> Array:
        return np.asarray(self.pending.sum(axis=2))

    def until(self, origin: int) -> History:
        """What was known at the end of that month."""
        return self._each(lambda part: part[:, : origin + 1])

    def _each(self, taken: Callable[[Array], Array]) -> History:
        return History(
            pending=taken(self.pending),
            closed=taken(self.closed),
            first=taken(self.first),
            resumed=taken(self.resumed),
            inactive=taken(self.inactive),
            calendar=self.calendar,
        )


@dataclass(frozen=True)
class Levers:
    """What is changed from the first month on: shares, 0.1 being ten per cent more.

    `campaign` raises closing for `campaign_months`; `revived` is the share of the inactive stock resumed each month
    beside what is resumed anyway.
    """

    filings: float = 0.0
    judges: float = 0.0
    campaign: float = 0.0
    campaign_months: int = 3
    revived: float = 0.0


@dataclass(frozen=True)
class Rates:
    """What a projection goes by, all as known at its origin; by court, and by age and mode where it says so."""

    closing: Array  # court × age × mode: chance of an open case to be closed so within a month
    season_closing: Array  # by calendar month, 1 on average
    filings: Array  # first-enforcement filings a month
    season_filing: Array
    growth: float  # of filings, a year
    resumption: Array  # of the inactive stock, a month


@dataclass(frozen=True)
class Projection:
    """By court and month ahead."""

    stock: Array
    inactive: Array
    filed: Array
    closed: Array  # by mode as well


def rates(known: History) -> Rates:
    """From the last twelve months, or as many as there are; seasons and growth from all."""
    last = slice(max(0, known.months - YEAR), known.months)
    closed = known.closed[:, last].sum(axis=1)
    exposed = known.pending[:, last].sum(axis=1) + closed.sum(axis=2)
    everywhere = _chances(closed.sum(axis=0), exposed.sum(axis=0))
    closing = (closed + PRIOR * everywhere) / (exposed + PRIOR)[:, :, None]
    opened = known.inactive[:, last].sum(axis=1)
    resumption = known.resumed[:, last].sum(axis=1) / np.maximum(opened, 1.0)
    expected = ((known.pending + known.closed.sum(axis=3)).sum(axis=0) * everywhere.sum(axis=1)).sum(axis=1)
    actual = known.closed.sum(axis=(0, 2, 3))
    return Rates(
        closing=closing,
        season_closing=_season(actual / np.maximum(expected, 1.0), known.calendar),
        filings=known.first[:, last].mean(axis=1),
        season_filing=_season(known.first.sum(axis=0), known.calendar),
        growth=_growth(known.first.sum(axis=0)),
        resumption=np.minimum(resumption, 1.0),
    )


def _chances(closed: Array, exposed: Array) -> Array:
    """Age × mode; an age that nobody had goes by all ages together."""
    overall = closed.sum(axis=0) / max(float(exposed.sum()), 1.0)
    of_age = np.divide(closed, exposed[:, None], out=np.zeros_like(closed), where=exposed[:, None] > 0)
    return np.where(exposed[:, None] > 0, of_age, overall)


def _season(series: Array, calendar: int) -> Array:
    """By calendar month, the series over the mean of the year around it; 1 where less than a year is known."""
    count = len(series)
    if count <= YEAR:
        return np.ones(YEAR)
    starts = np.clip(np.arange(count) - YEAR // 2, 0, count - YEAR)
    sums = np.concatenate([[0.0], np.cumsum(series)])
    around = (sums[starts + YEAR] - sums[starts]) / YEAR
    places = (calendar + np.arange(count)) % YEAR
    above, below = (np.bincount(places, weights=part, minlength=YEAR) for part in (series, around))
    return np.divide(above, below, out=np.ones(YEAR), where=below > 0)


def _growth(filings: Array) -> float:
    """Of the last year on the one before; none where two years are not known."""
    before = float(filings[-2 * YEAR : -YEAR].sum())
    return float(filings[-YEAR:].sum()) / before - 1 if len(filings) >= 2 * YEAR and before else 0.0


def project(known: History, months: int, levers: Levers | None = None) -> Projection:
    """The stock of each court at the end of each of the months after the last one known."""
    by, pull = rates(known), levers or Levers()
    open_cases, inactive = known.pending[:, -1].copy(), known.inactive[:, -1].copy()
    width = min(YEAR, known.months)
    steps = []
    for ahead in range(months):
        month = (known.calendar + known.months + ahead) % YEAR
        since = ((width + 1) / 2 + ahead) / YEAR  # years from the middle of the months that the level is taken from
        first = by.filings * by.season_filing[month] * (1 + DAMPING * by.growth * since) * (1 + pull.filings)
        resumed = inactive * np.minimum(by.resumption + pull.revived, 1.0)
        entered = np.maximum(first, 0.0) + resumed
        open_cases = _older(open_cases, entered)
        power = by.season_closing[month] * (1 + pull.judges) * (1 + pull.campaign * (ahead < pull.campaign_months))
        closed = open_cases[:, :, None] * _raised(by.closing, max(power, 0.0))
        open_cases = open_cases - closed.sum(axis=2)
        by_mode = closed.sum(axis=1)
        inactive = inactive - resumed + by_mode[:, SUSPENSION]
        steps.append((open_cases.sum(axis=1), inactive, entered, by_mode))
    return Projection(*(np.stack([step[part] for step in steps], axis=1) for part in range(4)))


def _older(open_cases: Array, entered: Array) -> Array:
    """Everybody a month older; the oldest stay together."""
    shifted = np.empty_like(open_cases)
    shifted[:, 0], shifted[:, 1:] = entered, open_cases[:, :-1]
    shifted[:, -1] += open_cases[:, -1]
    return shifted


def _raised(closing: Array, power: float) -> Array:
    """The chances when the month had `power` as many closings: modes keep their shares, no chance goes beyond one."""
    chance = np.clip(closing.sum(axis=2), 0.0, 1.0)
    raised = 1 - (1 - chance) ** power
    return closing * np.divide(raised, chance, out=np.zeros_like(chance), where=chance > 0)[:, :, None]

"""The published totals a sample must meet, cut to a number of months and scaled to a number of cases.
How the totals are spread over courts belongs to `world.plan`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources

import numpy as np


@dataclass(frozen=True)
class Period:
    """A span of whole months whose opening stock, filings and closures are fixed, and further totals by name."""

    first_month: date
    last_month: date
    opening: int
    filed: int
    closed: int
    totals: Mapping[str, int]

    @property
    def pending(self) -> int:
        return self.opening + self.filed - self.closed


@dataclass(frozen=True)
class Figures:
    """What a sample adds up to: consecutive periods of one province."""

    sample: str
    province_code: str
    periods: tuple[Period, ...]

    @property
    def months(self) -> tuple[date, ...]:
        return months_between(self.periods[0].first_month, self.periods[-1].last_month)

    @property
    def accepted(self) -> int:
        """Cases accepted over the whole window: the first opening stock once, and all filings."""
        return self.periods[0].opening + sum(period.filed for period in self.periods)


def months_between(first: date, last: date) -> tuple[date, ...]:
    """First days of the months from `first` to `last`, both included."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return tuple(
        date(first.year + (first.month - 1 + i) // 12, (first.month - 1 + i) % 12 + 1, 1) for i in range(count)
    )


def largest_remainder(total: int, weights: Sequence[float] | np.ndarray) -> np.ndarray:
    """Whole numbers in proportion to `weights` that add up to `total`. ValueError if no weight is positive."""
    share = np.asarray(weights, dtype=float)
    if total == 0:
        return np.zeros(len(share), dtype=np.int64)
    if share.sum() <= 0:
        raise ValueError(f"nothing to spread {total} over")
    exact = share / share.sum() * total
    whole = np.floor(exact).astype(np.int64)
    order = np.argsort(-(exact - whole), kind="stable")
    whole[order[: total - int(whole.sum())]] += 1
    return whole


def figures(sample: str, cases: int | None = None, months: int | None = None) -> Figures:
    """The totals of `sample`, its first `months` only if given, scaled so that `cases` are accepted if given.

    ValueError for an unknown sample or a size below one.
    """
    data = tomllib.loads((resources.files(__package__) / "figures.toml").read_text(encoding="utf-8"))
    if sample not in data:
        raise ValueError(f"unknown sample: {sample}; known: {', '.join(data)}")
    if (cases is not None and cases < 1) or (months is not None and months < 1):
        raise ValueError("cases and months must be at least 1")
    periods = _with_totals(
        [
            Period(_month(p["first_month"]), _month(p["last_month"]), p["opening"], p["filed"], p["closed"],
                   p.get("totals", {}))
            for p in data[sample]["periods"]
        ]
    )  # fmt: skip
    if months is not None:
        periods = _cut(periods, months)
    if cases is not None:
        periods = _scaled(periods, cases)
    return Figures(sample, data[sample]["province_code"], tuple(periods))


def _month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")


def _with_totals(periods: list[Period]) -> list[Period]:
    """Periods without totals of their own take the last period's in proportion to their filings."""
    last = periods[-1]
    return [
        p if p.totals else _replace(p, totals={k: round(v * p.filed / last.filed) for k, v in last.totals.items()})
        for p in periods
    ]


def _replace(period: Period, **changes: object) -> Period:
    return Period(**{**period.__dict__, **changes})


def _cut(periods: list[Period], months: int) -> list[Period]:
    """The first `months` months: a period that is cut keeps its share of filings, its pending interpolated."""
    kept: list[Period] = []
    for period in periods:
        span = months_between(period.first_month, period.last_month)
        if months <= 0:
            break
        if months >= len(span):
            kept.append(period)
        else:
            share = months / len(span)
            filed = max(1, round(period.filed * share))
            pending = round(period.opening + (period.pending - period.opening) * share)
            totals = {name: round(value * share) for name, value in period.totals.items()}
            kept.append(
                Period(period.first_month, span[months - 1], period.opening, filed,
                       period.opening + filed - pending, totals)
            )  # fmt: skip
        months -= len(span)
    return kept


def _scaled(periods: list[Period], cases: int) -> list[Period]:
    natural = [periods[0].opening, *(p.filed for p in periods)]
    factor = cases / sum(natural)
    opening, *filed = (int(n) for n in largest_remainder(cases, natural))
    scaled = []
    for period, new in zip(periods, filed, strict=True):
        pending = min(round(period.pending * factor), opening + new)
        totals = {name: round(value * factor) for name, value in period.totals.items()}
        scaled.append(Period(period.first_month, period.last_month, opening, new, opening + new - pending, totals))
        opening = pending
    return scaled

"""How the province's totals are spread over its courts, exactly, before any case is made.
The plan is small; it lets each court be made alone, so that the province is never in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.samples.figures import Figures, largest_remainder
from pipelines.samples.world.courts import Court
from pipelines.samples.world.days import Window, stream, window

# Numbers of persons who are never listed start here, far above any number of listed ones.
UNLISTED = 50_000_000

# Totals that are spread as another total is: a court without aided cases has no aided persons.
_FOLLOWS = {
    "judicial_aid_persons": "judicial_aid_cases",
    "judicial_aid_amount": "judicial_aid_cases",
    "auction_lots_ended": "auction_lots",
    "auction_lots_sold": "auction_lots_ended",
}
# Courts above the basic level have fewer cases of a kind that brings listings.
_LEVEL_WEIGHT = {"high": 0.3, "intermediate": 0.7, "basic": 1.0}
# What a sample needs if its figures do not say: rows per newly filed case.
_ASSUMED_RATES = {
    "flight_bans": 0.10,
    "train_bans": 0.03,
    "public_exposures": 0.05,
    "judicial_aid_cases": 0.006,
    "judicial_aid_persons": 0.008,
    "judicial_aid_amount": 150,
}


@dataclass(frozen=True)
class CourtPlan:
    """One court's share: opening stock, filings and pending per period, further totals by name and period.

    `first_person` and `first_unlisted` are where the numbers of its listed and its other respondents begin.
    """

    court: Court
    opening: int
    filed: tuple[int, ...]
    pending: tuple[int, ...]
    totals: Mapping[str, tuple[int, ...]]
    first_person: int
    first_unlisted: int

    def total(self, name: str) -> int:
        return sum(self.totals[name])


@dataclass(frozen=True)
class Plan:
    """All courts' shares, and what they share: the window, the seed, the number of listed persons."""

    seed: int
    sample: str
    window: Window
    courts: tuple[CourtPlan, ...]
    listed_persons: int


def make_plan(figures: Figures, courts: Sequence[Court], seed: int) -> Plan:
    """The plan of a sample. Every total of `figures` is the sum of its courts' shares."""
    loads = np.array([c.load * stream(seed, "load", c.code).lognormal(0, 0.08) for c in courts])
    slow = loads * np.array([c.speed for c in courts])
    opening = largest_remainder(figures.periods[0].opening, slow)
    filed = np.array([largest_remainder(p.filed, loads) for p in figures.periods])
    pending = _pending(figures, opening, filed, slow)
    totals: dict[str, np.ndarray] = {}
    for name in sorted(_names(figures), key=lambda n: (_depth(n), n)):
        totals[name] = _spread(figures, courts, name, filed, totals)
    persons = _persons(figures, totals, filed)
    first = np.concatenate([[0], np.cumsum(persons)])
    respondents = np.concatenate([[0], np.cumsum(opening + filed.sum(axis=0))])
    plans = tuple(
        CourtPlan(
            court=court,
            opening=int(opening[i]),
            filed=tuple(int(n) for n in filed[:, i]),
            pending=tuple(int(n) for n in pending[:, i]),
            totals={name: tuple(int(n) for n in values[:, i]) for name, values in totals.items()}
            | {"persons": (int(persons[i]),)},
            first_person=int(first[i]),
            first_unlisted=UNLISTED + int(respondents[i]),
        )
        for i, court in enumerate(courts)
    )
    return Plan(seed, figures.sample, window(figures), plans, int(first[-1]))


def _names(figures: Figures) -> list[str]:
    return sorted(set(_ASSUMED_RATES) | set().union(*(p.totals for p in figures.periods)))


def _depth(name: str) -> int:
    return 1 + _depth(_FOLLOWS[name]) if name in _FOLLOWS else 0


def _spread(figures: Figures, courts: Sequence[Court], name: str, filed: np.ndarray,
            known: Mapping[str, np.ndarray]) -> np.ndarray:  # fmt: skip
    """One total by period and court: in proportion to filings, courts' tastes differing, or as the total it follows."""
    taste = np.array([stream(1, name, c.code).lognormal(0, 0.12) * _LEVEL_WEIGHT[c.level] for c in courts])
    rows = []
    for index, (period, new) in enumerate(zip(figures.periods, filed, strict=True)):
        wanted = period.totals.get(name, round(_ASSUMED_RATES.get(name, 0) * period.filed))
        weights = known[_FOLLOWS[name]][index] if name in _FOLLOWS else new * taste
        rows.append(largest_remainder(wanted, weights if weights.sum() else new))
    return np.array(rows)


def _persons(figures: Figures, totals: Mapping[str, np.ndarray], filed: np.ndarray) -> np.ndarray:
    """Distinct listed persons of each court: as published, or nine in ten of its listings."""
    if "distinct_defaulters" in totals:
        return totals["distinct_defaulters"].sum(axis=0)
    return np.ceil(totals["listings"].sum(axis=0) * 0.9).astype(np.int64)


def _pending(figures: Figures, opening: np.ndarray, filed: np.ndarray, slow: np.ndarray) -> np.ndarray:
    """Pending at each period's end by court, never more than what the court had in the period."""
    stock, rows = opening, []
    for period, new in zip(figures.periods, filed, strict=True):
        share = largest_remainder(period.pending, slow)
        room = np.maximum((stock + new) // 2, 0)
        over = int(np.maximum(share - room, 0).sum())
        share = np.minimum(share, room)
        while over:
            step = np.flatnonzero(share < room)
            if not len(step):
                raise ValueError("more cases pending than the courts hold: ask for more cases")
            step = step[np.argsort(-(room - share)[step], kind="stable")][:over]
            share[step] += 1
            over -= len(step)
        rows.append(share)
        stock = share
    return np.array(rows)

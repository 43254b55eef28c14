"""The courts of a sample and their characters: load, speed, success, punctuality, and how these change.
How many cases each gets belongs to `plan`."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Collection
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from pipelines.samples.world.days import stream


@dataclass(frozen=True)
class Court:
    """One court: its row in the court seed, and what makes it differ from others.

    `speed` is a factor on durations; `satisfaction`, `suspension`, `payout`, `punctuality` are shifts on the
    logit scale; `office` numbers the root courts, for the habits of who delivers; a `renumbered` court has given its
    cases from before 2016 numbers of the present grammar. `trend` moves the shifts from minus half to plus half of
    itself over the window.
    """

    code: str
    case_prefix: str
    name: str
    short_name: str
    level: str
    root: str
    office: int
    index: int
    renumbered: bool
    load: float
    speed: float
    satisfaction: float
    suspension: float
    payout: float
    punctuality: float
    trend: float
    growth: float


def read_courts(seed_file: Path, province_code: str, seed: int, chosen: int | Collection[str] | None) -> list[Court]:
    """The province's courts in the seed's order. `chosen` is a number (the busiest) or a collection of codes.

    ValueError if the seed has no court of that province or a chosen code is unknown.
    """
    with seed_file.open(encoding="utf-8", newline="") as file:
        said = [row for row in csv.DictReader(file) if row["province_code"] == province_code]
    if not said:
        raise ValueError(f"no court of province {province_code} in {seed_file.name}")
    # Of a court with several rows the first gives its names, under which the case numbers of all years stand.
    rows = list({row["court_code"]: row for row in reversed(said)}.values())[::-1]
    by_code = {row["court_code"]: row for row in rows}
    sizes = tomllib.loads((resources.files("pipelines.samples") / "court_sizes.toml").read_text(encoding="utf-8"))
    roots = {row["court_code"]: _root(row, by_code) for row in rows}
    offices = {root: number for number, root in enumerate(dict.fromkeys(roots.values()))}
    courts = [_court(row, index, roots[row["court_code"]], offices, sizes, seed) for index, row in enumerate(rows)]
    courts = _centred(courts)
    if chosen is None:
        return courts
    if isinstance(chosen, int):
        codes = {c.code for c in sorted(courts, key=lambda c: -c.load)[:chosen]}
    else:
        codes = set(chosen)
        if unknown := codes - set(by_code):
            raise ValueError(f"unknown courts: {', '.join(sorted(unknown))}")
    return [court for court in courts if court.code in codes]


def _centred(courts: list[Court]) -> list[Court]:
    """Courts whose characters, weighted by load, average to nothing, so that the province keeps its known shares."""
    loads = np.array([court.load for court in courts])

    def mean(name: str) -> float:
        return float(np.average([getattr(court, name) for court in courts], weights=loads))

    shifts = {name: mean(name) for name in ("satisfaction", "suspension", "payout", "punctuality", "growth")}
    pace = float(np.exp(np.average(np.log([court.speed for court in courts]), weights=loads)))
    return [
        replace(court, speed=court.speed / pace, **{name: getattr(court, name) - by for name, by in shifts.items()})
        for court in courts
    ]


def _root(row: dict[str, str], by_code: dict[str, dict[str, str]]) -> str:
    """The intermediate court of a basic court, the high court of one directly below it, else the court itself."""
    parent = by_code.get(row["parent_court_code"])
    return row["court_code"] if parent is None or row["level"] == "intermediate" else parent["court_code"]


def _court(row: dict[str, str], index: int, root: str, offices: dict[str, int], sizes: dict[str, Any],
           seed: int) -> Court:  # fmt: skip
    rng = stream(seed, "court", row["court_code"])
    turning = rng.random()
    trend = 0.9 if turning < 0.12 else -0.9 if turning < 0.22 else float(rng.normal(0, 0.15))
    return Court(
        code=row["court_code"],
        case_prefix=row["case_prefix"],
        name=row["name_zh"],
        short_name=row["short_name_zh"],
        level=row["level"],
        root=root,
        office=offices[root],
        index=index,
        renumbered=root in sizes["renumbered_roots"],
        load=sizes["by_court"].get(row["court_code"], sizes["by_level"][row["level"]]),
        speed=float(rng.lognormal(0, 0.16)),
        satisfaction=float(rng.normal(0, 0.26)),
        suspension=float(rng.normal(0, 0.22)),
        payout=float(rng.normal(0, 0.5)),
        punctuality=float(rng.normal(0, 0.5)),
        trend=trend,
        growth=float(rng.normal(0, 0.05)),
    )

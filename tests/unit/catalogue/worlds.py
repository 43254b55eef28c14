"""The hand-made worlds beside this file: records in YAML, and what they come to in CSV, worked out on paper.
Nothing of the product's arithmetic is used here; running its SQL on a world belongs to the tests."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent / "worlds"
COURTS = ("T00", "T10", "T11", "T12")  # a high court, an intermediate one and two basic courts below it
PREFIX = {"T00": "青", "T10": "青01", "T11": "青0102", "T12": "青0103"}
# The column that `id` stands for, in the kinds that have an identifier of their own.
ID = {
    "cases": "case_id", "funds": "fund_id", "petitions": "petition_id", "rectifications": "item_id",
    "linkage": "request_id", "entrustments": "entrustment_id", "auctions": "lot_id", "defaulters": "listing_id",
    "restrictions": "restriction_id", "cross_enforcements": "cross_id",
}  # fmt: skip

Record = dict[str, Any]


@dataclass(frozen=True)
class Expected:
    """One figure worked out by hand. `denominator` is None for a count, which has none; `version` is that of the
    definition, empty where only one is in force."""

    world: str
    indicator: str
    case: str
    court: str
    scope: str
    window: str
    month: date
    numerator: Fraction
    denominator: Fraction | None
    why: str
    version: str = ""

    @property
    def value(self) -> Fraction | None:
        """The division, done last; None where there is nothing to divide by."""
        if self.denominator is None:
            return self.numerator
        return self.numerator / self.denominator if self.denominator else None

    @property
    def key(self) -> tuple[str, str, str, date, str, str]:
        return (self.court, self.scope, self.window, self.month, self.indicator, self.version or "1")


@dataclass(frozen=True)
class World:
    name: str
    months: list[date]
    records: dict[str, list[Record]]
    expected: list[Expected]


def _month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")


def _months(said: Any) -> list[date]:
    if isinstance(said, list):
        return [_month(text) for text in said]
    first, last = _month(said["from"]), _month(said["to"])
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def _expected(world: str) -> list[Expected]:
    with (HERE / f"{world}.csv").open(encoding="utf-8", newline="") as handle:
        return [
            Expected(
                world, row["indicator"], row["case"], row["court"], row["scope"], row["window"], _month(row["month"]),
                Fraction(row["numerator"]), Fraction(row["denominator"]) if row["denominator"] else None, row["why"],
                row.get("version") or "",
            )
            for row in csv.DictReader(handle)
        ]  # fmt: skip


def _record(kind: str, court: str, raw: Record, number: int) -> Record:
    record = {"court_code": court} | raw
    if "id" in record:
        record[ID[kind]] = str(record.pop("id"))
    if kind == "cases":
        made = f"（{record['filed_date'].year}）{PREFIX[court]}{record['case_type']}{9000 + number}号"
        record = {"case_number": made} | record
    return record


@cache
def world(name: str) -> World:
    """The world of that name; its records by kind, each with its court."""
    raw = yaml.safe_load((HERE / f"{name}.yml").read_text(encoding="utf-8"))
    months, defaults = _months(raw.pop("months")), raw.pop("defaults", {})
    numbers = count(1)
    records = {
        kind: [
            _record(kind, court, defaults.get(kind, {}) | record, next(numbers))
            for court, listed in by_court.items()
            for record in listed
        ]
        for kind, by_court in raw.items()
    }
    return World(name, months, records, _expected(name))


def names() -> list[str]:
    return sorted(path.stem for path in HERE.glob("*.yml"))


def everything_expected() -> list[Expected]:
    return [expected for name in names() for expected in world(name).expected]

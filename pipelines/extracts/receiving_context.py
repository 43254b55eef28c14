"""What receiving one kind's files of a month rests on: register, key, limits, and the mark of the rules applied.
Set up once for many files; receiving itself belongs to `loading`."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache, partial
from pathlib import Path

from pipelines.extracts.contracts import contract, vocabulary
from pipelines.extracts.courts import CourtRegister, load_register
from pipelines.extracts.headers import recognised
from pipelines.extracts.masking import Key
from pipelines.extracts.persons import person_key
from pipelines.extracts.reading import Limits
from pipelines.extracts.rows import Month
from pipelines.layout import Layout
from pipelines.settings.effective import seeds

# Raise it when the meaning of accepted rows changes: everything still in landing is then received again.
RULES_VERSION = 7


@dataclass(frozen=True)
class ReceivingContext:
    """What is needed to receive the files of one kind and month. `rules` marks what they were judged by."""

    layout: Layout
    kind: str
    month: str
    days: Month
    register: CourtRegister
    rules: str
    limits: Limits
    key: Key

    def recognise(self, cells: tuple[str, ...]) -> int:
        return recognised(self.kind, cells)


@lru_cache(maxsize=4)
def _register(tables: Path, stamp: tuple[int, ...]) -> CourtRegister:
    return load_register(tables)


def current_register(tables: Path) -> CourtRegister:
    """The register of the tables as they stand now, read again only when they have changed."""
    stats = [path.stat() for path in sorted(tables.glob("court*.csv"))]
    return _register(tables, tuple(number for stat in stats for number in (stat.st_mtime_ns, stat.st_size)))


@cache
def _contract_text(kind: str) -> str:
    rules = contract(kind)
    used = sorted({column.vocabulary for column in rules.columns if column.vocabulary})
    return repr((RULES_VERSION, rules, [(name, vocabulary(name)) for name in used]))


def _mark(kind: str, register: CourtRegister) -> str:
    """Changes with the contract, its vocabularies and the register: a delivery judged by others is received again."""
    return hashlib.sha256((_contract_text(kind) + register.fingerprint).encode()).hexdigest()[:16]


def days_of(month: str) -> Month:
    """First and last day of a month `YYYY-MM`."""
    first = date.fromisoformat(f"{month}-01")
    return Month(first, (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1))


def receiving_context(layout: Layout, kind: str, month: str, limits: Limits | None) -> ReceivingContext:
    """The context of a kind and a month. Raises KeyRefusedError where it has persons and the key is another lake's."""
    register = current_register(seeds(layout))
    key = cache(partial(person_key, layout))
    if any(column.personal for column in contract(kind).columns):
        key()
    return ReceivingContext(
        layout, kind, month, days_of(month), register, _mark(kind, register), limits or Limits(), key
    )

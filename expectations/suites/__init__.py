"""The suites: which rules each kind of extract has to keep, as data.
Rules that follow from the contract are derived in common-to-all order by contract.py; the rest is listed by family."""

from __future__ import annotations

from functools import cache

from expectations.rules import Rule
from expectations.suites import cases, contract, defaulters, linkage

OWN_RULES: dict[str, tuple[Rule, ...]] = {**cases.RULES, **linkage.RULES, **defaulters.RULES}


@cache
def suite(kind: str) -> tuple[Rule, ...]:
    """All rules of one kind of extract. KeyError if the kind is unknown."""
    return (*contract.rules(kind), *OWN_RULES.get(kind, ()))

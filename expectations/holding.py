"""Which courts a blocking rule holds back: those whose own rows fail, and no court beside them.
Counting the rows that fail is the judge's business; what is in force instead is the ledger's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from expectations.rules import Rule

# More than half of a court's own rows: its file is another month's, or another export. In a month that blocks as a
# whole the rule's own share decides, so that the court that filled it does not take its neighbours along.
OWN_SHARE = 0.5

Counts = Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Held:
    """One court's delivery of a kind and month that a rule holds back; rows checked and failed are its own."""

    kind: str
    month: str
    court_code: str
    delivery_id: str
    rule_code: str
    rule_zh: str
    rule_en: str
    checked_count: int
    failed_count: int


def own_share(rule: Rule) -> float:
    """The failing share of its own rows above which a court is held, whatever the rest of the month looks like."""
    return max(rule.block_above, OWN_SHARE) if rule.block_above else 0.0


def held_alone(rule: Rule, checked: int, failed: int) -> bool:
    """Whether these rows of one court are held for their own sake."""
    return rule.block_above is not None and failed >= rule.block_from and failed > own_share(rule) * checked


def held_courts(rule: Rule, counts: Counts) -> set[str]:
    """The courts of one month that the rule holds, from court → (checked, failed).

    First the courts that are beyond bounds by themselves; then, while what is left of the month still blocks, those
    beyond the share that blocks a month: courts of many failing rows before courts of few.
    """
    if rule.block_above is None:
        return set()
    held = {court for court, (checked, failed) in counts.items() if held_alone(rule, checked, failed)}
    for least in (rule.block_from, 1):
        rest = {court: pair for court, pair in counts.items() if court not in held}
        checked, failed = (sum(pair[place] for pair in rest.values()) for place in (0, 1))
        if failed >= rule.block_from and failed > rule.block_above * checked:
            held |= {court for court, (n, bad) in rest.items() if bad >= least and bad > rule.block_above * n}
    return held

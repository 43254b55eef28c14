"""What a rule of the gate is: checks on columns, and how large a failing share is labelled or blocks.
The rules themselves are in suites/; running them is the runner's business."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Severity = Literal["block", "label"]


@dataclass(frozen=True)
class Check:
    """One column of a rule. `fails` is an SQL predicate over the month's rows, true where a row fails;
    `expectation` makes the Great Expectations form of the same statement with no tolerance (an `Expectation`, whose
    import takes two to three seconds: who only shows results does without)."""

    column: str
    fails: str
    expectation: Callable[[], Any] | None = None


@dataclass(frozen=True)
class Rule:
    """A rule labels a month when more than `label_above` of its rows fail, and blocks it above `block_above`
    (never: None), if at least `block_from` rows fail: a court with two cases cannot stop the province."""

    code: str
    zh: str
    en: str
    checks: tuple[Check, ...]
    label_above: float = 0.0
    block_above: float | None = None
    block_from: int = 1

    @property
    def worst(self) -> Severity:
        return "label" if self.block_above is None else "block"

    @property
    def fails(self) -> str:
        """The predicate of a row that fails any of the rule's checks."""
        return " or ".join(f"({check.fails})" for check in self.checks)

    def verdict(self, checked: int, failed: int) -> tuple[bool, Severity, float]:
        """(passed, severity, threshold) of `failed` among `checked` rows; the threshold is the one that decided.

        Where a small share is only labelled, the verdict says `label` until the share blocks.
        """
        if self.block_above is not None and failed > self.block_above * checked and failed >= self.block_from:
            return False, "block", self.block_above
        tolerant = self.block_above is not None and self.block_above > self.label_above
        return failed <= self.label_above * checked, "label" if tolerant else self.worst, self.label_above

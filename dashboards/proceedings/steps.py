"""Which act may follow which: a table of deeds, the state that acts add up to, and the check under the writer's lock.
The tables themselves, and who may do what, belong to objections and decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboards.proceedings.store import Act, NotPossibleError


@dataclass(frozen=True)
class Steps:
    """`first` is the state of what was only begun; `table` has by deed the states that it may follow, and its own."""

    first: str
    table: Mapping[str, tuple[tuple[str, ...], str]]

    def state(self, acts: Sequence[Act]) -> str:
        """What the last deed of the table led to."""
        last = [act.deed for act in acts if act.deed in self.table]
        return self.table[last[-1]][1] if last else self.first

    def after(self, state: str) -> list[str]:
        """The deeds that may follow a state."""
        return [deed for deed, (before, _) in self.table.items() if state in before]

    def check(self, deed: str, acts: Sequence[Act]) -> None:
        """NotPossibleError too_late where the acts do not allow the deed any more."""
        if deed not in self.after(self.state(acts)):
            raise NotPossibleError("too_late")

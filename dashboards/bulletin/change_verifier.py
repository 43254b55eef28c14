"""What every claim about a change in a single court should say: from recounted sums of two months and their intervals.
Claims about the province's changes are in the verifier itself."""

from __future__ import annotations

from functools import cached_property

from dashboards import formats
from dashboards.bulletin import wording
from dashboards.bulletin.change_claims import compared_words
from dashboards.bulletin.facts import WINDOW, has
from dashboards.bulletin.judgement import FLAT, by_ends, is_swayed
from dashboards.bulletin.quality_verifier import QualityVerifier
from dashboards.findings import INCOMPLETE

Place = tuple[str, str]  # court, indicator


class ChangeVerifier(QualityVerifier):
    """One method `says_<kind>` per kind of claim about changes of courts."""

    @cached_property
    def _moves(self) -> dict[str, dict[Place, tuple[str, float, float]]]:
        """Group → what is asked of it, found out once."""
        return {}

    def says_move(self, group: str, court: str, indicator: str, side: str) -> str:
        found, now, before = self.moves(group)[court, indicator]
        definition = self.definitions[indicator]
        is_so = wording.judged(definition, found) == side
        return wording.change(self.t, definition, found, now, before) if is_so else formats.ABSENT

    def says_move_count(self, group: str, side: str) -> str:
        return self.t(f"bulletin_moves.{side}", n=formats.number(len(self.moved(group, side))))

    def says_move_courts(self, group: str, side: str) -> str:
        return formats.number(len({court for court, _ in self.moved(group, side)}))

    def says_compared(self, group: str, what: str) -> str:
        return compared_words(len(self.moves(group)), what)

    def moved(self, group: str, side: str) -> list[Place]:
        """Every change on one side."""
        rows = self.moves(group).items()
        return [place for place, (found, _, _) in rows if wording.judged(self.definitions[place[1]], found) == side]

    def moves(self, group: str) -> dict[Place, tuple[str, float, float]]:
        """Court and indicator → up, down or flat, and the values of both months, of all changes that are judged."""
        if group not in self._moves:
            places = [
                (court, code)
                for court in self._members(group)
                for code, definition in self.definitions.items()
                if definition["direction"] in ("higher", "lower")
            ]
            found = {place: self._move(group, *place) for place in places}
            self._moves[group] = {place: move for place, move in found.items() if move is not None}
        return self._moves[group]

    def _move(self, group: str, court: str, indicator: str) -> tuple[str, float, float] | None:
        key, before = (court, self.scope(group), indicator), self.month.shifted(-1)
        ends = self.ends(WINDOW, self.month).get(key, {})
        share = self.share(*key, WINDOW, self.month)
        if share is None or not has(ends.get("change_low")) or not has(ends.get("change_high")):
            return None
        if self._status_of(WINDOW, self.month).get(key) in INCOMPLETE:
            return None
        old = self.share(*key, WINDOW, before)
        if old is None:
            return None
        gap = share.value - old.value
        found = by_ends(gap, float(ends["change_low"]), float(ends["change_high"]), 0)
        earlier = self.ends(WINDOW, before).get(key, {})
        return (FLAT if is_swayed(gap, ends, earlier) else found), share.value, old.value

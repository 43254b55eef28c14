"""Claims about what changed in single courts since the month before, as the meeting lists it: better, worse, how many.
Whether a change counts is proven from intervals, sums and largest records by the verifier."""

from __future__ import annotations

from dashboards import formats
from dashboards.bulletin import wording
from dashboards.bulletin.claims import Claim
from dashboards.bulletin.facts import WINDOW, Key
from dashboards.bulletin.judgement import DOWN, UP
from dashboards.bulletin.quality_claims import QualityClaims

BETTER, WORSE = "better", "worse"
ONE_SIDE = 0.025  # of a 95 % interval: what chance leaves out on either side


class ChangeClaims(QualityClaims):
    """One method per kind of claim; the kinds are those of the check."""

    def moves(self, group: str, side: str) -> list[tuple[str, str]]:
        """Court and indicator of every change on one side, in the official order: none is left out."""
        found = [(court, code) for (g, court, code), way in self.f.moved.items() if (g, way) == (group, side)]
        order, codes = list(self.f.courts), list(self.f.indicators)
        return sorted(found, key=lambda place: (order.index(place[0]), codes.index(place[1])))

    def move(self, group: str, court: str, code: str, side: str) -> Claim:
        """上升3.47个百分点; asserts that the change counts, and is for the better or the worse."""
        key: Key = (court, str(self.f.groups[group]["scope_code"]), code)
        now, before = (float(row[key]["value"]) for row in (self.f.now, self.f.figures[WINDOW, self.f.previous]))
        text = wording.change(self.t, self.f.indicators[code], UP if now > before else DOWN, now, before)
        return Claim("move", text, (group, court, code, side))

    def move_count(self, group: str, side: str) -> Claim:
        """变差25项."""
        amount = formats.number(len(self.moves(group, side)))
        return Claim("move_count", self.t(f"bulletin_moves.{side}", n=amount), (group, side))

    def move_courts(self, group: str, side: str) -> Claim:
        """In how many courts."""
        courts = {court for court, _ in self.moves(group, side)}
        return Claim("move_courts", formats.number(len(courts)), (group, side))

    def compared(self, group: str, what: str) -> Claim:
        """How many changes were judged (all), and how many of them chance alone would list on one side (chance)."""
        return Claim("compared", compared_words(sum(g == group for g, _, _ in self.f.moved), what), (group, what))


def compared_words(count: int, what: str) -> str:
    """The same for the chapter and the verifier."""
    return formats.number(count if what == "all" else round(count * ONE_SIDE))

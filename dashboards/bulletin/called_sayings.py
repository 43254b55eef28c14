"""Claims that name courts: who may stand at an end, who is called to explain itself, and that nobody is.
Whether a court may be named so is proven from sets, limits and n by the witness."""

from __future__ import annotations

from dashboards import formats
from dashboards.bulletin.claim_builders import Sayings
from dashboards.bulletin.claims import Claim
from dashboards.bulletin.facts import GROUPS
from dashboards.bulletin.judgement import DOWN, UP
from dashboards.findings import CORE, is_called

# An intermediate court is called for its own cases; those of its jurisdiction are other courts'.
CALLED_IN = tuple(group for group in GROUPS if group != "intermediate_jurisdiction")


class CalledSayings(Sayings):
    """One method per kind of claim; the kinds are those of the check."""

    @property
    def core(self) -> list[str]:
        """The main indicators that have a better side."""
        known = [code for code in CORE if code in self.f.indicators] or list(self.f.indicators)[: len(CORE)]
        return [code for code in known if self.f.indicators[code]["direction"] in ("higher", "lower")]

    def side_of(self, code: str, *, is_adverse: bool) -> str:
        """up or down: where the bad side of an indicator is, or the good one."""
        is_higher = self.f.indicators[code]["direction"] == "higher"
        return DOWN if is_higher == is_adverse else UP

    def adverse(self, group: str, court: str) -> list[str]:
        """The main indicators on whose bad side the court lies beyond the limits."""
        return [c for c in self.core if court in self.outliers(group, c, self.side_of(c, is_adverse=True))]

    def called(self, group: str) -> list[str]:
        """The courts that have to explain themselves, by the rule of the meeting, in the official order."""
        courts = self.f.of_group(group)
        return [c for c in courts if is_called(len(self.adverse(group, c)), self.place_code(group, c))]

    def called_court(self, group: str, court: str) -> Claim:
        """The name of a court that is called; asserts that it meets the rule."""
        return Claim("called_court", self.t.name(self.f.courts[court], "name"), (group, court))

    def called_count(self) -> Claim:
        """How many are called: nobody is left out."""
        amount = sum(len(self.called(group)) for group in CALLED_IN if group in self.f.groups)
        return Claim("called_count", formats.number(amount))

    def nobody_called(self) -> Claim:
        return Claim("nobody_called", self.t("bulletin_named.none"))

    def nobody_beyond(self, *, is_adverse: bool) -> Claim:
        """That no court lies beyond its limits on one side of any main indicator."""
        return Claim("nobody_beyond", self.t("bulletin_named.none_beyond"), (is_adverse,))

    def at_end_court(self, group: str, court: str, codes: tuple[str, ...]) -> Claim:
        """The name of a court that stands at an end by its set of ranks."""
        return Claim("at_end_court", self.t.name(self.f.courts[court], "short_name"), (group, court, codes))

    def apart(self, group: str, court: str) -> Claim:
        """Without a place: that the court is maybe among the last and surely not among the first."""
        return Claim("apart", self.t("bulletin_named.apart"), (group, court))

"""Claims that name courts: who may stand at an end, who is called to explain itself, and that nobody is.
Whether a court may be named so is proven from sets, limits, targets and n by the verifier."""

from __future__ import annotations

from dashboards import formats
from dashboards.bulletin import wording
from dashboards.bulletin.claim_builders import ClaimBuilders
from dashboards.bulletin.claims import Claim
from dashboards.bulletin.facts import called_in
from dashboards.bulletin.judgement import DOWN, UP
from dashboards.findings import core, is_called
from dashboards.targets import MISSED


class CalledClaims(ClaimBuilders):
    """One method per kind of claim; the kinds are those of the check."""

    @property
    def core(self) -> list[str]:
        """The key indicators that have a better side."""
        return [code for code in core(self.f.indicators) if self._is_directed(code)]

    def side_of(self, code: str, *, is_adverse: bool) -> str:
        """up or down: where the bad side of an indicator is, or the good one."""
        is_higher = self.f.indicators[code]["direction"] == "higher"
        return DOWN if is_higher == is_adverse else UP

    def adverse(self, group: str, court: str) -> list[str]:
        """The key indicators that count against the court, as `findings.is_adverse` has it for pages and meeting."""
        return [c for c in core(self.f.indicators) if self.is_apart(group, court, c) or self.misses(group, court, c)]

    def is_apart(self, group: str, court: str, code: str) -> bool:
        """Whether the court lies beyond the limits on the indicator's bad side."""
        return self._is_directed(code) and court in self.outliers(group, code, self.side_of(code, is_adverse=True))

    def misses(self, group: str, court: str, code: str) -> bool:
        """Whether it is outside a published target or interval that the value's own interval leaves out."""
        return self.f.ranks.get((group, court, code), {}).get("interval_status") in MISSED

    def called(self, group: str) -> list[str]:
        """The courts that have to explain themselves, by the rule of the meeting, in the official order."""
        courts = self.f.of_group(group)
        return [c for c in courts if is_called(len(self.adverse(group, c)), self.place_code(group, c))]

    def called_court(self, group: str, court: str) -> Claim:
        """The name of a court that is called; asserts that it meets the rule."""
        return Claim("called_court", self.t.name(self.f.courts[court], "name"), (group, court))

    def missed(self, group: str, court: str, code: str) -> Claim:
        """The word 未达标; asserts that the court misses the target by the meeting's rule."""
        return Claim("missed", self.t("bulletin_target.below"), (group, court, code))

    def aim(self, code: str) -> Claim:
        """What the indicator is held against."""
        return Claim("target_aim", wording.aim(self.t, self.f.indicators[code]), (code,))

    def called_count(self) -> Claim:
        """How many are called: nobody is left out."""
        amount = sum(len(self.called(group)) for group in called_in(self.f.groups))
        return Claim("called_count", formats.number(amount))

    def nobody_called(self) -> Claim:
        return Claim("nobody_called", self.t("bulletin_named.none"))

    def nobody_beyond(self, *, is_adverse: bool) -> Claim:
        """That no court lies beyond its limits on one side of any key indicator."""
        return Claim("nobody_beyond", self.t("bulletin_named.none_beyond"), (is_adverse,))

    def at_end_court(self, group: str, court: str, codes: tuple[str, ...]) -> Claim:
        """The name of a court that stands at an end by its set of ranks."""
        return Claim("at_end_court", self.t.name(self.f.courts[court], "short_name"), (group, court, codes))

    def apart(self, group: str, court: str) -> Claim:
        """Without a place: that the court is maybe among the last and surely not among the first."""
        return Claim("apart", self.t("bulletin_named.apart"), (group, court))

    def _is_directed(self, code: str) -> bool:
        return self.f.indicators[code]["direction"] in ("higher", "lower")

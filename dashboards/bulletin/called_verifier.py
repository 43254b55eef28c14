"""Who may be named, found out anew: from sets of ranks, recounted values beyond limits or targets, and n.
What is said of them belongs to the chapters."""

from __future__ import annotations

from dashboards import formats
from dashboards.bulletin.facts import WINDOW, called_in, reported
from dashboards.bulletin.judgement import DOWN, UP
from dashboards.bulletin.rejudging import ends, target_status
from dashboards.bulletin.written_verifier import WrittenVerifier
from dashboards.findings import COMPOSITE, CORE, LAST, NAMED_FROM
from dashboards.targets import MISSED


class CalledVerifier(WrittenVerifier):
    """One method `says_<kind>` per kind of claim that names courts, or says that there are none to name."""

    def says_group(self, group: str) -> str:
        return self.t.name(self.groups[group])

    def says_called_court(self, group: str, court: str) -> str:
        return self.t.name(self.courts[court], "name") if self._is_called(group, court) else formats.ABSENT

    def says_called_count(self) -> str:
        return formats.number(self._called())

    def says_nobody_called(self) -> str:
        return formats.ABSENT if self._called() else self.t("bulletin_named.none")

    def says_nobody_beyond(self, is_adverse: bool) -> str:
        found = [
            court
            for group in reported(self.groups)
            for code in self._core
            for court in self.outliers(group, code, self._side_of(code, is_adverse=is_adverse))
        ]
        return formats.ABSENT if found else self.t("bulletin_named.none_beyond")

    def says_at_end_court(self, group: str, court: str, codes: tuple[str, ...]) -> str:
        is_so = self.places(group, self.month).get(court) in codes
        return self.t.name(self.courts[court], "short_name") if is_so else formats.ABSENT

    def says_apart(self, group: str, court: str) -> str:
        is_so = self.places(group, self.month).get(court) in LAST
        return self.t("bulletin_named.apart") if is_so else formats.ABSENT

    def says_place(self, group: str, court: str) -> str:
        places = self.places(group, self.month)
        return self.t(f"bulletin_place.{places[court]}", n=ends(len(places))) if court in places else formats.ABSENT

    def says_ahead(self, group: str, court: str) -> str:
        return formats.number(self.sets(group, self.month)[court][0] - 1)

    def says_unnamed(self, group: str, code: str) -> str:
        places, standing = self.places(group, self.month), self.standing(group, COMPOSITE)
        last = min(standing[court][0] for court, place in places.items() if place in LAST)
        return formats.number(sum(place == code and standing[c][0] > last for c, place in places.items()))

    def says_end_size(self, group: str, codes: tuple[str, ...]) -> str:
        return formats.number(sum(place in codes for place in self.places(group, self.month).values()))

    def says_end_count(self, group: str) -> str:
        return formats.number(ends(len(self.places(group, self.month))))

    def says_streak(self, group: str, court: str) -> str:
        return self.t("bulletin_named.streak", months=formats.number(self.streak(group, court)))

    def says_side(self, group: str, indicator: str, side: str, courts: tuple[str, ...]) -> str:
        is_so = set(courts) <= set(self.outliers(group, indicator, side))
        return self.t(f"bulletin_side.{side}") if is_so else formats.ABSENT

    def says_missed(self, group: str, court: str, code: str) -> str:
        return self.t("bulletin_target.below") if self._misses(group, court, code) else formats.ABSENT

    def called(self, group: str) -> list[str]:
        """The courts of a group that have to explain themselves."""
        return [court for court in self._members(group) if self._is_called(group, court)]

    @property
    def key_indicators(self) -> list[str]:
        """Those that have a better side."""
        return self._core

    def _called(self) -> int:
        return sum(len(self.called(group)) for group in called_in(self.groups))

    def _is_called(self, group: str, court: str) -> bool:
        """Maybe among the last; or two key indicators beyond limits or targets, and not surely away from the last."""
        place = self.places(group, self.month).get(court, "anywhere")
        apart = {c for c in self._core if court in self.outliers(group, c, self._side_of(c, is_adverse=True))}
        adverse = len(apart | {c for c in self._main if self._misses(group, court, c)})
        return place in LAST or (place == "anywhere" and adverse >= NAMED_FROM)

    def _misses(self, group: str, court: str, code: str) -> bool:
        """Judged anew in the bulletin's window; a target that is set for another window says nothing of it."""
        row, key = self.definitions[code], (court, self.scope(group), code)
        if row["direction"] == "monitor":
            return False
        aimed = row if row["target_window"] in (None, WINDOW) else {**row, "target_value": None}
        share, published = self.share(*key, WINDOW, self.month), self._status_of(WINDOW, self.month).get(key)
        interval = self.ends(WINDOW, self.month).get(key, {})
        return target_status(aimed, share.value if share else None, published, interval) in MISSED

    @property
    def _main(self) -> list[str]:
        known = [code for code in CORE if code in self.definitions]
        return known or sorted(self.definitions)[: len(CORE)]

    @property
    def _core(self) -> list[str]:
        return [code for code in self._main if self.definitions[code]["direction"] in ("higher", "lower")]

    def _side_of(self, code: str, *, is_adverse: bool) -> str:
        return DOWN if (self.definitions[code]["direction"] == "higher") == is_adverse else UP

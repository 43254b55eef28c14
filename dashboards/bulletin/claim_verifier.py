"""What every kind of claim should say, found out anew from the recount of one month of one province.
The figures a bulletin was written from are not used here; refusing a text belongs to the check."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dashboards import formats
from dashboards.bulletin import wording
from dashboards.bulletin.called_verifier import CalledVerifier
from dashboards.bulletin.facts import WINDOW
from dashboards.bulletin.judgement import (
    ABSENT,
    CHANGE_LEVEL,
    FLAT,
    PEER_LEVEL,
    REDEFINED,
    by_ends,
    difference,
    is_swayed,
)
from dashboards.bulletin.queries import proof
from dashboards.bulletin.recount import Cursor
from dashboards.findings import NAMED_FROM
from dashboards.month import Month

RULES = {"change_level": CHANGE_LEVEL, "peer_level": PEER_LEVEL, "named_from": str(NAMED_FROM)}


@dataclass(frozen=True)
class Place:
    """Whose figures are in question: a snapshot, a province, and the court and scope of its overall figures."""

    snapshot_id: str
    province: str
    subject: tuple[str, str]


class Verifier(CalledVerifier):
    """One method `says_<kind>` per kind of claim; its arguments are the claim's `about`."""

    def __init__(self, cursor: Cursor, month: Month, lang: str, place: Place) -> None:
        super().__init__(cursor, month, place.province, lang, place.subject)
        self.place = place

    def says(self, kind: str, about: tuple[Any, ...]) -> str:
        """The text a claim of this kind about these things should have."""
        return str(getattr(self, f"says_{kind}")(*about))

    def says_court(self, code: str, stem: str) -> str:
        return self.t.name(self.courts[code], stem)

    def says_indicator(self, code: str, stem: str) -> str:
        return self.t.name(self.definitions[code], stem)

    def says_month(self, month: Month) -> str:
        return formats.month(month, self.t.lang)

    def says_window_start(self) -> str:
        return formats.month(self._first(WINDOW, self.month), self.t.lang)

    def says_rule(self, name: str) -> str:
        return RULES[name]

    def says_flat(self, section: str) -> str:
        return self.t(f"{section}.flat")

    def says_count(self, name: str) -> str:
        return formats.number(self._counts.get(name, 0))

    def says_measure(self, case_scope: str, code: str) -> str:
        found = self._cases[self._cases["case_scope"] == case_scope]
        return formats.number(float(found[code].iloc[0]) if len(found) else 0)

    def says_value(self, court: str, scope: str, indicator: str, window: str, month: Month) -> str:
        found = self.share(court, scope, indicator, window, month)
        return wording.value(self.t, self.definitions[indicator], found.value if found else None)

    def says_n(self, court: str, scope: str, indicator: str) -> str:
        found = (court, scope, indicator) in self._status_of(WINDOW, self.month)
        return formats.number(self.case_count((court, scope, indicator)) if found else None)

    def says_part(self, court: str, scope: str, indicator: str, side: str) -> str:
        pair = self._window(WINDOW, self.month).get((court, scope, indicator))
        unit = self.definitions[indicator][f"{side}_unit"]
        return wording.quantity(self.t, unit, pair[side == "denominator"] if pair else None)

    def says_change(
        self, court: str, scope: str, indicator: str, window: str, base: Month, section: str = "bulletin_change"
    ) -> str:
        key = (court, scope, indicator)
        now, before = self.reading(*key, window, self.month), self.reading(*key, window, base)
        sizes = (now.value if now else 0.0, before.value if before else 0.0)
        found = self.verdict(*key, window, base)
        return wording.change(self.t, self.definitions[indicator], found, *sizes, section=section)

    def says_change_short(self, court: str, scope: str, indicator: str, window: str, base: Month) -> str:
        return self.says_change(court, scope, indicator, window, base, "bulletin_change_short")

    def verdict(self, court: str, scope: str, indicator: str, window: str, base: Month) -> str:
        """From the published interval of the change where there is one, else from the intervals of both values."""
        if indicator in self.redefined(window, base):
            return REDEFINED
        now = self.reading(court, scope, indicator, window, self.month)
        before = self.reading(court, scope, indicator, window, base)
        seen = wording.visible(self.definitions[indicator])
        rows = [self.ends(window, month).get((court, scope, indicator), {}) for month in (self.month, base)]
        if now and before and is_swayed(now.value - before.value, *rows):
            return FLAT
        if window == "month" and base == self.month.shifted(-1) and now and before:
            ends = self.ends(window, self.month).get((court, scope, indicator), {})
            low, high = (
                None if formats.is_absent(ends.get(name)) else ends[name] for name in ("change_low", "change_high")
            )
            return by_ends(now.value - before.value, low, high, seen)
        return difference(now, before, seen) if now and before else ABSENT

    def says_tally(self, window: str, base: Month, what: str) -> str:
        found = [
            wording.judged(definition, self.verdict(*self.subject, code, window, base))
            for code, definition in self.definitions.items()
        ]
        return self.t(f"bulletin_tally.{what}", n=formats.number(found.count(what)))

    def says_status(self, court: str, scope: str, indicator: str) -> str:
        return self.t(f"bulletin_status.{self.status(court, scope, indicator)}")

    def says_status_count(self, group: str, indicator: str, code: str) -> str:
        scope = self.scope(group)
        found = [self.status(court, scope, indicator) for court in self._members(group)]
        return self.t(f"bulletin_count.{code}", n=formats.number(found.count(code)))

    def says_status_total(self, group: str) -> str:
        return formats.number(len(self._members(group)))

    def says_definition(self, code: str, column: str) -> str:
        return wording.definition(self.t, self.definitions[code], column)

    def says_measure_name(self, code: str, side: str) -> str:
        return self.t.name(self.definitions[code], f"{side}_name")

    def says_snapshot(self) -> str:
        return self.place.snapshot_id

    def says_indicator_count(self) -> str:
        return formats.number(len(self.definitions))

    def says_rank(self, group: str, court: str, indicator: str) -> str:
        return formats.number(self.standing(group, indicator).get(court, (None, None))[0])

    def says_score(self, group: str, court: str, indicator: str) -> str:
        return wording.score(self.standing(group, indicator).get(court, (None, None))[1])

    def says_ranked_count(self, group: str, indicator: str) -> str:
        return formats.number(len(self.standing(group, indicator)))

    def says_previous_rank(self, group: str, court: str, indicator: str) -> str:
        redefined = self.redefined("month", self.month.shifted(-1))
        if any(self.definitions[code]["direction"] != "monitor" for code in redefined & self.definitions.keys()):
            return formats.ABSENT
        return self._earlier.says_rank(group, court, indicator)

    def says_redefined(self, window: str, base: Month) -> str:
        found = self.redefined(window, base)
        names = [self.t.name(row, "short_name") for code, row in self.definitions.items() if code in found]
        return self.t("word.comma").join(names)

    def says_pooled(self, group: str, indicator: str) -> str:
        found = self.pooled(group, indicator)
        return wording.value(self.t, self.definitions[indicator], found.value if found else None)

    def says_outlier_count(self, group: str, indicator: str, side: str) -> str:
        return formats.number(len(self.outliers(group, indicator, side)))

    def says_rank_interval(self, group: str, court: str) -> str:
        row = self.rank_ends(group, court)
        return wording.span(row.get("rank_low"), row.get("rank_high"))

    def says_label(self) -> str:
        code = "official" if proof.is_closed(self.cursor, self.province, self.month) else "may_be_amended"
        named = {key: label for key, label in self._labels.items() if key[2] in self.definitions}
        return self.t(f"bulletin_label.{'restated' if 'restated' in named.values() else code}")

    def says_restated(self, court: str, scope: str, indicator: str) -> str:
        is_so = self._labels.get((court, scope, indicator)) == "restated"
        return self.t("bulletin_label.mark") if is_so else ""

    def says_restated_value(self, court: str, scope: str, indicator: str, side: str) -> str:
        if side == "new":
            return self.says_value(court, scope, indicator, WINDOW, self.month)
        row = self._restated[court, scope, indicator]
        again = wording.share(row["old_numerator"], row["old_denominator"])
        return wording.value(self.t, self.definitions[indicator], again.value if again else row["old_value"])

    def says_restated_cause(self, court: str, scope: str, indicator: str) -> str:
        return self.t.name(self._restated[court, scope, indicator], "cause")

    def says_check(self, check: str, court: str, what: str) -> str:
        row = self.check(check, court)
        if what == "name":
            return self.t.name(row, what)
        if what == "innocent":
            small = self.t.name(row, "innocent_small") if row["is_small"] else ""
            between = "；" if self.t.lang == "zh" else "; "
            return between.join(part for part in (self.t.name(row, "innocent"), small) if part)
        if what == "flag":
            return self.t(f"bulletin_flag.{row['flag']}")
        amount = float(row[{"hits": "hit_count"}.get(what, what)])
        return formats.percent(amount) if what in ("share", "peers") else formats.number(amount)

    def says_item_state(self, item: int) -> str:
        due = Month.of(self._items[item]["due_date"])
        code = "overdue" if due <= self.month else "due_next" if due == self.month.shifted(1) else "open"
        return self.t(f"bulletin_item.{code}")

    def says_item_date(self, item: int, name: str) -> str:
        return f"{self._items[item][name]:%Y-%m-%d}"

    @cached_property
    def _earlier(self) -> Verifier:
        return Verifier(self.cursor, self.month.shifted(-1), self.t.lang, self.place)

"""What every kind of claim about a target should say: values and n recounted, statuses judged anew from them.
The statuses that the bulletin was written from are not used here."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from dashboards import formats
from dashboards.bulletin import wording
from dashboards.bulletin.facts import JUDGED, WINDOW, Key, has
from dashboards.bulletin.queries import proof
from dashboards.bulletin.recount import SLACK, Cursor, Recount
from dashboards.bulletin.rejudging import target_status
from dashboards.bulletin.target_claims import said_count
from dashboards.month import Month
from dashboards.queries import dimensions
from dashboards.rows import records
from dashboards.targets import MISSED
from dashboards.texts import texts


class TargetVerifier(Recount):
    """One method `says_target_<what>` per kind of claim; `subject` is the court and scope of the overall figures."""

    def __init__(self, cursor: Cursor, month: Month, province: str, lang: str, subject: tuple[str, str]) -> None:
        super().__init__(cursor, month, province)
        self.t, self.subject = texts(lang), subject

    def says_target_count(self, what: str) -> str:
        return said_count(self.t, [self._judged(code) for code in self._aimed], what)

    def says_target_name(self, code: str, stem: str) -> str:
        return self.t.name(self._known[code], stem)

    def says_target_value(self, code: str) -> str:
        return wording.value(self.t, self._known[code], self._value((*self.subject, code)))

    def says_target_n(self, code: str) -> str:
        return formats.number(self.case_count((*self.subject, code), self._window_of(code)))

    def says_target_aim(self, code: str) -> str:
        return wording.aim(self.t, self._known[code])

    def says_target_reference(self, code: str) -> str:
        return wording.bound(self.t, self._known[code], self._known[code]["reference_value"])

    def says_target_source(self, code: str) -> str:
        return self.t.half(self._known[code]["target_source"])

    def says_target_interval(self, code: str) -> str:
        row = self._ends_of((*self.subject, code))
        return wording.ends(self.t, self._known[code], row.get("value_low"), row.get("value_high"))

    def says_target_status(self, code: str) -> str:
        return self.t(f"bulletin_target.{self._judged(code)}")

    def says_target_formula(self, code: str) -> str:
        return self.t.name(self._known[code], "formula")

    def says_target_working(self, code: str) -> str:
        return self.t("bulletin_target.working") if self._known[code]["is_working_definition"] is True else ""

    def says_target_window(self, code: str) -> str:
        names = {row["window_code"]: row for row in records(dimensions.windows(self.cursor))}
        return self.t.name(names[self._window_of(code)])

    def status(self, court: str, scope: str, indicator: str) -> str:
        """The same of one court."""
        key = (court, scope, indicator)
        published = self._status_of(self._window_of(indicator), self.month).get(key)
        row = self._known[indicator]
        if row["direction"] == "monitor" and published in JUDGED:
            return wording.status_code("no_target", self._value(key))
        judged = target_status(row, self._value(key), published, self._ends_of(key))
        if judged == "reference" and published not in JUDGED:
            judged = str(published)
        return wording.status_code(judged, self._value(key))

    def missed_targets(self) -> list[str]:
        """Indicators whose target the subject misses."""
        return [code for code in self._aimed if self._judged(code) in MISSED]

    def is_working(self, code: str) -> bool:
        return self._known[code]["is_working_definition"] is True

    def working_codes(self) -> list[str]:
        """What is printed by a working definition: main indicators, and those with a target or a reference."""
        return [c for c in self._known if self.is_working(c) and (c in self.definitions or c in self._aimed)]

    def other_readings(self, code: str) -> list[str]:
        """Alternative definitions of an indicator that have a value."""
        others = [other for other, row in self._known.items() if row["variant_of"] == code]
        return [other for other in others if self._value((*self.subject, other)) is not None]

    def _judged(self, code: str) -> str:
        """From the recounted value, the published ends and its largest record; another reading by its own target."""
        row, key = self._known[code], (*self.subject, code)
        aimed = self._known[row["variant_of"]] if has(row["variant_of"]) else row
        published = self._status_of(self._window_of(code), self.month).get(key)
        return target_status(aimed, self._value(key), published, self._ends_of(key))

    def _value(self, key: Key) -> float | None:
        pair = self._window(self._window_of(key[2]), self.month).get(key)
        share = wording.share(*pair) if pair else None
        return share.value if share else None

    def _ends_of(self, key: Key) -> dict[str, Any]:
        """The published ends; LookupError when they do not hold the recounted value."""
        row, value = self.ends(self._window_of(key[2]), self.month).get(key, {}), self._value(key)
        low, high = row.get("value_low"), row.get("value_high")
        if has(low) and value is not None:
            room = SLACK * max(1.0, abs(value))
            if not float(low or 0) - room <= value <= float(high or 0) + room:
                raise LookupError(f"the interval {low}–{high} does not hold {value}")
        return row

    def _window_of(self, code: str) -> str:
        only = self._known[code]["target_window"]
        return str(only) if has(only) else WINDOW

    @cached_property
    def _known(self) -> dict[str, dict[str, Any]]:
        """Every definition in force, alternative readings too."""
        rows = records(proof.definitions(self.cursor, self.month))
        return {row["indicator_code"]: {k: v if has(v) else None for k, v in row.items()} for row in rows}

    @cached_property
    def _aimed(self) -> list[str]:
        """Indicators with a target, an interval or a reference of which the subject has a figure."""
        names = ("target_value", "interval_low", "interval_high", "reference_value")
        aimed = [code for code, row in self._known.items() if row["variant_of"] is None]
        aimed = [code for code in aimed if any(self._known[code][name] is not None for name in names)]
        return [c for c in aimed if (*self.subject, c) in self._status_of(self._window_of(c), self.month)]

"""What every claim about the data should say, counted again apart from what the bulletin was written from.
Claims about figures are in the verifier itself."""

from __future__ import annotations

from functools import cached_property

from dashboards import formats
from dashboards.bulletin import wording
from dashboards.bulletin.facts import WINDOW, Key, Row, has
from dashboards.bulletin.quality_claims import MARK
from dashboards.bulletin.queries import proof
from dashboards.bulletin.rejudging import is_largest_decisive
from dashboards.bulletin.target_verifier import TargetVerifier
from dashboards.queries import definitions
from dashboards.rows import records


class QualityVerifier(TargetVerifier):
    """One method `says_<kind>` per kind of claim about the data."""

    def says_source(self, kind: str, what: str) -> str:
        return formats.number(self._sources[kind][what])

    def says_gap(self, court: str, kind: str) -> str:
        row = self._deliveries[court, kind]
        if row["is_delivered"]:
            return formats.ABSENT
        reason = row["gap_reason"] if has(row["gap_reason"]) else "nothing"
        return self.t(f"bulletin_gap.{reason}")

    def says_without(self, court: str, scope: str, indicator: str) -> str:
        row = self.ends(WINDOW, self.month).get((court, scope, indicator), {})
        if not self.rests_on_few((court, scope, indicator)):
            return formats.ABSENT
        return wording.value(self.t, self.definitions[indicator], row["value_without_largest"])

    def says_rests(self, court: str, scope: str, indicator: str) -> str:
        return MARK if self.rests_on_few((court, scope, indicator)) else ""

    def rests_on_few(self, key: Key) -> bool:
        """Whether ten records carry over half of an amount that there is."""
        return self.ends(WINDOW, self.month).get(key, {}).get("is_concentrated") is True and key in self._counted

    def says_working(self, code: str) -> str:
        row = self._known[code]
        return self.t.name(row, "short_name") if row["is_working_definition"] is True else ""

    def says_open_weights(self) -> str:
        return self.t("bulletin.weights") if self.has_open_weights else ""

    def kinds(self) -> list[str]:
        """Kinds of deliveries that were due."""
        return list(self._sources)

    def gaps(self) -> list[tuple[str, str]]:
        """Court and kind of whatever was due and is not there."""
        return [place for place, row in self._deliveries.items() if not row["is_delivered"]]

    def flagged(self) -> list[tuple[str, str]]:
        """Check and court of every flag."""
        rows = self._checks[self._checks["province_code"] == self.province]
        places = zip(rows["check_code"], rows["court_code"], strict=True)
        return [place for place in places if self.check(*place)["flag"] != "none"]

    def item_count(self) -> int:
        return len(self._items)

    @cached_property
    def has_open_weights(self) -> bool:
        return bool(definitions.open_weights(self.cursor, self.month).iloc[0]["open_count"])

    @cached_property
    def _counted(self) -> dict[Key, tuple[float, float]]:
        return {key: pair for key, pair in self._window(WINDOW, self.month).items() if pair[1] > 0}

    def says_lacking(self, group: str, indicator: str, status: str) -> str:
        known, scope = self._status_of(WINDOW, self.month), self.scope(group)
        return formats.number(sum(known.get((c, scope, indicator)) == status for c in self._members(group)))

    def says_resting(self, group: str, indicator: str) -> str:
        rows = (self.limits.get((group, indicator, court)) for court in self._members(group))
        return formats.number(sum(row is not None and is_largest_decisive(row) for row in rows))

    @cached_property
    def _sources(self) -> dict[str, Row]:
        return {row["kind"]: row for row in records(proof.sources(self.cursor, self.province, self.month))}

    @cached_property
    def _deliveries(self) -> dict[tuple[str, str], Row]:
        rows = records(proof.deliveries(self.cursor, self.province, self.month))
        return {(row["court_code"], row["kind"]): row for row in rows}

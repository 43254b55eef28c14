"""What every claim about the data should say, counted again apart from what the bulletin was written from.
Claims about figures are in the verifier itself."""

from __future__ import annotations

from functools import cached_property

from dashboards import formats
from dashboards.bulletin.facts import WINDOW, Row, has
from dashboards.bulletin.queries import proof
from dashboards.bulletin.rejudging import is_largest_decisive
from dashboards.bulletin.target_verifier import TargetVerifier
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

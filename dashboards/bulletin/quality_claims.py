"""Claims about the data behind the figures: deliveries by kind, gaps with their reasons, and what is not judged.
Claims about the figures themselves are in claim_builders."""

from __future__ import annotations

from dashboards import formats
from dashboards.bulletin import wording
from dashboards.bulletin.claims import Claim
from dashboards.bulletin.facts import Facts, Key, has
from dashboards.texts import Texts

MARK = "◇"
SUMMED = {"received": "row_count", "rejected": "rejected_count", "held": "held_count"}


class QualityClaims:
    """One method per kind of claim; the kinds are those of the check."""

    f: Facts
    t: Texts

    def source(self, kind: str, what: str) -> Claim:
        """Of a kind of delivery: courts expected, delivered or late; rows received, rejected or held."""
        part = self.f.deliveries[self.f.deliveries["kind"] == kind]
        if what in SUMMED:
            amount = int(part[SUMMED[what]].fillna(0).sum())
        else:
            flags = {"delivered": "is_delivered", "late": "is_late"}
            amount = int(part[flags[what]].fillna(value=False).astype(bool).sum()) if what in flags else len(part)
        return Claim("source", formats.number(amount), (kind, what))

    def gap(self, court: str, kind: str) -> Claim:
        """Why a court's kind is missing: nothing came, or what came was refused, held, or could not be assigned."""
        rows = self.f.deliveries
        found = rows[(rows["court_code"] == court) & (rows["kind"] == kind)]["gap_reason"].tolist()
        reason = str(found[0]) if found and has(found[0]) else "nothing"
        return Claim("gap", self.t(f"bulletin_gap.{reason}"), (court, kind))

    def without(self, key: Key) -> Claim | None:
        """An amount without its largest record, where ten records carry over half of it; None where they do not."""
        row = self.f.now.get(key, {})
        if not self.rests_on_few(key):
            return None
        return Claim("without", wording.value(self.t, self.f.indicators[key[2]], row["value_without_largest"]), key)

    def rests(self, key: Key) -> Claim:
        """The mark of an amount that ten records carry over half of, in a table."""
        return Claim("rests", MARK, key)

    def rests_on_few(self, key: Key) -> bool:
        row = self.f.now.get(key, {})
        return row.get("is_concentrated") is True and has(row.get("value"))

    def working(self, code: str) -> Claim:
        """The name of an indicator whose definition is a working one; asserts that it is."""
        rows = {target.code: target.row for target in self.f.targets.values()} | self.f.indicators
        return Claim("working", self.t.name(rows[code], "short_name"), (code,))

    def open_weights(self) -> Claim:
        """That the users have not decided on the weights of the composite."""
        return Claim("open_weights", self.t("bulletin.weights"))

    def lacking(self, group: str, indicator: str, status: str) -> Claim:
        """How many courts of a group are not judged on an indicator, for one reason."""
        rows = (self.f.ranks.get((group, court, indicator), {}) for court in self.f.of_group(group))
        amount = sum(row.get("status") == status for row in rows)
        return Claim("lacking", formats.number(amount), (group, indicator, status))

    def resting(self, group: str, indicator: str) -> Claim:
        """How many courts would be set apart on an indicator by their largest case alone, and are not for that."""
        rows = (self.f.ranks.get((group, court, indicator), {}) for court in self.f.of_group(group))
        return Claim(
            "resting", formats.number(sum(bool(row.get("is_largest_decisive")) for row in rows)), (group, indicator)
        )

"""Claims made from the published figures: each says what the reader sees and what it asserts.
Sentences are built from them in the chapters; the check finds every one of them out anew."""

from __future__ import annotations

from dashboards import formats
from dashboards.bulletin import noise, wording
from dashboards.bulletin.claims import Claim
from dashboards.bulletin.facts import JUDGED, WINDOW, Facts, Key, day, has


class Sayings:
    """One method per kind of claim; the kinds are those of the check."""

    def __init__(self, facts: Facts) -> None:
        self.f, self.t = facts, facts.t

    def court(self, code: str, stem: str = "short_name") -> Claim:
        return Claim("court", self.t.name(self.f.courts[code], stem), (code, stem))

    def indicator(self, code: str, stem: str = "short_name") -> Claim:
        return Claim("indicator", self.t.name(self.f.indicators[code], stem), (code, stem))

    def month(self, month: str) -> Claim:
        return Claim("month", formats.month(day(month), self.t.lang), (month,))

    def window_start(self) -> Claim:
        return Claim("window_start", formats.month(day(self.f.first_month), self.t.lang), ())

    def rule(self, name: str, text: str) -> Claim:
        """A constant of the bulletin's own rules."""
        return Claim("rule", text, (name,))

    def count(self, name: str, amount: float) -> Claim:
        """A count that the recount knows by name."""
        return Claim("count", formats.number(amount), (name,))

    def measure(self, case_scope: str, code: str) -> Claim:
        return Claim("measure", formats.number(self.f.caseload.get((case_scope, code), 0)), (case_scope, code))

    def value(self, key: Key, window: str = WINDOW, month: str = "") -> Claim:
        month = month or self.f.month
        row = self.f.figures.get((window, month), {}).get(key, {})
        text = wording.value(self.t, self.f.indicators[key[2]], row.get("value"))
        return Claim("value", text, (*key, window, month))

    def part(self, key: Key, side: str) -> Claim:
        """The numerator or denominator of the year so far."""
        unit = self.f.indicators[key[2]][f"{side}_unit"]
        return Claim("part", wording.quantity(self.t, unit, self.f.now.get(key, {}).get(side)), (*key, side))

    def share(self, key: Key, window: str = WINDOW, month: str = "") -> noise.Share | None:
        row = self.f.figures.get((window, month or self.f.month), {}).get(key, {})
        return wording.share(row.get("numerator"), row.get("denominator"))

    def change(self, key: Key, window: str, base: str) -> Claim:
        """Against the same window at another month."""
        now, before = self.share(key, window), self.share(key, window, base)
        return Claim("change", wording.change(self.t, self.f.indicators[key[2]], now, before), (*key, window, base))

    def change_short(self, key: Key, window: str, base: str) -> Claim:
        """The same in a table's cell: ↑1.20."""
        now, before = self.share(key, window), self.share(key, window, base)
        text = wording.change(self.t, self.f.indicators[key[2]], now, before, "bulletin_change_short")
        return Claim("change_short", text, (*key, window, base))

    def rank(self, group: str, court: str, indicator: str) -> Claim:
        row = self.f.ranks.get((group, court, indicator), {})
        return Claim("rank", formats.number(row.get("rank")), (group, court, indicator))

    def previous_rank(self, group: str, court: str, indicator: str) -> Claim:
        row = self.f.ranks.get((group, court, indicator), {})
        return Claim("previous_rank", formats.number(row.get("previous_rank")), (group, court, indicator))

    def ranked_count(self, group: str, indicator: str) -> Claim:
        amount = sum(1 for (g, _, i), r in self.f.ranks.items() if (g, i) == (group, indicator) and has(r["rank"]))
        return Claim("ranked_count", formats.number(amount), (group, indicator))

    def score(self, group: str, court: str, indicator: str) -> Claim:
        row = self.f.ranks.get((group, court, indicator), {})
        points = row.get("score") if has(row.get("rank")) else None
        return Claim("score", wording.score(points), (group, court, indicator))

    def status(self, key: Key) -> Claim:
        return Claim("status", self.t(f"bulletin_status.{self.status_code(key)}"), key)

    def status_code(self, key: Key) -> str:
        row = self.f.now.get(key, {})
        return wording.status_code(self.f.indicators[key[2]], row.get("status"), row.get("value"))

    def status_count(self, group: str, indicator: str, code: str) -> Claim:
        """How many courts of a group have that status."""
        scope = self.f.groups[group]["scope_code"]
        found = [self.status_code((court, scope, indicator)) for court in self.f.of_group(group)]
        text = self.t(f"bulletin_count.{code}", n=formats.number(found.count(code)))
        return Claim("status_count", text, (group, indicator, code))

    def status_total(self, group: str) -> Claim:
        """How many courts a group has."""
        return Claim("status_total", formats.number(len(self.f.of_group(group))), (group,))

    def definition(self, code: str, column: str, text: str) -> Claim:
        """A column of an indicator's definition as it is printed."""
        return Claim("definition", text, (code, column))

    def snapshot(self) -> Claim:
        return Claim("snapshot", self.f.snapshot_id)

    def target_count(self) -> Claim:
        """Indicators whose target or interval is published."""
        names = ("target_value", "interval_low", "interval_high")
        amount = sum(any(d[name] is not None for name in names) for d in self.f.indicators.values())
        return Claim("target_count", formats.number(amount))

    def indicator_count(self) -> Claim:
        return Claim("indicator_count", formats.number(len(self.f.indicators)))

    def overdue(self, item: int) -> Claim:
        """Whether an open item is past its date at the month's end."""
        is_overdue = bool(self.f.items["is_overdue"].iloc[item])
        return Claim("overdue", self.t(f"bulletin_item.{'overdue' if is_overdue else 'open'}"), (item,))

    def item_date(self, item: int, name: str) -> Claim:
        return Claim("item_date", f"{self.f.items[name].iloc[item]:%Y-%m-%d}", (item, name))

    def pooled(self, group: str, indicator: str) -> Claim:
        """The group's value: sums first, then the division."""
        whole = self.pooled_share(group, indicator)
        text = wording.value(self.t, self.f.indicators[indicator], whole.value if whole else None)
        return Claim("pooled", text, (group, indicator))

    def pooled_share(self, group: str, indicator: str, without: str = "") -> noise.Share | None:
        rows = [r for (g, c, i), r in self.f.ranks.items() if (g, i) == (group, indicator) and c != without]
        hits = sum(float(r["numerator"] or 0) for r in rows)
        trials = sum(float(r["denominator"] or 0) for r in rows)
        return wording.share(hits, trials)

    def outliers(self, group: str, indicator: str, side: str) -> list[str]:
        """Courts whose proportion lies `up` or `down` of the rest of their group, beyond chance."""
        if not noise.is_proportion(self.f.indicators[indicator]):
            return []
        found = []
        for court in self.f.of_group(group):
            row = self.f.ranks[group, court, indicator]
            own, rest = wording.share(row["numerator"], row["denominator"]), self.pooled_share(group, indicator, court)
            if row["status"] in JUDGED and own and rest and noise.difference(own, rest, noise.PEER_LEVEL) == side:
                found.append(court)
        return found

    def outlier_count(self, group: str, indicator: str, side: str) -> Claim:
        amount = len(self.outliers(group, indicator, side))
        return Claim("outlier_count", formats.number(amount), (group, indicator, side))

    def side(self, group: str, indicator: str, side: str, courts: tuple[str, ...]) -> Claim:
        """The word 高于 or 低于, asserted of every court in the list."""
        return Claim("side", self.t(f"bulletin_side.{side}"), (group, indicator, side, courts))

    def tally(self, window: str, base: str, what: str) -> Claim:
        """How many of the province's indicators are better, worse, flat, or cannot be judged, against `base`."""
        return Claim("tally", formats.number(self.verdicts(window, base).count(what)), (window, base, what))

    def verdicts(self, window: str, base: str) -> list[str]:
        """One verdict per indicator: better, worse, flat, moved (no direction), unjudged, absent."""
        court, scope = self.f.subject
        return [
            wording.judged(
                definition, self.share((court, scope, code), window), self.share((court, scope, code), window, base)
            )
            for code, definition in self.f.indicators.items()
        ]

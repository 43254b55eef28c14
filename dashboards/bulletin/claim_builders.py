"""Claims made from the published figures: each says what the reader sees and what it asserts.
Sentences are built from them in the chapters; the check finds every one of them out anew."""

from __future__ import annotations

from dashboards import formats
from dashboards.bulletin import wording
from dashboards.bulletin.change_claims import ChangeClaims
from dashboards.bulletin.claims import Claim
from dashboards.bulletin.facts import JUDGED, WINDOW, Facts, Key, has
from dashboards.bulletin.judgement import DOWN, FLAT, REDEFINED, UP, Reading, difference, is_swayed
from dashboards.bulletin.wording import Share
from dashboards.findings import COMPOSITE, LAST
from dashboards.month import Month


class ClaimBuilders(ChangeClaims):
    """One method per kind of claim; the kinds are those of the check."""

    def __init__(self, facts: Facts) -> None:
        self.f, self.t = facts, facts.t

    def court(self, code: str, stem: str = "short_name") -> Claim:
        return Claim("court", self.t.name(self.f.courts[code], stem), (code, stem))

    def group(self, group: str) -> Claim:
        return Claim("group", self.t.name(self.f.groups[group]), (group,))

    def indicator(self, code: str, stem: str = "short_name") -> Claim:
        return Claim("indicator", self.t.name(self.f.indicators[code], stem), (code, stem))

    def month(self, month: Month) -> Claim:
        return Claim("month", formats.month(month, self.t.lang), (month,))

    def window_start(self) -> Claim:
        return Claim("window_start", formats.month(self.f.first_month, self.t.lang), ())

    def rule(self, name: str, text: str) -> Claim:
        """A constant of the bulletin's own rules."""
        return Claim("rule", text, (name,))

    def flat(self, section: str) -> Claim:
        """The word for a change within its interval, where it is explained."""
        return Claim("flat", self.t(f"{section}.flat"), (section,))

    def count(self, name: str, amount: float) -> Claim:
        """A count that the recount knows by name."""
        return Claim("count", formats.number(amount), (name,))

    def measure(self, case_scope: str, code: str) -> Claim:
        return Claim("measure", formats.number(self.f.caseload.get((case_scope, code), 0)), (case_scope, code))

    def value(self, key: Key, window: str = WINDOW, month: Month | None = None) -> Claim:
        month = month or self.f.month
        row = self.f.figures.get((window, month), {}).get(key, {})
        text = wording.value(self.t, self.f.indicators[key[2]], row.get("value"))
        return Claim("value", text, (*key, window, month))

    def n(self, key: Key) -> Claim:
        """The cases, matters or receipts that a value rests on; never an amount."""
        return Claim("n", formats.number(self.f.now.get(key, {}).get("case_count")), key)

    def part(self, key: Key, side: str) -> Claim:
        """The numerator or denominator of the window."""
        unit = self.f.indicators[key[2]][f"{side}_unit"]
        return Claim("part", wording.quantity(self.t, unit, self.f.now.get(key, {}).get(side)), (*key, side))

    def reading(self, key: Key, window: str = WINDOW, month: Month | None = None) -> Reading | None:
        """The published value with its interval; no ends where the status keeps it from being judged."""
        row = self.f.figures.get((window, month or self.f.month), {}).get(key, {})
        if not has(row.get("value")):
            return None
        is_judged = row["status"] in JUDGED and has(row.get("value_low")) and has(row.get("value_high"))
        low, high = (float(row["value_low"]), float(row["value_high"])) if is_judged else (None, None)
        return Reading(float(row["value"]), low, high)

    def verdict(self, key: Key, window: str, base: Month) -> str:
        """up, down, flat, unjudged, redefined or absent: against the same window at another month."""
        if (window, base, key[2]) in self.f.redefined:
            return REDEFINED
        now, before = self.reading(key, window), self.reading(key, window, base)
        rows = (self.f.figures.get((window, month), {}).get(key, {}) for month in (self.f.month, base))
        if now and before and is_swayed(now.value - before.value, *rows):
            return FLAT
        return difference(now, before, wording.visible(self.f.indicators[key[2]]))

    def change(self, key: Key, window: str, base: Month, kind: str = "change") -> Claim:
        """The verdict in words with its size."""
        now, before = self.reading(key, window), self.reading(key, window, base)
        sizes = (now.value if now else 0.0, before.value if before else 0.0)
        found = self.verdict(key, window, base)
        text = wording.change(self.t, self.f.indicators[key[2]], found, *sizes, section=f"bulletin_{kind}")
        return Claim(kind, text, (*key, window, base))

    def change_short(self, key: Key, window: str, base: Month) -> Claim:
        """The same in a table's cell: ↑1.20."""
        return self.change(key, window, base, "change_short")

    def rank(self, group: str, court: str, indicator: str) -> Claim:
        row = self.f.ranks.get((group, court, indicator), {})
        return Claim("rank", formats.number(row.get("rank")), (group, court, indicator))

    def rank_interval(self, group: str, court: str) -> Claim:
        """3–9: the 95 % interval of the composite's rank."""
        row = self.f.ranks.get((group, court, COMPOSITE), {})
        return Claim("rank_interval", wording.span(row.get("rank_low"), row.get("rank_high")), (group, court))

    def place_code(self, group: str, court: str) -> str:
        """What the sets of ranks say of the composite's place; empty where there are none."""
        code = self.f.ranks.get((group, court, COMPOSITE), {}).get("place_code")
        return str(code) if has(code) else ""

    def place(self, group: str, court: str) -> Claim:
        """The same in words."""
        row = self.f.ranks[group, court, COMPOSITE]
        return Claim("place", self.t(f"bulletin_place.{row['place_code']}", n=int(row["end_count"])), (group, court))

    def ahead(self, group: str, court: str) -> Claim:
        """How many courts are surely ahead of this one: pairs that differ beyond chance."""
        row = self.f.ranks[group, court, COMPOSITE]
        return Claim("ahead", formats.number(int(row["set_low"]) - 1), (group, court))

    def unnamed(self, group: str, code: str) -> Claim:
        """How many courts rank behind the best of those maybe among the last and are yet not among them, by place."""
        return Claim("unnamed", formats.number(len(self.behind(group, code))), (group, code))

    def behind(self, group: str, code: str) -> list[str]:
        last = [self.f.ranks[group, court, COMPOSITE]["rank"] for court in self.at_end(group, LAST)]
        rows = {court: self.f.ranks[group, court, COMPOSITE] for court in self.at_end(group, (code,))}
        return [court for court, row in rows.items() if last and row["rank"] > min(last)]

    def at_end(self, group: str, codes: tuple[str, ...]) -> list[str]:
        """Courts with one of these places, in the order of their ranks."""
        ranked = [c for (g, c, i), row in self.f.ranks.items() if (g, i) == (group, COMPOSITE) and has(row.get("rank"))]
        return [court for court in ranked if self.place_code(group, court) in codes]

    def end_size(self, group: str, codes: tuple[str, ...]) -> Claim:
        return Claim("end_size", formats.number(len(self.at_end(group, codes))), (group, codes))

    def end_count(self, group: str) -> Claim:
        """How many places are the first, and how many the last; nothing where there are no sets."""
        rows = (row for (g, _, i), row in self.f.ranks.items() if (g, i) == (group, COMPOSITE))
        counts = [row["end_count"] for row in rows if has(row.get("end_count"))]
        return Claim("end_count", formats.number(max(counts, default=0)), (group,))

    def streak(self, group: str, court: str) -> Claim:
        """For how many months in a row it has been maybe among the last and surely not among the first."""
        months = formats.number(self.f.streaks[group, court])
        return Claim("streak", self.t("bulletin_named.streak", months=months), (group, court))

    def label(self) -> Claim:
        """正式, 可能修订 or 已重述."""
        return Claim("label", self.t(f"bulletin_label.{self.f.label}"))

    def restated(self, key: Key) -> Claim:
        """The mark at a figure that was changed after its month was closed."""
        return Claim("restated", self.t("bulletin_label.mark"), key)

    def restated_value(self, key: Key, side: str) -> Claim:
        """old or new: what was said officially, and what is said now."""
        amount = self.f.restated[key][f"{side}_value"]
        return Claim("restated_value", wording.value(self.t, self.f.indicators[key[2]], amount), (*key, side))

    def restated_cause(self, key: Key, text: str) -> Claim:
        """Why it was changed, in the snapshot's words."""
        return Claim("restated_cause", text, key)

    def check(self, check: str, court: str, what: str) -> Claim:
        """What a gaming check found: name, flag, innocent, share, hits, n or peers."""
        rows = self.f.flags
        row = rows[(rows["check_code"] == check) & (rows["court_code"] == court)].iloc[0]
        columns = {"share": "value", "hits": "hit_count", "n": "n", "peers": "peer_median"}
        if what in ("name", "innocent"):
            text = self.t.name(row, what)
        elif what == "flag":
            text = self.t(f"bulletin_flag.{row['flag']}")
        else:
            amount = float(row[columns[what]])
            text = formats.percent(amount) if what in ("share", "peers") else formats.number(amount)
        return Claim("check", text, (check, court, what))

    def previous_rank(self, group: str, court: str, indicator: str) -> Claim:
        """The place of the month before; none where what is ranked is defined otherwise since."""
        row = {} if self.is_recomposed else self.f.ranks.get((group, court, indicator), {})
        return Claim("previous_rank", formats.number(row.get("previous_rank")), (group, court, indicator))

    @property
    def is_recomposed(self) -> bool:
        """Whether an indicator of the composite has another definition than in the month before."""
        codes = {code for window, base, code in self.f.redefined if (window, base) == ("month", self.f.previous)}
        return any(self.f.indicators[code]["direction"] != "monitor" for code in codes & set(self.f.indicators))

    def redefined(self, window: str, base: Month) -> Claim:
        """The indicators that are not compared with `base`, because they are defined otherwise since."""
        codes = [code for code in self.f.indicators if (window, base, code) in self.f.redefined]
        names = [self.t.name(self.f.indicators[code], "short_name") for code in codes]
        return Claim("redefined", self.t("word.comma").join(names), (window, base))

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
        """What the snapshot allows to be said: its interval and its largest record count."""
        target = self.f.targets.get(key[2])
        window = str(target.row["window_code"]) if target else WINDOW
        row = self.f.figures.get((window, self.f.month), {}).get(key, {})
        return wording.status_code(row.get("judged_status"), row.get("value"))

    def with_status(self, group: str, indicator: str, code: str) -> list[str]:
        """The courts of a group that have that status, in the official order."""
        scope = self.f.groups[group]["scope_code"]
        return [c for c in self.f.of_group(group) if self.status_code((c, scope, indicator)) == code]

    def status_count(self, group: str, indicator: str, code: str) -> Claim:
        """How many courts of a group have that status."""
        amount = formats.number(len(self.with_status(group, indicator, code)))
        return Claim("status_count", self.t(f"bulletin_count.{code}", n=amount), (group, indicator, code))

    def status_total(self, group: str) -> Claim:
        """How many courts a group has."""
        return Claim("status_total", formats.number(len(self.f.of_group(group))), (group,))

    def definition(self, code: str, column: str, text: str) -> Claim:
        """A column of an indicator's definition as it is printed."""
        return Claim("definition", text, (code, column))

    def snapshot(self) -> Claim:
        return Claim("snapshot", self.f.snapshot_id)

    def indicator_count(self) -> Claim:
        return Claim("indicator_count", formats.number(len(self.f.indicators)))

    def item_state(self, item: int) -> Claim:
        """Whether an open item is past its date at the month's end, or will be at the next one's."""
        row = self.f.items.iloc[item]
        code = "overdue" if row["is_overdue"] else "due_next" if row["is_due_next"] else "open"
        return Claim("item_state", self.t(f"bulletin_item.{code}"), (item,))

    def item_date(self, item: int, name: str) -> Claim:
        return Claim("item_date", f"{self.f.items[name].iloc[item]:%Y-%m-%d}", (item, name))

    def pooled(self, group: str, indicator: str) -> Claim:
        """The group's value: sums first, then the division."""
        whole = self.pooled_share(group, indicator)
        text = wording.value(self.t, self.f.indicators[indicator], whole.value if whole else None)
        return Claim("pooled", text, (group, indicator))

    def pooled_share(self, group: str, indicator: str) -> Share | None:
        rows = [r for (g, _, i), r in self.f.ranks.items() if (g, i) == (group, indicator)]
        hits = sum(float(r["numerator"] or 0) for r in rows)
        trials = sum(float(r["denominator"] or 0) for r in rows)
        return wording.share(hits, trials)

    def outliers(self, group: str, indicator: str, side: str) -> list[str]:
        """Courts that lie `up` or `down` of their group beyond the 99.8 % limits of the published funnel."""
        rows = {court: self.f.ranks[group, court, indicator] for court in self.f.of_group(group)}
        return [
            court
            for court, row in rows.items()
            if row.get("funnel_signal") == "alarm"
            and row["status"] in JUDGED
            and side == (UP if row["is_above_peers"] else DOWN)
        ]

    def outlier_count(self, group: str, indicator: str, side: str) -> Claim:
        amount = len(self.outliers(group, indicator, side))
        return Claim("outlier_count", formats.number(amount), (group, indicator, side))

    def side(self, group: str, indicator: str, side: str, courts: tuple[str, ...]) -> Claim:
        """The word 高于 or 低于, asserted of every court in the list."""
        return Claim("side", self.t(f"bulletin_side.{side}"), (group, indicator, side, courts))

    def tally(self, window: str, base: Month, what: str) -> Claim:
        """How many of the province's indicators are better, worse, flat, or cannot be judged, against `base`."""
        amount = formats.number(self.verdicts(window, base).count(what))
        return Claim("tally", self.t(f"bulletin_tally.{what}", n=amount), (window, base, what))

    def verdicts(self, window: str, base: Month) -> list[str]:
        """One verdict per indicator: better, worse, flat, moved (no direction), unjudged, absent."""
        court, scope = self.f.subject
        return [
            wording.judged(definition, self.verdict((court, scope, code), window, base))
            for code, definition in self.f.indicators.items()
        ]

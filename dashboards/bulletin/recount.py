"""The recount of one month of one province that claims are held against: sums, places, limits, places, flags.
What a claim should say belongs to the verifier; the figures a bulletin was written from are not used here."""

from __future__ import annotations

from functools import cached_property
from statistics import median
from typing import Any

import duckdb

from dashboards.bulletin import wording
from dashboards.bulletin.facts import JUDGED, WINDOW, Key, Row, has
from dashboards.bulletin.judgement import UP, Reading
from dashboards.bulletin.queries import proof, published, recount
from dashboards.bulletin.rejudging import flag, place, sets_apart
from dashboards.bulletin.wording import Share
from dashboards.findings import COMPOSITE, LAST
from dashboards.month import Month
from dashboards.queries import dimensions, month_facts, windows
from dashboards.rows import records

Cursor = duckdb.DuckDBPyConnection
Pair = tuple[float, float]
# A value that was divided in one place and again in another differs in its last digits.
SLACK = 1e-9


class Recount:
    """Everything is found out once and kept; `province` is a code, `month` its first day."""

    def __init__(self, cursor: Cursor, month: Month, province: str) -> None:
        self.cursor, self.month, self.province = cursor, month, province
        self.courts: dict[str, Row] = dimensions.courts_of(cursor, month).set_index("court_code").to_dict("index")
        self.groups: dict[str, Row] = dimensions.peer_groups(cursor).set_index("peer_group").to_dict("index")
        known = records(published.definitions(cursor, month))
        self.definitions = {r["indicator_code"]: {k: v if has(v) else None for k, v in r.items()} for r in known}
        self._sums: dict[tuple[str, Month], dict[Key, Pair]] = {}
        self._cases_counted: dict[tuple[str, Month], dict[Key, int]] = {}
        self._versions: dict[tuple[str, Month], dict[str, str]] = {}
        self._standings: dict[tuple[str, str], dict[str, tuple[int, float]]] = {}
        self._statuses: dict[tuple[str, Month], dict[Key, str]] = {}
        self._ends: dict[tuple[str, Month], dict[Key, Row]] = {}

    def standing(self, group: str, indicator: str) -> dict[str, tuple[int, float]]:
        """Court → rank and points, found out once."""
        if (group, indicator) not in self._standings:
            self._standings[group, indicator] = self._standing(group, indicator)
        return self._standings[group, indicator]

    def _standing(self, group: str, indicator: str) -> dict[str, tuple[int, float]]:
        """Places counted as one plus those who are strictly ahead; the rest shares the smaller place."""
        values = self._composite(group) if indicator == COMPOSITE else self._values(group, indicator)
        if indicator != COMPOSITE and len(values) < self._least_peers:
            return {}
        is_low = indicator != COMPOSITE and self.definitions[indicator]["direction"] == "lower"
        keys = {court: (-amount if is_low else amount) for court, amount in values.items()}
        places_ = {court: 1 + sum(other > own for other in keys.values()) for court, own in keys.items()}
        if indicator == COMPOSITE:
            return {court: (place, values[court]) for court, place in places_.items()}
        return {court: (place, 100 * (len(keys) - place + 1) / len(keys)) for court, place in places_.items()}

    @cached_property
    def _least_peers(self) -> int:
        return proof.least_peers(self.cursor, self.month)

    def _composite(self, group: str) -> dict[str, float]:
        """Weighted mean of points of the courts that have enough ranked indicators to be judged."""
        weights = {i: w for (g, i), w in self._weights.items() if g == group}
        points: dict[str, list[tuple[float, float]]] = {}
        for indicator, weight in weights.items():
            for court, (_, score) in self.standing(group, indicator).items():
                points.setdefault(court, []).append((weight, score))
        sums = {court: (sum(w for w, _ in got), sum(w * s for w, s in got)) for court, got in points.items()}
        judged = self._judged_composites
        return {c: round(total / weight, 9) for c, (weight, total) in sums.items() if (group, c) in judged}

    def _values(self, group: str, indicator: str) -> dict[str, float]:
        """The exact values of the courts that may be ranked."""
        if self.definitions[indicator]["direction"] == "monitor":
            return {}
        scope = self.scope(group)
        shares = {c: self.share(c, scope, indicator, WINDOW, self.month) for c in self._members(group)}
        return {
            court: share.value
            for court, share in shares.items()
            if share and self._status_of(WINDOW, self.month).get((court, scope, indicator)) in JUDGED
        }

    def outliers(self, group: str, indicator: str, side: str) -> list[str]:
        """Courts whose recounted value lies beyond the limits, with enough cases, and not by one case alone."""
        found, key = [], (group, indicator)
        for court in self._members(group):
            place = (court, self.scope(group), indicator)
            share, row = self.share(*place, WINDOW, self.month), self.limits.get((*key, court))
            is_judged = self._status_of(WINDOW, self.month).get(place) in JUDGED
            if share and row and is_judged and sets_apart(row, share.value, is_above=side == UP):
                found.append(court)
        return found

    def reading(self, court: str, scope: str, indicator: str, window: str, month: Month) -> Reading | None:
        """The recounted value with the published ends; LookupError when they do not hold it."""
        share = self.share(court, scope, indicator, window, month)
        if share is None:
            return None
        row = self.ends(window, month).get((court, scope, indicator), {})
        low, high = row.get("value_low"), row.get("value_high")
        if self._status_of(window, month).get((court, scope, indicator)) not in JUDGED or not has(low):
            return Reading(share.value, None, None)
        low, high = float(low or 0), float(high or 0)
        room = SLACK * max(1.0, abs(share.value))
        if not low - room <= share.value <= high + room:
            raise LookupError(f"the interval {low}–{high} does not hold {share.value}")
        return Reading(share.value, min(low, share.value), max(high, share.value))

    def ends(self, window: str, month: Month) -> dict[Key, Row]:
        """Key → published ends of the value's and the change's interval."""
        if (window, month) not in self._ends:
            rows = records(proof.intervals(self.cursor, month, window))
            found = {(r["court_code"], r["scope_code"], r["indicator_code"]): r for r in rows}
            self._ends[window, month] = {key: {str(k): v for k, v in row.items()} for key, row in found.items()}
        return self._ends[window, month]

    def sets(self, group: str, month: Month) -> dict[str, Pair]:
        """Court → ends of its set of ranks; empty where there are no sets."""
        rows = self._rank_intervals
        rows = rows[(rows["peer_group"] == group) & (rows["month"] == month)]
        if rows.empty or rows["set_low"].isna().any():
            return {}
        found = zip(rows["court_code"], rows["set_low"], rows["set_high"], strict=True)
        return {court: (low, high) for court, low, high in found}

    def places(self, group: str, month: Month) -> dict[str, str]:
        """Court → what its set of ranks says, judged anew; empty where there are no sets."""
        sets = self.sets(group, month)
        return {court: place(low, high, len(sets)) for court, (low, high) in sets.items()}

    def streak(self, group: str, court: str) -> int:
        """Months in a row, back from this one, maybe among the last and surely not among the first."""
        count, month = 0, self.month
        while self.places(group, month).get(court) in LAST:
            count, month = count + 1, month.shifted(-1)
        return count

    def rank_ends(self, group: str, court: str) -> Row:
        """Rank and its interval's ends; LookupError when they do not hold the recounted rank."""
        rows = self._rank_intervals
        rows = rows[(rows["peer_group"] == group) & (rows["month"] == self.month) & (rows["court_code"] == court)]
        if rows.empty or rows["rank_low"].isna().any():
            return {}
        row = {str(k): v for k, v in rows.iloc[0].to_dict().items()}
        rank = self.standing(group, COMPOSITE)[court][0]
        if not row["rank_low"] <= rank <= row["rank_high"]:
            raise LookupError(f"ranks {row['rank_low']}–{row['rank_high']} do not hold {rank}")
        return row

    def check(self, check: str, court: str) -> Row:
        """A gaming check with its share divided again, its peers' median found again, its flag judged again."""
        rows = self._checks[self._checks["check_code"] == check]
        own = {str(k): v for k, v in rows[rows["court_code"] == court].iloc[0].to_dict().items()}
        is_peer = (rows["province_code"] == own["province_code"]) & (rows["peer_group"] == own["peer_group"])
        peers = rows[is_peer]
        share = own["hit_count"] / own["n"]
        is_small = own["n"] <= median(peers["n"])
        return {
            **own,
            "is_small": is_small,
            "share": share,
            "peers": median(peers["hit_count"] / peers["n"]),
            "flag": flag(own, share),
        }

    def pooled(self, group: str, indicator: str) -> Share | None:
        sums = self._window(WINDOW, self.month)
        pairs = [sums.get((c, self.scope(group), indicator), (0.0, 0.0)) for c in self._members(group)]
        return wording.share(sum(p[0] for p in pairs), sum(p[1] for p in pairs))

    def _members(self, group: str) -> list[str]:
        said = self.groups.get(group, {})
        # A snapshot from before courts were put into groups: a group is a level.
        name, own = ("peer_group", said["own_group"]) if "own_group" in said else ("level", said.get("level"))
        return [c for c, row in self.courts.items() if row[name] == own and row["province_code"] == self.province]

    def scope(self, group: str) -> str:
        return str(self.groups[group]["scope_code"])

    def share(self, court: str, scope: str, indicator: str, window: str, month: Month) -> Share | None:
        pair = self._window(window, month).get((court, scope, indicator))
        return wording.share(*pair) if pair and indicator not in self.redefined(window, month) else None

    def case_count(self, key: Key, window: str = WINDOW) -> int | None:
        """n: the cases, matters or receipts that the value rests on, never an amount."""
        self._window(window, self.month)
        return self._cases_counted[window, self.month].get(key)

    def redefined(self, window: str, month: Month) -> set[str]:
        """Indicators that another definition was counted by in that month, by the dates of the definitions."""
        now, then = self._defined(WINDOW, self.month), self._defined(window, month)
        return {code for code in now.keys() & then.keys() if now[code] != then[code]}

    def _defined(self, window: str, month: Month) -> dict[str, str]:
        self._window(window, month)
        return self._versions[window, month]

    def _window(self, window: str, month: Month) -> dict[Key, Pair]:
        """Recounted sums; nothing for a base whose window the start of the data cuts short."""
        if (window, month) not in self._sums:
            first, is_whole = self._first(window, month), self._is_whole(window, month)
            frame = recount.indicators(self.cursor, month, window, first) if is_whole else None
            rows = [] if frame is None else list(frame.itertuples())
            self._cases_counted[window, month] = {
                (r.court_code, r.scope_code, r.indicator_code): int(r.case_count or 0) for r in rows
            }
            self._versions[window, month] = {str(r.indicator_code): str(r.definition_version) for r in rows}
            self._sums[window, month] = {
                (r.court_code, r.scope_code, r.indicator_code): (float(r.numerator or 0), float(r.denominator or 0))
                for r in rows
            }
        return self._sums[window, month]

    def _first(self, window: str, month: Month) -> Month:
        first: Month = windows.bounds(self.cursor, self.province, month, window).iloc[0]["first_month"]
        return first

    def _is_whole(self, window: str, month: Month) -> bool:
        """Whether the data hold every month of the window; the windows of the month itself are shown as they are."""
        wanted = {"month": month, "ytd": Month(month.year, 1, 1), "rolling_12m": month.shifted(-11)}
        return month == self.month or (month in self._known_months and wanted[window] in self._known_months)

    @cached_property
    def _known_months(self) -> set[Month]:
        return set(dimensions.months(self.cursor, self.province)["month"])

    @cached_property
    def _counts(self) -> dict[str, int]:
        return recount.counts(self.cursor, self.province, self.month)

    @cached_property
    def _cases(self) -> Any:
        return recount.measures(self.cursor, self.province, self.month, self._first(WINDOW, self.month))

    @cached_property
    def _items(self) -> list[dict[Any, Any]]:
        return records(month_facts.open_items(self.cursor, self.province, self.month))

    @cached_property
    def _weights(self) -> dict[tuple[str, str], float]:
        rows = recount.ranked(self.cursor, self.province, self.month, WINDOW).itertuples()
        return {(str(r.peer_group), str(r.indicator_code)): float(r.weight) for r in rows if r.weight and r.weight > 0}

    @cached_property
    def _judged_composites(self) -> set[tuple[str, str]]:
        rows = published.ranks(self.cursor, self.province, self.month, WINDOW).itertuples()
        return {
            (str(r.peer_group), str(r.court_code)) for r in rows if r.indicator_code == COMPOSITE and r.status in JUDGED
        }

    def _status_of(self, window: str, month: Month) -> dict[Key, str]:
        if (window, month) not in self._statuses:
            rows = published.figures(self.cursor, month, window).itertuples()
            self._statuses[window, month] = {
                (str(r.court_code), str(r.scope_code), str(r.indicator_code)): str(r.status) for r in rows
            }
        return self._statuses[window, month]

    @cached_property
    def limits(self) -> dict[tuple[str, str, str], Row]:
        rows = records(proof.limits(self.cursor, self.month, WINDOW))
        return {(r["peer_group"], r["indicator_code"], r["court_code"]): r for r in rows}

    @cached_property
    def _rank_intervals(self) -> Any:
        return proof.rank_intervals(self.cursor, self.province, WINDOW)

    @cached_property
    def _checks(self) -> Any:
        return proof.checks(self.cursor, self.month)

    @cached_property
    def _labels(self) -> dict[Key, str]:
        rows = proof.labels(self.cursor, self.province, self.month, WINDOW).itertuples()
        return {(str(r.court_code), str(r.scope_code), str(r.indicator_code)): str(r.value_label) for r in rows}

    @cached_property
    def _restated(self) -> dict[Key, Row]:
        rows = records(published.restated(self.cursor, self.province, self.month, WINDOW))
        return {
            (r["court_code"], r["scope_code"], r["indicator_code"]): {str(k): v for k, v in r.items()} for r in rows
        }

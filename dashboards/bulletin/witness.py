"""What every kind of claim should say, found out anew from the recount of one month of one province.
The figures a bulletin was written from are not used here; refusing a text belongs to the check."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import duckdb

from dashboards import formats
from dashboards.bulletin import noise, wording
from dashboards.bulletin.facts import COMPOSITE, JUDGED, WINDOW, Key, Row, day, has, shifted
from dashboards.queries import bulletin as published
from dashboards.queries import places, recount, windows
from dashboards.texts import texts

Cursor = duckdb.DuckDBPyConnection
Pair = tuple[float, float]
RULES = {"change_level": f"{noise.CHANGE_LEVEL:g}%", "peer_level": f"{noise.PEER_LEVEL:g}%"}


@dataclass(frozen=True)
class Place:
    """Whose figures are in question: a snapshot, a province, and the court and scope of its overall figures."""

    snapshot_id: str
    province: str
    subject: tuple[str, str]


class Witness:
    """One method `says_<kind>` per kind of claim; its arguments are the claim's `about`."""

    def __init__(self, cursor: Cursor, month: str, lang: str, place: Place) -> None:
        self.cursor, self.month, self.t, self.place = cursor, month, texts(lang), place
        self.province, self.subject = place.province, place.subject
        self.courts: dict[str, Row] = places.courts(cursor).set_index("court_code").to_dict("index")
        known = published.definitions(cursor, month).to_dict("records")
        self.definitions = {r["indicator_code"]: {k: v if has(v) else None for k, v in r.items()} for r in known}
        self._sums: dict[tuple[str, str], dict[Key, Pair]] = {}
        self._standings: dict[tuple[str, str], dict[str, tuple[int, float]]] = {}

    def says(self, kind: str, about: tuple[Any, ...]) -> str:
        """The text a claim of this kind about these things should have."""
        return str(getattr(self, f"says_{kind}")(*about))

    def says_court(self, code: str, stem: str) -> str:
        return self.t.name(self.courts[code], stem)

    def says_indicator(self, code: str, stem: str) -> str:
        return self.t.name(self.definitions[code], stem)

    def says_month(self, month: str) -> str:
        return formats.month(day(month), self.t.lang)

    def says_window_start(self) -> str:
        return formats.month(day(self._first(WINDOW, self.month)), self.t.lang)

    def says_rule(self, name: str) -> str:
        return RULES[name]

    def says_count(self, name: str) -> str:
        return formats.number(self._counts.get(name, 0))

    def says_measure(self, case_scope: str, code: str) -> str:
        found = self._cases[self._cases["case_scope"] == case_scope]
        return formats.number(float(found[code].iloc[0]) if len(found) else 0)

    def says_value(self, court: str, scope: str, indicator: str, window: str, month: str) -> str:
        found = self._share(court, scope, indicator, window, month)
        return wording.value(self.t, self.definitions[indicator], found.value if found else None)

    def says_part(self, court: str, scope: str, indicator: str, side: str) -> str:
        pair = self._window(WINDOW, self.month).get((court, scope, indicator))
        unit = self.definitions[indicator][f"{side}_unit"]
        return wording.quantity(self.t, unit, pair[side == "denominator"] if pair else None)

    def says_change(
        self, court: str, scope: str, indicator: str, window: str, base: str, section: str = "bulletin_change"
    ) -> str:
        now = self._share(court, scope, indicator, window, self.month)
        before = self._share(court, scope, indicator, window, base)
        return wording.change(self.t, self.definitions[indicator], now, before, section)

    def says_change_short(self, court: str, scope: str, indicator: str, window: str, base: str) -> str:
        return self.says_change(court, scope, indicator, window, base, "bulletin_change_short")

    def says_tally(self, window: str, base: str, what: str) -> str:
        court, scope = self.subject
        found = [
            wording.judged(
                definition,
                self._share(court, scope, code, window, self.month),
                self._share(court, scope, code, window, base),
            )
            for code, definition in self.definitions.items()
        ]
        return formats.number(found.count(what))

    def says_status(self, court: str, scope: str, indicator: str) -> str:
        return self.t(f"bulletin_status.{self._status(court, scope, indicator)}")

    def says_status_count(self, group: str, indicator: str, code: str) -> str:
        scope = self._scope(group)
        found = [self._status(court, scope, indicator) for court in self._members(group)]
        return self.t(f"bulletin_count.{code}", n=formats.number(found.count(code)))

    def says_status_total(self, group: str) -> str:
        return formats.number(len(self._members(group)))

    def says_definition(self, code: str, column: str) -> str:
        return wording.definition(self.t, self.definitions[code], column)

    def says_measure_name(self, code: str, side: str) -> str:
        return self.t.name(self.definitions[code], f"{side}_name")

    def says_snapshot(self) -> str:
        return self.place.snapshot_id

    def says_target_count(self) -> str:
        names = ("target_value", "interval_low", "interval_high")
        return formats.number(sum(any(d[n] is not None for n in names) for d in self.definitions.values()))

    def says_indicator_count(self) -> str:
        return formats.number(len(self.definitions))

    def says_rank(self, group: str, court: str, indicator: str) -> str:
        return formats.number(self.standing(group, indicator).get(court, (None, None))[0])

    def says_score(self, group: str, court: str, indicator: str) -> str:
        return wording.score(self.standing(group, indicator).get(court, (None, None))[1])

    def says_ranked_count(self, group: str, indicator: str) -> str:
        return formats.number(len(self.standing(group, indicator)))

    def says_previous_rank(self, group: str, court: str, indicator: str) -> str:
        return self._earlier.says_rank(group, court, indicator)

    def says_pooled(self, group: str, indicator: str) -> str:
        found = self._pooled(group, indicator)
        return wording.value(self.t, self.definitions[indicator], found.value if found else None)

    def says_outlier_count(self, group: str, indicator: str, side: str) -> str:
        return formats.number(len(self._outliers(group, indicator, side)))

    def says_side(self, group: str, indicator: str, side: str, courts: tuple[str, ...]) -> str:
        is_so = set(courts) <= set(self._outliers(group, indicator, side))
        return self.t(f"bulletin_side.{side}") if is_so else formats.ABSENT

    def says_overdue(self, item: int) -> str:
        return self.t(f"bulletin_item.{'overdue' if self._items[item]['is_overdue'] else 'open'}")

    def says_item_date(self, item: int, name: str) -> str:
        return f"{self._items[item][name]:%Y-%m-%d}"

    def standing(self, group: str, indicator: str) -> dict[str, tuple[int, float]]:
        """Court → rank and points, found out once."""
        if (group, indicator) not in self._standings:
            self._standings[group, indicator] = self._standing(group, indicator)
        return self._standings[group, indicator]

    def _standing(self, group: str, indicator: str) -> dict[str, tuple[int, float]]:
        """Places counted as one plus those who are strictly ahead; the rest shares the smaller place."""
        values = self._composite(group) if indicator == COMPOSITE else self._values(group, indicator)
        is_low = indicator != COMPOSITE and self.definitions[indicator]["direction"] == "lower"
        keys = {court: (-amount if is_low else amount) for court, amount in values.items()}
        places_ = {court: 1 + sum(other > own for other in keys.values()) for court, own in keys.items()}
        if indicator == COMPOSITE:
            return {court: (place, values[court]) for court, place in places_.items()}
        return {court: (place, 100 * (len(keys) - place + 1) / len(keys)) for court, place in places_.items()}

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
        scope = self._scope(group)
        shares = {c: self._share(c, scope, indicator, WINDOW, self.month) for c in self._members(group)}
        return {
            court: share.value
            for court, share in shares.items()
            if share and self._published_status.get((court, scope, indicator)) in JUDGED
        }

    def _outliers(self, group: str, indicator: str, side: str) -> list[str]:
        scope, found = self._scope(group), []
        sums = self._window(WINDOW, self.month)
        pairs = {court: sums.get((court, scope, indicator), (0.0, 0.0)) for court in self._members(group)}
        hits, trials = sum(p[0] for p in pairs.values()), sum(p[1] for p in pairs.values())
        for court, (own, n) in pairs.items():
            mine, rest = wording.share(own, n), wording.share(hits - own, trials - n)
            judged = self._published_status.get((court, scope, indicator)) in JUDGED
            if judged and mine and rest and noise.difference(mine, rest, noise.PEER_LEVEL) == side:
                found.append(court)
        return found if noise.is_proportion(self.definitions[indicator]) else []

    def _pooled(self, group: str, indicator: str) -> noise.Share | None:
        sums = self._window(WINDOW, self.month)
        pairs = [sums.get((c, self._scope(group), indicator), (0.0, 0.0)) for c in self._members(group)]
        return wording.share(sum(p[0] for p in pairs), sum(p[1] for p in pairs))

    def _status(self, court: str, scope: str, indicator: str) -> str:
        found = self._share(court, scope, indicator, WINDOW, self.month)
        said = self._published_status.get((court, scope, indicator))
        return wording.status_code(self.definitions[indicator], said, found.value if found else None)

    def _members(self, group: str) -> list[str]:
        level = {"basic": "basic", "high_own": "high"}.get(group, "intermediate")
        return [c for c, row in self.courts.items() if row["level"] == level and row["province_code"] == self.province]

    def _scope(self, group: str) -> str:
        return "jurisdiction" if group == "intermediate_jurisdiction" else "own"

    def _share(self, court: str, scope: str, indicator: str, window: str, month: str) -> noise.Share | None:
        pair = self._window(window, month).get((court, scope, indicator))
        return wording.share(*pair) if pair else None

    def _window(self, window: str, month: str) -> dict[Key, Pair]:
        """Recounted sums; nothing for a base whose window the start of the data cuts short."""
        if (window, month) not in self._sums:
            first, is_whole = self._first(window, month), self._is_whole(window, month)
            frame = recount.indicators(self.cursor, month, window, first) if is_whole else None
            rows = [] if frame is None else frame.itertuples()
            self._sums[window, month] = {
                (r.court_code, r.scope_code, r.indicator_code): (float(r.numerator or 0), float(r.denominator or 0))
                for r in rows
            }
        return self._sums[window, month]

    def _first(self, window: str, month: str) -> str:
        return str(windows.bounds(self.cursor, month, window).iloc[0]["first_month"])

    def _is_whole(self, window: str, month: str) -> bool:
        if (window, month) == (WINDOW, self.month):
            return True
        wanted = month if window == "month" else f"{month[:4]}-01"
        return wanted in self._known_months and month in self._known_months

    @cached_property
    def _known_months(self) -> set[str]:
        return set(places.months(self.cursor)["month"])

    @cached_property
    def _counts(self) -> dict[str, int]:
        return recount.counts(self.cursor, self.province, self.month)

    @cached_property
    def _cases(self) -> Any:
        return recount.measures(self.cursor, self.province, self.month, self._first(WINDOW, self.month))

    @cached_property
    def _items(self) -> list[dict[Any, Any]]:
        return published.open_items(self.cursor, self.province, self.month).to_dict("records")

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

    @cached_property
    def _published_status(self) -> dict[Key, str]:
        rows = published.figures(self.cursor, self.month, WINDOW).itertuples()
        return {(str(r.court_code), str(r.scope_code), str(r.indicator_code)): str(r.status) for r in rows}

    @cached_property
    def _earlier(self) -> Witness:
        return Witness(self.cursor, shifted(self.month, -1), self.t.lang, self.place)

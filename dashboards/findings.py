"""What the figures say: rules that turn frames into findings, such as who moved and who needs attention.
The rules are working rules and are printed where their findings are; wording belongs to the texts."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from dashboards.rows import records

# The composite among the indicators of the rankings.
COMPOSITE = "COMPOSITE"
# What a meeting speaks about: execution, suspension, satisfaction, recovery, term, days. The annexes have all.
CORE = ("QX02", "QX03", "QX07", "QX06", "QX09", "QX10")
# Named to a meeting is who lies on the bad side of its peers in two core indicators; a working rule until users decide.
NAMED_FROM = 2
JUDGED = ("met", "above", "below", "no_target")
INCOMPLETE = ("not_delivered", "not_in_service")
# What the simultaneous sets of ranks say of a place (place_code): at the one end, and surely not at the other.
FIRST = ("surely_first", "maybe_first")
LAST = ("surely_last", "maybe_last")
# A working rule, until the users decide: a fall of a tenth of a group's places.
FALL_SHARE = 0.10
SMALLEST_FALL = 2
# A change that would be printed as zero is no change.
VISIBLE = {"ratio": 5e-5}


@dataclass(frozen=True)
class Concern:
    """One court that needs attention, with the codes of its reasons and the figures each sentence needs."""

    court_code: str
    reasons: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


def verdict(change: float | None, direction: str, unit: str = "ratio", is_significant: bool | None = None) -> str:
    """better, worse, up, down, same, noise or none: what a change means in the indicator's direction.

    `noise`: the change is not larger than chance alone would make it. Without a judgement on that, it is not asked.
    """
    if change is None or pd.isna(change):
        return "none"
    if abs(change) < VISIBLE.get(unit, 0.05):
        return "same"
    if is_significant is not None and not pd.isna(is_significant) and not is_significant:
        return "noise"
    if direction not in ("higher", "lower"):
        return "up" if change > 0 else "down"
    return "better" if (change > 0) == (direction == "higher") else "worse"


def judged_verdict(row: Mapping[str, Any]) -> str:
    """What a row's change means; `incomplete` where data that are due are missing: neither better nor worse."""
    if row["status"] in INCOMPLETE and not pd.isna(row["value_change"]):
        return "incomplete"
    return verdict(row["value_change"], row["direction"], row["unit"], row["is_change_significant"])


def tally(frame: pd.DataFrame) -> dict[str, int]:
    """Counts for the headline: indicators, those with a target, met, better, worse, same."""
    verdicts = [judged_verdict(row) for row in records(frame)]
    with_target = frame[frame["status"].isin(["met", "above", "below"])]
    return {
        "total": int(frame["value"].notna().sum()),
        "targets": len(with_target),
        "met": int((with_target["status"] == "met").sum()),
        "better": verdicts.count("better"),
        "worse": verdicts.count("worse"),
        "same": verdicts.count("same") + verdicts.count("noise"),
    }


def core(known: Iterable[str]) -> list[str]:
    """Of these indicators those that a meeting speaks about and courts are called by; the first ones without any."""
    found = set(known)
    return [code for code in CORE if code in found] or sorted(found)[: len(CORE)]


def is_adverse(row: Mapping[str, Any]) -> bool:
    """Whether a row of a court and indicator counts against the court, on pages, wall and in the circular alike.

    Beyond the 99.8 % limits of the funnel on the bad side, with and without its largest case, or outside a published
    target or interval that the value's own interval leaves out (`interval_status`).
    """
    is_bad = not pd.isna(row["is_favourable"]) and not row["is_favourable"]
    return (row["funnel_signal"] == "alarm" and is_bad) or row["interval_status"] in ("above", "below")


def is_called(adverse: int, place: Any) -> bool:
    """Whether a court has to explain itself, in rank and in interval mode alike.

    `adverse` core indicators on the bad side, or by the composite maybe among the last and surely not among the first.
    Who is by the composite surely not among the last is not called.
    """
    if place in FIRST or place == "between":
        return False
    return place in LAST or adverse >= NAMED_FROM


@dataclass(frozen=True)
class Unnamed:
    """Courts that rank after the best of those maybe among the last and are not among them, by what keeps them out."""

    after: int  # the best rank among those maybe among the last
    ends: int  # how many places are an end
    anywhere: int  # their sets reach the first places
    between: int  # their sets reach neither end


def unnamed(standing: pd.DataFrame) -> Unnamed | None:
    """Of one indicator's rows; None where nobody is maybe among the last or nobody ranks after them."""
    ranked = standing[standing["rank"].notna() & standing["place_code"].notna()]
    last = ranked[ranked["place_code"].isin(LAST)]
    behind = ranked[~ranked["place_code"].isin(LAST) & (ranked["rank"] > last["rank"].min())]
    if last.empty or behind.empty:
        return None
    counts = behind["place_code"].value_counts()
    ends = int(ranked["end_count"].iloc[0])
    return Unnamed(int(last["rank"].min()), ends, int(counts.get("anywhere", 0)), int(counts.get("between", 0)))


def is_beyond_chance(row: Mapping[str, Any]) -> bool:
    """Whether a change of rank has evidence: the former rank lies outside the 95 % interval of the present one."""
    known = [row[name] for name in ("rank", "rank_change", "rank_low", "rank_high")]
    if any(value is None or pd.isna(value) for value in known):
        return False
    rank, change, low, high = known
    return not low <= rank + change <= high


def movers(standings: pd.DataFrame, count: int) -> pd.DataFrame:
    """The largest changes of rank by composite, up and down; at most `count` of each."""
    moved = standings[(standings["indicator_code"] == COMPOSITE) & standings["rank"].notna()]
    moved = moved[moved["rank_change"].fillna(0) != 0]
    up = moved[moved["rank_change"] > 0].sort_values(["rank_change", "rank"], ascending=[False, True]).head(count)
    down = moved[moved["rank_change"] < 0].sort_values(["rank_change", "rank"]).head(count)
    return pd.concat([up, down])


def indicator_movers(standings: pd.DataFrame, count: int) -> pd.DataFrame:
    """The largest changes of rank in single indicators, whichever way, with value change and n."""
    moved = standings[(standings["indicator_code"] != COMPOSITE) & standings["rank"].notna()]
    moved = moved[moved["rank_change"].fillna(0) != 0]
    order = moved["rank_change"].abs().sort_values(ascending=False, kind="stable").index[:count]
    return moved.loc[order]


@dataclass(frozen=True)
class Grounds:
    """The frames that attention is judged by; their columns are those of the queries of the same names."""

    standings: pd.DataFrame
    coverage: pd.DataFrame
    unmet: pd.DataFrame
    flags: pd.DataFrame
    restated: pd.DataFrame
    streaks: pd.DataFrame


def attention(courts: list[str], grounds: Grounds, is_ranked: bool) -> list[Concern]:
    """Courts with at least one reason, the same in both modes; ranked: those with most reasons first.

    In interval mode they stand in the order of `courts`, and reasons that follow from ranks are said without a number.
    """
    concerns: dict[str, Concern] = {court: Concern(court) for court in courts}

    def add(court: str, reason: str, **values: Any) -> None:
        if court in concerns:
            concerns[court].reasons.append((reason, values))

    missing = grounds.coverage[grounds.coverage["status"] == "not_delivered"]
    for court, part in missing.groupby("court_code"):
        add(str(court), "not_delivered", kinds=list(part["kind"]))
    for row in records(grounds.unmet):
        add(row["court_code"], f"{row['status']}_target", row=row)
    for row in records(grounds.flags):
        add(row["court_code"], "flag", row=row)
    for row in records(grounds.restated):
        add(row["court_code"], "restated", count=int(row["indicator_count"]))
    suffix = "" if is_ranked else "_unranked"
    for row in records(grounds.streaks):
        add(row["court_code"], f"streak{suffix}", months=int(row["month_count"]))
    for court, reason, values in _by_rank(grounds.standings):
        add(court, f"{reason}{suffix}", **values)
    if not is_ranked:
        return [concern for concern in concerns.values() if concern.reasons]
    return sorted((c for c in concerns.values() if c.reasons), key=lambda concern: -len(concern.reasons))


def _by_rank(standings: pd.DataFrame) -> list[tuple[str, str, dict[str, Any]]]:
    """Court, reason, figures: maybe among the last by composite, and falls beyond the rank's own uncertainty."""
    found: list[tuple[str, str, dict[str, Any]]] = []
    composite = standings[(standings["indicator_code"] == COMPOSITE) & standings["rank"].notna()]
    for row in records(composite):
        rank, count = int(row["rank"]), int(row["ranked_count"])
        low = rank if pd.isna(row["rank_low"]) else int(row["rank_low"])
        if row["place_code"] in LAST:
            values = {"rank": rank, "count": count, "n": int(row["end_count"])}
            found.append((row["court_code"], row["place_code"], values))
        fall = max(SMALLEST_FALL, math.ceil(count * FALL_SHARE))
        is_beyond_chance = pd.notna(row["previous_rank"]) and row["previous_rank"] < low
        if is_beyond_chance and row["rank_change"] <= -fall:
            before = int(row["previous_rank"])
            found.append((row["court_code"], "fell", {"places": rank - before, "before": before, "rank": rank}))
    return found


def effects(before: tuple[float, float], after: tuple[float, float]) -> tuple[float, float] | None:
    """How much of a quotient's change its numerator and its denominator made; the two add up to the change.

    `before` and `after` are (numerator, denominator). Each effect is the mean of its size at the old and at the new
    other side (Shapley), so that neither order is preferred. None where a denominator is zero.
    """
    (n0, d0), (n1, d1) = before, after
    rates = effects_of_one(before, after)
    return None if rates is None else ((n1 - n0) * rates[0], (d1 - d0) * rates[1])


def effects_of_one(before: tuple[float, float], after: tuple[float, float]) -> tuple[float, float] | None:
    """What one more in the numerator, and one in the denominator, made of the change: parts add up to `effects`."""
    (n0, d0), (n1, d1) = before, after
    if not d0 or not d1:
        return None
    return (1 / d0 + 1 / d1) / 2, -(n0 + n1) / (2 * d0 * d1)

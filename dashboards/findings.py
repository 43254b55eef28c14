"""What the figures say: rules that turn frames into findings, such as who moved and who needs attention.
The rules are working rules and are printed where their findings are; wording belongs to the texts."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

JUDGED = ("met", "above", "below", "no_target")
# Working rules, until the users decide: the last tenth of a group by composite, and a fall of a tenth of its places.
LAST_SHARE = 0.10
FALL_SHARE = 0.10
SMALLEST_FALL = 2
# A change that would be printed as zero is no change.
VISIBLE = {"ratio": 5e-5}


@dataclass(frozen=True)
class Concern:
    """One court that needs attention, with the codes of its reasons and the figures each sentence needs."""

    court_code: str
    reasons: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


def verdict(change: float | None, direction: str, unit: str = "ratio") -> str:
    """better, worse, same, or none: what a change means in the indicator's direction."""
    if change is None or pd.isna(change):
        return "none"
    if abs(change) < VISIBLE.get(unit, 0.05):
        return "same"
    if direction not in ("higher", "lower"):
        return "up" if change > 0 else "down"
    return "better" if (change > 0) == (direction == "higher") else "worse"


def tally(frame: pd.DataFrame) -> dict[str, int]:
    """Counts for the headline: indicators, those with a target, met, better, worse, same."""
    changes = zip(frame["value_change"], frame["direction"], frame["unit"], strict=True)
    verdicts = [verdict(*change) for change in changes]
    with_target = frame[frame["status"].isin(["met", "above", "below"])]
    return {
        "total": int(frame["value"].notna().sum()),
        "targets": len(with_target),
        "met": int(with_target["status"].isin(["met", "above"]).sum()),
        "better": verdicts.count("better"),
        "worse": verdicts.count("worse"),
        "same": verdicts.count("same"),
    }


def movers(standings: pd.DataFrame, count: int) -> pd.DataFrame:
    """The largest changes of rank by composite, up and down; at most `count` of each."""
    moved = standings[(standings["indicator_code"] == "COMPOSITE") & standings["rank"].notna()]
    moved = moved[moved["rank_change"].fillna(0) != 0]
    up = moved[moved["rank_change"] > 0].sort_values(["rank_change", "rank"], ascending=[False, True]).head(count)
    down = moved[moved["rank_change"] < 0].sort_values(["rank_change", "rank"]).head(count)
    return pd.concat([up, down])


def indicator_movers(standings: pd.DataFrame, count: int) -> pd.DataFrame:
    """The largest changes of rank in single indicators, whichever way, with value change and n."""
    moved = standings[(standings["indicator_code"] != "COMPOSITE") & standings["rank"].notna()]
    moved = moved[moved["rank_change"].fillna(0) != 0]
    order = moved["rank_change"].abs().sort_values(ascending=False, kind="stable").index[:count]
    return moved.loc[order]


def attention(standings: pd.DataFrame, coverage: pd.DataFrame) -> list[Concern]:
    """Courts with at least one reason, those with most reasons first."""
    concerns: dict[str, Concern] = {}

    def add(court: str, reason: str, **values: Any) -> None:
        concerns.setdefault(court, Concern(court)).reasons.append((reason, values))

    in_group = set(standings["court_code"])
    missing = coverage[(coverage["status"] == "not_delivered") & coverage["court_code"].isin(in_group)]
    for court, part in missing.groupby("court_code"):
        add(str(court), "not_delivered", kinds=list(part["kind"]))
    composite = standings[(standings["indicator_code"] == "COMPOSITE") & standings["rank"].notna()]
    for row in composite.itertuples():
        last_places = max(1, math.floor(row.ranked_count * LAST_SHARE)) if row.ranked_count >= 3 else 0
        if row.rank > row.ranked_count - last_places:
            add(row.court_code, "last_places", rank=int(row.rank), count=int(row.ranked_count))
        fall = max(SMALLEST_FALL, math.ceil(row.ranked_count * FALL_SHARE))
        if pd.notna(row.rank_change) and row.rank_change <= -fall:
            add(row.court_code, "fell", places=int(-row.rank_change), before=int(row.previous_rank), rank=int(row.rank))
    below = standings[(standings["status"] == "below") & standings["target_value"].notna()]
    for court, part in below.groupby("court_code"):
        add(str(court), "below_target", indicators=list(part["indicator_code"]))
    return sorted(concerns.values(), key=lambda c: -len(c.reasons))


def percentile(rank: float | None, ranked_count: float | None) -> float | None:
    """1 for the first of a group, 0 for its last; None when there is no rank or nobody to compare with."""
    if rank is None or pd.isna(rank) or not ranked_count or ranked_count < 2:
        return None
    return float((ranked_count - rank) / (ranked_count - 1))

"""How a row of the leaderboard is said: status, interval, rank interval, change, streak, reason for no rank.
Nothing here draws, and no rank is made here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboards import findings, formats
from dashboards.findings import COMPOSITE
from dashboards.queries import dimensions
from dashboards.shell.view import View

SIGNS = {
    "met": "●", "above": "▲", "below": "▼", "no_target": "○", "monitored": "○", "too_few": "◌",
    "not_applicable": "–", "not_delivered": "×", "not_in_service": "·", "no_peers": "○",
}  # fmt: skip
SMALL = 30  # a ranked court below this n is drawn hollow: its place moves with a handful of cases
STEPS = {"up": "▲", "down": "▼", "same": "＝"}


def has_ranks(view: View, ranking: pd.DataFrame) -> bool:
    """Whether the rows are shown with ranks: in rank mode, and if any court of the group has one."""
    return view.choice.is_ranked and bool(ranking["rank"].notna().any())


def official(ranking: pd.DataFrame) -> pd.DataFrame:
    """The courts in the order of the register, which is no ranking."""
    return ranking.sort_values(["sort_order", "court_code"], kind="stable").reset_index(drop=True)


def step(row: dict[str, Any]) -> str:
    """Places gained or lost: with an arrow where there is evidence, signed after ≈ where it may be chance."""
    change = row["rank_change"]
    if formats.is_absent(change):
        return formats.ABSENT
    if not change:
        return STEPS["same"]
    if not findings.is_beyond_chance(row):
        return f"≈ {int(change):+d}".replace("-", "−")
    return f"{STEPS['up' if change > 0 else 'down']} {abs(int(change))}"


def streak(view: View, row: dict[str, Any]) -> str:
    """Months in a row maybe among the first or the last; empty without a streak of three."""
    if formats.is_absent(row["streak_months"]):
        return ""
    return view.t(f"leaderboard.streak_{row['streak_code']}", n=int(row["streak_months"]))


def end(place: Any) -> str:
    """first, last or nothing: the end at which a court may stand and not at the other."""
    return "first" if place in findings.FIRST else "last" if place in findings.LAST else ""


def place(view: View, row: dict[str, Any]) -> str:
    """What the sets of ranks say of the court's place."""
    if formats.is_absent(row["place_code"]):
        return formats.ABSENT
    return view.t(f"place.{row['place_code']}", n=int(row["end_count"]))


def unnamed(view: View, standing: pd.DataFrame) -> str:
    """Why courts that rank after a named one are not named themselves; empty where there are none."""
    found = findings.unnamed(standing)
    if found is None:
        return ""
    said = {"n": found.ends, "rank": found.after}
    parts = [
        view.t(f"unnamed.{code}", amount=amount, **said)
        for code, amount in (("anywhere", found.anywhere), ("between", found.between))
        if amount
    ]
    return "".join(parts)


def pairs(row: dict[str, Any]) -> tuple[int, int] | None:
    """How many courts are surely ahead of this one, and how many surely behind: pairs that differ beyond chance."""
    if any(formats.is_absent(row[name]) for name in ("set_low", "set_high", "ranked_count")):
        return None
    return int(row["set_low"]) - 1, int(row["ranked_count"]) - int(row["set_high"])


def doubted(view: View, row: Mapping[str, Any], status: str) -> str:
    """A status in words, and why nothing is said of the target where interval or largest record leave it open."""
    code = row["doubt_code"]
    return status if formats.is_absent(code) else f"{status} · {view.t('doubt.' + str(code))}"


def interval(view: View, row: dict[str, Any]) -> str:
    """The value's 95 % interval, low–high."""
    if formats.is_absent(row["value_low"]) or formats.is_absent(row["value_high"]):
        return formats.ABSENT
    return f"{view.names.value(row['value_low'], row['unit'])} – {view.names.value(row['value_high'], row['unit'])}"


def ranks(row: dict[str, Any]) -> str:
    """The rank's 95 % interval, low–high."""
    if formats.is_absent(row["rank_low"]):
        return formats.ABSENT
    return f"{int(row['rank_low'])}–{int(row['rank_high'])}"


def change(view: View, row: dict[str, Any]) -> str:
    """The change on last month, marked where it lies within chance."""
    said = view.names.change(row["value_change"], row["unit"])
    is_chance = not formats.is_absent(row["is_change_significant"]) and not row["is_change_significant"]
    return f"≈ {said}" if is_chance and not formats.is_absent(row["value_change"]) else said


def last_deliveries(view: View) -> dict[str, str]:
    """Court → last month in which it delivered anything."""
    return view.data.ask(dimensions.last_deliveries).set_index("court_code")["last_month"].to_dict()


def reason(view: View, row: dict[str, Any], indicator: str, last: dict[str, str]) -> str:
    """Why a court has no rank."""
    status = row["status"] if row["status"] not in findings.JUDGED else "monitor"
    if status == "too_few" and indicator == COMPOSITE:
        status = "too_few_indicators"
    return view.t(
        f"unranked.{status}",
        n=formats.number(row["case_count"]),
        least=formats.number(row["min_denominator"]),
        last=last.get(row["court_code"], formats.ABSENT),
    )

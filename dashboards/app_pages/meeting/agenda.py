"""The agenda of a meeting: which steps a month's facts ask for, and which courts have to explain themselves.
How a step looks belongs to the page; the rules are working rules and are printed where they are used."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboards import findings
from dashboards.findings import COMPOSITE, LAST, is_adverse, is_called
from dashboards.rows import records

OVERALL, TARGETS, COURTS, IMPROVED, WORSENED = "overall", "targets", "courts", "improved", "worsened"
CHECKS, ITEMS, DECISIONS = "checks", "items", "decisions"
ONE_SIDE = 0.025  # of a 95 % interval: what chance leaves out on either side
ON_A_SCREEN = 4  # courts with their reasons and answers: more cannot be read from the back of the room


@dataclass(frozen=True)
class Agenda:
    """Steps in order, by the name they have in the URL; `courts` are those of the steps courts-1, courts-2 …"""

    steps: list[str]
    core: list[str]
    courts: list[str]

    def of_step(self, step: str) -> list[str]:
        """The courts of a step `courts-<number>`."""
        start = (int(step.partition("-")[2]) - 1) * ON_A_SCREEN
        return self.courts[start : start + ON_A_SCREEN]


def agenda(standings: pd.DataFrame, *, is_ranked: bool) -> Agenda:
    """From the standings of one peer group."""
    found = core(standings)
    courts = called(standings, found, is_ranked=is_ranked)
    screens = [f"{COURTS}-{number + 1}" for number in range(-(-len(courts) // ON_A_SCREEN))]
    steps = [OVERALL, TARGETS, *found, *screens, IMPROVED, WORSENED, CHECKS, ITEMS, DECISIONS]
    return Agenda(steps, found, courts)


def core(standings: pd.DataFrame) -> list[str]:
    """The key indicators: gone through one by one, and those that courts are called by."""
    return findings.core(set(standings["indicator_code"]) - {COMPOSITE})


def called(standings: pd.DataFrame, codes: list[str], *, is_ranked: bool) -> list[str]:
    """The courts that have to explain themselves: the same in both modes, ranked the last of them first."""
    bad = adverse(standings[standings["indicator_code"].isin(codes)])["court_code"].value_counts()
    composite = standings[standings["indicator_code"] == COMPOSITE].drop_duplicates("court_code")
    places = dict(zip(composite["court_code"], composite["place_code"], strict=True))
    order = [*dict.fromkeys(standings["court_code"])]
    if is_ranked:
        ranked = composite.sort_values("rank", ascending=False, kind="stable", na_position="last")
        order = [*dict.fromkeys([*ranked["court_code"], *order])]
    return [str(court) for court in order if is_called(int(bad.get(court, 0)), places.get(court))]


def among_last(standings: pd.DataFrame) -> pd.DataFrame:
    """Rows of which the sets of ranks say: maybe among the last, surely not among the first."""
    return standings[standings["place_code"].isin(LAST)]


def adverse(standings: pd.DataFrame) -> pd.DataFrame:
    """Rows outside a published target or interval, or beyond the 99.8 % limits of the funnel on the bad side."""
    return standings[pd.Series([is_adverse(row) for row in records(standings)], standings.index, dtype=bool)]


def comparable(standings: pd.DataFrame) -> pd.DataFrame:
    """Rows whose change from the month before is judged: with an interval, a better side, and all data delivered."""
    is_known = standings["is_change_significant"].notna() & standings["direction"].isin(["higher", "lower"])
    return standings[is_known & ~standings["interval_status"].isin(findings.INCOMPLETE)]


def by_chance(standings: pd.DataFrame) -> int:
    """How many of the changes on one side would lie outside their 95 % intervals if nothing had changed at all."""
    return round(len(comparable(standings)) * ONE_SIDE)


def changed(standings: pd.DataFrame, *, is_ranked: bool, is_better: bool) -> pd.DataFrame:
    """Changes from the month before whose interval leaves out zero, better or worse, the clearest first or in order.

    Of many comparisons some do so by chance alone: `by_chance` says how many, and stands beside them.
    """
    rows = comparable(standings)
    rows = rows[_is(rows["is_change_significant"], "true")]
    is_up = rows["value_change"] > 0
    is_good = (rows["direction"].eq("higher") & is_up) | (rows["direction"].eq("lower") & ~is_up)
    asked = rows[is_good == is_better]
    return asked.sort_values("strength", key=abs, ascending=False, kind="stable") if is_ranked else asked


def favourable(standings: pd.DataFrame) -> pd.DataFrame:
    """Rows beyond the 99.8 % limits of the funnel on the good side."""
    return standings[(standings["funnel_signal"] == "alarm") & _is(standings["is_favourable"], "true")]


def _is(flags: pd.Series, said: str) -> pd.Series:
    """Where a flag that may be absent says `true` or `false`; an absent one says neither."""
    return pd.Series([str(flag).lower() == said for flag in flags], flags.index, dtype=bool)

"""Places, flags and targets judged once more from what they follow from, by the verifier and by nobody else.
What they follow from is recounted in recount; how they are said belongs to wording."""

from __future__ import annotations

from dashboards.bulletin.facts import Row, has

BEYOND = 3.090232  # standard errors of the 99.8 % limits


def ends(ranked: int) -> int:
    """How many places are the first, and how many the last: five, of a small group a third."""
    return min(5, ranked // 3)


def place(low: float, high: float, ranked: int) -> str:
    count = ends(ranked)
    is_first, is_last = low <= count, high > ranked - count
    if is_first and is_last:
        return "anywhere"
    if is_first:
        return "surely_first" if high <= count else "maybe_first"
    if is_last:
        return "surely_last" if low > ranked - count else "maybe_last"
    return "between"


def flag(own: Row, share: float) -> str:
    """What the check's own thresholds say: enough cases and hits, well above the peers, and how far."""
    if own["n"] < own["min_trials"] or own["hit_count"] < own["min_hits"]:
        return "none"
    if share < own["peer_share"] * own["min_lift"] or own["peer_score"] < own["watch_score"]:
        return "none"
    past, peers = own["own_base_n"], own["peer_share"]
    # The court's own past, drawn towards its peers' share as if by ten cases.
    own_share = (own["own_base"] * past + 10 * peers) / (past + 10) if has(past) and past else None
    is_new = own_share is None or own["own_score"] >= 2 or own_share >= peers * own["min_lift"]
    return "alert" if own["peer_score"] >= own["alert_score"] and is_new else "watch"


def target_status(aimed: Row, value: float | None, published: str | None, ends: Row) -> str:
    """Where a value stands to a target: missed only where neither interval nor largest record says otherwise."""
    low, high = aimed.get("interval_low"), aimed.get("interval_high")
    target = aimed.get("target_value")
    if low is None and high is None and target is None:
        return "reference"
    if published in ("too_few", "not_applicable", "not_delivered", "not_in_service"):
        return str(published)
    if value is None:
        return "not_applicable"
    if low is None and high is None:
        low, high = (None, target) if aimed["direction"] == "lower" else (target, None)
    low = None if aimed["direction"] == "lower" else low
    side = _side(value, low, high)
    if ends.get("is_concentrated"):
        without = ends.get("value_without_largest")
        if not has(without) or _side(float(without or 0), low, high) != side:
            return "too_few"
    near = {"above": ends.get("value_low"), "below": ends.get("value_high")}.get(side)
    return "too_few" if has(near) and _side(float(near or 0), low, high) != side else side


def _side(value: float, low: float | None, high: float | None) -> str:
    if high is not None and value > high:
        return "above"
    return "below" if low is not None and value < low else "met"


def sets_apart(limits: Row, value: float, *, is_above: bool) -> bool:
    """Whether a value lies beyond the 99.8 % limit of its peers, and does so without its largest record too."""
    is_beyond = value > limits["alarm_high"] if is_above else value < limits["alarm_low"]
    if not is_beyond or not limits["is_concentrated"]:
        return is_beyond
    without = limits["z_without_largest"]
    return has(without) and (without > BEYOND if is_above else without < -BEYOND)


def is_largest_decisive(limits: Row) -> bool:
    """Whether a court is beyond the 95 % limits by its largest record alone: nothing is said of it."""
    is_inside = limits["alert_low"] <= limits["value"] <= limits["alert_high"]
    return bool(limits["is_largest_decisive"]) and bool(limits["is_concentrated"]) and not is_inside

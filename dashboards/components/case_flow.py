"""The flow of cases as steps from opening to pending, and whether it adds up.
How the steps are drawn belongs to charts; whose cases they are, to the pages."""

from __future__ import annotations

# Closed cases by mode; what none of these measures counts is `other modes`.
MODES = ("full_satisfaction_cases", "suspended_cases", "terminated_cases")


def flow_steps(amounts: dict[str, float]) -> list[tuple[str, float, str]]:
    """The waterfall's steps; closed cases of other modes are what the three measured modes leave."""
    modes = [(code, -amounts.get(code, 0.0), "step") for code in MODES]
    other = amounts.get("closed_cases", 0.0) + sum(amount for _, amount, _ in modes)
    steps = [
        ("opening_cases", amounts.get("opening_cases", 0.0), "level"),
        ("new_cases", amounts.get("new_cases", 0.0), "step"),
    ]
    if amounts.get("moved_cases"):  # cross enforcement: a case that goes to another court is neither new nor closed
        steps.append(("moved_cases", amounts["moved_cases"], "step"))
    return [
        *steps,
        *modes,
        ("other_modes", -other, "step"),
        ("pending_cases", amounts.get("pending_cases", 0.0), "level"),
    ]


def flow_gap(amounts: dict[str, float]) -> float:
    """Opening + new + moved − closed − pending: 0 when the identity holds."""
    signs = {"opening_cases": 1, "new_cases": 1, "moved_cases": 1, "closed_cases": -1, "pending_cases": -1}
    return sum(sign * amounts.get(code, 0.0) for code, sign in signs.items())

"""What the province's figures say of its targets: met, missed, not to be judged, or held against a mere reference.
The snapshot judges its own; other readings are held to the same rule here, and wording belongs to the texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboards.rows import records

MISSED = ("above", "below")
UNJUDGED = ("too_few", "not_applicable", "not_delivered", "not_in_service", "no_target")
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Target:
    """An indicator's row with what it comes to, and its alternative readings with what these would come to."""

    row: dict[str, Any]
    status: str  # met, above, below, too_few, not_applicable or not_delivered; `reference` where nothing is judged
    readings: tuple[tuple[dict[str, Any], str], ...] = ()

    @property
    def code(self) -> str:
        return str(self.row["indicator_code"])

    @property
    def is_working(self) -> bool:
        """Whether the definition is a working one: no source publishes the formula."""
        return self.row["is_working_definition"] is True

    @property
    def is_missed(self) -> bool:
        return self.status in MISSED


def bounds(row: Row) -> tuple[float | None, float | None]:
    """The least and the most that meet what was published, None where there is no bound."""
    low, high, target = (_known(row[name]) for name in ("interval_low", "interval_high", "target_value"))
    if low is not None or high is not None or target is None:
        return low, high
    return (None, target) if row["direction"] == "lower" else (target, None)


def against(row: Row, least: float | None, most: float | None) -> str:
    """met, above or below; too_few where the bound that is missed lies within the value's 95 % interval."""
    status, value = str(row["status"]), _known(row["value"])
    if status in UNJUDGED[:-1]:
        return status
    if value is None:
        return "not_applicable"
    low, high = _known(row["value_low"]), _known(row["value_high"])
    if most is not None and value > most:
        return "too_few" if low is not None and low <= most else "above"
    if least is not None and value < least:
        return "too_few" if high is not None and high >= least else "below"
    return "no_target" if least is None and most is None else "met"


def targets(frame: pd.DataFrame) -> list[Target]:
    """Every indicator with a target or a reference, in the order of the catalogue."""
    rows = records(frame)
    found = []
    for row in rows:
        if isinstance(row["variant_of"], str):
            continue
        least, most = bounds(row)
        if least is None and most is None:
            found.append(Target(row, "reference"))
            continue
        others = [other for other in rows if other["variant_of"] == row["indicator_code"]]
        readings = tuple((other, against(other, least, most)) for other in others)
        judged = row["judged_status"]
        status = judged if isinstance(judged, str) and judged != "no_target" else against(row, least, most)
        found.append(Target(row, status, readings))
    return found


def _known(amount: Any) -> float | None:
    return None if amount is None or pd.isna(amount) else float(amount)

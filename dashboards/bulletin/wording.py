"""How a figure or a comparison is put into words, the same for what is printed and for what the check expects.
Where the numbers come from belongs to the two callers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dashboards import formats
from dashboards.bulletin.judgement import DOWN, UP
from dashboards.texts import Texts

Row = dict[str, Any]
STEPS = ("ratio", "days", "points")


@dataclass(frozen=True)
class Share:
    """A numerator over its denominator, summed before it is divided."""

    hits: float
    trials: float

    @property
    def value(self) -> float:
        return self.hits / self.trials


def value(t: Texts, definition: Row, amount: float | None) -> str:
    """An indicator's value with its unit; — when there is none."""
    return _set(t, formats.value(amount, str(definition["unit"]), t.lang))


def bound(t: Texts, definition: Row, amount: float | None) -> str:
    """A target or an end of an interval, without zeros that it does not need."""
    return _set(t, formats.bound(amount, str(definition["unit"]), t.lang))


def aim(t: Texts, definition: Row) -> str:
    """≥90%, ≤30天, 20%–30%: what a value is held against."""
    low, high, target = (definition.get(name) for name in ("interval_low", "interval_high", "target_value"))
    low, high, target = (None if formats.is_absent(end) else end for end in (low, high, target))
    if low is None and high is None:
        low, high = (None, target) if definition["direction"] == "lower" else (target, None)
    if low is not None and high is not None:
        return f"{bound(t, definition, low)}–{bound(t, definition, high)}"
    if low is None and high is None:
        return formats.ABSENT
    return f"≤{bound(t, definition, high)}" if low is None else f"≥{bound(t, definition, low)}"


def ends(t: Texts, definition: Row, low: float | None, high: float | None) -> str:
    """The ends of a value's interval; — where there is none."""
    if formats.is_absent(low) or formats.is_absent(high):
        return formats.ABSENT
    return f"{value(t, definition, low)}–{value(t, definition, high)}"


def quantity(t: Texts, unit: str | None, amount: float | None) -> str:
    """A numerator or denominator: money in 万元, everything else as a whole number."""
    return _set(t, formats.value(amount, "yuan" if unit == "yuan" else "count", t.lang, 0))


def share(numerator: float | None, denominator: float | None) -> Share | None:
    """Sums with their quotient, None where there is nothing to divide by."""
    if formats.is_absent(numerator) or formats.is_absent(denominator) or not float(denominator or 0) > 0:
        return None
    return Share(float(numerator or 0), float(denominator or 0))


def visible(definition: Row) -> float:
    """The smallest step of the indicator that print shows."""
    return {"ratio": 1e-4, "days": 0.1, "points": 0.1}.get(str(definition["unit"]), 1.0)


def change(t: Texts, definition: Row, found: str, now: float, before: float, section: str = "bulletin_change") -> str:
    """上升1.20个百分点, 下降3.2天, 持平, or why there is no judgement; `section` is the catalogue's, long or short."""
    if found not in (UP, DOWN):
        return t(f"{section}.{found}")
    # From the printed figures, so that a reader who subtracts them finds the same.
    unit = str(definition["unit"])
    scale, digits = {"ratio": (100, 2), "days": (1, 1), "points": (1, 1)}.get(unit, (1, 0))
    amount = abs(formats.rounded(now * scale, digits) - formats.rounded(before * scale, digits))
    if section == "bulletin_change":
        return t(f"{section}.{found}", amount=t(f"bulletin_step.{unit if unit in STEPS else 'other'}", amount=amount))
    return t(f"{section}.{found}", amount=f"{amount}")


def judged(definition: Row, found: str) -> str:
    """The verdict in the indicator's direction: better, worse, or moved when it has none."""
    if found not in (UP, DOWN):
        return found
    if definition["direction"] not in ("higher", "lower"):
        return "moved"
    return "better" if (found == UP) == (definition["direction"] == "higher") else "worse"


def status_code(judged: str | None, amount: float | None) -> str:
    """inside, high, low, short (of data), missing (data) or unpublished: what may be said of a value and its target."""
    if judged == "not_delivered":
        return "missing"
    if judged is None or formats.is_absent(amount):
        return "short"
    codes = {"met": "inside", "above": "high", "below": "low", "no_target": "unpublished", "reference": "unpublished"}
    return codes.get(judged, "short")


def score(points: float | None) -> str:
    """Points with one decimal."""
    return formats.number(points, 1)


def span(low: float | None, high: float | None) -> str:
    """3–9; — where there is no interval."""
    if formats.is_absent(low) or formats.is_absent(high):
        return formats.ABSENT
    return f"{formats.number(low)}–{formats.number(high)}"


def definition(t: Texts, row: Row, column: str) -> str:
    """A column of an indicator's definition: formula, direction, minimum, target or interval, source."""
    if column == "target":
        bounds = [row.get(name) for name in ("target_value", "interval_low", "interval_high")]
        shown = [value(t, row, float(bound)) for bound in bounds if bound is not None]
        return "–".join(shown) or t("bulletin_status.unpublished")
    if column == "direction":
        return t(f"direction.short_{row['direction']}")
    if column == "min_denominator":
        return formats.number(row["min_denominator"])
    if column == "kind":
        return t(f"bulletin.kind_{'working' if row['is_working_definition'] else 'known'}")
    return t.name(row, column)


def _set(t: Texts, figure: str) -> str:
    """Set in type: Chinese running text has no space between a figure and its unit."""
    return figure.replace(" ", "") if t.lang == "zh" else figure

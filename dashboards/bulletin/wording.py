"""How a figure or a comparison is put into words, the same for what is printed and for what the check expects.
Where the numbers come from belongs to the two callers."""

from __future__ import annotations

from typing import Any

from dashboards import formats
from dashboards.bulletin import noise
from dashboards.texts import Texts

Row = dict[str, Any]


def value(t: Texts, definition: Row, amount: float | None) -> str:
    """An indicator's value with its unit; — when there is none."""
    return _set(t, formats.value(amount, str(definition["unit"]), t.lang))


def quantity(t: Texts, unit: str | None, amount: float | None) -> str:
    """A numerator or denominator: money in 万元, everything else as a whole number."""
    return _set(t, formats.value(amount, "yuan" if unit == "yuan" else "count", t.lang, 0))


def share(numerator: float | None, denominator: float | None) -> noise.Share | None:
    """A proportion with its n, None without trials."""
    if formats.is_absent(numerator) or formats.is_absent(denominator) or not float(denominator or 0) > 0:
        return None
    return noise.Share(float(numerator or 0), float(denominator or 0))


def verdict(definition: Row, now: noise.Share | None, before: noise.Share | None) -> str:
    """up, down, flat; unjudged for amounts and days; absent when one side has no figure."""
    if now is None or before is None:
        return "absent"
    return noise.difference(now, before) if noise.is_proportion(definition) else noise.UNJUDGED


def change(
    t: Texts, definition: Row, now: noise.Share | None, before: noise.Share | None, section: str = "bulletin_change"
) -> str:
    """上升1.20个百分点, 下降…, 持平, or why there is no judgement; `section` is the catalogue's, long or short."""
    found = verdict(definition, now, before)
    if found in (noise.UP, noise.DOWN) and now and before:
        # From the printed figures, so that a reader who subtracts them finds the same.
        shown = abs(formats.rounded(now.value * 100, 2) - formats.rounded(before.value * 100, 2))
        return t(f"{section}.{found}", points=f"{shown}")
    return t(f"{section}.{found}")


def judged(definition: Row, now: noise.Share | None, before: noise.Share | None) -> str:
    """The verdict in the indicator's direction: better, worse, or moved when it has none."""
    found = verdict(definition, now, before)
    if found not in (noise.UP, noise.DOWN):
        return found
    if definition["direction"] not in ("higher", "lower"):
        return "moved"
    return "better" if (found == noise.UP) == (definition["direction"] == "higher") else "worse"


def status_code(definition: Row, published: str | None, amount: float | None) -> str:
    """inside, high, low, short (of data) or unpublished, against the published interval or target."""
    if published in (None, "too_few", "not_applicable", "not_delivered") or formats.is_absent(amount):
        return "short"
    low, high = definition.get("interval_low"), definition.get("interval_high")
    if low is None and high is None and definition.get("target_value") is not None:
        low, high = (
            (None, definition["target_value"])
            if definition["direction"] == "lower"
            else (definition["target_value"], None)
        )
    if low is None and high is None:
        return "unpublished"
    if high is not None and float(amount or 0) > high:
        return "high"
    return "low" if low is not None and float(amount or 0) < low else "inside"


def score(points: float | None) -> str:
    """Points with one decimal."""
    return formats.number(points, 1)


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

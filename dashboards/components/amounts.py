"""How a value of an indicator is said where amounts are concerned: with and without its largest case.
Whether a sum rests on few cases is decided in the warehouse; nothing here judges."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboards import formats
from dashboards.shell.view import View


def worded(view: View, row: Mapping[str, Any], digits: int | None = None) -> str:
    """The value; where ten records carry over half of its denominator, also what it is without the largest."""
    said = view.names.value(row["value"], row["unit"], digits)
    return (
        view.t("word.with_and_without", value=said, without=without(view, row, digits)) if rests_on_few(row) else said
    )


def without(view: View, row: Mapping[str, Any], digits: int | None = None) -> str:
    """The value without the largest record; empty where the sum does not rest on few."""
    if not rests_on_few(row):
        return ""
    return view.names.value(row["value_without_largest"], row["unit"], digits)


def remark(view: View, row: Mapping[str, Any], digits: int | None = None) -> str:
    """The same in words, to stand apart from the value; empty where the sum does not rest on few."""
    said = without(view, row, digits)
    return view.t("word.without_largest", value=said) if said else ""


def rests_on_few(row: Mapping[str, Any]) -> bool:
    """Whether ten records carry over half of the sum; unknown is no."""
    found = row.get("is_concentrated")
    return not formats.is_absent(found) and bool(found) and not formats.is_absent(row["value"])

"""Targets as pages say them: how many are met, which are missed, and what is held against a mere reference.
Which are missed is decided in dashboards.targets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboards import formats
from dashboards.queries import targets as queries
from dashboards.shell.view import View
from dashboards.targets import UNJUDGED, Target, targets

Line = tuple[str, str, str]  # indicator, address, sentence


def found(view: View) -> list[Target]:
    """The province's targets in the chosen month and window."""
    return targets(view.data.ask(queries.judged, view.data.root, "province", view.choice.month, view.choice.window))


def summary(view: View, judged: list[Target]) -> str:
    """How many targets are met, missed, or not to be judged; that there are none, if there are none."""
    standing = [target for target in judged if target.status != "reference"]
    if not standing:
        return view.t("targets.none")
    missed, short = (sum(test) for test in zip(*((t.is_missed, t.status in UNJUDGED) for t in standing), strict=True))
    said = view.t("targets.summary", total=len(standing), met=len(standing) - missed - short, missed=missed)
    return said + (view.t("targets.short", n=short) if short else "")


def missed(view: View, judged: list[Target]) -> list[Line]:
    """Every missed target in the order of the catalogue."""
    return [_line(view, target) for target in judged if target.is_missed]


def short(view: View, judged: list[Target]) -> list[Line]:
    """Every target that cannot be judged, with its reason."""
    return [_line(view, target) for target in judged if target.status in UNJUDGED]


def references(view: View, judged: list[Target]) -> str:
    """What is known of other places only, with its source; empty if nothing is."""
    said = [
        view.t(
            "targets.reference",
            indicator=view.t.name(target.row, "short_name"),
            value=value(view, target),
            reference=formats.bound(target.row["reference_value"], str(target.row["unit"]), view.lang),
            source=view.t.half(target.row["target_source"]),
        )
        for target in judged
        if target.status == "reference"
    ]
    return view.t("targets.references", n=len(said), said=view.t("word.semicolon").join(said)) if said else ""


def note(view: View, target: Target) -> str:
    """That the definition is a working one, and what its other readings come to; empty where it is none."""
    if not target.is_working:
        return ""
    said = [
        view.t(
            "targets.reading",
            value=view.names.value(row["value"], str(row["unit"])),
            formula=view.t.name(row, "formula"),
            verdict=view.t(f"targets.verdict_{status}"),
        )
        for row, status in target.readings
        if not formats.is_absent(row["value"])
    ]
    return view.t("word.semicolon").join([view.t("targets.working"), *said])


def brief(view: View, target: Target) -> str:
    """The same without formulas, for a card."""
    if not target.is_working:
        return ""
    said = [
        view.t(
            "targets.reading_short",
            value=view.names.value(row["value"], str(row["unit"]), 1),
            verdict=view.t(f"targets.verdict_{status}"),
        )
        for row, status in target.readings
        if not formats.is_absent(row["value"])
    ]
    return view.t("word.semicolon").join([view.t("targets.working"), *said])


def remark(view: View, row: Mapping[str, Any], target: Target | None) -> str:
    """Of any indicator's row: what `brief` says of its target, or that its definition is a working one."""
    if target is not None:
        return brief(view, target)
    return view.t("targets.working") if row["is_working_definition"] is True else ""


def by_code(judged: list[Target]) -> dict[str, Target]:
    return {target.code: target for target in judged}


def value(view: View, target: Target) -> str:
    """With two decimals: 99.96 % is not 100 %."""
    return view.names.value(target.row["value"], str(target.row["unit"]))


def _line(view: View, target: Target) -> Line:
    row, unit = target.row, str(target.row["unit"])
    ends = (row["value_low"], row["value_high"])
    has_ends = not any(pd.isna(end) for end in ends)
    low, high = (view.names.value(end, unit) for end in ends)
    parts = [
        value(view, target),
        view.names.aim(row),
        f"n = {formats.number(row['case_count'])}",
        view.t("targets.interval", low=low, high=high) if has_ends else view.t("targets.no_interval"),
        view.names.judgement({**row, "status": target.status})[1],
    ]
    working = note(view, target)
    said = view.t("word.comma_between").join(parts) + (view.t("targets.remark", said=working) if working else "")
    window = str(row["window_code"])
    at = "" if window == view.choice.window else view.t("overview.at_window", window=view.names.window(window))
    address = view.address("leaderboard", indicator=target.code, window=window)
    return view.t.name(row, "short_name"), address, said + at

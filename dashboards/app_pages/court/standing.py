"""Where a court can be told apart from its peers, and why an indicator of its moved.
A difference that chance alone may make is named as neither."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboards import findings, formats
from dashboards.app_pages.court import chart_effects as effects_chart
from dashboards.app_pages.court import queries
from dashboards.markup import blocks
from dashboards.queries import evidence, numbers
from dashboards.rows import records
from dashboards.shell import court_scope, elements, links
from dashboards.shell.view import View

WEIGHED = ("yuan", "days")  # measures of which single records can be large
MOST = 5
ROLLING = ("rolling_12m", "rolling_36m")


def standouts(view: View, court: str, scope: str) -> None:
    """Two lists: better and worse than the peers by more than chance, the clearest first."""
    t, found = view.t, view.ask(queries.standouts, court, scope, view.month, view.window)
    left, right = st.columns(2, gap="medium")
    for place, side, favourable in ((left, "strengths", True), (right, "weaknesses", False)):
        with place:
            elements.section(t(f"court.{side}"), t("court.standouts_measure"))
            rows = [row for row in records(found) if bool(row["is_favourable"]) is favourable]
            if not rows:
                elements.reading(t(f"court.{side}_none"))
                continue
            lines = [
                (t.name(row, "short_name"), links.about(view, row["indicator_code"], court, scope), [_line(view, row)])
                for row in rows
            ]
            st.html(blocks.concerns(lines))
    elements.reading(t("court.standouts_reading", window=view.window_name()))


def _line(view: View, row: dict[str, Any]) -> str:
    said = {
        "value": view.value(row["value"], row["unit"]),
        "expected": view.value(row["expected_value"], row["unit"]),
        "n": formats.number(row["case_count"]),
    }
    return view.t(f"court.standout_{row['funnel_signal']}", **said)


def moved(view: View, court: str, scope: str, indicators: pd.DataFrame, indicator: str) -> None:
    """The change since last month as effect of numerator and of denominator, and what entered and left the window."""
    t = view.t
    elements.section(t("court.moved"), t("court.moved_measure", indicator=view.indicator_name(indicator)))
    row = records(indicators[indicators["indicator_code"] == indicator])[0]
    earlier = view.ask(queries.before, court, scope, view.month, view.window).set_index("indicator_code")
    split = _split(row, earlier, indicator)
    if split is None:
        elements.reading(t("court.moved_none"))
        return
    unit = str(row["unit"])
    suffix = t("court.points") if unit == "ratio" else formats.suffix(unit, view.lang)
    elements.picture(effects_chart.bars(_bars(view, row, split), view.colours, suffix), "moved", _reading(view, row))
    _turnover(view, court, scope, row)


def _split(row: dict[str, Any], earlier: pd.DataFrame, indicator: str) -> tuple[float, float] | None:
    """Effects of the two sides; None for counts, differences, changed definitions and absent values."""
    if indicator not in earlier.index or not isinstance(row["denominator_measure"], str):
        return None
    before = earlier.loc[indicator]
    sides = (before["numerator"], before["denominator"], row["numerator"], row["denominator"])
    if any(formats.is_absent(side) for side in sides) or before["definition_version"] != row["definition_version"]:
        return None
    n0, d0, n1, d1 = (float(side) for side in sides)
    return findings.effects((n0, d0), (n1, d1))


def _bars(view: View, row: dict[str, Any], split: tuple[float, float]) -> pd.DataFrame:
    unit, direction = str(row["unit"]), str(row["direction"])
    amounts = {"numerator": split[0], "denominator": split[1], "together": sum(split)}
    tones = {"better": "met", "worse": "below"}
    return pd.DataFrame(
        {
            "label": [view.t(f"court.effect_{name}") for name in amounts],
            "shown": [formats.scaled(amount, unit) for amount in amounts.values()],
            "text": [view.change(amount, unit) for amount in amounts.values()],
            "tone": [tones.get(findings.verdict(a, direction, unit), "unjudged") for a in amounts.values()],
        }
    )


def _reading(view: View, row: dict[str, Any]) -> str:
    is_chance = row["is_change_significant"] is False or row["is_change_significant"] == 0
    return view.t("court.moved_noise" if is_chance else "court.moved_reading")


def _turnover(view: View, court: str, scope: str, row: dict[str, Any]) -> None:
    """What the newest month brought to either side and what left a rolling window; the largest records by number."""
    t = view.t
    first, last, history = view.bounds
    left = str(pd.Period(first, "M") - 1) if view.window in ROLLING else ""
    facts, listed = [], []
    for side in ("numerator", "denominator"):
        measure, case_scope = str(row[f"{side}_measure"]), str(row[f"{side}_scope"])
        asked = [("entered", last)] + ([("left", left)] if left >= history else [])
        for verb, month in asked:
            number = numbers.Number(court, scope, str(row["indicator_code"]), view.window, month, month)
            for part in records(view.ask(numbers.months, number, measure, case_scope)):
                if part["window_rule"] != "sum":
                    continue
                label = t(f"court.{verb}", month=month, name=t.name(part))
                facts.append((label, formats.number(part["measure_value"]), t(f"column.{side}")))
                if part["unit"] in WEIGHED and view.sees(court_scope.members(view, court, scope)):
                    found = evidence.Part(part["measure_code"], case_scope, court, scope, month, month)
                    listed.append(view.ask(evidence.largest, found, MOST).assign(what=label))
    if facts:
        st.html(blocks.facts(facts, is_tight=True))
    _largest(view, [frame for frame in listed if len(frame)])


def _largest(view: View, listed: list[pd.DataFrame]) -> None:
    if not listed:
        return
    frame = pd.concat(listed)
    frame["court"] = [view.court_name(code) for code in frame["court_code"]]
    columns: dict[str, Any] = {
        "what": elements.text(view.t("court.part_of")),
        "record": elements.text(view.t("record.case_number")),
        "court": elements.text(view.t("column.court")),
        "counted": elements.figure(view.t("record.counted")),
    }
    with st.container(key="screen_largest"):
        elements.table(view, frame, columns, "largest", rows=10)
    headings = [view.t("court.part_of"), view.t("record.case_number"), view.t("column.court"), view.t("record.counted")]
    listed_again = zip(frame["what"], frame["record"], frame["court"], frame["counted"], strict=True)
    st.html(blocks.sheet(headings, ([str(a), str(b), str(c), formats.number(d, 2)] for a, b, c, d in listed_again)))
    elements.reading(view.t("court.largest_reading", most=MOST))

"""Where a court can be told apart from its peers, and why an indicator of its moved.
A difference that chance alone may make is named as neither."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboards import findings, formats
from dashboards.app_pages.court import chart_effects as effects_chart
from dashboards.app_pages.court import queries, turnover
from dashboards.components import amounts
from dashboards.markup import blocks
from dashboards.queries import evidence, numbers, windows
from dashboards.rows import records
from dashboards.shell import court_scope, elements, links
from dashboards.shell.view import View

WEIGHED = ("yuan", "days")  # measures of which single records can be large
MOST = 5
Sides = tuple[tuple[float, float], tuple[float, float]]  # numerator and denominator then, and now


def standouts(view: View, court: str, scope: str) -> None:
    """Two lists: better and worse than the peers by more than chance, the clearest first."""
    t, found = view.t, view.data.ask(queries.standouts, court, scope, view.choice.month, view.choice.window)
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
    elements.reading(t("court.standouts_reading", window=view.names.window()))


def _line(view: View, row: dict[str, Any]) -> str:
    said = {
        "value": amounts.worded(view, row),
        "expected": view.names.value(row["expected_value"], row["unit"]),
        "n": formats.number(row["case_count"]),
    }
    return view.t(f"court.standout_{row['funnel_signal']}", **said)


def moved(view: View, court: str, scope: str, indicators: pd.DataFrame, indicator: str) -> None:
    """The change since last month as effect of numerator and of denominator, and what entered and left the window."""
    t = view.t
    elements.section(t("court.moved"), t("court.moved_measure", indicator=view.names.indicator(indicator)))
    row = records(indicators[indicators["indicator_code"] == indicator])[0]
    earlier = view.data.ask(queries.before, court, scope, view.choice.month, view.choice.window).set_index(
        "indicator_code"
    )
    sides = _sides(row, earlier, indicator)
    split = sides and findings.effects(*sides)
    if sides is None or split is None:
        elements.reading(t("court.moved_none"))
        return
    unit = str(row["unit"])
    suffix = t("court.points") if unit == "ratio" else formats.suffix(unit, view.lang)
    elements.picture(effects_chart.bars(_bars(view, row, split), view.colours, suffix), "moved", _reading(view, row))
    _turnover(view, court, scope, row, sides)


def _sides(row: dict[str, Any], earlier: pd.DataFrame, indicator: str) -> Sides | None:
    """Numerator and denominator then and now; None for counts, differences, changed definitions and absent values."""
    if indicator not in earlier.index or not isinstance(row["denominator_measure"], str):
        return None
    before = earlier.loc[indicator]
    sides = (before["numerator"], before["denominator"], row["numerator"], row["denominator"])
    if any(formats.is_absent(side) for side in sides) or before["definition_version"] != row["definition_version"]:
        return None
    n0, d0, n1, d1 = (float(side) for side in sides)
    return ((n0, d0), (n1, d1)) if d0 and d1 else None


def _bars(view: View, row: dict[str, Any], split: tuple[float, float]) -> pd.DataFrame:
    unit, direction = str(row["unit"]), str(row["direction"])
    amounts = {"numerator": split[0], "denominator": split[1], "together": sum(split)}
    tones = {"better": "met", "worse": "below"}
    return pd.DataFrame(
        {
            "label": [view.t(f"court.effect_{name}") for name in amounts],
            "shown": [formats.scaled(amount, unit) for amount in amounts.values()],
            "text": [view.names.change(amount, unit) for amount in amounts.values()],
            "tone": [tones.get(findings.verdict(a, direction, unit), "unjudged") for a in amounts.values()],
        }
    )


def _reading(view: View, row: dict[str, Any]) -> str:
    is_chance = row["is_change_significant"] is False or row["is_change_significant"] == 0
    return view.t("court.moved_noise" if is_chance else "court.moved_reading")


def _turnover(view: View, court: str, scope: str, row: dict[str, Any], sides: Sides) -> None:
    """Of either side what entered, left and stood there, with its part of the bar; the largest records by number."""
    now = view.data.bounds[:2]
    month = view.choice.month.shifted(-1)
    earlier = view.data.ask(windows.bounds, view.choice.province, month, view.choice.window).iloc[0]
    before = earlier["first_month"], month
    rates = findings.effects_of_one(*sides)
    facts, listed = [], []
    for place, side in enumerate(("numerator", "denominator")):
        measure, case_scope = str(row[f"{side}_measure"]), str(row[f"{side}_scope"])
        number = numbers.Number(
            court, scope, str(row["indicator_code"]), view.choice.window, min(before[0], now[0]), view.choice.month
        )
        monthly = view.data.ask(numbers.months, number, measure, case_scope)
        parts = monthly.drop_duplicates("measure_code").set_index("measure_code")
        for tile in turnover.tiles(monthly, before, now, sides[1][place] - sides[0][place]):
            label = _tile(view, tile, parts)
            effect = view.names.change(tile.amount * rates[place], str(row["unit"])) if rates else ""
            facts.append((label, formats.signed(tile.amount), f"{view.t(f'column.{side}')} · {effect}"))
            if _is_listed(view, court, scope, tile, parts):
                found = evidence.Part(tile.measure, case_scope, court, scope, *tile.months)
                listed.append(view.data.ask(evidence.largest, found, MOST).assign(what=label))
    if facts:
        st.html(blocks.facts(facts, is_tight=True))
        elements.reading(view.t("court.turnover_reading"))
    _largest(view, [frame for frame in listed if len(frame)])


def _is_listed(view: View, court: str, scope: str, tile: turnover.Tile, parts: pd.DataFrame) -> bool:
    if tile.kind not in (turnover.ENTERED, turnover.LEFT) or parts.loc[tile.measure, "unit"] not in WEIGHED:
        return False
    return view.data.sees(court_scope.members(view, court, scope))


def _tile(view: View, tile: turnover.Tile, parts: pd.DataFrame) -> str:
    first, last = tile.months
    months = str(first) if first == last else f"{first} – {last}"
    name = view.t.name(parts.loc[tile.measure]) if tile.measure else ""
    return view.t(f"court.{tile.kind}", month=months, name=name)


def _largest(view: View, listed: list[pd.DataFrame]) -> None:
    if not listed:
        return
    frame = pd.concat(listed)
    frame["court"] = [view.names.court(code) for code in frame["court_code"]]
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

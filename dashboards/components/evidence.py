"""The records behind numerator and denominator of a number, page by page, with a workbook of them.
Which records count is read from the snapshot's measures; the sum of the list is shown beside the number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.components import narrowed_list, narrowing, uncounted
from dashboards.components.narrowed_list import Drawing, Listed
from dashboards.markup import blocks
from dashboards.plain import plain
from dashboards.queries import definitions, evidence, numbers
from dashboards.shell import court_scope, elements, links, url_state
from dashboards.shell.view import View

SIDES = ("numerator", "denominator")
SAME = 0.005  # measures have two decimals
Ticking = Callable[[pd.DataFrame, str], Callable[[], None]]  # a page of the list and its key → what ticking it does


def show(view: View, court: str, scope: str, row: Mapping[str, Any], ticking: Ticking | None = None) -> None:
    """Numerator or denominator of one indicator: what it is, whether the list adds up, and the list.

    With `ticking`, rows of the list can be ticked.
    """
    t = view.t
    sides = [side for side in SIDES if isinstance(row[f"{side}_measure"], str)]
    if not sides:
        _components(view, court, scope, str(row["indicator_code"]))
        return
    if uncounted.is_told(view, court, scope, row):
        sides.append(uncounted.SIDE)
    drawing = Drawing(lambda view, frame, key: _table(view, frame, key if ticking else "records", ticking), worded)
    side = url_state.choose("side", t("bar.side"), sides, sides[0], lambda code: _side_name(view, row, code))
    if side == uncounted.SIDE:
        uncounted.show(view, court, scope, row, drawing)
        return
    measure = str(row[f"{side}_measure"])
    known = view.data.ask(definitions.measures).set_index("measure_code").loc[measure]
    st.html(blocks.definition(_about(view, row, known, measure)))
    made_of = _made_of(view, court, scope, measure, str(row[f"{side}_scope"]))
    sums = {part.measure: view.data.ask(evidence.totals, part) for part in made_of}
    if any(found.empty for found in sums.values()):
        st.html(blocks.reading(t("evidence.none")))
        return
    count = sum(int(found.iloc[0]["record_count"]) for found in sums.values())
    total = sum(float(found.iloc[0]["total"]) for found in sums.values())
    if view.data.sees(court_scope.members(view, court, scope)):
        st.html(check(view, count, total, row[side], str(known["unit"])))
    else:
        st.html(blocks.reading(view.t("door.partial")))
    part = _choose_part(view, measure, made_of)
    whole = int(sums[part.measure].iloc[0]["record_count"])
    indicator = str(row["indicator_code"])
    title = f"{indicator} {view.names.indicator(indicator, short=False)} · {t(f'column.{side}')}"
    listed = Listed(evidence.records, (part,), part.measure, whole, title, f"records_{indicator}_{side}_{part.court}")
    narrowed_list.show(view, listed, drawing)


def _made_of(view: View, court: str, scope: str, measure: str, case_scope: str) -> list[evidence.Part]:
    """The lists whose sums give the measure: one, or one for each of its parts."""
    first, last, _ = view.data.bounds
    codes = view.data.ask(evidence.parts, measure)["measure_code"].tolist()
    return [evidence.Part(code, case_scope, court, scope, first, last) for code in codes]


def _choose_part(view: View, measure: str, made_of: list[evidence.Part]) -> evidence.Part:
    if len(made_of) == 1:
        return made_of[0]
    names = view.data.ask(evidence.parts, measure).set_index("measure_code")
    codes = [part.measure for part in made_of]
    chosen = url_state.choose("part", view.t("bar.part"), codes, codes[0], lambda code: view.t.name(names.loc[code]))
    return made_of[codes.index(chosen)]


def _components(view: View, court: str, scope: str, indicator: str) -> None:
    """A difference of two indicators has no records of its own: the way to those that have."""
    found = view.data.ask(numbers.components, indicator)
    if found.empty:
        st.html(blocks.reading(view.t("evidence.none")))
        return
    st.html(blocks.reading(view.t("evidence.difference")))
    for code in found.iloc[0].tolist():
        st.markdown(
            f"[{plain(f'{code} {view.names.indicator(code, short=False)}')}]({links.about(view, code, court, scope)})"
        )


def _side_name(view: View, row: Mapping[str, Any], side: str) -> str:
    if side == uncounted.SIDE:
        return view.t("uncounted.side")
    known = view.data.ask(definitions.measures).set_index("measure_code")
    measure = str(row[f"{side}_measure"])
    name = view.t.name(known.loc[measure]) if measure in known.index else measure
    return f"{view.t(f'column.{side}')}: {name}"


def _about(view: View, row: Mapping[str, Any], known: pd.Series, measure: str) -> list[tuple[str, str]]:
    t, indicator = view.t, str(row["indicator_code"])
    numerator, denominator = formats.amount(row["numerator"]), formats.amount(row["denominator"])
    value = view.names.value(row["value"], row["unit"])
    is_count = formats.is_absent(row["denominator"])
    quotient = value if is_count else f"{numerator} ÷ {denominator} = {value}"
    source = t(
        "evidence.source_line",
        table=str(known["record_table"]),
        version=row["definition_version"],
        snapshot=view.data.source.snapshot_id,
    )
    return [
        (t("evidence.number"), f"{indicator} {view.names.indicator(indicator, short=False)}: {quotient}"),
        (t("evidence.measure"), f"{t.name(known)} ({measure}): {t.name(known, 'definition')}"),
        (t("evidence.source"), source),
    ]


def check(view: View, count: int, total: float, shown: Any, unit: str) -> str:
    """Whether the listed records add up to the number on the page."""
    digits = 2 if unit == "yuan" else 0
    same = not formats.is_absent(shown) and abs(total - float(shown)) < SAME
    text = view.t(
        "evidence.equal" if same else "evidence.unequal",
        count=formats.number(count),
        total=formats.number(total, digits),
        shown=formats.number(shown, digits),
    )
    return blocks.check(same, text)


def worded(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    """Courts and closing modes by name, flags as yes or no."""
    shown = frame.copy()
    if "court_code" in shown:
        shown["court_code"] = [view.names.court(code) for code in shown["court_code"]]
    if "closing_mode" in shown:
        shown["closing_mode"] = shown["closing_mode"].replace(narrowing.closing_names(view))
    for name in shown.columns:
        known = shown[name].dropna()
        if len(known) and all(pd.api.types.is_bool(cell) for cell in known):
            words = {True: view.t("word.yes"), False: view.t("word.no")}
            shown[name] = [None if formats.is_absent(cell) else words[bool(cell)] for cell in shown[name]]
    return shown


def _table(view: View, frame: pd.DataFrame, key: str, ticking: Ticking | None) -> None:
    shown = worded(view, frame)
    columns: dict[str, Any] = {}
    for name in shown.columns:
        label = view.t(f"record.{name}")
        if name == "period_month":
            columns[name] = st.column_config.DateColumn(label, format="YYYY-MM")
        elif name.endswith("_date"):
            columns[name] = st.column_config.DateColumn(label, format="YYYY-MM-DD")
        elif pd.api.types.is_numeric_dtype(shown[name]):
            columns[name] = elements.figure(label)
        elif pd.api.types.is_datetime64_any_dtype(shown[name]):
            columns[name] = st.column_config.DatetimeColumn(label, format="YYYY-MM-DD HH:mm")
        else:
            columns[name] = elements.text(label, width=165 if name.endswith("case_number") else None)
    elements.table(view, shown, columns, key, 12, ticking(frame, key) if ticking else None)

"""The trends page's blocks: sentence, small multiples of courts, numbered events and restatements.
Ranks over time and the table have their own blocks; peers, intervals and marks come from the snapshot."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboards import findings, formats
from dashboards.app_pages.trends import chart_panels, period, queries
from dashboards.app_pages.trends.period import YEAR
from dashboards.components import amounts, ranking_words
from dashboards.markup import blocks
from dashboards.rows import records
from dashboards.shell import court_scope, elements
from dashboards.shell.view import View

MOST_COURTS, MOST_INDICATORS = 6, 6
DRAWN = (
    ("shown", "value"), ("low", "value_low"), ("high", "value_high"), ("q25", "peer_q25"), ("middle", "peer_median"),
    ("q75", "peer_q75"), ("last_year", "same_month_last_year_value"),
)  # fmt: skip
Asked = tuple[tuple[str, ...], tuple[str, ...], str]  # courts, indicators, scope
TALL, SMALL = 430, 290  # pixels: a panel alone, and one of several


def scopes(view: View, courts: tuple[str, ...]) -> list[str]:
    """What lines can be drawn for; as made up today, if that was otherwise with one of the courts chosen."""
    known = {scope for court in courts for scope in court_scope.scopes(view, court)}
    return [*court_scope.SCOPES, *(scope for scope in court_scope.NOW if scope in known)]


def sentence(view: View, series: pd.DataFrame, courts: tuple[str, ...], indicators: tuple[str, ...], apart: int) -> str:
    """What the first chosen court did with the first chosen indicator in the chosen month."""
    chosen = series[
        (series["court_code"] == courts[0])
        & (series["indicator_code"] == indicators[0])
        & (series["period_month"] == pd.Timestamp(view.choice.month))
    ]
    if chosen.empty or pd.isna(chosen.iloc[0]["value"]):
        return view.t("trends.headline_none", indicator=view.names.indicator(indicators[0]))
    row, known = chosen.iloc[0], view.data.indicators.loc[indicators[0]]
    year = None if pd.isna(row["same_month_last_year_value"]) else row["value"] - row["same_month_last_year_value"]
    return view.t(
        "trends.headline",
        court=place_name(view, row),
        indicator=view.names.indicator(indicators[0]),
        month=view.names.month(),
        value=amounts.worded(view, {**row, "unit": known["unit"]}),
        change=view.names.change(row["value_change"], known["unit"]),
        year=view.names.change(year, known["unit"]),
        before=period.said(view, apart),
        verdict=_verdict(view, row, known),
    )


def _verdict(view: View, row: Any, known: Any) -> str:
    """Better or worse only beyond chance; where chance cannot be told, as far as the figures show it."""
    if row["status"] in findings.INCOMPLETE:
        return view.t("trends.incomplete")
    is_chance = not formats.is_absent(row["is_change_significant"]) and not row["is_change_significant"]
    if is_chance and not formats.is_absent(row["value_change"]):
        return view.t("trends.chance")
    return view.t(f"word.{findings.verdict(row['value_change'], known['direction'], known['unit'])}")


def place_name(view: View, row: Any) -> str:
    """The court's short name, or the province or jurisdiction that its row stands for."""
    name = view.names.court(row["court_code"])
    return name if row["scope_code"] == "own" else view.t(f"scope.named_{row['scope_code']}", court=name)


def pictures(view: View, series: pd.DataFrame, marks: dict[str, pd.DataFrame], asked: Asked, apart: int = YEAR) -> None:
    """One row of panels per indicator, a panel per court; with one court the indicators stand two in a row.

    `marks`: `events`, `restated` and `others` as the queries return them; `apart`: months between the periods compared.
    """
    courts, codes, _ = asked
    if series.empty:
        st.html(blocks.reading(view.t("empty.table")))
        return
    pairs = len(courts) == 1 and len(codes) > 1
    columns = st.columns(2, gap="medium") if pairs else [st.container()]
    height = TALL if len(courts) == 1 and len(codes) == 1 else SMALL
    for number, code in enumerate(codes):
        part = series[series["indicator_code"] == code]
        with columns[number % len(columns)]:
            _row(view, code, part, marks, (asked, height, apart))


def _row(
    view: View, code: str, series: pd.DataFrame, marks: dict[str, pd.DataFrame], shape: tuple[Asked, int, int]
) -> None:
    known = view.data.indicators.loc[code]
    elements.section(f"{code} {view.names.indicator(code, short=False)}", view.t(f"direction.{known['direction']}"))
    if series["value"].notna().sum() == 0:
        st.html(blocks.reading(view.t("trends.no_values")))
        return
    asked = (*state(view, shape[0]), shape[2], tuple(marks["events"]["title_zh"]))
    figure = _figure(asked, code, shape[1:], view, series, marks)
    elements.picture(figure, f"trend_{code}", _reading(view, code, series, shape[2]))


def state(view: View, asked: Asked) -> tuple[Any, ...]:
    """All that decides what is drawn: the sealed file, what was chosen, language and colours."""
    return (
        str(view.data.source.database),
        view.lang,
        view.choice.month,
        view.choice.window,
        view.choice.mode,
        view.colours.ground,
        *(st.query_params.get(name, "") for name in ("from", "until", "compare")),
        asked,
    )


# Thirty-six panels take a second to build, and a sealed snapshot draws them the same every time.
@st.cache_resource(max_entries=300, show_spinner=False)
def _figure(
    state: tuple[Any, ...],
    code: str,
    shape: tuple[int, int],
    _view: View,
    _series: pd.DataFrame,
    _marks: dict[str, pd.DataFrame],
) -> go.Figure:
    unit = str(_view.data.indicators.loc[code, "unit"])
    panels = [_panel(_view, part, _marks, unit) for _, part in _series.groupby("court_code", sort=False)]
    scale = _scale(_view, code, _series, _marks["events"], shape[1])
    return chart_panels.multiples(panels, _view.colours, scale, shape[0])


def _reading(view: View, code: str, series: pd.DataFrame, apart: int) -> str:
    versions = view.t("word.comma").join(sorted(series["definition_version"].dropna().astype(str).unique()))
    counts = series["case_count"].dropna()
    return view.t(
        "trends.reading",
        before=period.said(view, apart),
        direction=view.t(f"direction.{view.data.indicators.loc[code, 'direction']}"),
        least=formats.number(counts.min() if len(counts) else None),
        most=formats.number(counts.max() if len(counts) else None),
        window=view.names.window(),
        version=versions,
    )


def _scale(view: View, code: str, series: pd.DataFrame, events: pd.DataFrame, apart: int) -> chart_panels.Scale:
    unit = view.data.indicators.loc[code, "unit"]
    found = view.data.ask(queries.bounds, (code,), view.choice.window)
    row = found.iloc[-1].to_dict() if len(found) else {}
    target, low, high = (
        formats.scaled(row.get(name), unit) for name in ("target_value", "interval_low", "interval_high")
    )
    first, last = series["period_month"].min(), series["period_month"].max()
    numbered = [
        (number, pd.Timestamp(e["event_date"]).date(), view.t.name(e, "title"))
        for number, e in enumerate(records(shown_events(events, first, last)), start=1)
        if e["indicator_code"] in (None, code) or formats.is_absent(e["indicator_code"])
    ]
    words = {name: view.t(f"trends.{name}") for name in ("peers", "interval")}
    words["last_year"] = period.said(view, apart)
    words["target"] = view.t("trends.target_is", value=view.names.value(row.get("target_value"), unit))
    month = view.choice.month
    suffix = formats.suffix(unit, view.lang)
    return chart_panels.Scale(suffix, words, [] if target is None else [target], (low, high), numbered, month)


def _panel(view: View, series: pd.DataFrame, marks: dict[str, pd.DataFrame], unit: str) -> chart_panels.Panel:
    first = series.iloc[0]
    return chart_panels.Panel(
        place_name(view, first),
        frame(view, series, unit),
        _others(own(marks["others"], first), unit),
        _restated(view, own(marks["restated"], first), unit),
    )


def own(found: pd.DataFrame, first: Any) -> pd.DataFrame:
    """The rows of the same court, scope and indicator."""
    same = found["court_code"] == first["court_code"]
    for name in ("scope_code", "indicator_code"):
        same &= found[name] == first[name]
    return found[same]


def frame(view: View, series: pd.DataFrame, unit: str) -> pd.DataFrame:
    """One court and one indicator, by month, as a panel draws them."""
    least = view.data.indicators.loc[series.iloc[0]["indicator_code"], "min_denominator"]
    drawn = pd.DataFrame({"period_month": series["period_month"].tolist()})
    for name, column in DRAWN:
        drawn[name] = (series[column].astype("float64") * (100 if unit == "ratio" else 1)).to_numpy()
    is_cut = (series["months_in_window"] < series["months_expected"]).to_numpy()
    for name in ("shown", "low", "high"):
        drawn[name] = drawn[name].mask(is_cut)  # a window that is not full is no value of it
    drawn["is_small"] = (series["case_count"].fillna(0) < least).tolist()
    court = place_name(view, series.iloc[0])
    drawn["hover"] = [_hover(view, row, court, unit) for row in records(series)]
    return drawn


def _hover(view: View, row: dict[str, Any], court: str, unit: str) -> str:
    return view.t(
        "trends.hover",
        court=court,
        month=formats.month(row["period_month"], view.lang),
        value=amounts.worded(view, {**row, "unit": unit}),
        interval=ranking_words.interval(view, {**row, "unit": unit}),
        n=formats.number(row["case_count"]),
        status=status(view, row),
    )


def status(view: View, row: dict[str, Any]) -> str:
    """The status in the words of the mode, and why nothing is said of a target where that is so."""
    direction = view.data.indicators.loc[row["indicator_code"], "direction"]
    return ranking_words.doubted(view, row, view.names.judgement({**row, "direction": direction})[1])


def _others(found: pd.DataFrame, unit: str) -> pd.DataFrame:
    return found.assign(shown=found["value"].astype("float64") * (100 if unit == "ratio" else 1))


def _restated(view: View, found: pd.DataFrame, unit: str) -> pd.DataFrame:
    factor = 100 if unit == "ratio" else 1
    return pd.DataFrame(
        {
            "period_month": found["period_month"].tolist(),
            "old": (found["old_value"].astype("float64") * factor).tolist(),
            "shown": (found["new_value"].astype("float64") * factor).tolist(),
            "hover": [restatement(view, row) for row in records(found)],
        }
    )


def restatement(view: View, row: dict[str, Any]) -> str:
    """Old value, new value and why."""
    unit = view.data.indicators.loc[row["indicator_code"], "unit"]
    return view.t(
        "trends.restated",
        court=place_name(view, row),
        indicator=view.names.indicator(row["indicator_code"]),
        old=view.names.value(row["old_value"], unit),
        new=view.names.value(row["new_value"], unit),
        cause=view.t.name(row, "cause"),
    )


def shown_events(events: pd.DataFrame, first: date | None, last: date | None) -> pd.DataFrame:
    """Events within the months drawn, in order: their place in this list is the number on the chart."""
    if first is None or pd.isna(first) or events.empty:
        return events.iloc[:0]
    days = pd.to_datetime(events["event_date"])
    return events[(days >= pd.Timestamp(first)) & (days <= pd.Timestamp(last) + pd.offsets.MonthEnd(1))]


def event_list(view: View, series: pd.DataFrame, marks: dict[str, pd.DataFrame]) -> None:
    """What the numbers on the charts mean, and every restatement of a value drawn."""
    first, last = series["period_month"].min(), series["period_month"].max()
    shown = shown_events(marks["events"], first, last) if len(series) else marks["events"].iloc[:0]
    pairs = [
        (
            f"{number}  {pd.Timestamp(e['event_date']):%Y-%m-%d}",
            f"{view.t('event.' + e['kind'])}: {view.t.name(e, 'title')}",
        )
        for number, e in enumerate(records(shown), start=1)
    ]
    keys = ["court_code", "scope_code", "indicator_code"]
    restated = marks["restated"].merge(series[keys].drop_duplicates(), on=keys)
    pairs += [(f"×  {row['period_month']:%Y-%m}", restatement(view, row)) for row in records(restated)]
    st.html(blocks.definition(pairs) if pairs else blocks.reading(view.t("trends.events_none")))
    if len(restated):
        st.html(blocks.reading(view.t("trends.restated_count", n=len(restated))))

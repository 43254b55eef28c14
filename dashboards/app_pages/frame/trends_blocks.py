"""The trends page's blocks: sentence, small multiples, numbered events, table with export.
Peer medians and quartiles come from the snapshot."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from dashboards import findings, formats
from dashboards.app_pages.frame import parts
from dashboards.app_pages.frame.view import View
from dashboards.charts import lines
from dashboards.markup import blocks

MOST_COURTS, MOST_INDICATORS = 6, 6
SCOPES = ("own", "jurisdiction", "province")


def sentence(view: View, series: pd.DataFrame, courts: tuple[str, ...], indicators: tuple[str, ...]) -> str:
    """What the first chosen court did with the first chosen indicator in the chosen month."""
    chosen = series[
        (series["court_code"] == courts[0])
        & (series["indicator_code"] == indicators[0])
        & (series["period_month"] == pd.Timestamp(f"{view.month}-01"))
    ]
    if chosen.empty or pd.isna(chosen.iloc[0]["value"]):
        return view.t("trends.headline_none", indicator=view.indicator_name(indicators[0]))
    row, known = chosen.iloc[0], view.indicators.loc[indicators[0]]
    year = None if pd.isna(row["same_month_last_year_value"]) else row["value"] - row["same_month_last_year_value"]
    return view.t(
        "trends.headline",
        court=place_name(view, row),
        indicator=view.indicator_name(indicators[0]),
        month=view.month_name(),
        value=view.value(row["value"], known["unit"]),
        change=view.change(row["value_change"], known["unit"]),
        year=view.change(year, known["unit"]),
        verdict=view.t(f"word.{findings.verdict(row['value_change'], known['direction'], known['unit'])}"),
    )


def place_name(view: View, row: Any) -> str:
    """The court's short name, or the province or jurisdiction that its row stands for."""
    name = view.court_name(row["court_code"])
    return name if row["scope_code"] == "own" else view.t(f"scope.named_{row['scope_code']}", court=name)


def pictures(view: View, series: pd.DataFrame, events: pd.DataFrame, indicators: tuple[str, ...]) -> None:
    """One panel per indicator, two in a row; panels of one unit share one scale."""
    if series.empty:
        st.html(blocks.reading(view.t("empty.table")))
        return
    drawn = {code: _frame(view, series[series["indicator_code"] == code], code) for code in indicators}
    columns = st.columns(2, gap="medium") if len(indicators) > 1 else [st.container()]
    for place, code in enumerate(indicators):
        unit = view.indicators.loc[code, "unit"]
        same_unit = [drawn[c] for c in indicators if view.indicators.loc[c, "unit"] == unit]
        scale = lines.bounds(pd.concat(same_unit), ["shown", "low", "high"]) if len(same_unit) > 1 else None
        with columns[place % len(columns)]:
            _panel(view, code, drawn[code], events, scale, len(indicators) > 1)


def _panel(
    view: View, code: str, frame: pd.DataFrame, events: pd.DataFrame, scale: tuple[float, float] | None, small: bool
) -> None:
    known = view.indicators.loc[code]
    parts.section(f"{code} {view.indicator_name(code, short=False)}", view.t(f"direction.{known['direction']}"))
    target = None if pd.isna(known["target_value"]) else formats.scaled(known["target_value"], known["unit"])
    first, last = (frame["period_month"].min(), frame["period_month"].max()) if len(frame) else (None, None)
    marks = [
        (pd.Timestamp(e["event_date"]).date(), view.t.name(e, "title"))
        for e in shown_events(events, first, last).to_dict("records")
    ]
    words = {"target": view.t("trends.target"), "peers": view.t("trends.peers")}
    suffix = formats.suffix(known["unit"], view.lang)
    one = frame["label"].nunique() == 1
    panel = lines.Panel(words, suffix, target, scale, 300 if small else 430, last_year=one)
    figure = lines.trend(frame, view.colours, panel, marks)
    parts.picture(
        figure,
        f"trend_{code}",
        view.t("trends.reading" if one else "trends.reading_several", window=view.window_name()),
    )


def shown_events(events: pd.DataFrame, first: date | None, last: date | None) -> pd.DataFrame:
    """Events within the months drawn, in order: their place in this list is the number on the chart."""
    if first is None or events.empty:
        return events.iloc[:0]
    days = pd.to_datetime(events["event_date"])
    return events[(days >= pd.Timestamp(first)) & (days <= pd.Timestamp(last) + pd.offsets.MonthEnd(1))]


def _frame(view: View, series: pd.DataFrame, code: str) -> pd.DataFrame:
    unit, least = view.indicators.loc[code, "unit"], view.indicators.loc[code, "min_denominator"]
    rows = series.to_dict("records")
    frame = pd.DataFrame({"period_month": series["period_month"].tolist()})
    frame["label"] = [place_name(view, row) for row in rows]
    for name, column in (
        ("shown", "value"),
        ("low", "peer_q25"),
        ("middle", "peer_median"),
        ("high", "peer_q75"),
        ("last_year", "same_month_last_year_value"),
    ):
        frame[name] = pd.Series([formats.scaled(v, unit) for v in series[column]], dtype="float64")
    is_cut = series["months_in_window"] < series["months_expected"]
    frame["is_small"] = ((series["case_count"].fillna(0) < least) | is_cut).tolist()
    frame["hover"] = [
        view.t(
            "trends.hover",
            court=place_name(view, row),
            month=formats.month(row["period_month"], view.lang),
            value=view.value(row["value"], unit),
            n=formats.number(row["case_count"]),
            status=view.status(row["status"]),
        )
        for row in rows
    ]
    return frame


def event_list(view: View, series: pd.DataFrame, events: pd.DataFrame) -> None:
    shown = (
        shown_events(events, series["period_month"].min(), series["period_month"].max())
        if len(series)
        else events.iloc[:0]
    )
    pairs = [
        (
            f"{number}  {pd.Timestamp(e['event_date']):%Y-%m-%d}",
            f"{view.t('event.' + e['kind'])}: {view.t.name(e, 'title')}",
        )
        for number, e in enumerate(shown.to_dict("records"), start=1)
    ]
    st.html(blocks.definition(pairs) if pairs else blocks.reading(view.t("trends.events_none")))


def table(view: View, series: pd.DataFrame) -> None:
    """Month by month, newest first, as shown and as a workbook."""
    t, rows = view.t, series.sort_values(["period_month"], ascending=False, kind="stable").to_dict("records")
    units = {code: view.indicators.loc[code, "unit"] for code in series["indicator_code"].unique()}
    frame = pd.DataFrame(
        {
            "month": [f"{row['period_month']:%Y-%m}" for row in rows],
            "court": [place_name(view, row) for row in rows],
            "indicator": [view.indicator_name(row["indicator_code"]) for row in rows],
            "value": [view.value(row["value"], units[row["indicator_code"]]) for row in rows],
            "n": [row["case_count"] for row in rows],
            "numerator": [row["numerator"] for row in rows],
            "denominator": [row["denominator"] for row in rows],
            "change": [view.change(row["value_change"], units[row["indicator_code"]]) for row in rows],
            "median": [view.value(row["peer_median"], units[row["indicator_code"]]) for row in rows],
            "status": [f"{blocks.MARKS.get(row['status'], '')} {view.status(row['status'])}" for row in rows],
        }
    )
    columns = {name: parts.text(t(f"column.{name}")) for name in ("month", "court", "indicator", "value")}
    columns |= {
        "n": parts.figure("n"),
        "numerator": parts.figure(t("column.numerator")),
        "denominator": parts.figure(t("column.denominator")),
    }
    columns |= {name: parts.text(t(f"column.{name}")) for name in ("change", "median", "status")}
    parts.table(view, frame, columns, "trend_table", rows=12)
    names = {name: t(f"column.{name}") for name in frame.columns if name != "n"}
    parts.download(view, frame.rename(columns=names), "trends", [t("page.trends"), view.where()])

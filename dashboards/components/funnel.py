"""The leaderboard's funnel: whether a court's difference from its group is more than chance.
It names no order, so it stands in interval mode too."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.components import amounts
from dashboards.components import chart_funnel as chart
from dashboards.markup import blocks
from dashboards.queries import rankings as queries
from dashboards.rows import records
from dashboards.shell import elements
from dashboards.shell.view import View

LIMITS = ("alert_low", "alert_high", "alarm_low", "alarm_high")


def funnel(view: View, indicator: str, ranking: pd.DataFrame) -> None:
    """Value against n with the published limits; a count has no share to compare and none is drawn."""
    t = view.t
    found = view.data.ask(queries.funnel, *view.choice.compared, indicator)
    found = found[found["case_count"] > 0].reset_index(drop=True)
    if len(found) < 3 or ranking["denominator"].isna().all():
        elements.section(t("leaderboard.funnel"))
        st.html(blocks.reading(t("leaderboard.funnel_none")))
        return
    unit = str(ranking.iloc[0]["unit"])
    dispersion = formats.number(float(found["dispersion"].iloc[0]), 2)
    elements.section(t("leaderboard.funnel"), t("leaderboard.funnel_measure", dispersion=dispersion))
    frame = _frame(view, found, unit)
    words = chart.Words(
        t("leaderboard.funnel_count"),
        t("leaderboard.funnel_expected", value=view.names.value(found["expected_value"].iloc[0], unit)),
        t("leaderboard.funnel_alert"), t("leaderboard.funnel_alarm"), formats.suffix(unit, view.lang),
    )  # fmt: skip
    counts = found["funnel_signal"].value_counts()
    shape = t("leaderboard.funnel_curve" if chart.is_smooth(frame) else "leaderboard.funnel_bars")
    said = {"alert": int(counts.get("alert", 0)), "alarm": int(counts.get("alarm", 0)), "shape": shape}
    elements.picture(chart.funnel(frame, view.colours, words), "funnel", t("leaderboard.funnel_reading", **said))


def _frame(view: View, found: pd.DataFrame, unit: str) -> pd.DataFrame:
    frame = pd.DataFrame({"case_count": found["case_count"].astype(float), "signal": found["funnel_signal"]})
    frame["side"] = [{"true": "better", "false": "worse"}.get(str(f).lower(), "") for f in found["is_favourable"]]
    frame["error"] = found["standard_error"].astype(float)
    for name, column in (("shown", "value"), ("expected", "expected_value"), *((limit, limit) for limit in LIMITS)):
        frame[name] = pd.Series([formats.scaled(v, unit) for v in found[column]], dtype="float64")
    frame["label"] = [view.names.court(code) for code in found["court_code"]]
    frame["hover"] = [_hover(view, row, unit) for row in records(found)]
    return frame


def _hover(view: View, row: dict[str, Any], unit: str) -> str:
    return view.t(
        "leaderboard.funnel_hover",
        court=view.names.court(row["court_code"], short=False),
        value=amounts.worded(view, row | {"unit": unit}),
        n=formats.number(row["case_count"]),
        alert=f"{view.names.value(row['alert_low'], unit)} – {view.names.value(row['alert_high'], unit)}",
        alarm=f"{view.names.value(row['alarm_low'], unit)} – {view.names.value(row['alarm_high'], unit)}",
    )

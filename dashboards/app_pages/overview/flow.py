"""The flow of cases of the whole province: what came, how it was closed, and what is left.
A single court's flow belongs to its page."""

from __future__ import annotations

import pandas as pd

from dashboards import formats
from dashboards.charts import flow as flow_chart
from dashboards.components import case_flow
from dashboards.queries import windows
from dashboards.shell import elements
from dashboards.shell.view import View


def province(view: View) -> None:
    """Opening + new − closed by mode = pending, of the whole province."""
    t, (first, last, _) = view.t, view.data.bounds
    found = view.data.ask(windows.measures, view.data.root, "province", first, last)
    amounts = found[found["case_scope"] == "all_enforcement"].set_index("measure_code")["value"].astype(float).to_dict()
    if not amounts:
        elements.reading(t("empty.table"))
        return
    frame = pd.DataFrame(case_flow.flow_steps(amounts), columns=["code", "amount", "kind"])
    frame["label"] = [t(f"flow.{code}") for code in frame["code"]]
    frame["text"] = [formats.number(abs(amount)) for amount in frame["amount"]]
    elements.picture(
        flow_chart.waterfall(frame, view.colours, 300), "flow", t("overview.flow_reading", first=first, last=last)
    )
    gap = case_flow.flow_gap(amounts)
    elements.reading(t("court.flow_adds_up" if gap == 0 else "court.flow_gap", gap=formats.number(gap)))

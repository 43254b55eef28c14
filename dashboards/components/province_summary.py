"""The province in one sentence and its core indicators, as the overview and the wall say them.
How they are shown belongs to the pages."""

from __future__ import annotations

import pandas as pd

from dashboards import findings
from dashboards.components import attention
from dashboards.queries import province_facts
from dashboards.rows import records
from dashboards.shell.view import View


def core(view: View) -> pd.DataFrame:
    """The core indicators of the province in their order, each in the window its target is set for."""
    members = view.ask(province_facts.core_set, view.month)
    found = []
    for row in records(members):
        window = row["target_window"] if isinstance(row["target_window"], str) else view.window
        found.append(
            view.ask(province_facts.province_indicators, view.root, view.month, window, (row["indicator_code"],))
        )
    kept = [part for part in found if len(part)]
    return pd.concat(kept, ignore_index=True) if kept else pd.DataFrame(columns=["indicator_code"])


def sentence(view: View, core: pd.DataFrame, others: pd.DataFrame, concern_count: int) -> str:
    """The headline, made from the numbers; of checks only those are among the concerns that the reader may see."""
    tally = findings.tally(pd.concat([part for part in (core, others) if len(part)] or [others]))
    compared = tally["better"] + tally["worse"] + tally["same"]
    changes = view.t("overview.changes" if compared else "overview.changes_none", compared=compared, **tally)
    said = {"month": view.month_name(), "window": view.window_name(), "concerns": concern_count, "changes": changes}
    at_core = findings.tally(core) if len(core) else {"targets": 0}
    if not at_core["targets"]:
        phrase = "overview.headline_targets" if tally["targets"] else "overview.headline"
        return view.t(phrase, **said, **tally) + attention.checks_counted(view)
    at = {"core_total": at_core["targets"], "core_met": at_core["met"]}
    return view.t("overview.headline_core", **said, **tally, **at) + attention.checks_counted(view)

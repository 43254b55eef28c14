"""The province in one sentence and its core indicators, as the overview and the wall say them.
How they are shown belongs to the pages."""

from __future__ import annotations

import pandas as pd

from dashboards import findings
from dashboards.components import attention, judged_targets
from dashboards.queries import province_facts
from dashboards.rows import records
from dashboards.shell.view import View
from dashboards.targets import Target


def core(view: View) -> pd.DataFrame:
    """The core indicators of the province in their order, each in the window its target is set for."""
    members = view.data.ask(province_facts.core_set, view.choice.month)
    found = []
    for row in records(members):
        window = row["target_window"] if isinstance(row["target_window"], str) else view.choice.window
        found.append(
            view.data.ask(
                province_facts.province_indicators, view.data.root, view.choice.month, window, (row["indicator_code"],)
            )
        )
    kept = [part for part in found if len(part)]
    return pd.concat(kept, ignore_index=True) if kept else pd.DataFrame(columns=["indicator_code"])


def sentence(view: View, core: pd.DataFrame, others: pd.DataFrame, judged: list[Target], concern_count: int) -> str:
    """The headline, made from the numbers: targets that are missed belong to it as much as those that are met.

    Of checks only those are among the concerns that the reader may see.
    """
    tally = findings.tally(pd.concat([part for part in (core, others) if len(part)] or [others]))
    compared = tally["better"] + tally["worse"] + tally["same"]
    changes = view.t("overview.changes" if compared else "overview.changes_none", compared=compared, **tally)
    said = {"month": view.names.month(), "window": view.names.window(), "concerns": concern_count, "changes": changes}
    has_targets = any(target.status != "reference" for target in judged)
    if has_targets:
        said["targets"] = judged_targets.summary(view, judged) + _core_targets(view, core, judged)
    phrase = "overview.headline_targets" if has_targets else "overview.headline"
    return view.t(phrase, **said, total=tally["total"]) + attention.checks_counted(view)


def _core_targets(view: View, core: pd.DataFrame, judged: list[Target]) -> str:
    """How the core indicators among them stand; empty where none of them has a target."""
    codes = set(core["indicator_code"])
    own = [target for target in judged if target.code in codes and target.status != "reference"]
    if not own:
        return ""
    return view.t("targets.core", total=len(own), met=sum(target.status == "met" for target in own))

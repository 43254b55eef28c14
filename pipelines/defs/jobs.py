"""The one job: take in months, judge them, build all models, publish.
For one month as for all of them: single-run backfill gives a range of months to one run."""

from __future__ import annotations

import dagster as dg

# A run with this tag publishes also a month of which too few courts have delivered; the manifest says so.
FORCE_TAG = "enforcement/force"

take_in_and_publish = dg.define_asset_job(
    "take_in_and_publish",
    selection=dg.AssetSelection.all(),
    executor_def=dg.in_process_executor,
    description="接收、检查、计算、发布 | Receive, judge, build, publish",
)

"""The installation's settings as an asset before all others: what was handed over by way of the pages is taken over.
What has to hold of a sheet, and what becomes of one that does not, is in pipelines.settings."""

import dagster as dg

from pipelines.layout import layout
from pipelines.settings.trial import begin

SETTINGS = dg.AssetKey("settings")


@dg.asset(key=SETTINGS, required_resource_keys={"reporter"}, group_name="ingestion")
def settings(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    """本院的设置 | The installation's settings."""
    outcomes = begin(layout())
    for outcome in outcomes:
        context.resources.reporter.finish("settings", str(outcome))
    return dg.MaterializeResult(metadata={"handed_over": [str(outcome) for outcome in outcomes]})

"""The ledger as assets: what was received, and which delivery of each court and month is in force.
It is made anew from the receipts every time, so a killed run leaves nothing behind that counts."""

from collections.abc import Iterator

import dagster as dg

from pipelines.extracts.contracts import KINDS
from pipelines.extracts.loading import consolidate, mend
from pipelines.layout import layout

LEDGER_KEYS = (
    ["ledger", "deliveries"],
    ["ledger", "delivery_courts"],
    ["ledger", "delivery_gaps"],
    ["ledger", "redelivery_changes"],
    ["ledger", "settings_changes"],
    ["ledger", "case_courts"],
    ["rejects", "rejected_rows"],
)


@dg.multi_asset(
    specs=[
        dg.AssetSpec(key, deps=[["received", kind] for kind in KINDS], group_name="ingestion", kinds={"parquet"})
        for key in LEDGER_KEYS
    ],
    required_resource_keys={"reporter"},
)
def ledger(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult]:
    """收件台账 | The ledger of deliveries."""
    context.resources.reporter.start("ledger", None)
    for mended in (*mend(layout()), *consolidate(layout())):
        context.resources.reporter.told(mended)
    context.resources.reporter.finish("ledger", "deliveries in force are known")
    yield from (dg.MaterializeResult(asset_key=key) for key in LEDGER_KEYS)

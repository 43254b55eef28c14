"""Delivered files as assets: one per kind of extract, by month.
Reading and judging files is done in pipelines.extracts."""

import dagster as dg

from pipelines.defs.ingestion.settings import SETTINGS
from pipelines.defs.partitions import ALL_AT_ONCE, MONTHS
from pipelines.extracts.contracts import KINDS, contract
from pipelines.extracts.loading import KindReceipt, receive_month
from pipelines.layout import layout


def receipt_metadata(receipt: KindReceipt) -> dict[str, object]:
    """What the receipt of one kind and month says, for Dagster's pages."""
    return {
        "files": receipt.files,
        "dagster/row_count": receipt.rows,
        "accepted": receipt.accepted,
        "rejected": receipt.rejected,
        "held": receipt.held,
        "no_data": receipt.no_data,
        "refused_files": len(receipt.refused),
        "seconds": round(receipt.seconds, 3),
    }


def refusal_check(receipts: list[KindReceipt]) -> dg.AssetCheckResult:
    """Warns when a file was refused as a whole: its court, kind and month are published as not delivered."""
    refused = [f"{each.file_name}: {each.message.en}" for receipt in receipts for each in receipt.refused]
    return dg.AssetCheckResult(
        check_name="no_file_refused",
        passed=not refused,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"refused": refused},
    )


def _received(kind: str) -> dg.AssetsDefinition:
    key = dg.AssetKey(["received", kind])

    @dg.asset(
        key=key,
        deps=[SETTINGS],
        description=f"{contract(kind).name_zh}：收到的文件 | {contract(kind).name_en}: files received",
        partitions_def=MONTHS,
        backfill_policy=ALL_AT_ONCE,
        check_specs=[dg.AssetCheckSpec("no_file_refused", asset=key)],
        required_resource_keys={"reporter"},
        group_name="ingestion",
        kinds={"parquet"},
    )
    def received(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        reporter, receipts = context.resources.reporter, []
        reporter.start(f"receive {kind}", len(context.partition_keys))
        for month in context.partition_keys:
            receipts.append(receive_month(layout(), kind, month))
            context.add_asset_metadata(receipt_metadata(receipts[-1]), partition_key=month)
            reporter.received(kind, receipts[-1])
            for mended in receipts[-1].mended:
                reporter.told(mended)
        reporter.finish(f"receive {kind}", f"{sum(receipt.rows for receipt in receipts):,} rows")
        return dg.MaterializeResult(check_results=[refusal_check(receipts)])

    return received


received_assets = [_received(kind) for kind in KINDS]

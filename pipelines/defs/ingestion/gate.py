"""The lake's months as assets with the gate as their checks: what a rule blocks is held back, and all else goes on.
The rules are in expectations; which share of failing rows blocks is said there too."""

from collections.abc import Iterator

import dagster as dg

from expectations import runner
from pipelines.defs.ingestion.ledger import LEDGER_KEYS
from pipelines.defs.ingestion.settling import settle
from pipelines.defs.partitions import ALL_AT_ONCE, MONTHS
from pipelines.extracts.contracts import KINDS, contract
from pipelines.layout import layout

GATE_KEYS = (["gate", "results"], ["gate", "failing_rows"], ["gate", "held_courts"])


def gate_check(results: list[runner.GateResult]) -> dg.AssetCheckResult:
    """Warns of courts whose deliveries are held back, of whichever months: they count as not delivered."""
    held = [f"{each.month} {each.court_code}: {each.rule_en}" for result in results for each in result.held]
    return dg.AssetCheckResult(
        check_name="may_pass", passed=not held, severity=dg.AssetCheckSeverity.WARN, metadata={"held": held}
    )


def label_check(results: list[runner.GateResult]) -> dg.AssetCheckResult:
    """Warns of months that are published with a label."""
    labels = [f"{result.month}: {rule.rule_en}" for result in results for rule in result.failed if not rule.blocks]
    return dg.AssetCheckResult(
        check_name="without_label",
        passed=not labels,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"labelled": labels},
    )


def _lake(kind: str) -> dg.AssetsDefinition:
    key = dg.AssetKey(["lake", kind])
    checks = [dg.AssetCheckSpec("may_pass", asset=key), dg.AssetCheckSpec("without_label", asset=key)]

    @dg.asset(
        key=key,
        deps=[["received", kind], *LEDGER_KEYS],
        description=f"{contract(kind).name_zh}：生效数据 | {contract(kind).name_en}: rows in force",
        partitions_def=MONTHS,
        backfill_policy=ALL_AT_ONCE,
        check_specs=checks,
        required_resource_keys={"reporter"},
        group_name="ingestion",
        kinds={"parquet", "great_expectations"},
    )
    def lake(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        context.resources.reporter.start(f"gate {kind}", None)
        for file in runner.damaged(layout(), kind):
            said = f"{file} 已损坏，重新判定 | {file} is damaged: judged again"
            context.resources.reporter.finish(f"gate {kind}", said)
        results = runner.run_gates(layout(), kind)
        fresh = sum(not result.cached for result in results)
        context.resources.reporter.finish(f"gate {kind}", f"{len(results)} months, {fresh} judged anew")
        return dg.MaterializeResult(
            check_results=[gate_check(results), label_check(results)],
            metadata={"months": len(results), "judged_anew": fresh},
        )

    return lake


lake_assets = [_lake(kind) for kind in KINDS]


@dg.multi_asset(
    specs=[dg.AssetSpec(key, deps=[["lake", kind] for kind in KINDS], group_name="ingestion") for key in GATE_KEYS]
)
def gate() -> Iterator[dg.MaterializeResult]:
    """质量关口结果 | Results of the gate, and the ledger without what it holds back."""
    settle(layout())
    yield from (dg.MaterializeResult(asset_key=key) for key in GATE_KEYS)

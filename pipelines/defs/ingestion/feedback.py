"""What courts get back of the months taken in, as an asset after the ledger; nothing waits for it.
How pages are made is in pipelines.extracts.feedback."""

import dagster as dg

from pipelines.defs.ingestion.ledger import LEDGER_KEYS
from pipelines.defs.partitions import ALL_AT_ONCE, MONTHS
from pipelines.extracts.feedback import write
from pipelines.layout import layout

STEP = "feedback"
CHECK = "every_court_gets_its_pages"


@dg.asset(
    deps=LEDGER_KEYS,
    partitions_def=MONTHS,
    backfill_policy=ALL_AT_ONCE,
    check_specs=[dg.AssetCheckSpec(CHECK, asset=STEP)],
    required_resource_keys={"reporter"},
    group_name="ingestion",
)
def feedback(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    """给各法院的报送反馈 | What became of each delivered file, by court: HTML and XLSX."""
    context.resources.reporter.start(STEP, len(context.partition_keys))
    try:
        written = write(layout(), context.partition_keys)
    except Exception as problem:  # whatever is wrong with a page must not hold back a publication
        context.log.exception("no feedback")
        context.resources.reporter.finish(STEP, f"反馈未写完 | feedback is not complete: {problem}")
        failed = dg.AssetCheckResult(passed=False, check_name=CHECK, metadata={"why": str(problem)})
        return dg.MaterializeResult(check_results=[failed])
    told = f"{written.deliveries} deliveries, {written.files:,} files → {layout().feedback}"
    context.resources.reporter.finish(STEP, told)
    done = dg.AssetCheckResult(passed=True, check_name=CHECK, metadata={"files": written.files})
    return dg.MaterializeResult(check_results=[done])

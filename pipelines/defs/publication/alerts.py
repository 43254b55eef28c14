"""What readers are told of a snapshot, as an asset after it; a message that cannot be made takes no publication back.
Who is told what is decided in dashboards.outbox."""

import dagster as dg

from dashboards.outbox.evaluation import evaluate
from pipelines.defs.publication.snapshot import snapshot

STEP = "alerts"
CHECK = "everybody_who_follows_something_is_told"


@dg.asset(
    deps=[snapshot],
    check_specs=[dg.AssetCheckSpec(CHECK, asset=STEP)],
    required_resource_keys={"reporter"},
    group_name="publication",
)
def alerts(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    """关注事项的提醒 | What is new on what readers follow, in a folder of each reader's own."""
    context.resources.reporter.start(STEP, None)
    try:
        told = evaluate()
    except Exception as problem:  # whatever is wrong with messages must not take back a publication
        context.log.exception("nobody was told")
        context.resources.reporter.finish(STEP, f"提醒未生成，快照照常发布 | no alerts; the snapshot stays: {problem}")
        failed = dg.AssetCheckResult(passed=False, check_name=CHECK, metadata={"why": str(problem)})
        return dg.MaterializeResult(metadata={"why": str(problem)}, check_results=[failed])
    line = f"{told.readers} 位读者，{told.items} 项 | readers {told.readers}, items {told.items}"
    context.resources.reporter.finish(STEP, line)
    passed = dg.AssetCheckResult(passed=not told.failed, check_name=CHECK, metadata={"failed": len(told.failed)})
    return dg.MaterializeResult(metadata={"messages": told.messages, "items": told.items}, check_results=[passed])

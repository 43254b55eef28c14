"""What readers are told of a snapshot, as an asset after it; a message that cannot be made takes no publication back.
Who is told what, and what is sent where, is decided in dashboards.outbox."""

import dagster as dg

from dashboards.outbox.carriers import PLAIN
from dashboards.outbox.evaluation import evaluate
from dashboards.outbox.sending import Addresses, Sent, send
from pipelines.defs.publication.snapshot import snapshot
from pipelines.layout import layout
from pipelines.settings.installation import outbox

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
        sent = _sent()
    except Exception as problem:  # whatever is wrong with messages must not take back a publication
        context.log.exception("nobody was told")
        context.resources.reporter.finish(STEP, f"提醒未生成，快照照常发布 | no alerts; the snapshot stays: {problem}")
        failed = dg.AssetCheckResult(passed=False, check_name=CHECK, metadata={"why": str(problem)})
        return dg.MaterializeResult(metadata={"why": str(problem)}, check_results=[failed])
    zh, en = f"{told.readers} 位读者，{told.items} 项", f"readers {told.readers}, items {told.items}"
    if sent.confirmed or sent.failed:
        zh += f"；发出 {sent.confirmed} 份，待发 {len(sent.failed)} 份"
        en += f"; sent {sent.confirmed}, waiting {len(sent.failed)}"
    for why in sent.failed:
        context.log.warning(why)
    context.resources.reporter.finish(STEP, f"{zh} | {en}")
    passed = dg.AssetCheckResult(passed=not told.failed, check_name=CHECK, metadata={"failed": len(told.failed)})
    return dg.MaterializeResult(metadata={"messages": told.messages, "items": told.items}, check_results=[passed])


def _sent() -> Sent:
    """What was carried to the addresses that the settings name; nothing where they name none."""
    said = outbox(layout())
    where = {name: str(said.get(name, "")) for name in ("webhook", "smtp", "smtp_security", "smtp_user", "sender")}
    where["smtp_security"] = where["smtp_security"] or PLAIN
    return send(Addresses(**where, receivers=dict(said.get("addresses", {}))))

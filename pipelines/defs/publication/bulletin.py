"""The meeting pack of the newest month as an asset, after the snapshot it is made from.
Nobody asked for a pack by publishing: one that cannot be made fails its check and is said aloud, the snapshot stays
published and the run succeeds. `make bulletin` asks for one, and fails. How it is made is in dashboards.bulletin."""

import dagster as dg

from dashboards.bulletin import Pack, made_packs
from pipelines.defs.publication.snapshot import snapshot
from pipelines.layout import layout
from pipelines.publication import retention
from pipelines.publication.snapshot import current

STEP = "bulletin"
CHECK = "the_pack_is_made_and_every_figure_proven"


@dg.asset(
    deps=[snapshot],
    check_specs=[dg.AssetCheckSpec(CHECK, asset=STEP)],
    required_resource_keys={"reporter"},
    group_name="publication",
)
def bulletin(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    """各省最新月份的督导会议材料 | The meeting pack of each province's newest month: Word, Excel, PDF, HTML."""
    context.resources.reporter.start(STEP, None)
    snapshot_id = current(layout())
    is_asked_for = snapshot_id is not None and retention.has_packs(layout(), snapshot_id)
    try:
        packs = made_packs()
    except Exception as problem:  # whatever is wrong with a pack must not take back a publication
        context.log.exception("no meeting pack")
        return _missing(context, str(problem))
    if not is_asked_for:
        files = [file for pack in packs for file in pack.files.values()]
        retention.by_the_run(layout(), packs[0].snapshot_id, files)
    return _made(context, packs)


def _made(context: dg.AssetExecutionContext, packs: list[Pack]) -> dg.MaterializeResult:
    folder, claims = packs[0].files["docx"].parent, sum(pack.claims for pack in packs)
    named = ", ".join(pack.files["docx"].stem for pack in packs)
    context.resources.reporter.finish(STEP, f"{named}: {claims:,} claims proven → {folder}")
    return dg.MaterializeResult(
        metadata={
            "snapshot_id": packs[0].snapshot_id,
            "packs": named,
            "month": str(packs[0].month),
            "edition": packs[0].edition,
            "seconds": sum(pack.seconds for pack in packs),
            "folder": dg.MetadataValue.path(str(folder)),
        },
        check_results=[dg.AssetCheckResult(passed=True, check_name=CHECK, metadata={"claims": claims})],
    )


def _missing(context: dg.AssetExecutionContext, why: str) -> dg.MaterializeResult:
    told = f"会议材料未生成，快照照常发布 | no meeting pack; the snapshot is published all the same: {why}"
    context.resources.reporter.finish(STEP, told)
    return dg.MaterializeResult(
        metadata={"why": why},
        check_results=[dg.AssetCheckResult(passed=False, check_name=CHECK, metadata={"why": why})],
    )

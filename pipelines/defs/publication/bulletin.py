"""The meeting pack of the newest month as an asset, after the snapshot it is made from.
Nobody asked for a pack by publishing: one that cannot be made fails its check and is said aloud, the snapshot stays
published and the run succeeds. `make bulletin` asks for one, and fails. How it is made is in dashboards.bulletin."""

import dagster as dg

from dashboards.bulletin import Pack, make_pack
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
    """最新月份的督导会议材料 | The meeting pack of the newest month: Word, Excel, PDF, HTML."""
    context.resources.reporter.start(STEP, None)
    snapshot_id = current(layout())
    is_asked_for = snapshot_id is not None and retention.has_packs(layout(), snapshot_id)
    try:
        pack = make_pack()
    except Exception as problem:  # whatever is wrong with a pack must not take back a publication
        context.log.exception("no meeting pack")
        return _missing(context, str(problem))
    if not is_asked_for:
        retention.by_the_run(layout(), pack.snapshot_id, pack.files.values())
    return _made(context, pack)


def _made(context: dg.AssetExecutionContext, pack: Pack) -> dg.MaterializeResult:
    folder = pack.files["docx"].parent
    context.resources.reporter.finish(STEP, f"{pack.month} {pack.edition}, {pack.claims:,} claims proven → {folder}")
    return dg.MaterializeResult(
        metadata={
            "snapshot_id": pack.snapshot_id,
            "month": str(pack.month),
            "edition": pack.edition,
            "seconds": pack.seconds,
            "folder": dg.MetadataValue.path(str(folder)),
        },
        check_results=[dg.AssetCheckResult(passed=True, check_name=CHECK, metadata={"claims": pack.claims})],
    )


def _missing(context: dg.AssetExecutionContext, why: str) -> dg.MaterializeResult:
    told = f"会议材料未生成，快照照常发布 | no meeting pack; the snapshot is published all the same: {why}"
    context.resources.reporter.finish(STEP, told)
    return dg.MaterializeResult(
        metadata={"why": why},
        check_results=[dg.AssetCheckResult(passed=False, check_name=CHECK, metadata={"why": why})],
    )

"""The published snapshot as an asset, after every model that is public.
How a snapshot is made and sealed is in pipelines.publication."""

import dagster as dg

from pipelines.defs.jobs import FORCE_TAG
from pipelines.defs.transformation.models import models
from pipelines.layout import layout
from pipelines.publication.public_models import PUBLISHED_SCHEMAS
from pipelines.publication.snapshot import publish

PUBLISHED_KEYS = sorted(key for key in models.keys if key.path[0] in PUBLISHED_SCHEMAS)


@dg.asset(deps=PUBLISHED_KEYS, required_resource_keys={"reporter"}, group_name="publication", kinds={"duckdb"})
def snapshot(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    """发布快照 | The sealed snapshot."""
    context.resources.reporter.start("publish", None)
    published = publish(layout(), force=FORCE_TAG in context.run.tags)
    for told in published.told:
        context.resources.reporter.finish("publish", told)
    news = published.snapshot_id if published.is_new else f"{published.snapshot_id} (unchanged · 内容未变)"
    context.resources.reporter.finish("publish", news)
    return dg.MaterializeResult(
        metadata={
            "snapshot_id": published.snapshot_id,
            "is_new": published.is_new,
            "tables": len(published.tables),
            "dagster/row_count": sum(published.tables.values()),
        }
    )

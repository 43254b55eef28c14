"""dbt's site on the models as an asset, after the snapshot it documents; without it the snapshot stays published.
How it is made is in pipelines.publication.documents."""

import dagster as dg

from pipelines.defs.publication.snapshot import snapshot
from pipelines.defs.transformation.project import parsed_here
from pipelines.layout import layout
from pipelines.publication.documents import NoDocumentsError, make

STEP = "documents"
CHECK = "the_models_are_documented"


@dg.asset(
    deps=[snapshot],
    check_specs=[dg.AssetCheckSpec(CHECK, asset=STEP)],
    required_resource_keys={"reporter"},
    group_name="publication",
    kinds={"dbt"},
)
def documents(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    """模型文档 | dbt's site on every model and column, one HTML file."""
    context.resources.reporter.start(STEP, None)
    try:
        file = make(layout(), parsed_here())
    except NoDocumentsError as problem:
        context.resources.reporter.finish(STEP, f"模型文档未生成 | no model documentation: {problem}")
        failed = dg.AssetCheckResult(passed=False, check_name=CHECK, metadata={"why": str(problem)})
        return dg.MaterializeResult(metadata={"why": str(problem)}, check_results=[failed])
    context.resources.reporter.finish(STEP, str(file))
    return dg.MaterializeResult(
        metadata={"file": dg.MetadataValue.path(str(file)), "bytes": file.stat().st_size},
        check_results=[dg.AssetCheckResult(passed=True, check_name=CHECK)],
    )

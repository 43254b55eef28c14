"""Runs the job over a range of months in this very process: the way of the command line, of tests and of the benchmark.
What is said of it on a terminal belongs to pipelines.commands."""

from collections.abc import Sequence

import dagster as dg

from pipelines.defs.jobs import FORCE_TAG, take_in_and_publish
from pipelines.defs.reporting import Reporter

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


def run_job(defs: dg.Definitions, months: Sequence[str], reporter: Reporter, *, force: bool = False) -> list[str]:
    """Run from the first of `months` to the last; gives what failed, step by step: nothing if nothing did.

    `force`: publish also a month of which too few courts have delivered.
    """
    job = defs.resolve_job_def(take_in_and_publish.name)
    tags = {"dagster/asset_partition_range_start": months[0], "dagster/asset_partition_range_end": months[-1]}
    if force:
        tags[FORCE_TAG] = "1"
    with dg.DagsterInstance.get() as instance:
        done = job.execute_in_process(
            run_config=QUIET, instance=instance, tags=tags, resources={"reporter": reporter}, raise_on_error=False
        )
    failed = [f"{event.step_key}: {_root_cause(event)}" for event in done.all_events if event.is_step_failure]
    return failed if failed or done.success else ["the run did not finish"]


def _root_cause(event: dg.DagsterEvent) -> str:
    error = event.step_failure_data.error
    while error is not None and error.cause is not None:
        error = error.cause
    return error.message.strip() if error is not None else "?"

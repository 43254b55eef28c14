"""Runs the job over a range of months in this very process: the way of the command line, of tests and of the benchmark.
What is said of it on a terminal belongs to pipelines.commands."""

from collections.abc import Sequence
from dataclasses import dataclass

import dagster as dg

from pipelines.defs.history import set_aside_damaged
from pipelines.defs.jobs import FORCE_TAG, take_in_and_publish
from pipelines.defs.reporting import Reporter
from pipelines.layout import layout

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


@dataclass(frozen=True)
class StepFailure:
    """A step that did not end: what was said at the bottom of it, and everything that was said on the way there."""

    step: str
    said: str
    details: str = ""


def run_job(
    defs: dg.Definitions, months: Sequence[str], reporter: Reporter, *, force: bool = False
) -> list[StepFailure]:
    """Run from the first of `months` to the last; gives what failed, step by step: nothing if nothing did.

    `force`: publish also a month of which too few courts have delivered.
    """
    job = defs.resolve_job_def(take_in_and_publish.name)
    tags = {"dagster/asset_partition_range_start": months[0], "dagster/asset_partition_range_end": months[-1]}
    if force:
        tags[FORCE_TAG] = "1"
    for file in set_aside_damaged(layout().dagster_home):
        reporter.finish("dagster", f"{file} 已损坏，移至旁边，重新开始 | {file} is damaged: set aside, and begun anew")
    with dg.DagsterInstance.get() as instance:
        done = job.execute_in_process(
            run_config=QUIET, instance=instance, tags=tags, resources={"reporter": reporter}, raise_on_error=False
        )
    failed = [_failure(event) for event in done.all_events if event.is_step_failure]
    return failed if failed or done.success else [StepFailure("job", "the run did not finish")]


def _failure(event: dg.DagsterEvent) -> StepFailure:
    error, cause = event.step_failure_data.error, event.step_failure_data.error
    while cause is not None and cause.cause is not None:
        cause = cause.cause
    said = cause.message.partition(": ")[2].strip() if cause is not None else "?"
    return StepFailure(event.step_key or "?", said, error.to_string() if error is not None else "")

"""Runs the job over months in this process and says what came of it: what came in, what failed, what is published.
The job's steps are in pipelines.defs."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Sequence

import dagster as dg

from expectations import runner
from pipelines.commands.terminal import TerminalReporter, console, fault, gate_table, receipts_table
from pipelines.extracts.landing import misplaced
from pipelines.extracts.messages import Message
from pipelines.layout import Layout
from pipelines.publication.snapshot import current


def take_in(where: Layout, months: Sequence[str]) -> int:
    """Take in `months`, judge, build, publish. 0 only if nothing was refused or blocked and the snapshot is published."""
    before = current(where)
    with TerminalReporter() as reporter:
        reporter.start("load", None)
        job = _job()
        reporter.finish("load", f"{months[0]} … {months[-1]}, {len(months)} months")
        failure = _execute(where, job, months, reporter)
    console.print(receipts_table(reporter.receipts))
    results = runner.all_results(where)
    runner.consolidate(where)
    if any(result.failed for result in results):
        console.print(gate_table(results))
    faults = _say_refused(where, reporter) + _say_blocked(results)
    return _conclude(where, before, failure, faults)


def _job() -> dg.JobDefinition:
    warnings.filterwarnings("ignore", category=dg.BetaWarning)
    warnings.filterwarnings("ignore", category=dg.PreviewWarning)
    from pipelines.definitions import defs

    return defs.resolve_job_def("take_in_and_publish")


def _execute(where: Layout, job: dg.JobDefinition, months: Sequence[str], reporter: TerminalReporter) -> str | None:
    """Run the job over the range from the first month to the last; None, or what went wrong."""
    logging.getLogger("dagster").setLevel(logging.CRITICAL)
    tags = {"dagster/asset_partition_range_start": months[0], "dagster/asset_partition_range_end": months[-1]}
    with dg.DagsterInstance.get() as instance:
        done = job.execute_in_process(
            instance=instance, tags=tags, resources={"reporter": reporter}, raise_on_error=False
        )
    if done.success:
        return None
    failed = [event for event in done.all_events if event.is_step_failure]
    return "\n".join(f"{event.step_key}: {_root_cause(event)}" for event in failed) or "the run did not finish"


def _root_cause(event: dg.DagsterEvent) -> str:
    error = event.step_failure_data.error
    while error is not None and error.cause is not None:
        error = error.cause
    return error.message.strip() if error is not None else "?"


def _say_refused(where: Layout, reporter: TerminalReporter) -> int:
    """Every file that was not taken in, and why; gives their number."""
    refused = [refusal for receipts in reporter.receipts.values() for receipt in receipts for refusal in receipt.refused]
    for refusal in refused:
        fault(refusal.file_name, refusal.message)
    strays = misplaced(where)
    for stray in strays:
        fault(stray.path.relative_to(where.landing).as_posix(), stray.message)
    return len(refused) + len(strays)


def _say_blocked(results: Sequence[runner.GateResult]) -> int:
    """Every rule that blocks a month, and how to see its rows; gives their number."""
    blocked = [(result, outcome) for result in results for outcome in result.failed if outcome.blocks]
    for result, outcome in blocked:
        listing = f"python -m pipelines gate --month {result.month} --kind {result.kind}"
        count = f"{outcome.failed_count}/{outcome.checked_count}"
        fault(
            f"{result.month} {result.kind}",
            Message(
                outcome.rule_code,
                f"{outcome.rule_zh}：{count} 行未通过",
                f"{outcome.rule_en}: {count} rows fail",
                f"请核对后重新报送；逐行清单：{listing}",
                f"correct and deliver again; row by row: {listing}",
            ),
        )
    return len(blocked)


def _conclude(where: Layout, before: str | None, failure: str | None, faults: int) -> int:
    """The last lines, and the exit status."""
    now = current(where)
    if failure is None and not faults:
        news = "内容未变 | unchanged" if now == before else "已发布 | published"
        console.print(f"[green]✓[/] {news}: {now} → {where.published / str(now)}")
        return 0
    if failure is not None and not faults:
        console.print(failure, markup=False)
    console.print(f"[red]未发布 | not published[/]；现行快照 | the current snapshot stays: {now or '—'}")
    return 1

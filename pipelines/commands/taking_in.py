"""Runs the job over months in this process and says what came of it: what came in, what failed, what is published.
The job's steps are in pipelines.defs."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from contextlib import redirect_stdout
from importlib import import_module
from typing import Any

from expectations import runner
from pipelines.commands.calendar import say_provisional
from pipelines.commands.terminal import TerminalReporter, console, done, failed, fault, gate_table, receipts_table
from pipelines.defs import in_process
from pipelines.extracts import loading
from pipelines.extracts.contracts import KINDS
from pipelines.extracts.landing import misplaced, months_landed
from pipelines.extracts.messages import Message
from pipelines.layout import Layout
from pipelines.publication.snapshot import current


def take_in(where: Layout, months: Sequence[str]) -> int:
    """Take in `months`, judge, build, publish. 0 only if nothing was refused or blocked and all of it is published."""
    before = current(where)
    if _say_misplaced(where, months):
        return _conclude(where, before, [], 1)
    with TerminalReporter() as reporter:
        reporter.start("load", None)
        defs = _definitions()
        reporter.finish("load", f"{months[0]} … {months[-1]}, {len(months)} months")
        with (where.warehouse / "build.log").open("w", encoding="utf-8") as log, redirect_stdout(log):
            failures = in_process.run_job(defs, months, reporter)
    console.print(receipts_table(reporter.receipts))
    say_provisional(where.seeds, months)
    refusals = [each for receipts in reporter.receipts.values() for receipt in receipts for each in receipt.refused]
    results = _judged(where, anyway=bool(refusals))
    if any(result.failed for result in results):
        console.print(gate_table(results))
    for refusal in refusals:
        fault(refusal.file_name, refusal.message)
    return _conclude(where, before, failures, len(refusals) + _say_blocked(results))


def _definitions() -> Any:
    """Dagster's definitions. Takes some seconds, and parses the dbt project if it changed."""
    warnings.filterwarnings("ignore", message=".*is currently in (preview|beta)")
    return import_module("pipelines.definitions").defs


def _judged(where: Layout, *, anyway: bool) -> list[runner.GateResult]:
    """What the gate says. `anyway`: the run stopped before it, but a clerk shall hear of all faults at once."""
    if anyway:
        loading.consolidate(where)
        for kind in KINDS:
            runner.run_gates(where, kind)
    runner.consolidate(where)
    return runner.all_results(where)


def _say_misplaced(where: Layout, months: Sequence[str]) -> int:
    """Files and folders that lie where nothing is looked for, beside these months or in them; gives their number."""
    others = set(months_landed(where)) - set(months)
    found = [(stray.path.relative_to(where.landing), stray.message) for stray in misplaced(where)]
    concerned = [(path, message) for path, message in found if path.parts[0] not in others]
    for path, message in concerned:
        fault(path.as_posix(), message)
    return len(concerned)


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


def _conclude(where: Layout, before: str | None, failures: Sequence[str], faults: int) -> int:
    """The last lines, and the exit status."""
    now = current(where)
    if not failures and not faults:
        news = "内容未变 | unchanged" if now == before else "已发布 | published"
        done(f"{news}: {now} → {where.published / str(now)}")
        return 0
    if not faults:
        for failure in failures:
            console.print(failure)
    failed(f"未发布 | not published；现行快照 | the current snapshot stays: {now or '—'}")
    return 1

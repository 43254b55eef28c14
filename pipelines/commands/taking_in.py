"""Runs the job over months in this process and says what came of it: what came in, what failed, what is published.
The job's steps are in pipelines.defs."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Sequence, Set
from contextlib import redirect_stdout, suppress
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import pyarrow.parquet as pq

from expectations import runner
from pipelines.commands.calendar import say_provisional
from pipelines.commands.ending import OURS, Words, by_phrase, told
from pipelines.commands.streams import errors_into
from pipelines.commands.terminal import TerminalReporter, console, done, failed, fault, gate_table, receipts_table
from pipelines.defs import in_process
from pipelines.defs.in_process import StepFailure
from pipelines.engines import session
from pipelines.extracts.landing import misplaced, months_landed, spelt
from pipelines.extracts.messages import Message
from pipelines.layout import Layout
from pipelines.publication import values_upkeep
from pipelines.publication.snapshot import current
from pipelines.settings.effective import refresh, seeds
from pipelines.settings.faults import Fault
from pipelines.settings.trial import begin, hand_back, undo
from pipelines.whole_files import put_in_place

# Exit statuses. 0: all was taken and is published.
NOT_PUBLISHED, WITH_GAPS = 1, 3


def take_in(where: Layout, months: Sequence[str], *, force: bool = False) -> int:
    """Take in `months`, judge, build, publish what can be published, and say what is missing.

    0: all was taken; 3: published, with gaps that were listed; 1: not published. `force` publishes also months of
    which too few courts have delivered. NoEngineError, before anything is taken in, if no such engine is installed.
    """
    if where.engine:
        session.looked_for(where.engine)
    before = current(where)
    for outcome in begin(where):
        console.print(str(outcome), markup=False, soft_wrap=True)
    if faults := refresh(where):
        return _say_settings(where, faults)
    if not months:
        astray = _say_misplaced(where, months, set())
        nothing = StepFailure("take in", "没有可以接收的月份 | there is no month to take in")
        return _conclude(where, before, [nothing], astray)
    reporter, failures = _on_trial(where, months, force=force)
    console.print(receipts_table(reporter.receipts))
    say_provisional(seeds(where), months)
    results = runner.all_results(where)
    if any(result.failed for result in results):
        console.print(gate_table(results))
    gaps = _say_gaps(where)
    untold = [lost for lost in reporter.lost if lost.message.code == "receipt_lost"]  # other losses are gaps themselves
    astray = _say_misplaced(where, months, {file for file, _ in gaps})
    return _conclude(where, before, failures, len(gaps) + len(untold) + astray)


def _on_trial(where: Layout, months: Sequence[str], *, force: bool) -> tuple[TerminalReporter, list[StepFailure]]:
    """The job; once more without the settings that were handed over to it, if it does not publish with them."""
    reporter, failures = _run(where, months, force=force)
    undone = undo(where, _ending(where, failures[0])) if failures else []
    if not undone:
        return reporter, failures
    for outcome in undone:
        console.print(str(outcome), markup=False, soft_wrap=True)
    refresh(where)
    reporter, failures = _run(where, months, force=force)
    if failures:
        hand_back(undone)  # they were not to blame
    return reporter, failures


def _run(where: Layout, months: Sequence[str], *, force: bool) -> tuple[TerminalReporter, list[StepFailure]]:
    """The job once, what it says of itself in the log."""
    with TerminalReporter() as reporter:
        for said in values_upkeep.mend(where):
            reporter.finish("published values", said)
        reporter.start("load", None)
        defs = _definitions()
        reporter.finish("load", f"{months[0]} … {months[-1]}, {len(months)} months")
        with (where.warehouse / "build.log").open("w", encoding="utf-8") as log, redirect_stdout(log), errors_into(log):
            failures = in_process.run_job(defs, months, reporter, force=force)
    return reporter, failures


def _say_settings(where: Layout, faults: Sequence[Fault]) -> int:
    """Every fault of the settings; nothing is computed with them."""
    for each in faults:
        failed(str(each))
    _note_end(where, NOT_PUBLISHED)
    failed(f"设置有 {len(faults)} 处不对，未计算 | the settings have {len(faults)} faults: nothing was computed")
    return NOT_PUBLISHED


def _definitions() -> Any:
    """Dagster's definitions. Takes some seconds, and parses the dbt project if it changed."""
    warnings.filterwarnings("ignore", message=".*is currently in (preview|beta)")
    return import_module("pipelines.definitions").defs


def _say_misplaced(where: Layout, months: Sequence[str], known: Set[str]) -> int:
    """What lies where nothing is looked for, beside these months or in them, and was not told; gives its number."""
    others = set(months_landed(where)) - set(months)
    found = [(stray.path.relative_to(where.landing), stray.message) for stray in misplaced(where)]
    concerned = [
        (path, message) for path, message in found if path.parts[0] not in others and path.as_posix() not in known
    ]
    for path, message in concerned:
        fault(spelt(path.as_posix()), message)
    return len(concerned)


def _say_gaps(where: Layout) -> list[tuple[str, Message]]:
    """Every delivery that does not count, its courts, and what stands in its stead: by file and message."""
    rows = pq.read_table(where.ledger / "delivery_gaps.parquet").to_pylist()
    courts: dict[tuple[str, Message], list[str]] = {}
    for row in rows:
        said = Message(row["said_code"], row["said_zh"], row["said_en"], row["remedy_zh"], row["remedy_en"])
        courts.setdefault((row["file_name"], said), []).append(row["court_code"] or "?")
    for (file, said), codes in courts.items():
        fault(f"{file} · {', '.join(codes)}", said)
    return list(courts)


def _ending(where: Layout, failure: StepFailure) -> str:
    """One line for a step that failed: its own words if they are ours, else what they are about and where they are."""
    if OURS in failure.said and "\n" not in failure.said:
        return failure.said
    details = f"{failure.step}: {failure.said}\n\n{failure.details}"
    tests = ", ".join(re.findall(r"Failure in test (\w+)", failure.said)[:3])
    if tests:
        return told(
            where,
            Words(f"自身计算的核对未通过：{tests}", f"a check of our own computation does not hold: {tests}"),
            details,
        )
    step = Words(f"步骤“{failure.step}”没有完成", f"the step {failure.step} did not end")
    return told(where, by_phrase(details) or step, details)


def _note_end(where: Layout, status: int) -> None:
    """How the run ended, for who asks the dashboards how things are; a disk that is full keeps nobody from the rest."""
    said = {"ended_at": datetime.now(UTC).isoformat(timespec="seconds"), "status": status}
    with suppress(OSError):
        put_in_place(where.last_run, json.dumps(said).encode(), is_shared=True)


def _conclude(where: Layout, before: str | None, failures: Sequence[StepFailure], gaps: int) -> int:
    """The last lines, and the exit status."""
    now = current(where)
    _note_end(where, NOT_PUBLISHED if failures else WITH_GAPS if gaps else 0)
    if failures:
        for failure in failures:
            failed(_ending(where, failure))
        failed(f"未发布 | not published；现行快照 | the current snapshot stays: {now or '—'}")
        return NOT_PUBLISHED
    news = "内容未变 | unchanged" if now == before else "已发布 | published"
    place = f"{now} → {where.published / str(now)}"
    if gaps:
        done(f"{news}，有 {gaps} 处缺口，见上 | with {gaps} gaps, listed above: {place}")
        return WITH_GAPS
    done(f"{news}: {place}")
    return 0

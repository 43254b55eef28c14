"""`make soak`: the trials of this folder in large numbers; prints how many were tried and how many held.
The same trials run in small numbers in `make test`."""

from __future__ import annotations

import argparse
import faulthandler
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, Phase, given, settings

from tests.faults import judging, mutations
from tests.faults.killing import left_over, run_ended, server, size
from tests.faults.life import live
from tests.faults.orders import Act, histories, outcome
from tests.faults.steps import publishing, receiving
from tests.integration.world import MONTHS, content, make_landing, new_tree, pipelines

HUNG = 60  # seconds after which a file ends the trial, with the place where it hangs
MEMORY = 1_000_000  # kilobytes
MOST_GROWTH = 1.5  # times what an undisturbed tree takes on the disk: logs and a store of several runs
SLOWEST_GROWTH = 3.0  # times as long as at first may a month take at the end, with all the data between them


def files(count: int, first: int) -> tuple[int, int]:
    """Hostile files, by number. Those that do not hold are written where the run says."""
    kept = Path(tempfile.mkdtemp(prefix="hostile-"))
    root, broken = kept / "tree", 0
    desks = {kind: judging.desk(root, kind) for kind in mutations.KINDS}
    for seed in range(first, first + count):
        kind, ending, content_ = mutations.made(seed)
        (kept / "at").write_text(f"{seed} {kind} .{ending}")
        faulthandler.dump_traceback_later(HUNG, exit=True)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        found = judging.faults(desks[kind], f"f.{ending}", content_)
        if (grown := resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) > MEMORY:
            found.append(f"{grown / 1e6:.1f} GB more")
        if found:
            broken += 1
            (kept / f"{seed}-{kind}.{ending}").write_bytes(content_)
            print(f"{seed} {kind} .{ending}: {'; '.join(found[:3])}", flush=True)
        if seed % 200 == 0:
            shutil.rmtree(root / "data", ignore_errors=True)
    faulthandler.cancel_dump_traceback_later()
    return count, count - broken


def orders(count: int, first: int) -> tuple[int, int]:
    """Histories of some months, in order and mixed; a failure shows the history."""
    tried = held = 0

    @settings(max_examples=count, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(histories())
    def trial(history: tuple[list[Act], list[Act]]) -> None:
        nonlocal tried, held
        tried += 1
        with tempfile.TemporaryDirectory() as place:
            calm, mixed = (outcome(Path(place) / name, acts) for name, acts in zip("ab", history, strict=True))
            is_equal = calm.in_force() == calm.expected == mixed.in_force() and calm.told() == mixed.told()
        held += is_equal
        if not is_equal:
            print(history, flush=True)

    trial()
    return tried, held


def kills(count: int, first: int) -> tuple[int, int]:
    """So many whole runs of the command line, ended at random moments, and each tree then run to its end."""
    with tempfile.TemporaryDirectory(prefix="kills-") as place:
        root, seed, ended, held = Path(place), first, 0, 0
        make_landing(root / "landing")
        calm = new_tree(root / "calm", root / "landing", MONTHS)
        begun = time.monotonic()
        assert pipelines(calm, "run", "--no-serve").returncode == 0
        seconds = time.monotonic() - begun
        while ended < count:
            data = new_tree(root / f"trial{seed}", root / "landing", MONTHS)
            told, wrong = _killed(Random(seed), seconds, data, calm)
            ended += sum(how != "-" for how in told)
            held += 0 if wrong else sum(how != "-" for how in told)
            print(f"kill {seed}: {', '.join(told)}: {wrong or 'held'}", flush=True)
            if not wrong:
                shutil.rmtree(data)
            seed += 1
        return ended, held


def steps(count: int, first: int) -> tuple[int, int]:
    """So many runs of receiving and of publishing, by themselves, ended at random moments."""
    tried = held = 0
    with tempfile.TemporaryDirectory(prefix="steps-") as place:
        root, context, random = Path(place), server(), Random(first)
        both = [receiving(context, root / "receiving"), publishing(context, root / "publishing")]
        while tried < count:
            for step in both:
                told, wrong = step.trial(random, root / f"trial{tried}")
                done = sum(how != "-" for how in told)
                tried, held = tried + done, held + (0 if wrong else done)
                if wrong:
                    print(f"{step.program.__name__} {', '.join(told)}: {wrong}", flush=True)
    return tried, held


def _killed(random: Random, seconds: float, data: Path, calm: Path) -> tuple[list[str], str]:
    """How the runs on a tree were ended, and what is wrong with it after one more; "" if it equals the calm one."""
    try:
        told = run_ended(random, seconds, data)
        done = pipelines(data, "run", "--no-serve")
    except (AssertionError, subprocess.TimeoutExpired) as problem:
        return ["?"], str(problem)
    wrong = [] if done.returncode == 0 else [done.stdout[-2000:] + done.stderr[-2000:]]
    expected, found = content(calm), content(data)
    wrong += [name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name)]
    wrong += [f"left over: {name}" for name in left_over(data) if name not in left_over(calm)]
    if size(data) > MOST_GROWTH * size(calm):
        wrong.append(f"{size(data):,} bytes, {size(calm):,} undisturbed")
    return told, "; ".join(wrong)


def life(count: int, first: int) -> tuple[int, int]:
    """So many months, one after the other; holds if nothing but the data grows."""
    with tempfile.TemporaryDirectory(prefix="life-") as place:
        lived = live(Path(place), count, Random(first))
    third = max(1, count // 3)
    for name, rows in (("first third", lived[:third]), ("last third", lived[-third:])):
        means = [sum(row[place] for row in rows) / len(rows) for place in range(4)]
        took, memory, opened, disk = means
        print(f"{name}: {took:.2f} s a month, {memory:.0f} MB, {opened:.0f} files open, {disk:.1f} MB on disk")
    start, end = lived[:third], lived[-third:]
    is_steady = (
        sum(row[0] for row in end) < SLOWEST_GROWTH * sum(row[0] for row in start)
        and max(row[2] for row in end) <= max(row[2] for row in start) + 2
        and min(row[1] for row in end) < 1.5 * max(row[1] for row in start)
    )
    return count, count if is_steady else 0


TRIALS: dict[str, tuple[Callable[[int, int], tuple[int, int]], int]] = {
    "files": (files, 20_000), "orders": (orders, 1_000), "steps": (steps, 1_000), "kills": (kills, 100),
    "life": (life, 120),
}  # fmt: skip


def main() -> int:
    """Run the trials that were asked for; 1 if one did not hold."""
    parser = argparse.ArgumentParser(description="trials in large numbers")
    parser.add_argument("trials", help="files,orders,steps,kills,life")
    parser.add_argument("--count", type=int, help="of each; else as many as each has by default")
    parser.add_argument("--first", type=int, default=0, help="the number that the first is made of")
    asked, is_held = parser.parse_args(), True
    for name in asked.trials.split(","):
        trial, usual = TRIALS[name]
        begun = time.monotonic()
        tried, held = trial(asked.count or usual, asked.first)
        print(f"{name}: {tried:,} tried, {held:,} held, {time.monotonic() - begun:,.0f} s", flush=True)
        is_held = is_held and tried == held
    return 0 if is_held else 1


if __name__ == "__main__":
    sys.exit(main())

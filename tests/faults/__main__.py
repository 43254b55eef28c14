"""`make soak`: the trials of this folder in large numbers; prints how many were tried and how many held.
The same trials run in small numbers in `make test`."""

from __future__ import annotations

import argparse
import faulthandler
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.faults import judging, mutations


def files(count: int, first: int) -> int:
    """Hostile files, by number; gives how many did not hold. Those are written where the run says."""
    kept = Path(tempfile.mkdtemp(prefix="hostile-"))
    root, broken, begun = kept / "tree", 0, time.monotonic()
    desks = {kind: judging.desk(root, kind) for kind in mutations.KINDS}
    for seed in range(first, first + count):
        kind, ending, content = mutations.made(seed)
        (kept / "at").write_text(f"{seed} {kind} .{ending}")
        faulthandler.dump_traceback_later(60, exit=True)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        found = judging.faults(desks[kind], f"f.{ending}", content)
        if (grown := resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) > 1_000_000:
            found.append(f"{grown / 1e6:.1f} GB more")
        if found:
            broken += 1
            (kept / f"{seed}-{kind}.{ending}").write_bytes(content)
            print(f"{seed} {kind} .{ending}: {'; '.join(found[:3])}", flush=True)
        if seed % 200 == 0:
            shutil.rmtree(root / "data", ignore_errors=True)
    faulthandler.cancel_dump_traceback_later()
    print(f"files: {count:,} tried, {count - broken:,} held, {time.monotonic() - begun:.0f} s; what did not: {kept}")
    return broken


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="trials in large numbers")
    parser.add_argument("trial", choices=("files",))
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    asked = parser.parse_args()
    sys.exit(1 if files(asked.count, asked.first) else 0)

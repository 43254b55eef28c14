"""Writes a sample province into a folder of one's choice.
What a sample consists of belongs to the package; the project's own command line is elsewhere."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipelines.samples import generate
from pipelines.samples.generation import DEFAULT, samples

parser = argparse.ArgumentParser(prog="python -m pipelines.samples")
parser.add_argument("--out", type=Path, required=True, help="landing folder to make; it must not hold deliveries")
parser.add_argument("--sample", default=DEFAULT, choices=samples())
parser.add_argument("--seed", type=int, default=20160301)
parser.add_argument("--cases", type=int)
parser.add_argument("--courts", type=int)
parser.add_argument("--months", type=int)
parser.add_argument("--truth", type=Path, help="also write what was planted and the totals, outside the landing folder")

if __name__ == "__main__":
    made = generate(**{("landing" if k == "out" else "truth_file" if k == "truth" else k): v
                       for k, v in vars(parser.parse_args()).items()})  # fmt: skip
    print(f"{made.files} files, {sum(made.rows.values())} rows, {made.seconds:.1f} s")

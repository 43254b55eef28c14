"""`sample`: a sample province's deliveries, written where courts deliver.
What is in them is said in pipelines.samples."""

from __future__ import annotations

import argparse
import shutil
from typing import Any

from pipelines.commands.lock import only_writer
from pipelines.commands.terminal import console
from pipelines.extracts.landing import is_empty
from pipelines.layout import Layout
from pipelines.samples import generate
from pipelines.samples.generation import DEFAULT, samples, settings_of

HELP = "write a sample province's deliveries"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which sample, and how large."""
    parser.add_argument("--sample", default=DEFAULT, choices=samples())
    parser.add_argument("--cases", type=int, help="how many cases (the published number if not given)")
    parser.add_argument("--courts", type=int)
    parser.add_argument("--months", type=int)


def run(where: Layout, *, sample: str, cases: int | None, courts: int | None, months: int | None) -> int:
    """0 when the deliveries were written; an installation with deliveries is left alone."""
    with only_writer(where):
        if not is_empty(where):
            console.print(f"{where.landing} 里已有报送，不再生成样例 | holds deliveries already: no sample was made")
            return 1
        make(where, sample=sample, cases=cases, courts=courts, months=months)
    return 0


def make(where: Layout, **size: Any) -> None:
    """Made aside and moved: a sample that was killed half way is not taken for deliveries."""
    aside = where.data / ".landing.sample"
    shutil.rmtree(aside, ignore_errors=True)
    given = {name: value for name, value in size.items() if value is not None}
    with console.status("还没有报送，正在生成样例 | nothing delivered yet: making the sample province"):
        made = generate(landing=aside, **given)
    where.landing.mkdir(parents=True, exist_ok=True)
    for folder in sorted(aside.iterdir()):
        folder.rename(where.landing / folder.name)
    shutil.rmtree(aside)
    _settle(where, given.get("sample", DEFAULT))
    rows = sum(made.rows.values())
    console.print(f"样例 | sample: {made.files:,} files, {rows:,} rows, {made.seconds:.1f} s → {where.landing}")


def _settle(where: Layout, sample: str) -> None:
    """The sample's settings, written as an installation's; one that has settings of its own keeps them."""
    if where.settings.is_dir() and any(where.settings.iterdir()):
        return
    where.settings.mkdir(parents=True, exist_ok=True)
    for file in sorted(settings_of(sample).iterdir()):
        shutil.copyfile(file, where.settings / file.name)

"""`month`: one month's delivery, then everything that follows from it.
The job is defined in pipelines.defs; what came of it is said in taking_in."""

from __future__ import annotations

import argparse

from pipelines.commands import force_argument, month_argument
from pipelines.commands.lock import only_writer
from pipelines.layout import Layout

HELP = "take in one month, rebuild, publish"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which month, and whether to publish it although few courts have delivered."""
    force_argument(parser)
    parser.add_argument("month", type=month_argument, help="YYYY-MM")


def run(where: Layout, *, month: str, force: bool = False) -> int:
    """0 if all of the month was taken in, 3 if it was published with gaps, 1 if nothing was published or delivered."""
    from pipelines.commands.taking_in import take_in
    from pipelines.commands.terminal import console
    from pipelines.extracts.landing import months_landed

    with only_writer(where):
        if month not in months_landed(where):
            console.print(f"{where.landing / month}: 没有收到该月的文件 | nothing has been delivered for this month")
            return 1
        return take_in(where, [month], force=force)

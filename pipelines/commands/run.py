"""`run`: everything delivered is taken in and published, in this very process, then the dashboards are opened.
The job is defined in pipelines.defs; what came of it is said in taking_in."""

from __future__ import annotations

import argparse

from pipelines.commands.lock import only_writer
from pipelines.layout import Layout

HELP = "take in everything delivered, publish, open the dashboards"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whether to stop after publishing."""
    parser.add_argument("--no-serve", action="store_true", help="stop after publishing")


def run(where: Layout, *, no_serve: bool) -> int:
    """Everything delivered; the sample province if nothing was. 0 only if all of it was taken in and published."""
    from pipelines.commands import sample, serve
    from pipelines.commands.taking_in import take_in
    from pipelines.extracts.landing import months_landed

    with only_writer(where):
        if not months_landed(where):
            sample.make(where)
        status = take_in(where, months_landed(where))
    return status if no_serve or status else serve.run(where)

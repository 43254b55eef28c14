"""`run`: everything delivered is taken in and published, in this very process, then the dashboards are opened.
The job is defined in pipelines.defs; what came of it is said in taking_in."""

from __future__ import annotations

import argparse

from pipelines.commands import force_argument
from pipelines.commands.lock import only_writer
from pipelines.layout import Layout

HELP = "take in everything delivered, publish, open the dashboards"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whether to stop after publishing, and whether to publish also what few courts have delivered."""
    parser.add_argument("--no-serve", action="store_true", help="stop after publishing")
    force_argument(parser)


def run(where: Layout, *, no_serve: bool, force: bool = False) -> int:
    """Everything delivered; the sample province if nothing was. 0 if all of it was taken in, 3 if it was published
    with gaps, 1 if it was not published."""
    from pipelines.commands import sample, serve
    from pipelines.commands.taking_in import WITH_GAPS, take_in
    from pipelines.extracts.landing import is_empty, months_landed

    with only_writer(where):
        if is_empty(where):
            sample.make(where)
        status = take_in(where, months_landed(where), force=force)
    return serve.run(where) if not no_serve and status in (0, WITH_GAPS) else status

"""`make docs`: dbt's site on the models, beside the current snapshot, where the dashboards offer it.
How it is made is said by pipelines.publication.documents."""

from __future__ import annotations

import argparse

from pipelines.commands.terminal import done, failed
from pipelines.layout import Layout
from pipelines.publication import documents
from pipelines.publication.dbt_parse import parsed
from pipelines.publication.public_models import NotPublishableError

HELP = "dbt's site on the models, one HTML file beside the current snapshot"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(where: Layout) -> int:
    """0 when the file was written, 1 with the reason when not."""
    try:
        file = documents.make(where, parsed(where))
    except (documents.NoDocumentsError, NotPublishableError) as problem:
        failed(str(problem))
        return 1
    done(f"{file} ({file.stat().st_size / 1e6:.1f} MB)")
    return 0

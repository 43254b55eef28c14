"""`remake`: a snapshot made again from its deliveries and its own settings, and compared with what it shows.
How it is made again is in remaking.py."""

from __future__ import annotations

import argparse

from pipelines.commands.lock import only_writer
from pipelines.layout import Layout

HELP = "make a snapshot again with the settings it was made with, and compare"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which snapshot."""
    parser.add_argument("snapshot", help="a snapshot's id")


def run(where: Layout, *, snapshot: str) -> int:
    """0 when every table comes out as it was published, 1 with those that do not."""
    from pipelines.commands.remaking import NotToBeMadeError, remake
    from pipelines.commands.terminal import console, done, failed

    console.print("另行重算，不发布 | made again aside; nothing is published")
    with only_writer(where):
        try:
            found = remake(where, snapshot)
        except NotToBeMadeError as refusal:
            failed(str(refusal))
            return 1
    if found.gone:
        console.print(
            f"  {found.gone} 个文件已不在 landing，取最后一次接收的内容 | "
            f"{found.gone} files lie in landing no longer: taken as last received"
        )
    if not found.is_by_same_models:
        console.print(
            "  模型与当时不同，差别可能由此而来 | the models are not those of then: what differs may be theirs"
        )
    for table in found.unlike:
        console.print(f"  {table}", highlight=False)
    if found.unlike:
        failed(f"有 {len(found.unlike)} 张表与快照不同 | tables that differ from the snapshot: {len(found.unlike)}")
        return 1
    done(f"与快照 {snapshot} 逐行相同 | row for row what the snapshot shows: {snapshot}")
    return 0

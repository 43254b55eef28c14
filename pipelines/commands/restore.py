"""`restore`: an archive of `backup`, and the keys beside it, into a tree that holds nothing.
What is refused is said in pipelines.backups; the next run makes again what was not kept."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipelines.backups import BackupError, restore
from pipelines.commands.lock import only_writer
from pipelines.commands.terminal import done, failed
from pipelines.layout import Layout

HELP = "a backup, into a tree that holds nothing"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What from."""
    parser.add_argument("archive", type=Path, help="the .tar of a backup; its .keys.tar lies beside it")


def run(where: Layout, *, archive: Path) -> int:
    """0 when everything is back, 1 with the reason and nothing changed."""
    try:
        with only_writer(where):
            count = restore(where, archive)
    except BackupError as reason:
        failed(str(reason))
        return 1
    done(f"已还原 {count:,} 个文件，接着 make run | files are back; make run makes the rest again: {where.data}")
    return 0

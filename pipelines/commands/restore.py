"""`restore`: an archive of `backup`, and the keys beside it, into a tree that holds nothing.
What is refused is said in pipelines.backups; the next run makes again what was not kept."""

from __future__ import annotations

import argparse
from pathlib import Path

from dashboards.proceedings import moving, store
from dashboards.proceedings.keepers.address import VARIABLE, given
from pipelines.backups import BackupError, restore
from pipelines.commands.lock import only_writer
from pipelines.commands.terminal import console, done, failed
from pipelines.layout import Layout

HELP = "a backup, into a tree that holds nothing"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What from."""
    parser.add_argument("archive", type=Path, help="the .tar of a backup; its .keys.tar lies beside it")


def run(where: Layout, *, archive: Path) -> int:
    """0 when everything is back, 1 with the reason and nothing changed."""
    try:
        with only_writer(where):
            _ask_empty()
            count = restore(where, archive)
            acts = moving.to_server() if given() and store.place().is_file() else None
    except (BackupError, store.StoreError) as reason:
        failed(str(reason))
        return 1
    if acts:
        console.print(
            f"  人写的内容 {acts.count} 条 | acts that people wrote → PostgreSQL {acts.where}", soft_wrap=True
        )
    done(f"已还原 {count:,} 个文件，接着 make run | files are back; make run makes the rest again: {where.data}")
    return 0


def _ask_empty() -> None:
    """BackupError where the server that keeps what people write holds something; StoreError if it cannot be asked."""
    if held := moving.held():
        raise BackupError(
            f"{VARIABLE} 所指的库已有 {held} 条内容，未还原：请另用空的库，或取消 {VARIABLE} | "
            f"the server that {VARIABLE} names holds {held} acts: nothing was restored; name an empty one, or unset it"
        )

"""`backup`: what of this tree cannot be made again, into two archives, the keys apart.
What is kept and how it is put back is said in pipelines.backups."""

from __future__ import annotations

import argparse
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from dashboards.proceedings import moving, store
from dashboards.proceedings.keepers.address import given
from pipelines.backups import BackupError, backup
from pipelines.commands.lock import only_writer
from pipelines.commands.terminal import console, done, failed
from pipelines.layout import Layout

HELP = "what cannot be made again, into an archive; the keys into another"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("to", type=Path, help="a folder outside the data tree")


def run(where: Layout, *, to: Path) -> int:
    """0 when both archives are written, 1 with the reason."""
    try:
        with only_writer(where), tempfile.TemporaryDirectory() as aside:
            made = backup(where, to, datetime.now(UTC), _acts(where, Path(aside)))
    except (BackupError, store.StoreError) as reason:
        failed(str(reason))
        return 1
    console.print(
        f"  密钥另存，请与数据分开保管 | the keys; keep them apart from the data: {made.keys}", soft_wrap=True
    )
    done(f"{made.files:,} 个文件、{made.size:,} 字节 | files, bytes → {made.archive}")
    return 0


def _acts(where: Layout, aside: Path) -> dict[Path, Path]:
    """What people wrote, out of the server that keeps it, as the file that a tree without a server keeps it in."""
    if given() is None:
        return {}
    moving.copy(aside / store.FILE)
    return {where.data / store.place().parent.name / store.FILE: aside / store.FILE}

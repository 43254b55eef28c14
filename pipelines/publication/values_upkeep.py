"""Damage to the ledger of published values: found by digests, and written again from the snapshot of the entry.
Appending to the ledger belongs to values.py; what is asked of it, to past_values.py."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.layout import Layout
from pipelines.publication import snapshot, values
from pipelines.publication.values_schema import DIGESTS, SCHEMAS, entries


def mend(layout: Layout) -> list[str]:
    """Put every damaged entry right, or set it aside where its snapshot is gone; what is said of each, zh | en.

    Without an entry the ledger says less of the past, and nothing wrong of the present: the next publication says
    whatever it shows that no entry says.
    """
    return [_mended(layout, entry) for entry in entries(layout) if not is_whole(entry)]


def is_whole(entry: Path) -> bool:
    """Whether an entry's files are as they were written; of one without digests, whether they can be read."""
    try:
        if not (entry / DIGESTS).exists():
            return all(pq.ParquetFile(entry / f"{part}.parquet").read().schema.names for part in SCHEMAS)
        digests = json.loads((entry / DIGESTS).read_text(encoding="utf-8"))
        found = {f"{part}.parquet": entry / f"{part}.parquet" for part in SCHEMAS}
        return bool(digests == {name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in found.items()})
    except (OSError, ValueError, pa.ArrowException):
        return False


def _mended(layout: Layout, entry: Path) -> str:
    snapshot.set_aside(layout, entry)
    directory = layout.published / values.numbered(entry.name)[1]
    if snapshot.is_sound(directory):
        values.rewrite(layout, directory / snapshot.DATABASE, directory / snapshot.MANIFEST, entry.name)
        return (
            f"发布值台账 {entry} 已损坏，已由其快照重写 | {entry} was damaged, and was written again from its snapshot"
        )
    return (
        f"发布值台账 {entry} 已损坏，其快照已不在，移至 damaged 目录；如有备份请恢复 | "
        f"{entry} is damaged and its snapshot is gone: set aside in damaged; restore it if there is a backup"
    )

"""What an earlier version wrote into sealed folders gets places of its own, and the folders are closed.
Sealing what is published now is done where it is written; the modes are those of pipelines.ownership."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from pipelines import ownership
from pipelines.layout import Layout

PACKS, DOCUMENTS = "bulletin", "docs"  # as folders inside a snapshot's, where they were once


def settle(layout: Layout, snapshot_ids: Iterable[str]) -> None:
    """Every snapshot and every entry of the ledger of values holds what was sealed and takes nothing more.

    Meeting packs and documents that lie inside are moved; a link stays where they were, for whoever noted the place.
    """
    for snapshot_id in snapshot_ids:
        folder = layout.published / snapshot_id
        _move(folder / PACKS, layout.packs / snapshot_id)
        _move(folder / DOCUMENTS, layout.documents / snapshot_id)
        ownership.seal(folder)
    for entry in layout.published_values.glob("[0-9]*-*"):
        ownership.seal(entry)


def forget(layout: Layout, snapshot_id: str) -> None:
    """What was made of a snapshot that is kept no longer."""
    for place in (layout.packs / snapshot_id, layout.documents / snapshot_id):
        shutil.rmtree(place, ignore_errors=True)


def _move(inside: Path, place: Path) -> None:
    """Files that are in `place` already were made later and stay."""
    if not inside.is_dir() or inside.is_symlink():
        return
    ownership.unseal(inside.parent)
    place.mkdir(parents=True, exist_ok=True)
    for file in inside.iterdir():
        if not (place / file.name).exists():
            file.rename(place / file.name)
    shutil.rmtree(inside)
    inside.symlink_to(os.path.relpath(place, inside.parent), target_is_directory=True)

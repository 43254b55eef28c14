"""Which snapshots a tree holds, and which of them is current, as settings and publication both have to know it.
Making, removing and setting aside snapshots belongs to pipelines.publication; what is said of damage, too."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from pipelines.layout import Layout

# In a snapshot's folder.
DATABASE, MANIFEST, SETTINGS = "enforcement.duckdb", "manifest.json", "settings"
NAME = re.compile(r"[\w-]+", re.ASCII)


def current(layout: Layout) -> str | None:
    """The id of the published snapshot, None before the first; the newest whole one where the pointer is damaged."""
    named = pointed(layout)
    if named is None and not layout.pointer.exists():
        return None
    return named if named and described(layout.published / named) else next(iter(kept(layout)), None)


def pointed(layout: Layout) -> str | None:
    """What the pointer says; None where there is none, or it cannot be the name of a snapshot."""
    try:
        said = layout.pointer.read_text(encoding="utf-8").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        return None
    return said if NAME.fullmatch(said) else None


def described(directory: Path) -> dict[str, Any] | None:
    """The manifest of a whole snapshot; None where it, or the database that it speaks of, is missing or cut short."""
    try:
        said = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))
        is_whole = (directory / DATABASE).stat().st_size == said["database"]["bytes"] and said["finished_at"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return dict(said) if is_whole else None


def kept(layout: Layout) -> list[str]:
    """The ids of all complete snapshots, the latest published first: by their turn, for clocks are set back."""
    folders = [file.parent for file in layout.published.glob(f"*/{MANIFEST}") if not file.parent.name.startswith(".")]
    found = {folder.name: said for folder in folders if (said := described(folder))}
    return sorted(found, key=lambda name: (turn(found[name]), str(found[name]["finished_at"]), name), reverse=True)


def turn(manifest: dict[str, Any]) -> int:
    """The how-manieth of its tree a snapshot is; 0 for those of earlier versions, which are older than all others."""
    said = manifest.get("turn", 0)
    return said if isinstance(said, int) else 0

"""`status`: what is delivered and what is published.
It reads; it takes nothing in."""

from __future__ import annotations

import argparse

from rich.table import Table

from pipelines.commands.terminal import console, failed
from pipelines.extracts.landing import deliveries_landed
from pipelines.layout import Layout
from pipelines.publication.snapshot import broken, current, kept

HELP = "what has been delivered and what is published"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(where: Layout) -> int:
    """Files landed by kind and month, and the snapshots kept; 1 if one of these is damaged."""
    landed: dict[str, list[str]] = {}
    for month, kind, _ in deliveries_landed(where):
        landed.setdefault(kind, []).append(month)
    table = Table(title=f"{where.landing}")
    for heading in ("种类 | kind", "文件 | files", "月份 | months", "首月 | first", "末月 | last"):
        table.add_column(heading)
    for kind, months in landed.items():
        table.add_row(kind, str(len(months)), str(len(set(months))), min(months), max(months))
    console.print(table)
    now = current(where)
    if where.pointer.exists() and where.pointer.read_bytes().strip() != str(now).encode():
        failed(f"{where.pointer} 已损坏，请运行 make run | is damaged: make run")
    for name in broken(where):
        failed(f"{where.published / name} 不完整 | is not whole")
    console.print(f"现行快照 | current snapshot: {now or '—'}")
    for snapshot_id in kept(where):
        console.print(f"  {'→' if snapshot_id == now else ' '} {snapshot_id}")
    return 1 if broken(where) else 0

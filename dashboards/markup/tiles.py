"""Tiles of prefectures in geographic order: what needs attention there, and one figure of the jurisdiction.
Where a prefecture lies is in the register of courts; those without a place keep the official order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Tile:
    """`share`: the part of its courts that need attention, 0–1. `place`: row and column. Everything else is worded."""

    place: tuple[int, int] | None
    name: str
    figure: str
    note: str
    detail: str
    address: str
    share: float


def tiles(items: Sequence[Tile]) -> str:
    """A grid as wide as the province's; tiles without a place follow in the first free cells."""
    cells = "".join(map(_tile, items))
    return f'<div class="g-tiles">{cells}</div>'


def _tile(tile: Tile) -> str:
    where = f' style="grid-row:{tile.place[0]};grid-column:{tile.place[1]}"' if tile.place else ""
    tone = "g-calm" if tile.share == 0 else "g-some" if tile.share <= 1 / 3 else "g-many"
    return (
        f'<a class="g-tile {tone}" href="{escape(tile.address, quote=True)}" target="_self"{where}>'
        f"<span>{escape(tile.name)}</span><b>{escape(tile.figure)}</b><i>{escape(tile.note)}</i>"
        f"<i>{escape(tile.detail)}</i></a>"
    )

"""Tiles of prefectures in geographic order: what needs attention there, and one figure of the jurisdiction.
Where a prefecture lies is in geography.toml; provinces without an entry keep the official order."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path


@dataclass(frozen=True)
class Tile:
    """`share` is the part of its courts that need attention, 0–1; everything else is worded."""

    division: str
    name: str
    figure: str
    note: str
    detail: str
    address: str
    share: float


@cache
def _rows() -> dict[str, tuple[int, int]]:
    """Division code → (row, column) on the grid of its province, from 1."""
    text = (Path(__file__).parent / "geography.toml").read_text(encoding="utf-8")
    places: dict[str, tuple[int, int]] = {}
    for province in tomllib.loads(text).values():
        for row, line in enumerate(province["rows"], start=1):
            places |= {code: (row, column) for column, code in enumerate(line, start=1) if code}
    return places


def tiles(items: Sequence[Tile]) -> str:
    """A grid as wide as the province's; tiles without a place follow in the first free cells."""
    cells = "".join(_tile(item, _rows().get(item.division)) for item in items)
    return f'<div class="g-tiles">{cells}</div>'


def _tile(tile: Tile, place: tuple[int, int] | None) -> str:
    where = f' style="grid-row:{place[0]};grid-column:{place[1]}"' if place else ""
    tone = "g-calm" if tile.share == 0 else "g-some" if tile.share <= 1 / 3 else "g-many"
    return (
        f'<a class="g-tile {tone}" href="{escape(tile.address, quote=True)}" target="_self"{where}>'
        f"<span>{escape(tile.name)}</span><b>{escape(tile.figure)}</b><i>{escape(tile.note)}</i>"
        f"<i>{escape(tile.detail)}</i></a>"
    )

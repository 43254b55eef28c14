"""PDF, and pictures of the charts, typeset by typst with fonts of this machine.
The layout is in the template beside this package; nothing is fetched."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, cast

import typst

from dashboards.bulletin.blocks import Document
from dashboards.bulletin.refusals import FontsMissingError

TEMPLATE = Path(__file__).parents[1] / "templates" / "bulletin.typ"
# The official faces where a machine has them, then Debian's Noto CJK (package fonts-noto-cjk).
FACES = {
    "body": ("FangSong_GB2312", "FangSong", "STFangsong", "Noto Serif CJK SC"),
    "head": ("SimHei", "STHeiti", "Noto Sans CJK SC"),
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "Noto Serif CJK SC"),
    "table": ("SimSun", "STSong", "Noto Serif CJK SC"),
}
DOTS_PER_INCH = 200


@cache
def faces() -> dict[str, list[str]]:
    """Role → families that are here, best first. FontsMissingError when a role has none."""
    known = set(typst.Fonts().families())
    found = {role: [name for name in names if name in known] for role, names in FACES.items()}
    if not all(found.values()):
        raise FontsMissingError(
            "没有可用的中文字体：请安装 fonts-noto-cjk（apt-get install fonts-noto-cjk）后重试 · "
            "no Chinese font on this machine: install fonts-noto-cjk and try again"
        )
    return found


def pdf(document: Document, published_at: datetime | None) -> bytes:
    """The bulletin as PDF. The snapshot's time is the document's, so that the same content gives the same bytes."""
    day = (published_at or datetime(1970, 1, 1, tzinfo=UTC)).replace(microsecond=0)
    data = {
        "lang": document.lang,
        "title": document.title.text,
        "letterhead": document.letterhead.text,
        "blocks": document.data(),
        "faces": faces(),
        "date": [day.year, day.month, day.day],
    }
    sources = {"main.typ": TEMPLATE.read_bytes(), "document.json": json.dumps(data, ensure_ascii=False).encode()}
    return _compile(sources, "pdf", timestamp=day)


def picture(svg: str) -> bytes:
    """A chart as PNG, for Word."""
    page = b'#set page(width: auto, height: auto, margin: 0pt)\n#image("chart.svg")'
    return _compile({"main.typ": page, "chart.svg": svg.encode()}, "png", ppi=DOTS_PER_INCH)


def _compile(sources: dict[str, bytes], kind: str, **settings: Any) -> bytes:
    """Sources from memory; typst's stub does not know that it takes them."""
    return bytes(cast(Any, typst.compile)(sources, format=kind, **settings))

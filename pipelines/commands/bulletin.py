"""`bulletin`: one month's meeting pack, made anew from a published snapshot.
What is in it, and how it is proven, is in dashboards.bulletin."""

from __future__ import annotations

import argparse

from dashboards.bulletin import EDITIONS, BulletinError, make_pack
from dashboards.month import Month
from pipelines.commands import month_argument
from pipelines.commands.terminal import console, done, failed
from pipelines.layout import Layout

HELP = "one month's meeting pack: Word, Excel, PDF, HTML"
LANGUAGES = ("zh", "en")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which pack."""
    parser.add_argument("--month", required=True, type=month_argument, help="YYYY-MM")
    parser.add_argument("--edition", choices=EDITIONS, help="default: the one in force in that month")
    parser.add_argument("--lang", choices=LANGUAGES, default="zh")
    parser.add_argument("--snapshot", help="default: the current one")
    parser.add_argument("--province", help="province code; default: the one with most courts")


def run(
    where: Layout, *, month: str, edition: str | None = None, lang: str = "zh", snapshot: str | None = None,
    province: str | None = None,
) -> int:  # fmt: skip
    """0 when the pack is written, 1 with the reason when it is not."""
    try:
        pack = make_pack(Month.parse(month), edition, lang, snapshot, province)
    except BulletinError as refusal:
        failed(str(refusal))
        return 1
    done(f"{pack.month} {pack.edition} · {pack.claims} 项数字和判断已核对 | claims proven · {pack.seconds:.1f} s")
    for file in pack.files.values():
        console.print(f"  {file}")
    return 0

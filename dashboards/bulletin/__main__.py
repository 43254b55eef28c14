"""The command line of the bulletin: python -m dashboards.bulletin --month 2019-12.
It asks for a pack and says where it is or why there is none; the work is in pack."""

from __future__ import annotations

import argparse
import re
import sys

from dashboards.bulletin import EDITIONS, BulletinError, make_pack
from dashboards.texts import LANGUAGES


def month(text: str) -> str:
    """A month written YYYY-MM."""
    if not re.fullmatch(r"\d{4}-(?:0[1-9]|1[0-2])", text):
        raise argparse.ArgumentTypeError(f"月份写作 2019-12 · a month is written 2019-12, not {text}")
    return text


def main(arguments: list[str] | None = None) -> int:
    """0 when the pack is written, 1 when it is not."""
    parser = argparse.ArgumentParser("python -m dashboards.bulletin", description="督导会议材料 · the meeting pack")
    parser.add_argument("--month", required=True, type=month)
    parser.add_argument("--edition", choices=EDITIONS, help="default: the one in force in that month")
    parser.add_argument("--lang", choices=LANGUAGES, default="zh")
    parser.add_argument("--snapshot", help="default: the current one")
    parser.add_argument("--province", help="province code; default: the one with most courts")
    asked = parser.parse_args(arguments)
    try:
        pack = make_pack(asked.month, asked.edition, asked.lang, asked.snapshot, asked.province)
    except BulletinError as refusal:
        print(refusal, file=sys.stderr)
        return 1
    print(f"{pack.month} {pack.edition} · {pack.claims} 项数字和判断已核对 claims proven · {pack.seconds:.1f} s")
    for file in pack.files.values():
        print(f"  {file}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

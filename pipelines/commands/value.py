"""`value`: one published number again, to the last digit, with where and when it was published.
The ledger it is looked up in is pipelines.publication.past_values."""

from __future__ import annotations

import argparse
from datetime import date

from pipelines.commands import month_argument
from pipelines.commands.terminal import console
from pipelines.layout import Layout
from pipelines.publication.past_values import (
    PublishedValue,
    Question,
    UnknownSnapshotError,
    history,
    publications,
    value_as_of,
)

HELP = "one published number, as now or as a past snapshot showed it"
WINDOWS = ("month", "ytd", "rolling_12m", "rolling_36m", "stat_year")
SCOPES = ("own", "jurisdiction", "province")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which number, and as of which snapshot."""
    parser.add_argument("--month", type=month_argument, required=True, help="YYYY-MM, the window's last month")
    parser.add_argument("--court", required=True, help="court code")
    parser.add_argument("--indicator", required=True, help="indicator code, or COMPOSITE")
    parser.add_argument("--window", default="month", choices=WINDOWS)
    parser.add_argument("--scope", default="own", choices=SCOPES)
    parser.add_argument("--asof", help="a snapshot's id; everything ever published is listed if it is not given")


def run(where: Layout, *, month: str, court: str, indicator: str, window: str, scope: str, asof: str | None) -> int:
    """What `asof` showed, or everything ever published of this number. 1 if it was never published."""
    year, month_of_year = (int(part) for part in month.split("-"))
    question = Question(date(year, month_of_year, 1), court, indicator, window, scope)
    try:
        found = value_as_of(where, question, asof) if asof else history(where, question)
    except UnknownSnapshotError:
        known = ", ".join(dict.fromkeys(publications(where))) or "—"
        console.print(f"{asof}: 没有发布过这个快照 | no such snapshot was published\n{known}")
        return 1
    if not found:
        console.print("没有发布过这个数 | this number was not published")
        return 1
    console.print(f"{court} {scope} · {indicator} · {window} · {month}")
    for row in found:
        console.print(_told(row))
    return 0


def _told(row: PublishedValue) -> str:
    """Two lines: the number to the last digit, and where it was said first."""
    number = "—" if row.value is None else repr(row.value)
    rank = "—" if row.rank is None else f"{row.rank}/{row.ranked_count}"
    commit = (row.code_commit or "")[:10]
    return (
        f"{number} = {row.numerator} ÷ {row.denominator}  状态 | status {row.status}  名次 | rank {rank}"
        f"  口径 | definition {row.definition_version}\n"
        f"    {row.snapshot_id}  发布 | published {row.published_at:%Y-%m-%d %H:%M} UTC"
        f"  程序 | code {row.code_version} {commit}".rstrip()
    )

"""`value`: one published number again, to the last digit, with where and when it was published.
The ledger it is looked up in is pipelines.publication.past_values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.table import Table

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


def value(where: Layout, *, month: str, court: str, indicator: str, window: str, scope: str, asof: str | None) -> int:
    """What `asof` showed, or everything ever published of this number. 1 if it was never published."""
    year, month_of_year = (int(part) for part in month.split("-"))
    question = Question(date(year, month_of_year, 1), court, indicator, window, scope)
    try:
        found = value_as_of(where, question, asof) if asof else history(where, question)
    except UnknownSnapshotError:
        known = ", ".join(dict.fromkeys(publications(where))) or "—"
        console.print(f"{asof}: 没有发布过这个快照 | no such snapshot was published\n{known}", markup=False)
        return 1
    if not found:
        console.print("没有发布过这个数 | this number was not published")
        return 1
    console.print(_listed(question, found))
    return 0


def _listed(question: Question, found: Sequence[PublishedValue]) -> Table:
    title = f"{question.court_code} {question.scope_code} · {question.indicator_code} · {question.window_code}"
    table = Table(title=f"{title} · {question.period_month:%Y-%m}")
    headings = (
        "口径 | version", "分子 | numerator", "分母 | denominator", "数值 | value", "状态 | status", "名次 | rank",
        "快照 | snapshot", "发布 | published (UTC)", "程序 | code",
    )  # fmt: skip
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in found:
        rank = "—" if row.rank is None else f"{row.rank}/{row.ranked_count}"
        code = f"{row.code_version} {(row.code_commit or '')[:10]}".strip()
        table.add_row(
            row.definition_version, str(row.numerator), str(row.denominator),
            "—" if row.value is None else repr(row.value), row.status, rank,
            row.snapshot_id, f"{row.published_at:%Y-%m-%d %H:%M}", code,
        )  # fmt: skip
    return table

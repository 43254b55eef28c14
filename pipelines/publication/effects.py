"""What would move if tables built aside were published: values, verdicts, ranks beside those of the current snapshot.
Building them belongs to whoever asks; what moved between two publications is told by the ledger of values."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipelines.quoting import literal

# Of every court in every window and month: what is read off the pages. A row on one side alone has moved as well.
MOVED = """
with both_sides as (
    select
        court_code, scope_code, window_code, period_month, indicator_code, definition_version,
        before.value as value_before, now.value as value_now, before.status as status_before, now.status as status_now
    from published.performance.fct_court_indicators as before
    full outer join built.performance.fct_court_indicators as now
        using (court_code, scope_code, window_code, period_month, indicator_code, definition_version)
),
ranked as (
    select
        court_code, 'own' as scope_code, window_code, period_month, indicator_code, 0 as definition_version,
        before.rank as rank_before, now.rank as rank_now
    from published.rankings.rpt_court_rankings as before
    full outer join built.rankings.rpt_court_rankings as now
        using (peer_group, court_code, window_code, period_month, indicator_code)
),
moved as (
    select 'value' as what, * exclude (status_before, status_now, value_before, value_now),
           cast(value_before as varchar) as before, cast(value_now as varchar) as now
    from both_sides where value_before is distinct from value_now
    union all
    select 'verdict', * exclude (status_before, status_now, value_before, value_now), status_before, status_now
    from both_sides where status_before is distinct from status_now
    union all
    select 'rank', * exclude (rank_before, rank_now), cast(rank_before as varchar), cast(rank_now as varchar)
    from ranked where rank_before is distinct from rank_now
)
select
    what, coalesce(c.short_name_zh, court_code) as court, scope_code, window_code,
    strftime(period_month, '%Y-%m') as month, indicator_code, definition_version, before, now
from moved
left join built.core.dim_courts as c using (court_code)
order by what, period_month desc, court_code, scope_code, window_code, indicator_code
"""
HEADERS = {
    "what": "变动", "court": "法院", "scope_code": "范围", "window_code": "窗口", "month": "月份",
    "indicator_code": "指标", "definition_version": "定义版本", "before": "现行快照", "now": "改后",
}  # fmt: skip
WHAT = {"value": "数值 value", "verdict": "判定 verdict", "rank": "名次 rank"}


@dataclass(frozen=True)
class Effects:
    """How many values, verdicts and ranks move, in which months; every one of them is a line of `file`."""

    counts: dict[str, int]
    first_month: str
    last_month: str
    file: Path

    def __bool__(self) -> bool:
        return any(self.counts.values())


def effects(published: Path, built: Path, file: Path) -> Effects:
    """Compare two databases that hold the published tables, and write what differs to `file` as CSV."""
    counts, months = dict.fromkeys(WHAT, 0), set[str]()
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8-sig", newline="") as sheet:
        writer = csv.writer(sheet)
        writer.writerow(HEADERS.values())
        for row in _moved(published, built):
            counts[row[0]] += 1
            months.add(row[4])
            writer.writerow([WHAT[row[0]], *row[1:]])
    return Effects(counts, min(months, default=""), max(months, default=""), file)


def _moved(published: Path, built: Path) -> Iterator[tuple[Any, ...]]:
    with duckdb.connect() as connection:
        for name, path in (("published", published), ("built", built)):
            connection.execute(f"attach {literal(str(path))} as {name} (read_only)")
        found = connection.execute(MOVED)
        while rows := found.fetchmany(10_000):
            yield from rows

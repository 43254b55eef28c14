"""How many past intervals of a province's backlog held what came: `python -m tests.benchmarks.backlog FILE`.
What the page says of it is the same figure; its arithmetic is judged in tests/dashboards/backlog."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import duckdb

from dashboards.app_pages.backlog import backtest, queries
from dashboards.app_pages.backlog.outlook import history_of
from dashboards.app_pages.backlog.projection import LAST_AGE
from dashboards.month import Month

AIM = (0.75, 0.85)


def covered(database: Path) -> backtest.Coverage:
    """Of the province with the most courts, at its newest month."""
    with duckdb.connect(str(database), read_only=True) as connection:
        province, newest = connection.execute(
            """
            select c.province_code, max(i.period_month)
            from performance.fct_court_indicators as i inner join core.dim_courts as c using (court_code)
            group by 1 order by count(distinct court_code) desc limit 1
            """
        ).fetchone() or ("", None)
        month = Month.of(newest)
        flows = queries.flows(connection, province, month)
        ages = queries.ages(connection, province, month, LAST_AGE)
    courts = tuple(sorted(set(flows["court_code"])))
    months = tuple(Month.of(each) for each in sorted(flows["period_month"].unique()))
    return backtest.coverage(backtest.errors(history_of(ages, flows, courts, months)))


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.benchmarks.backlog")
    asked.add_argument("snapshot", type=Path, help="enforcement.duckdb of a snapshot")
    found = covered(asked.parse_args().snapshot)
    sys.stdout.write(
        f"{found.share:.1%} of {found.count:,} intervals of 80 % held what came "
        f"({found.origins} origins, up to {found.longest} months ahead)\n"
    )
    return 0 if AIM[0] <= found.share <= AIM[1] else 1


if __name__ == "__main__":
    sys.exit(main())
